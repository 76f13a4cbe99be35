"""The command: each verb is a few lines. The only package that knows click.

Exit 0 is fine (warnings included), 1 at least one error (with --strict: a warning), 2 wrong use.
"""

from tusoi.cli import comparing, keeping, ledger, records, translating  # noqa: F401 -- importing a module adds its commands
from tusoi.cli.group import main

__all__ = ["main"]
