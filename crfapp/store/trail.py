"""Searching the audit trail: any filter, page by page in the order of time, without walking all of it.

A search goes along the one index that leaves the fewest rows, each page from where the last one ended, and
looks every row up that it meets. Where hits are rare among many rows, a page ends when patience does.
"""

from __future__ import annotations

from contextlib import nullcontext
from heapq import merge
from time import perf_counter
from typing import TYPE_CHECKING

from crfapp.ledger.chain import Record, Sealed, open_sealed
from crfapp.ledger.state import TrailRow
from crfapp.ledger.trail import Counted, Place, TrailFilter, TrailPage, matches
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.tables import STATEMENTS
from crfapp.store.trail_questions import Limits, WalkedQuestions
from crfapp.store.trail_ways import CHAIN, PLACE, Part, Stream, Ways, bounds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from crfapp.ledger.keys import EventId
    from crfapp.ledger.trail import Direction
    from crfapp.store.engine import Db, Engine

PATIENCE = 0.1
"""Seconds for which one page, or one count, looks rows up; then the person is told how far it came."""

MOST_COUNTED = 10_000
"""Above this a count says only that there are more."""

_CHECKED = 32
"""After so many rows it is asked how long the search has taken."""

_GET = STATEMENTS[TrailRow].get
_EVENT = "SELECT node, seq, hash, kind, subject, at, body, told FROM event WHERE node = ? AND seq = ?"


class TrailSearch:
    """The trail as one connection sees it inside its reading transaction."""

    def __init__(self, db: Db, patience: float = PATIENCE) -> None:
        self._db = db
        self._ways = Ways(db)
        self._patience = patience

    def page(
        self, wish: TrailFilter, direction: Direction = "newest", after: Place | None = None, size: int = 100
    ) -> TrailPage:
        """Rows behind ``after`` in a direction, at most ``size`` of them."""
        rows: list[TrailRow] = []
        met: Place | None = None
        for place, row in self._looked_up(wish, after, backwards=direction == "newest"):
            if row is None:
                return TrailPage(tuple(rows), met)
            if len(rows) == size:
                return TrailPage(tuple(rows), Place.of(rows[-1]))
            met = place
            if matches(wish, row):
                rows.append(row)
        return TrailPage(tuple(rows), None)

    def count(self, wish: TrailFilter) -> Counted:
        """How many there are, as far as :data:`MOST_COUNTED` and patience go."""
        if wish.among is None and (alone := self._ways.alone(wish)) is not None:
            return self._counted_in(alone)
        number = 0
        for _place, row in self._looked_up(wish, None, backwards=True):
            if row is None or number > MOST_COUNTED:
                return Counted(min(number, MOST_COUNTED), whole=False)
            number += matches(wish, row)
        return Counted(number, whole=True)

    def logins(self) -> list[str]:
        """Everybody in whose name something is recorded."""
        return sorted(
            {*self._ways.distinct("trail_of_login", "", "", "login"), *self._among_waiting("login")}
        )

    def nodes(self) -> tuple[str, ...]:
        """The workstations that recorded something."""
        return EventLog().nodes(self._db)

    def open(self, ids: Iterable[EventId]) -> Iterator[Record]:
        """The events themselves, in the order asked for."""
        for node, seq in ids:
            row = self._db.execute(_EVENT, (node, seq)).fetchone()
            if row is not None:
                yield open_sealed(Sealed._make(row))

    # ---- inside

    def _looked_up(
        self, wish: TrailFilter, after: Place | None, *, backwards: bool
    ) -> Iterator[tuple[Place, TrailRow | None]]:
        """Each row that could be meant, in the order of time; None as the last where patience ended."""
        until, places = perf_counter() + self._patience, self._places(wish, after, backwards=backwards)
        for number, place in enumerate(places, start=1):
            if number % _CHECKED == 0 and perf_counter() > until:
                yield place, None
                return
            row = self._db.execute(_GET, place.id).fetchone()
            if row is not None:
                yield place, TrailRow._make(row)

    def _places(self, wish: TrailFilter, after: Place | None, *, backwards: bool) -> Iterator[Place]:
        if wish.among is not None:
            found = sorted(wish.among, reverse=backwards)
            return (
                place for place in found if after is None or ((place < after) if backwards else place > after)
            )
        streams = [*self._ways.shortest(wish), *self._ways.waiting()]
        bounds = bounds_of(wish, after, backwards=backwards)
        ways = [self._along(stream, bounds, after, backwards=backwards) for stream in streams]
        return merge(*ways, reverse=backwards)

    def _along(
        self, stream: Stream, bounds: Part, after: Place | None, *, backwards: bool
    ) -> Iterator[Place]:
        where, values = f"{stream.where} AND {bounds.sql()}", (*stream.values, *bounds.values)
        if not stream.along and after is not None and after.node == stream.values[0]:
            where, values = f"{where} AND seq {'<' if backwards else '>'} ?", (*values, after.seq)
        down = " DESC" if backwards else ""
        order = ", ".join(f"{column}{down}" for column in (PLACE if stream.along else CHAIN).split(", "))
        sql = f"SELECT {PLACE} FROM {stream.source} WHERE {where} ORDER BY {order}"  # noqa: S608 (our names)
        return map(Place._make, self._db.stream(sql, values))

    def _counted_in(self, streams: Sequence[Stream]) -> Counted:
        number = 0
        for stream in streams:
            number += self._ways.number(
                f"SELECT count(*) FROM (SELECT 1 FROM {stream.source}"  # noqa: S608 (our own names)
                f" WHERE {stream.where} LIMIT {MOST_COUNTED + 1 - number}) AS met",
                stream.values,
            )
            if number > MOST_COUNTED:
                return Counted(MOST_COUNTED, whole=False)
        return Counted(number, whole=True)

    def _among_waiting(self, column: str) -> Iterator[str]:
        for stream in self._ways.waiting():
            sql = f"SELECT DISTINCT {column} FROM trail WHERE {stream.where}"  # noqa: S608 (our own names)
            yield from (row[0] for row in self._db.execute(sql, stream.values))


