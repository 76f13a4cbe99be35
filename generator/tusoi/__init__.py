"""Tự soi, tự sửa: say openly what went wrong, what will be done about it, by whom and by when, and let everyone see whether it was done."""

__version__ = "0.1.0"
