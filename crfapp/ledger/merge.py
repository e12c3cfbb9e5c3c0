"""Joining what several chains say: which links are new here, in what order they count, which came too late.

State is a function of the set of events (docs/decisions/0024): they are folded in the order of hybrid time,
then node, then number. A change to a form that another chain had frozen or locked meanwhile is found from
what the lock knew, not from clocks, and waits for the investigator (REQ-608).
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, IntegrityProblem, RefusedError
from crfapp.ledger import events as ev
from crfapp.ledger.chain import GENESIS, open_sealed
from crfapp.ledger.fold import decided_by
from crfapp.ledger.fold_exchange import VISITS, WAITING
from crfapp.ledger.keys import EventId, FormKey, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crfapp.ledger.chain import Record, Sealed
    from crfapp.ledger.changes import Change

Moment = tuple[str, str, int]
"""Hybrid time, node, number: where an event stands in the order of all."""

OPENS = (ev.Unfrozen, ev.Unlocked)
HOLDS = (ev.Frozen, ev.Locked)
TELL_WINDOWS: tuple[type[ev.Event], ...] = (*HOLDS, *OPENS, ev.PackageTakenIn)
"""What has to be known before it can be said which changes came too late."""

_CHANGING = (
    *WAITING,
    ev.FormStarted,
    ev.FormCompleted,
    ev.FormReopened,
    ev.FormTakenOver,
    ev.ItemHidden,
    ev.ItemShownAgain,
    ev.FindingRaised,
    ev.FindingSettled,
    ev.SecondEntry,
)
"""What does not count in a form that was held meanwhile; what is no word of a person follows anew."""


def when(record: Record) -> Moment:
    """Where an event stands in the order of all."""
    return (record.envelope.hybrid, *record.envelope.id)


class Received(NamedTuple):
    """What was new of what arrived: how many events, about whom, which forms they change, what they sign.

    A visit that changed stands among the forms as one without a name.
    """

    new: int
    subjects: frozenset[str]
    forms: frozenset[FormKey]
    signatures: frozenset[str]

    @classmethod
    def of(cls, records: Iterable[Record]) -> Received:
        """Counted over the new events, in any order."""
        new = 0
        subjects: set[str] = set()
        forms: set[FormKey] = set()
        signatures: set[str] = set()
        for record in records:
            event, new = record.event, new + 1
            if event.subject:
                subjects.add(event.subject)
            if isinstance(event, ev.FormEvent) and isinstance(event, _CHANGING):
                forms.add(event.key)
            elif isinstance(event, VISITS):
                forms.add(FormKey(*event.at, "", 0))
            if isinstance(event, ev.Signed):
                signatures.add(event.signature)
        return cls(new, frozenset(subjects), frozenset(forms), frozenset(signatures))


class Known(NamedTuple):
    """How far a chain has come here: its last link, and that link's hybrid time."""

    seq: int = 0
    hash: str = GENESIS
    hybrid: str = ""


class Arriving:
    """Sorts links that arrive into known and new ones, chain by chain, before anything is written.

    ``known`` says how far each chain has come here, ``hash_at`` the hash of a link that is here. ``own`` is
    the chain that is written here: of it nobody else can know more.
    """

    def __init__(
        self, known: Mapping[str, Known], hash_at: Callable[[EventId], str | None], *, own: str = ""
    ) -> None:
        self._ends = dict(known)
        self._hash_at = hash_at
        self._own = own

    def new(self, links: Iterable[Sealed]) -> Iterator[tuple[Sealed, Record]]:
        """The links that are not here yet, each with its event.

        CHAIN_FORKED where a link that is here is another one there, or a chain goes on from another end;
        PACKAGE_GAP where links before it are missing (RefusedError). CHAIN_BROKEN (IntegrityProblem) where a
        link is not what its hash says, or time does not run forward along its chain.
        """
        for link in links:
            end = self._ends.get(link.node, Known())
            if link.seq <= end.seq:
                if self._hash_at(EventId(link.node, link.seq)) != link.hash:
                    raise RefusedError(Code.CHAIN_FORKED, node=link.node, seq=link.seq)
                continue
            if link.node == self._own:
                raise RefusedError(Code.CHAIN_FORKED, node=link.node, seq=link.seq)
            if link.seq != end.seq + 1:
                raise RefusedError(Code.PACKAGE_GAP, node=link.node, has=end.seq, next=link.seq)
            record = _sound(link, end)
            self._ends[link.node] = Known(link.seq, link.hash, record.envelope.hybrid)
            yield link, record


