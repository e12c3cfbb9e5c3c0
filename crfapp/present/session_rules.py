"""How long somebody may be away, and how long they may stay, before the window asks who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.state import PolicyRow

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace

LONGEST_IDLE = 15
"""Minutes that no policy and no wish of a workstation goes beyond."""


class SessionRules(NamedTuple):
    """``idle_minutes`` without a touch lock the window; after ``hours`` everybody logs in anew."""

    idle_minutes: int
    hours: int


def session_rules(at: Workplace, wished_minutes: int) -> SessionRules:
    """The site's policy in force; the workstation may wish for a shorter time, never a longer one."""
    policy = next(iter(at.tables.find(PolicyRow)), PolicyRow("site", ""))
    return SessionRules(min(policy.idle_minutes, wished_minutes, LONGEST_IDLE), policy.session_hours)
