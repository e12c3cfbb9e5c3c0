"""What another workstation has not confirmed yet, and whether that is worth a package.

What every exchange writes anew (packages made, sent, taken in) travels with the rest and is no cause for
another one: else two workstations would answer each other's receipts for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crfapp.bootstrap.package_content import Chains
from crfapp.ledger import events as ev
from crfapp.ledger.chain import open_sealed
from crfapp.store.event_log import EventLog
from crfapp.work.confirmations import posted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.store.engine import Db
    from crfapp.work.confirmations import Posted

OWN_MATTERS = frozenset(
    kind.kind
    for kind in (
        ev.PackageMade,
        ev.PackageSent,
        ev.PackageTakenIn,
        ev.PackageRefused,
        ev.CopyMade,
        ev.SessionOpened,
        ev.SessionClosed,
        ev.SessionRefused,
        ev.ClockNoticed,
    )
)
"""What every exchange and every login writes: it leaves with the rest, but nobody waits for it."""

SOONEST = timedelta(minutes=5)
RAREST = timedelta(hours=24)
_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """``changes``: events that the peer has not confirmed. ``cause``: those that no package holds yet.

    ``owed``: it waits for the receipt of something that it sent. ``unheard``: nothing ever came from it.
    ``lying``: packages to it that are not confirmed, oldest first.
    """

    changes: int
    cause: int
    owed: bool
    unheard: bool
    lying: tuple[Posted, ...]

    def is_due(self, now: datetime, *, leaving: bool) -> bool:
        """Whether a package is to be made now.

        Each holds everything from where the peer confirmed to be; so while nothing is confirmed they become
        rarer, or the place would fill with ever longer ones.
        """
        if self.unheard or not (self.cause or self.owed):
            return False
        if leaving or not self.lying:
            return True
        wait = min(SOONEST * (1 << min(len(self.lying) - 1, _DOUBLINGS)), RAREST)
        return now >= datetime.fromisoformat(self.lying[-1].row.made) + wait


def unconfirmed_by(opened: OpenSite, db: Db, peer: str) -> Unconfirmed:
    """What there is for another workstation, in one snapshot of the records."""
    log, own = EventLog(), opened.store.workstation.node
    chains = Chains(db, own, opened.store.folder.card.sort, peer)
    sent = (one for one in posted(opened.desk.tables, own) if one.row.peer == peer)
    lying = tuple(one for one in sent if not one.confirmed)
    made = _made(db, own, lying[-1].row.package) if lying else None
    held = {part.node: part.last for part in made.stretches} if made is not None else {}
    changes = cause = 0
    for part in chains.stretches(full=False):
        known, packed = part.first - 1, max(part.first - 1, held.get(part.node, 0))
        changes += log.count_between(db, part.node, known, part.last, but=OWN_MATTERS)
        cause += log.count_between(db, part.node, packed, part.last, but=OWN_MATTERS)
    since = max(chains.known.get(own, 0), held.get(own, 0))
    unheard = peer not in log.nodes(db)
    return Unconfirmed(changes, cause, _owes(db, own, peer, since), unheard, lying)


def _owes(db: Db, own: str, peer: str, since: int) -> bool:
    """Whether a receipt behind ``since`` confirms something that the peer waits for."""
    before: dict[str, int] = {}
    for seq, receipt in _receipts(db, own):
        ends = {end.node: end.seq for end in receipt.ends}
        if seq > since and receipt.sender == peer and _brought(db, own, before, ends):
            return True
        before = ends
    return False


def _brought(db: Db, own: str, before: dict[str, int], ends: dict[str, int]) -> bool:
    """Whether something came between two receipts that was no matter of the exchange itself."""
    log = EventLog()
    return any(
        log.count_between(db, node, before.get(node, 0), end, but=OWN_MATTERS)
        for node, end in ends.items()
        if node != own
    )


def _receipts(db: Db, own: str) -> Iterator[tuple[int, ev.PackageTakenIn]]:
    for link in EventLog().read(db, kinds={ev.PackageTakenIn.kind}):
        event = open_sealed(link).event
        if link.node == own and isinstance(event, ev.PackageTakenIn):
            yield link.seq, event


def _made(db: Db, own: str, package: str) -> ev.PackageMade | None:
    found = None
    for link in EventLog().read(db, kinds={ev.PackageMade.kind}):
        event = open_sealed(link).event
        if link.node == own and isinstance(event, ev.PackageMade) and event.package == package:
            found = event
    return found
