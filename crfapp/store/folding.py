"""Making the tables again what the whole set of events tells, where events came in between.

State is the fold of all events in the order of time (:mod:`crfapp.ledger.merge`). What is new about a subject
and later than everything known of it is folded on; else the rows of that subject are folded anew, with those
of subjects between whom forms were moved. What concerns no subject is folded anew row by row. So the cost
follows what is concerned, not the ledger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger.chain import Sealed, open_sealed
from crfapp.ledger.changes import Patch
from crfapp.ledger.events import (
    Event,
    FormMoveAsked,
    FormMoved,
    FormTakenOver,
    SessionClosed,
    SessionOpened,
    Signed,
)
from crfapp.ledger.fold import decided_by
from crfapp.ledger.merge import HOLDS, OPENS, TELL_WINDOWS, Known, Windows, folded, when
from crfapp.ledger.site_rows import OF_ONE_CHAIN, SITE_KINDS
from crfapp.ledger.state import TABLES, Row, SessionRow
from crfapp.ledger.trail import BATCH
from crfapp.store.bulk import apply_all
from crfapp.store.event_log import COLUMNS, EventLog
from crfapp.store.tables import STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from crfapp.ledger.chain import Record
    from crfapp.ledger.changes import Change
    from crfapp.store.engine import Db
    from crfapp.store.new_events import NewEvents

Place = tuple["type[Row]", tuple[Any, ...]]
"""A table, and the key of a row in it."""

_HOLDING = (*HOLDS, *OPENS)
_OF_SUBJECT = tuple(table for table in TABLES if table._fields[0] == "subject")
"""The tables whose key begins with the subject."""
_SESSION: tuple[type[Event], ...] = (SessionOpened, SessionClosed, Signed)
WIDER: tuple[type[Event], ...] = (FormMoveAsked, FormMoved, FormTakenOver, Signed)
"""Events about a subject that change rows of another one, or of nobody."""


class Reading:
    """Reads events of several chains by what the trail's indexes know of them."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._log = EventLog()

    def ends(self) -> dict[str, Known]:
        """How far each chain has come here."""
        found = {}
        for node in self._log.nodes(self._db):
            link = next(self._log.chain(self._db, node, after=self._log.head(self._db, node)[0] - 1))
            found[node] = Known(link.seq, link.hash, open_sealed(link).envelope.hybrid)
        return found

    def about(self, subjects: Collection[str]) -> list[Record]:
        """All events about subjects, in the order of time."""
        links = (link for subject in subjects for link in self._log.read(self._db, subject=subject))
        return sorted(map(open_sealed, links), key=when)

    def of_kinds(self, kinds: Collection[type[Event]], **narrowed: str) -> list[Record]:
        """All events of some kinds, in the order of time; ``narrowed`` are columns of the trail."""
        names = sorted(kind.kind for kind in kinds)
        asked = [f"trail.kind IN ({_marks(names)})", *(f"trail.{name} = ?" for name in narrowed)]
        return self._found(" AND ".join(asked), (*names, *narrowed.values()))

    def of_sessions(self, logins: Collection[str], begin: str) -> list[Record]:
        """What happened to the sessions of some people from a place in time on."""
        names = sorted(kind.kind for kind in _SESSION)
        where = f"hybrid >= ? AND login IN ({_marks(logins)}) AND trail.kind IN ({_marks(names)})"
        return self._found(where, (begin, *sorted(logins), *names))

    def since(self, subject: str, begin: str) -> int:
        """How many events there are about a subject from a place in time on."""
        counted = self._rows("SELECT count(*) FROM trail", "subject = ? AND hybrid >= ?", (subject, begin))
        return sum(row[0] for row in counted)

    def _found(self, where: str, values: tuple[object, ...]) -> list[Record]:
        columns = ", ".join(f"event.{column}" for column in COLUMNS.split(", "))
        links = self._rows(f"SELECT {columns} FROM trail JOIN event USING (node, seq)", where, values)  # noqa: S608
        return sorted((open_sealed(Sealed._make(link)) for link in links), key=when)

    def _rows(self, select: str, where: str, values: tuple[object, ...]) -> Iterator[tuple[Any, ...]]:
        """By places in the trail: those that its indexes hold, then the ends of the chains, which wait."""
        yield from self._db.execute(f"{select} WHERE settled = 1 AND {where}", values)
        for node in self._log.nodes(self._db):
            last = self._log.head(self._db, node)[0] // BATCH * BATCH
            waiting = f"{select} WHERE trail.node = ? AND trail.seq > ? AND settled = 0 AND {where}"
            yield from self._db.execute(waiting, (node, last, *values)).fetchall()