class SqlTrail:
    """The trail of one site; implements :class:`crfapp.present.trail_port.Trail`.

    Each question is answered in a view of its own, unless ``db`` is one that is held already.
    """

    def __init__(self, engine: Engine, db: Db | None = None) -> None:
        self._engine, self._db = engine, db

    def page(
        self, wish: TrailFilter, direction: Direction = "newest", after: Place | None = None, size: int = 100
    ) -> TrailPage:
        """See :meth:`TrailSearch.page`."""
        with self._view() as db:
            return TrailSearch(db).page(wish, direction, after, size)

    def count(self, wish: TrailFilter) -> Counted:
        """See :meth:`TrailSearch.count`."""
        with self._view() as db:
            return TrailSearch(db).count(wish)

    def logins(self) -> list[str]:
        """See :meth:`TrailSearch.logins`."""
        with self._view() as db:
            return TrailSearch(db).logins()

    def nodes(self) -> tuple[str, ...]:
        """See :meth:`TrailSearch.nodes`."""
        with self._view() as db:
            return TrailSearch(db).nodes()

    def open(self, ids: Iterable[EventId]) -> list[Record]:
        """The events themselves."""
        with self._view() as db:
            return list(TrailSearch(db).open(ids))

    def walked(self, name: str) -> frozenset[Place]:
        """The answer to one of :class:`crfapp.store.trail_questions.WalkedQuestions`."""
        with self._view() as db:
            return WalkedQuestions(db, Limits()).asked()[name]()

    def _view(self) -> AbstractContextManager[Db]:
        return nullcontext(self._db) if self._db is not None else reading(self._engine)
