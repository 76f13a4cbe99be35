"""Where an action stands for whoever counts promises."""

from __future__ import annotations

from enum import StrEnum


class ActionStanding(StrEnum):
    """Where an action stands for whoever counts promises. Each is in one of them; what is late is late, whatever was reported."""

    DONE = "done"
    """Somebody else has confirmed it."""
    CLAIMED = "claimed"
    MOVING = "moving"
    """Work is reported, and the last agreed date has not passed."""
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    """Nothing is reported but what stands in its way."""
    SILENT = "silent"
    """Nobody has reported anything, though a report is due."""
    PLANNED = "planned"
    STOPPED = "stopped"
