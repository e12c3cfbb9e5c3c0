"""The ways through the indexes of the trail: which rows each would meet, and which way is the shortest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.trail import BATCH, Place, TrailFilter
from crfapp.store.event_log import EventLog

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.store.engine import Db

PLACE, CHAIN = "hybrid, node, seq", "node, seq"
_MEASURED = 20_000
"""A way that meets more rows than this is as good as any other."""


class Stream(NamedTuple):
    """A stretch of one index in which hybrid time runs forward: ``where`` names its beginning.

    Without an index it is the table itself, along the chain that the first of ``values`` names.
    """

    along: str
    where: str
    values: tuple[object, ...]

    @property
    def source(self) -> str:
        """The table, gone along this index; the key of the table itself has no name."""
        return f"trail INDEXED BY {self.along}" if self.along else "trail"


class Part(NamedTuple):
    """Conditions with their values, joined by AND."""

    where: tuple[str, ...]
    values: tuple[object, ...]

    def sql(self) -> str:
        """As one condition."""
        return " AND ".join(self.where) or "true"


class Ways:
    """What the indexes offer, as one connection sees them."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._log = EventLog()

    def shortest(self, wish: TrailFilter) -> list[Stream]:
        """Where to look: of all indexes that a filter could go along, the one with the fewest rows."""
        offers = list(self._offers(wish))
        if len(offers) == 1:
            return offers[0]
        best, fewest = offers[0], _MEASURED
        for offer in offers:
            rows = self._length(offer, wish, fewest)
            if rows < fewest:
                best, fewest = offer, rows
        return best

    def alone(self, wish: TrailFilter) -> list[Stream] | None:
        """The streams of a filter that one index answers without looking rows up."""
        asked = [name for name in _NARROWS if _is_asked(wish, name)]
        if not asked or asked in _ONE_INDEX or (asked == ["node"] and not (wish.begin or wish.end)):
            bounds = bounds_of(wish, None, backwards=True)
            streams = [*next(iter(self._offers(wish))), *self.waiting(wish)]
            return [
                stream._replace(
                    where=f"{stream.where} AND {bounds.sql()}", values=(*stream.values, *bounds.values)
                )
                for stream in streams
            ]
        return None

    def waiting(self, wish: TrailFilter | None = None) -> Iterator[Stream]:
        """The ends of the chains, which the indexes do not hold; with what a filter asks of a row."""
        rest = filter_of(wish) if wish is not None else Part((), ())
        for node in self._log.nodes(self._db):
            last = self.number("SELECT max(seq) FROM trail WHERE node = ?", (node,))
            where = f"settled = 0 AND node = ? AND seq > ? AND {rest.sql()}"
            yield Stream("", where, (node, last // BATCH * BATCH, *rest.values))

    def distinct(self, index: str, prefix: str, value: str, column: str) -> list[str]:
        """Every value of a column, by jumping from one to the next in an index."""
        held = f"settled = 1{f' AND {prefix} = ?' if prefix else ''}"
        given = (value,) if prefix else ()
        sql = f"SELECT min({column}) FROM trail INDEXED BY {index} WHERE {held}"  # noqa: S608 (our own names)
        found: list[str] = []
        row = self._db.execute(sql, given).fetchone()
        while row is not None and row[0] is not None:
            found.append(row[0])
            row = self._db.execute(f"{sql} AND {column} > ?", (*given, row[0])).fetchone()
        return found

    def number(self, sql: str, values: Sequence[object]) -> int:
        """The one number that a question asks for; 0 where there is none."""
        row = self._db.execute(sql, values).fetchone()
        return int(row[0] or 0) if row else 0

    # ---- inside

    def _offers(self, wish: TrailFilter) -> Iterator[list[Stream]]:
        """Every way through the indexes that narrows; where none does, the one in the order of time."""
        named = False
        for name in _NARROWS:
            if name in _WAYS and _is_asked(wish, name):
                named = True
                yield _WAYS[name](self, wish)
        if wish.node and not (wish.begin or wish.end):
            named = True
            yield [Stream("", "settled = 1 AND node = ?", (wish.node,))]
        if not named:
            yield [Stream("trail_by_time", "settled = 1", ())]

    def _by_subject(self, wish: TrailFilter) -> list[Stream]:
        return [Stream("trail_of_subject", "settled = 1 AND subject = ?", (wish.subject,))]

    def _by_form(self, wish: TrailFilter) -> list[Stream]:
        where = "settled = 1 AND form = ? AND item = ?"
        items = [wish.item] if wish.item else self.distinct("trail_of_item", "form", wish.form, "item")
        return [Stream("trail_of_item", where, (wish.form, item)) for item in items]

    def _by_kind(self, wish: TrailFilter) -> list[Stream]:
        return [Stream("trail_of_kind", "settled = 1 AND kind = ?", (kind,)) for kind in wish.kinds]

    def _by_mark(self, wish: TrailFilter) -> list[Stream]:
        where = "settled = 1 AND marks <> '' AND instr(marks, ?) > 0"
        return [Stream("trail_of_mark", where, (wish.mark,))]

    def _by_words(self, wish: TrailFilter) -> list[Stream]:
        where = r"settled = 1 AND reason IS NOT NULL AND reason LIKE ? ESCAPE '\'"
        return [Stream("trail_of_reason", where, (_like(wish.words),))]

    def _people(self, wish: TrailFilter) -> list[Stream]:
        where = "settled = 1 AND login = ? AND role = ?"
        logins = [wish.login] if wish.login else self.distinct("trail_of_login", "", "", "login")
        return [
            Stream("trail_of_login", where, (login, role))
            for login in logins
            for role in self.distinct("trail_of_login", "login", login, "role")
            if wish.role in ("", role)
        ]

    def _length(self, streams: Sequence[Stream], wish: TrailFilter, most: int) -> int:
        """How many rows the indexes alone leave, up to ``most``."""
        bounds, total = bounds_of(wish, None, backwards=True), 0
        for stream in streams:
            sql = (
                f"SELECT count(*) FROM (SELECT 1 FROM {stream.source}"  # noqa: S608 (our own names)
                f" WHERE {stream.where} AND {bounds.sql()} LIMIT {most - total}) AS met"
            )
            total += self.number(sql, (*stream.values, *bounds.values))
            if total >= most:
                break
        return total


_NARROWS = ("subject", "form", "item", "login", "role", "kinds", "mark", "words", "node", "visit")
_WAYS = {
    "subject": Ways._by_subject,
    "form": Ways._by_form,
    "login": Ways._people,
    "role": Ways._people,
    "kinds": Ways._by_kind,
    "mark": Ways._by_mark,
    "words": Ways._by_words,
}
_ONE_INDEX = [
    *([name] for name in _WAYS),
    ["form", "item"],
    ["login", "role"],
]
"""What one index answers alone."""


def bounds_of(wish: TrailFilter, after: Place | None, *, backwards: bool) -> Part:
    """The stretch of time that is asked for, from where a page goes on."""
    where: list[str] = []
    values: list[object] = []
    for sql, value in (("hybrid >= ?", wish.begin), ("hybrid < ?", wish.end)):
        if value:
            where.append(sql)
            values.append(value)
    if after is not None:
        on = "<" if backwards else ">"
        # the first part is what an index understands
        where += [f"hybrid {on}= ?", f"({PLACE}) {on} (?, ?, ?)"]
        values += [after.hybrid, *after]
    return Part(tuple(where), tuple(values))


def filter_of(wish: TrailFilter) -> Part:
    """All that a filter asks of a row, but for its time."""
    where: list[str] = []
    values: list[object] = []
    for name in ("subject", "login", "role", "visit", "form", "item", "node"):
        if _is_asked(wish, name):
            where.append(f"{name} = ?")
            values.append(getattr(wish, name))
    if wish.kinds:
        where.append(f"kind IN ({', '.join('?' * len(wish.kinds))})")
        values += wish.kinds
    if wish.mark:
        where.append("instr(marks, ?) > 0")
        values.append(wish.mark)
    if wish.words:
        where.append(r"reason LIKE ? ESCAPE '\'")
        values.append(_like(wish.words))
    return Part(tuple(where), tuple(values))


def _is_asked(wish: TrailFilter, name: str) -> bool:
    value = getattr(wish, name)
    return value is not None if name == "subject" else bool(value)


def _like(words: str) -> str:
    held = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{held}%"