class Folding:
    """Makes the tables right after events were appended, or lost what they told."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._reading = Reading(db)
        self._windows = Windows(self._reading.of_kinds(TELL_WINDOWS))
        self._site_was_held = False

    def on(self, new: NewEvents) -> None:
        """Everything that new events concern; they are in the log and in the trail already."""
        self._site(new.site, new.wider)
        # a lock of the whole site can make what is known of anybody late
        self._site_was_held = any(isinstance(record.event, _HOLDING) for record in new.site)
        for group in self._groups(new.subjects, new.about):
            told = [record for subject in group for record in new.about(subject)]
            if not new.all_held:
                self._anew(group, self._reading.about(group))
            elif self._are_all(told, group):
                self._anew(group, sorted(told, key=when))
            elif self._goes_on(told, group):
                apply_all(self._db, _of_subject(folded(sorted(told, key=when), self._windows)))
            else:
                self._anew(group, self._reading.about(group))

    def anew(self, subject: str, told: Record) -> None:
        """The rows of one event again, with all that hangs on its subject."""
        if subject:
            for group in self._groups({subject}, lambda _subject: ()):
                self._anew(group, self._reading.about(group))
        else:
            self._at({place_of(change) for change in decided_by(told)})

    def _anew(self, subjects: Collection[str], told: Sequence[Record]) -> None:
        """Fold everything about some subjects again: all events about them, in the order of time."""
        changes = list(_of_subject(folded(told, self._windows)))
        for table in _OF_SUBJECT:
            for subject in subjects:
                self._db.execute(f"DELETE FROM {TABLES[table].name} WHERE subject = ?", (subject,))  # noqa: S608
        self._drop({place for place in map(place_of, changes) if place[0] not in _OF_SUBJECT})
        apply_all(self._db, changes, fresh=True)

    def _at(self, places: Collection[Place]) -> None:
        """Fold rows about no subject again, each out of all events that ever changed it."""
        kinds = {kind for table, _ in places for kind in SITE_KINDS[table]}
        logins = {str(key[0]) for table, key in places if table is SessionRow}
        records = self._reading.of_kinds(kinds, subject="") if kinds else []
        records += self._sessions(logins) if logins else []
        changes = [change for record in sorted(records, key=when) for change in decided_by(record)]
        self._drop(places)
        apply_all(self._db, (change for change in changes if place_of(change) in places), fresh=True)

    def _sessions(self, logins: Collection[str]) -> list[Record]:
        """From the beginning of each person's last session on: nothing before it counts any more."""
        rows = [self._db.execute(STATEMENTS[SessionRow].get, (login,)).fetchone() for login in logins]
        known = [SessionRow._make(row).hybrid for row in rows if row is not None]
        return self._reading.of_sessions(logins, min(known) if len(known) == len(rows) else "")

    def _site(self, told: Sequence[Record], wider: Sequence[Record]) -> None:
        """Rows about no subject, and the sessions in which somebody signed."""
        changes = [change for record in sorted(told, key=when) for change in decided_by(record)]
        changes += [
            change
            for record in wider
            if isinstance(record.event, Signed)
            for change in decided_by(record)
            if place_of(change)[0] is SessionRow
        ]
        places = set(map(place_of, changes))
        apply_all(self._db, (change for change in changes if place_of(change)[0] in OF_ONE_CHAIN))
        self._at({place for place in places if place[0] not in OF_ONE_CHAIN})

    def _are_all(self, told: Sequence[Record], group: Collection[str]) -> bool:
        """Whether nothing was known of these subjects before."""
        return sum(self._reading.since(subject, "") for subject in group) == len(told)

    def _goes_on(self, told: Sequence[Record], group: Collection[str]) -> bool:
        """Whether all that is new is later than all that is known, and makes nothing late that is known."""
        if self._site_was_held or any(isinstance(record.event, _HOLDING) for record in told):
            return False
        first = min(when(record) for record in told)[0]
        return sum(self._reading.since(subject, first) for subject in group) == len(told)

    def _groups(
        self, subjects: Collection[str], about: Callable[[str], Sequence[Record]]
    ) -> Iterator[frozenset[str]]:
        """Subjects that have to be folded together, because forms were moved between them."""
        waiting = set(subjects)
        if self._site_was_held:
            waiting |= {row[0] for row in self._db.execute("SELECT DISTINCT subject FROM form").fetchall()}
        for first in sorted(waiting):
            if first not in waiting:
                continue
            group, further = set[str](), {first}
            while further:
                group |= further
                beside = [self._moved(subject, about(subject)) for subject in further]
                further = set[str]().union(*beside) - group
            waiting -= group
            yield frozenset(group)

    def _moved(self, subject: str, told: Sequence[Record]) -> set[str]:
        """Other ends of moves of forms from or to a subject."""
        sql = "SELECT subject, to_subject FROM form_move WHERE subject = ? OR to_subject = ?"
        ends = {end for row in self._db.execute(sql, (subject, subject)).fetchall() for end in row}
        for record in told:
            if isinstance(record.event, FormTakenOver):
                ends.add(record.event.from_subject)
            ends.add(getattr(record.event, "to_subject", subject))
        return ends

    def _drop(self, places: Iterable[Place]) -> None:
        keys: dict[type[Row], list[tuple[Any, ...]]] = {}
        for table, key in places:
            keys.setdefault(table, []).append(key)
        for table, gone in keys.items():
            self._db.executemany(STATEMENTS[table].drop, gone)


def place_of(change: Change) -> Place:
    """The row that a change is about."""
    if isinstance(change, Patch):
        return change.table, tuple(change.key)
    return type(change.row), tuple(change.row[: TABLES[type(change.row)].key])


def _of_subject(changes: Iterable[Change]) -> Iterator[Change]:
    """Without the one row about no subject that an event about a subject changes."""
    return (change for change in changes if place_of(change)[0] is not SessionRow)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
