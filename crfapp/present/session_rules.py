"""How long somebody may be away, and how long they may stay, before the window asks who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.work.policy import policy_of

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace

LONGEST_IDLE = 15
"""Minutes that no policy and no wish of a workstation goes beyond."""


class SessionRules(NamedTuple):
    """``idle_minutes`` without a touch lock the window; ``seconds`` from now on the session is over."""

    idle_minutes: int
    seconds: int


def session_rules(at: Workplace, wished_minutes: int) -> SessionRules:
    """The site's policy in force; the workstation may wish for a shorter time, never a longer one.

    Whoever unlocks goes on with the session they locked: it began before.
    """
    policy, until = policy_of(at.tables), at.arrival.until
    left = policy.session_hours * 3600 if until is None else int((until - at.now.utc).total_seconds())
    return SessionRules(min(policy.idle_minutes, wished_minutes, LONGEST_IDLE), left)
