"""A form as it was at an event: the subject's events up to it, folded again in memory. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.memory_ledger import MemoryTables
from crfapp.ledger.events import (
    FormEvent,
    Frozen,
    Locked,
    PackageTakenIn,
    PackInstalled,
    PersonAdded,
    PersonChanged,
    PersonEnded,
    ScopeEvent,
    SiteDaysSet,
    SiteFounded,
    StudyVersionActivated,
    StudyVersionInstalled,
    Unfrozen,
    UnlockAsked,
    UnlockDeclined,
    Unlocked,
)
from crfapp.ledger.keys import EventId, FormKey
from crfapp.ledger.merge import Windows, folded
from crfapp.ledger.trail import TrailFilter
from crfapp.present.address import Address
from crfapp.present.event_words import EventWords, when_words, who_words
from crfapp.present.form_acts import FormActs
from crfapp.present.form_page import FormPage
from crfapp.present.palette import CASEBOOK
from crfapp.present.workplace import Workplace
from crfapp.work.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from crfapp.form.graph import Cell
    from crfapp.ledger.chain import Record
    from crfapp.ledger.events import Event
    from crfapp.present.form_view import FieldState, FormHead, SectionView
    from crfapp.present.trail_port import Trail
    from crfapp.study.study import Study
    from crfapp.work.bus import Outcome
    from crfapp.work.cases import Command
    from crfapp.work.roles import Actor

_OF_SITE = (
    SiteFounded,
    PackInstalled,
    StudyVersionInstalled,
    StudyVersionActivated,
    SiteDaysSet,
    PersonAdded,
    PersonChanged,
    PersonEnded,
    Frozen,
    Unfrozen,
    Locked,
    UnlockAsked,
    UnlockDeclined,
    Unlocked,
    PackageTakenIn,
)
"""What happens to the whole site and shows in a form."""
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Past:
    """A form at a moment. ``what`` says when, ``note`` after which event; whether changes lie around it."""

    form: PastForm
    what: str
    note: str
    before: bool
    after: bool


class AsItWas:
    """Turns forms back. The events of one subject are read once for as long as one moves within a form."""

    def __init__(self, workplace: Workplace, trail: Trail) -> None:
        self._at, self._trail = workplace, trail
        self._place = Address("")
        self._records: list[Record] = []

    def turn_to(self, at: Address) -> Past:
        """The form of an address at its moment; UNKNOWN_FORM where there is no such event."""
        here, key = self._at, FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
        self._records = events_of(here, self._trail, at.subject)
        self._place = at
        record = self._records[self._index(at.moment)]
        place = self._end_of(record)
        told = self._records[: place + 1]
        past = _workplace(here, tables_after(told), told)
        say, words = here.texts, EventWords(past)
        when = when_words(here, record.envelope)
        turns = self._turns(key)
        return Past(
            form=PastForm(past, key),
            what=say("As it was on {when}", when=when),
            note=say(
                "after: {event}, {who}",
                event=words.kind(record.event.kind),
                who=who_words(here, record.envelope),
            ),
            before=any(turn < place for turn in turns),
            after=any(turn > place for turn in turns),
        )

    def neighbour(self, way: str) -> Address | None:
        """The same form at its change before or after; None where there is none."""
        at = self._place
        place = self._end_of(self._records[self._index(at.moment)])
        turns = self._turns(FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n))
        found = (
            [t for t in turns if t < place][-1:] if way == "before" else [t for t in turns if t > place][:1]
        )
        for turn in found:
            return replace(at, moment=moment_of(self._records[turn].envelope.id))
        return None

    def now(self) -> Address:
        """The same form as it is."""
        return replace(self._place, page=CASEBOOK, moment="")

    def _turns(self, key: FormKey) -> list[int]:
        """The last event of every command that did something to this form."""
        found: dict[str, int] = {}
        for number, record in enumerate(self._records):
            event = record.event
            if (isinstance(event, FormEvent) and event.key == key) or (
                isinstance(event, ScopeEvent) and event.form and event.scope == tuple(key)
            ):
                found[record.envelope.act] = number
        return sorted(found.values())

    def _end_of(self, record: Record) -> int:
        """The last event of the same command: nobody ever saw what was between."""
        act = record.envelope.act
        return max(n for n, other in enumerate(self._records) if other.envelope.act == act)

    def _index(self, moment: str) -> int:
        for number, record in enumerate(self._records):
            if moment_of(record.envelope.id) == moment:
                return number
        raise RefusedError(Code.UNKNOWN_FORM, form=self._place.form)


def moment_of(event: EventId) -> str:
    """An event as addresses name it."""
    return f"{event.node}:{event.seq}"


def events_of(at: Workplace, trail: Trail, subject: str) -> list[Record]:
    """What happened to the site as a whole and to one subject, in the order of time."""
    wish = TrailFilter(subject="", kinds=tuple(event.kind for event in _OF_SITE))
    page = trail.page(wish, "oldest", None, _MOST)
    rows = list(page.rows)
    while page.further is not None:
        page = trail.page(wish, "oldest", page.further, _MOST)
        rows += page.rows
    of_site = trail.open([EventId(row.node, row.seq) for row in rows])
    records = [*of_site, *at.events.records(subject=subject)]
    records.sort(key=lambda r: (r.envelope.hybrid, r.envelope.node, r.envelope.seq))
    return records


def tables_after(records: Sequence[Record]) -> MemoryTables:
    """The tables as these events leave them."""
    tables, windows = MemoryTables(), Windows(records)
    tables.apply(list(folded(records, windows)))
    return tables


class PastActs(FormActs):
    """What was said of a form as a whole; nothing can be begun there any more."""

    def offers(self) -> tuple[tuple[str, str], ...]:
        """Nothing."""
        return ()


class PastForm(FormPage):
    """A form that can only be read."""

    def __init__(self, workplace: Workplace, key: FormKey) -> None:
        super().__init__(workplace, key)
        self._read_only = workplace.texts("This is how it was. Go back to now to change anything.")
        self.acts = PastActs(workplace, key)

    def head(self) -> FormHead:
        """Nothing to complete or take up again."""
        return replace(super().head(), can_edit=False, may_ask=False, asked="", acts=())

    def sections(self) -> tuple[SectionView, ...]:
        """The cards, to which no row can be added."""
        return tuple(replace(section, grows=False) for section in super().sections())

    def state(self, cell: Cell) -> FieldState:
        """Closed, and why."""
        return replace(super().state(cell), locked=self._read_only)


class _PastEvents:
    """The events up to a moment."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records

    def records(
        self,
        *,
        subject: str | None = None,
        kinds: Collection[str] | None = None,
        item: str | None = None,
    ) -> Iterator[Record]:
        for record in self._records:
            event: Event = record.event
            if (
                (subject is None or event.subject == subject)
                and (kinds is None or event.kind in kinds)
                and (item is None or getattr(event, "item", None) == item)
            ):
                yield record


class _Standing:
    """A clock that shows the moment of the event."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


class _Closed:
    """A bus through which nothing goes: what was cannot be changed."""

    def send(self, _command: Command, _actor: Actor) -> Outcome:
        raise RefusedError(Code.NOT_ALLOWED)

    def listen(self, _listener: object) -> None:
        """Nothing will happen."""


def _no_ids(_count: int) -> bytes:
    raise RuntimeError("nothing new is made of the past")


def past_desk(study: Study, tables: MemoryTables, record: Record, zone: str) -> Desk:
    """A desk on tables of the past, whose clock stands at an event."""
    instant = datetime.fromisoformat(record.envelope.at)
    return Desk(study, tables, _Standing(instant), entropy=_no_ids, zone=zone)


def _workplace(here: Workplace, tables: MemoryTables, records: Sequence[Record]) -> Workplace:
    desk = past_desk(here.study, tables, records[-1], here.desk.zone)
    bus = _Closed()
    return Workplace(bus, desk, _PastEvents(records), actor=here.actor, texts=here.texts)  # type: ignore[arg-type]
