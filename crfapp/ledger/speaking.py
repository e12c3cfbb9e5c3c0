"""What a chain may say, by where it is written (DESIGN section 2.3; REQ-504).

Values are the site's. A monitor's copy and the centre ask, verify, wish and confirm; whatever else stands in
a chain of theirs is refused before anything is written, where it is made and where it arrives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.ledger import events as ev

if TYPE_CHECKING:
    from crfapp.ledger.events import Event, Sort

CENTRE_NAME = "ctr-"
"""How the names of a centre's chains begin, one for each of its sites."""
_NAME_DIGITS = 16


def centre_node(centre: str, site: str) -> str:
    """The chain that a centre writes for a site: the same name at both, without asking each other."""
    return CENTRE_NAME + sha256(f"{centre}|{site}".encode())[:_NAME_DIGITS]


_ASKING: frozenset[type[Event]] = frozenset(
    {ev.QueryRaised, ev.QueryClosed, ev.QueryReopened, ev.ActRefused, ev.ClockNoticed}
)
_EXCHANGING: frozenset[type[Event]] = frozenset(
    {ev.PackageMade, ev.PackageSent, ev.PackageTakenIn, ev.PackageRefused}
)
_OWN_WORK: frozenset[type[Event]] = frozenset(
    {
        ev.SessionOpened,
        ev.SessionRefused,
        ev.SessionClosed,
        ev.ClockProved,
        ev.KeyRegistered,
        ev.PasswordSet,
        ev.StatementAccepted,
        ev.TrainingNoted,
        ev.ItemVerified,
        ev.VerificationTaken,
        ev.MonitoringBegan,
        ev.MonitoringEnded,
        ev.Signed,
        ev.TrailReviewed,
        ev.TrailExported,
        ev.PaperMade,
    }
)
SAID_BY: dict[Sort, frozenset[type[Event]]] = {
    "centre": _ASKING | _EXCHANGING | {ev.LockAsked, ev.UnlockAsked},
    "monitor": _ASKING | _EXCHANGING | _OWN_WORK,
}
"""The closed lists; a workstation of the site says everything but what is only asked of it."""

ASKED_OF_SITE: frozenset[type[Event]] = frozenset({ev.LockAsked})


def may_say(sort: Sort, event: Event) -> bool:
    """Whether a chain of this sort may hold such an event.

    A monitor's signature is one under her own visit record, never under data.
    """
    if sort == "site":
        return type(event) not in ASKED_OF_SITE
    signs = isinstance(event, ev.Signed) and event.of != "monitoring"
    return type(event) in SAID_BY[sort] and not signs
