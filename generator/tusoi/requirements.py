"""What each row of requirements asks for: a place in the records, a rule or a shape that holds it, and a page that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KEY: Final = "key"
"""A key of a record holds it."""
RULE: Final = "rule"
"""A rule that runs asks for it."""
SHAPE: Final = "shape"
"""The schema itself asks for it, at once or at a seal: no rule is needed."""
PAGE: Final = "page"
"""A page shows it."""

_ASKED: Final[Mapping[str, str]] = {
    "key rule page": (
        "S0-01 S0-02 S0-04 S0-05 S0-06 S0-07 S0-08 S0-09 S0-10 S0-11 S0-12 S0-13 S0-14 S0-15 S0-16 S0-17 S0-18 S0-19 S0-20 "
        "S0-21 S0-22 S0-23 S0-24 S0-25 S0-26 S0-27 S1-01 S1-02 S1-04 S1-05 S1-06 S1-07 S1-09 S1-10 S1-11 S1-12 S1-13 S1-14 "
        "S1-16 S1-17 S1-19 S1-20 S1-22 S1-23 S1-24 S1-25 S1-26 S1-27 S1-29 S1-30 S1-31 S1-34 S1-35 S1-37 S1-41 S2-01 S2-03 "
        "S2-04 S2-05 S2-07 S2-08 S2-10 S2-11 S2-12 S2-15 S2-18 S2-19 S3-04 S3-05 S3-06 S3-07 S3-08 S3-09 S3-11 S3-12 S3-14 "
        "S3-15 S3-16 S3-17 S3-18 S3-20 S3-22 S3-23 S3-24 S3-25 S3-26 S3-30 S3-32 S4-02 S4-03 S4-04 S4-05 S4-06 S4-07 S4-08 "
        "S4-10 S4-11 S4-12 S4-13 S4-15 S4-17 S4-18 S4-20 S4-21 S4-24"
    ),
    "key shape page": "S0-03 S1-03 S1-28 S1-33 S1-39 S2-09 S2-13 S3-01",
    "key page": ("S1-08 S1-15 S1-18 S1-21 S1-36 S1-38 S1-40 S1-42 S2-06 S2-20 S2-21 S2-22 S3-02 S3-03 S3-19 S3-21 S3-27 S3-31 S3-33 S3-34 S4-09 S4-16 S4-22"),
    "rule page": "S1-32 S2-17 S4-01 S4-14",
    "page": "S1-43 S2-14 S3-35",
    "key rule": "S2-02 S2-16 S3-10 S3-13 S3-29 S4-23",
    "key": "S3-28 S4-19",
}
"""The rows, by what they ask for."""

ASKED: Final[Mapping[str, tuple[str, ...]]] = {row: tuple(parts.split()) for parts, rows in _ASKED.items() for row in rows.split()}
"""The parts that each row asks for."""
