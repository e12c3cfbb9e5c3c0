"""How each site of a centre stands: what came and what did not, how long nothing was heard, what waits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.exchange.centre_views import Overview, Standing
from crfapp.exchange.delta import OF_DATA, changes_since
from crfapp.exchange.quarantine import quarantined
from crfapp.exchange.travel import Crossings, pace_of, travelled
from crfapp.ledger.events import End, PackageTakenIn, ValueRecorded
from crfapp.ledger.merge import TELL_WINDOWS, Windows
from crfapp.ledger.state import (
    CentreSiteRow,
    FormRow,
    KnownEndRow,
    LockAskedRow,
    LockRow,
    NodeRow,
    QueryRow,
    ReceiptRow,
    RefusedRow,
    SignatureRow,
    SubjectRow,
)
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.work.conflicts import conflicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.bootstrap.centre.home import Centre
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.centre_views import CentreSite
    from crfapp.exchange.delta import Changed
    from crfapp.exchange.travel import Travelled
    from crfapp.ledger.keys import Scope


def overview(centre: Centre, *, walk: bool = False) -> Overview:
    """How every site stands; see :func:`standing_of`."""
    sites = [standing_of(centre, site, walk=walk) for site in centre.sites()]
    return Overview(sites, len(quarantined(centre.home.store.folder.path)))


def standing_of(centre: Centre, site: CentreSite, *, walk: bool = False) -> Standing:
    """How one site stands; ``walk`` goes through its chains, which takes as long as there are events.

    SITE_OPEN where another program has its part open.
    """
    if not centre.parts.has(site.site):
        return Standing(site, quiet=_days(centre, _registered(centre, site)))
    with centre.part(site.site) as part:
        return _standing(centre, site, part, walk=walk)


def _standing(centre: Centre, site: CentreSite, part: OpenSite, *, walk: bool) -> Standing:
    tables, own = part.desk.tables, part.store.workstation.node
    receipts = tables.find(ReceiptRow, node=own)
    last = max((row.at for row in receipts), default="")
    forms = tables.find(FormRow)
    locks = [row.state for row in tables.find(LockAskedRow)]
    found = part.store.verify() if walk else None
    ends = _ends(part)
    signed = [row.scope for row in tables.find(SignatureRow, state="valid") if row.of in OF_DATA]
    held = [row.scope for row in tables.find(LockRow, state="locked")]
    ours = [row.seq for row in tables.find(KnownEndRow, node=own) if row.peer != own]
    return Standing(
        site,
        packages=len(receipts),
        refused=len(tables.find(RefusedRow, node=own)),
        missing=tuple(_missing(receipts)),
        last=last,
        quiet=_days(centre, last or _registered(centre, site)),
        chains=len(ends),
        events=sum(end.seq for end in ends),
        wrong="" if found is None or not found.wrong else "{}, event {}: {}".format(*found.wrong[0]),
        subjects=len(tables.find(SubjectRow)),
        forms=len(forms),
        complete=sum(row.status == "complete" for row in forms),
        open_queries=len(tables.find(QueryRow, state="open")),
        answered_queries=len(tables.find(QueryRow, state="answered")),
        locks_asked=locks.count("asked"),
        locks_refused=locks.count("refused"),
        locks_done=locks.count("done"),
        signed=_covered(forms, signed),
        locked=_covered(forms, held),
        conflicts=len(conflicts(tables)),
        revoked=tuple(row.label for row in tables.find(NodeRow) if row.revoked),
        walked=found is not None,
        written=next((end.seq for end in ends if end.node == own), 0),
        ours=max(ours, default=0),
        pace=pace_of(travels(part, {ValueRecorded.kind})),
    )


def travels(part: OpenSite, kinds: set[str] | None = None) -> Iterator[Travelled]:
    """The four instants of each event that came from the site (REQ-402), chain by chain."""
    own = part.store.workstation.node
    crossings = Crossings(part.events.records(kinds={PackageTakenIn.kind}), own)
    came = (record for record in part.events.records(kinds=kinds) if record.envelope.node != own)
    return travelled(came, crossings)


def delta_of(part: OpenSite, number: int | None = None) -> list[tuple[str, Changed]]:
    """What changed since a package of the site was taken in (None: since the one before the newest).

    By the number that the package had; each with the number of its subject. All of it where none came before.
    """
    since = _ends_at(part, number)
    windows = Windows(part.events.records(kinds={kind.kind for kind in TELL_WINDOWS}))
    found: list[tuple[str, Changed]] = []
    for subject in part.desk.tables.find(SubjectRow):
        records = part.events.records(subject=subject.subject)
        found += [(subject.number, one) for one in changes_since(records, since, windows.late)]
    return found


def delta_between(part: OpenSite, first: str, second: str) -> list[tuple[str, Changed]]:
    """What changed from one package of the site to a later one, by their ids.

    From the beginning where ``first`` is empty, up to now where ``second`` is.
    """
    since, until = _ends_with(part, first), _ends_with(part, second)
    windows = Windows(part.events.records(kinds={kind.kind for kind in TELL_WINDOWS}))
    found: list[tuple[str, Changed]] = []
    for subject in part.desk.tables.find(SubjectRow):
        records = part.events.records(subject=subject.subject)
        if second:
            records = (one for one in records if one.envelope.seq <= until.get(one.envelope.node, 0))
        found += [(subject.number, one) for one in changes_since(records, since, windows.late)]
    return found


def _ends_with(part: OpenSite, package: str) -> dict[str, int]:
    own = part.store.workstation.node
    for record in part.events.records(kinds={PackageTakenIn.kind}):
        event = record.event
        if isinstance(event, PackageTakenIn) and record.envelope.node == own and event.package == package:
            return {end.node: end.seq for end in event.ends}
    return {}


def _ends_at(part: OpenSite, number: int | None) -> dict[str, int]:
    """How far every chain had come here with a package."""
    own = part.store.workstation.node
    taken = [
        record.event
        for record in part.events.records(kinds={PackageTakenIn.kind})
        if record.envelope.node == own and isinstance(record.event, PackageTakenIn)
    ]
    before = taken[:-1] if number is None else [event for event in taken if event.number <= number]
    return {end.node: end.seq for end in before[-1].ends} if before else {}


def _covered(forms: Sequence[FormRow], scopes: Sequence[Scope]) -> int:
    return sum(any(scope.covers(row.key) for scope in scopes) for row in forms)


def _ends(part: OpenSite) -> tuple[End, ...]:
    log = EventLog()
    with reading(part.store.engine) as db:
        return tuple(End(node, *log.head(db, node)) for node in log.nodes(db))


def _missing(receipts: Sequence[ReceiptRow]) -> Iterator[tuple[str, int]]:
    for sender in sorted({row.sender for row in receipts}):
        numbers = {row.number for row in receipts if row.sender == sender}
        yield from ((sender, number) for number in range(1, max(numbers)) if number not in numbers)


def _registered(centre: Centre, site: CentreSite) -> str:
    rows = centre.home.desk.tables.find(CentreSiteRow, site=site.site)
    return max(row.at for row in rows)


def _days(centre: Centre, since: str) -> int:
    return (centre.home.clock.now() - datetime.fromisoformat(since)).days