def _sound(link: Sealed, end: Known) -> Record:
    """The event of a link that is next in its chain."""
    broken = IntegrityProblem(Code.CHAIN_BROKEN, node=link.node, seq=link.seq)
    if sha256(link.body) != link.hash:
        raise broken
    record = open_sealed(link)
    here, event = record.envelope, record.event
    if (*here.id, event.kind, event.subject, here.at) != (link.node, link.seq, *link[3:6]):
        raise broken
    if here.prev != end.hash:
        raise RefusedError(Code.CHAIN_FORKED, node=link.node, seq=link.seq)
    if here.hybrid <= end.hybrid:
        raise broken
    return record


class _Window(NamedTuple):
    """A lock or freeze: its event, what it knew, and what ended it; ``until`` is None while it lasts."""

    node: str
    seq: int
    knows: dict[str, int]
    until: Moment | None


class Windows:
    """Which changes came too late for a form that was frozen or locked elsewhere meanwhile.

    ``told`` are all events of the kinds :data:`TELL_WINDOWS`, in any order; others are passed over.
    """

    def __init__(self, told: Iterable[Record]) -> None:
        self._windows: dict[Scope, list[_Window]] = {}
        self._heard: dict[str, tuple[list[int], list[dict[str, int]]]] = {}
        for record in sorted(told, key=when):
            match record.event:
                case ev.Frozen() | ev.Locked():
                    self._begins(record.event, record)
                case ev.Unfrozen() | ev.Unlocked():
                    self._ends(record.event, record)
                case ev.PackageTakenIn():
                    self._hears(record.event, record)
                case _:
                    pass

    def late(self, record: Record) -> bool:
        """Whether it changes what was held, and neither its writer nor who held it knew of the other."""
        event = record.event
        if not self._windows:
            return False
        if isinstance(event, _CHANGING):
            scopes = Scope.around(event.key)
        elif isinstance(event, VISITS):
            scopes = (Scope(*event.at), Scope(event.subject), Scope())
        else:
            return False
        return any(
            self._is_late(record, window) for scope in scopes for window in self._windows.get(scope, ())
        )

    def _is_late(self, record: Record, window: _Window) -> bool:
        node, seq = record.envelope.id
        if node == window.node or seq <= window.knows.get(node, 0):
            return False
        before = window.until is None or when(record) < window.until
        return before and self._known(node, seq, window.node) < window.seq

    def _known(self, node: str, seq: int, of: str) -> int:
        """How far a chain had heard another one when it wrote a link."""
        places, heard = self._heard.get(node, ([], []))
        last = bisect_left(places, seq)
        return heard[last - 1].get(of, 0) if last else 0

    def _begins(self, event: ev.Frozen | ev.Locked, record: Record) -> None:
        knows = {known.node: known.seq for known in event.knows}
        window = _Window(*record.envelope.id, knows, None)
        self._windows.setdefault(event.scope, []).append(window)

    def _ends(self, event: ev.ScopeEvent, record: Record) -> None:
        open_ones = self._windows.get(event.scope, [])
        open_ones[:] = [
            window if window.until is not None else window._replace(until=when(record))
            for window in open_ones
        ]

    def _hears(self, event: ev.PackageTakenIn, record: Record) -> None:
        node, seq = record.envelope.id
        places, heard = self._heard.setdefault(node, ([], []))
        places.append(seq)
        heard.append({**(heard[-1] if heard else {}), **{end.node: end.seq for end in event.ends}})


def folded(records: Iterable[Record], windows: Windows) -> Iterator[Change]:
    """What events change in the tables, without their places in the trail; they come in their order."""
    for record in records:
        yield from decided_by(record, late=windows.late(record))
