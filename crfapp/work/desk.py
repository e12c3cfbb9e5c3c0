"""What lies on the desk while commands are carried out: the study in force, the tables, the open forms.

Handlers read from it and never write: they yield events, and lay each one here so that what follows in
the same command sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.base.times import Moment, utc_stamp
from crfapp.ledger.chain import GENESIS
from crfapp.ledger.events import (
    FormMoved,
    FormStarted,
    ItemEvent,
    RowAdded,
    RowVoided,
    ValueRecorded,
    VisitBooked,
    VisitCancelled,
    VisitMerged,
    VisitMissed,
    VisitRedated,
    VisitStarted,
)
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import ItemRow, SiteRow, VisitRow
from crfapp.work.endings import without_ended
from crfapp.work.open_forms import OpenForms
from crfapp.work.overlay import Overlay
from crfapp.work.schedule import EVERY_DAY, ClinicDays, Slot, schedule
from crfapp.work.sentences import Say, plain
from crfapp.work.subject_visits import head_of
from crfapp.work.versions_read import VersionsRead

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.ledger.chain import Record
    from crfapp.ledger.events import End, Event
    from crfapp.ledger.keys import FormKey
    from crfapp.study.model import Anchor
    from crfapp.study.study import Study
    from crfapp.work.ports import Clock, Signer, Tables

ReadRecords = Callable[[str | None], "Iterator[Record]"]
"""Gives the events about a subject, or about none."""
ReadEnds = Callable[[], "tuple[End, ...]"]
"""Says how far every chain has come."""

_DAYS = (VisitStarted, VisitRedated, VisitBooked, VisitMissed, VisitMerged, VisitCancelled)
_ROWS = (FormStarted, FormMoved, RowAdded, RowVoided, ValueRecorded)
"""After these the rows of a form can be other ones, or be called otherwise."""


def _no_ends() -> tuple[End, ...]:
    return ()


def _no_records(_subject: str | None) -> Iterator[Record]:
    return iter(())


class Desk:
    """One study at one site, as the running command sees it.

    ``zone`` is the site's IANA zone, ``language`` the one in which sentences are recorded. ``anchors`` are
    the items, as FORM.ITEM, that hold a moment from which visits are counted, ``ends`` those that hold a
    day after which a subject's visits are cancelled, ``counted_from`` the anchors and the visits' own days.
    ``node`` is this workstation's chain and ``software`` the version of the program, said by the bus;
    ``signer`` signs with people's own keys where the site has a vault; ``was_given`` says whether a login was
    given here before, also where a ledger put back from an older copy does not know. ``people`` are tables
    with those who act here, where they are not on record at the site itself, as at the centre. ``versions``
    says by which version of the study something is asked.
    """

    def __init__(
        self,
        study: Study,
        tables: Tables,
        clock: Clock,
        *,
        entropy: Callable[[int], bytes],
        zone: str = "UTC",
    ) -> None:
        self.study = study
        self.zone = zone
        self.language = study.head.language
        self.say: Say = plain
        self._clock = clock
        self._entropy = entropy
        self._base = tables
        self._tables: Tables = tables
        self._overlay: Overlay | None = None
        self._slots: dict[str, tuple[Slot, ...]] = {}
        self.anchors = frozenset(
            f"{visit.anchor.form}.{visit.anchor.item}"
            for version in study.versions
            for visit in version.head.visits
            if visit.anchor is not None and visit.anchor.item is not None
        )
        self.ends = frozenset(end.date for end in study.head.ends)
        self._moving = self.anchors | self.ends
        self.counted_from = self.anchors | {study.head.visit_items.date}
        self.head = GENESIS
        self.records: ReadRecords = _no_records
        self.reached: ReadEnds = _no_ends
        self.node = ""
        self.people: Tables | None = None
        self.software = ""
        self.signer: Signer | None = None
        self.was_given: Callable[[str], bool] = _not_given
        self.versions = VersionsRead(self)
        self.forms = OpenForms(self)

    @contextmanager
    def reading(
        self,
        tables: Tables,
        head: str = GENESIS,
        records: ReadRecords = _no_records,
        ends: ReadEnds = _no_ends,
    ) -> Iterator[None]:
        """Read through a transaction's tables while a handler runs.

        ``head`` is where its chain ends, ``records`` gives the events about a subject, ``ends`` says how far
        every chain has come.
        """
        self._overlay = self._tables = Overlay(tables)
        self.head = head
        self.records = records
        self.reached = ends
        self._slots.clear()
        self.forms.everybody.clear()
        try:
            yield
        finally:
            self._overlay, self._tables = None, self._base
            self.records = _no_records
            self.reached = _no_ends
            self.forms.everybody.clear()

    @property
    def tables(self) -> Tables:
        """The tables, with what this command has decided so far."""
        return self._tables

    def lay(self, event: Event) -> Event:
        """Let an event take effect for the rest of this command; gives it back to be yielded."""
        if self._overlay is not None:
            self._overlay.lay(event, self.versions.of_event(event))
        if isinstance(event, _DAYS) or (isinstance(event, ItemEvent) and self._counts_from(event)):
            self._slots.clear()
        if isinstance(event, _ROWS):
            self.forms.everybody.clear()
        return event

    def forget_forms(self) -> None:
        """Close all forms: after a failure nothing on the desk may be trusted."""
        self.forms.forget()

    def stamp(self) -> str:
        """The present instant as events write it (UTC, ISO, microseconds)."""
        return utc_stamp(self._clock.now())

    def new_id(self) -> str:
        """A fresh internal id; says nothing about anybody."""
        return self._entropy(8).hex()

    @property
    def today(self) -> date:
        """The day at the site."""
        return self.now.local.date()

    @property
    def now(self) -> Moment:
        """The present, as a clock on the site's wall shows it."""
        return Moment.at(self._clock.now(), self.zone)

    @property
    def site(self) -> SiteRow:
        """The site."""
        rows = self.tables.find(SiteRow)
        if not rows:
            raise EnvironmentProblem(Code.NOT_A_SITE)
        return rows[0]

    @property
    def pack_hash(self) -> str:
        """The content hash of the study version in force."""
        return self.study.hash

    def stored(self, key: ItemKey) -> ItemRow | None:
        """What is recorded at an item."""
        return self.tables.get(ItemRow, *key)

    def slots(self, subject: str) -> tuple[Slot, ...]:
        """The subject's schedule as it stands."""
        found = self._slots.get(subject)
        if found is None:
            found = self._scheduled(subject, self.tables.find(VisitRow, subject=subject))
            if self._overlay is not None:  # asked again and again while one command is carried out
                self._slots[subject] = found
        return found

    def slots_if(self, key: FormKey, item: str, text: str) -> tuple[Slot, ...]:
        """The subject's schedule as it would stand if an answer it counts from were another one.

        ``text`` is canonical: a day, or the moment that an anchor names.
        """
        rows, place = self.tables.find(VisitRow, subject=key.subject), f"{key.form}.{item}"
        if place == self.study.head.visit_items.date:
            changed = [row._replace(date=text) if row.key == key.at and row.date else row for row in rows]
            return self._scheduled(key.subject, changed)
        return self._scheduled(key.subject, rows, (key.visit, place, Moment.parse(text)))

    @property
    def clinic(self) -> ClinicDays:
        """When the site sees patients."""
        found = self.tables.find(SiteRow)
        if not found:
            return EVERY_DAY
        weekend = frozenset(int(day) for day in found[0].weekend.split(",") if day)
        closed = frozenset(date.fromisoformat(day) for day in found[0].closed.split(",") if day)
        return ClinicDays(weekend, closed)

    def visit_date(self, key: FormKey) -> date | None:
        """The day of the visit a form belongs to; None before it began, and for logs."""
        row = self.tables.get(VisitRow, *key.at)
        return date.fromisoformat(row.date) if row is not None and row.date else None

    def _scheduled(
        self, subject: str, rows: Sequence[VisitRow], told: tuple[str, str, Moment] | None = None
    ) -> tuple[Slot, ...]:
        """``told``: a visit, an item there, and the moment that is taken for recorded in it."""

        def moment_of(anchor: Anchor) -> Moment | None:
            if told is not None and (anchor.visit, f"{anchor.form}.{anchor.item}") == told[:2]:
                return told[2]
            return self._moment(subject, anchor)

        slots = schedule(head_of(self, subject), rows, moment_of, self.clinic)
        return without_ended(self, subject, slots)

    def _counts_from(self, event: ItemEvent) -> bool:
        return f"{event.form}.{event.item}" in self._moving

    def _moment(self, subject: str, anchor: Anchor) -> Moment | None:
        if anchor.form is None or anchor.item is None:
            return None
        row = self.stored(ItemKey(subject, anchor.visit, 1, anchor.form, 1, "", anchor.item))
        return Moment.parse(row.value) if row is not None and row.value and not row.hidden else None


def _not_given(_login: str) -> bool:
    return False


def desk_beside(desk: Desk) -> Desk:
    """Another desk on the same tables, with forms of its own: for reading on another thread."""
    return desk_with(desk, desk.study, desk._base)


def desk_with(desk: Desk, study: Study, tables: Tables) -> Desk:
    """Another desk, that reads other tables by another study: for what would be so."""
    made = Desk(study, tables, desk._clock, entropy=desk._entropy, zone=desk.zone)
    made.language, made.say = desk.language, desk.say
    made.node, made.software, made.people = desk.node, desk.software, desk.people
    made.signer, made.was_given = desk.signer, desk.was_given
    made.versions.kept = desk.versions.kept
    return made
