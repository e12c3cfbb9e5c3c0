"""How far the comparison with the source has come, worked out from the tables (REQ-606).

Nothing of it is kept: what is planned follows from the pack, the answers and the days of the visits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from crfapp.ledger.keys import FormKey, ItemKey, VisitKey
from crfapp.ledger.state import FormRowRow, ItemRow, QueryRow, VerifiedRow, VisitRow
from crfapp.study.verification import OFFERED, Offer, verification_plan
from crfapp.work.rows import rows_of_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.ledger.state import SubjectRow
    from crfapp.study.model import Form
    from crfapp.work.desk import Desk

State = Literal["done", "changed", "queried", "planned"]
"""Of a planned answer: verified; another one since it was; asked about and not verified; waiting."""


class Counts(NamedTuple):
    """Planned answers, and of these the verified, the changed since, those asked about; the rest waits."""

    planned: int = 0
    done: int = 0
    changed: int = 0
    queried: int = 0

    @property
    def left(self) -> int:
        """How many are not verified."""
        return self.planned - self.done

    @property
    def state(self) -> State | Literal[""]:
        """Of all together: what presses most, done where nothing is left, empty where nothing is planned."""
        if not self.planned:
            return ""
        if self.changed:
            return "changed"
        if self.queried:
            return "queried"
        return "done" if self.done == self.planned else "planned"

    def with_one(self, state: State) -> Counts:
        """One answer more."""
        return Counts(
            self.planned + 1,
            self.done + (state == "done"),
            self.changed + (state == "changed"),
            self.queried + (state == "queried"),
        )


def total(counts: Iterable[Counts]) -> Counts:
    """Several together."""
    return Counts(*(sum(column) for column in zip(Counts(), *counts, strict=True)))


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One answer that the plan asks to compare, as it stands. ``verified`` is its last verification."""

    stored: ItemRow
    offer: Offer
    state: State
    verified: VerifiedRow | None

    @property
    def key(self) -> ItemKey:
        """Where it stands."""
        return self.stored.key


def planned_items(desk: Desk, subject: SubjectRow, form: FormKey | None = None) -> list[PlannedItem]:
    """What is planned of a subject, or of one form, in the order of the keys."""
    within = {"subject": subject.subject} if form is None else form._asdict()
    ground = Ground(desk, subject.subject)
    verified = {row.key: row for row in desk.tables.find(VerifiedRow, **within)}
    asked = open_queries(desk, subject.subject)
    days: dict[VisitKey, str] = {}
    found: list[PlannedItem] = []
    for row in desk.tables.find(ItemRow, **within):
        study = desk.versions.at(row.key.of)
        if not stands_there(row) or row.form not in study.forms or row.item not in study.items(row.form):
            continue
        plan = verification_plan(study)
        offer = plan.offer(row.form, row.item)
        if offer not in OFFERED:
            continue
        at = VisitKey(*row[:3])
        if at not in days:
            days[at] = day_of(desk, subject, at)
        if plan.wants(subject.number, days[at], offer) and ground.counts(row.key):
            mark = verified.get(row.key)
            found.append(PlannedItem(row, offer, _state(mark, queried=row.key in asked), mark))
    return found


def counts_of(items: Iterable[PlannedItem]) -> dict[FormKey, Counts]:
    """How far each form has come."""
    found: dict[FormKey, Counts] = {}
    for one in items:
        key = one.key.of
        found[key] = found.get(key, Counts()).with_one(one.state)
    return found


def stands_there(row: ItemRow) -> bool:
    """Whether an answer, or a code instead of one, is in force."""
    return row.hidden == 0 and (row.value is not None or row.missing is not None)


def open_queries(desk: Desk, subject: str) -> frozenset[ItemKey]:
    """The items of a subject about which somebody asks."""
    rows = desk.tables.find(QueryRow, subject=subject)
    return frozenset(ItemKey(*row[1:8]) for row in rows if row.item and row.state != "closed")


def day_of(desk: Desk, subject: SubjectRow, at: VisitKey) -> str:
    """The ISO day by which a plan is chosen: of the visit, or of the enrolment where it has none."""
    row = desk.tables.get(VisitRow, *at)
    if row is not None and row.date:
        return row.date
    enrolled = datetime.fromisoformat(subject.enrolled).replace(tzinfo=UTC)
    return enrolled.astimezone(ZoneInfo(desk.zone)).date().isoformat()


class Ground:
    """Which rows of a subject's forms count; a voided row has no answer to compare, nor what rests on it."""

    def __init__(self, desk: Desk, subject: str) -> None:
        self._desk = desk
        voided = desk.tables.find(FormRowRow, subject=subject, voided=1)
        self._voided = frozenset(row.row for row in voided)
        self._rows: dict[FormKey, dict[str, frozenset[str]]] = {}

    def counts(self, place: ItemKey) -> bool:
        """Whether the row of an item counts."""
        if not place.row:
            return True
        if place.row in self._voided:
            return False
        study = self._desk.versions.at(place.of)
        form, group = study.form(place.form), study.place(place.form, place.item).group
        if not _is_conditional(form, group):
            return True
        return place.row in self._counting(place.of).get(group, ())

    def _counting(self, key: FormKey) -> dict[str, frozenset[str]]:
        if key not in self._rows:
            plan = self._desk.forms.plan(key)
            rows = rows_of_form(self._desk, key, plan)
            self._rows[key] = {group: frozenset(row.key for row in infos) for group, infos in rows.items()}
        return self._rows[key]


def _is_conditional(form: Form, group: str) -> bool:
    """Whether it depends on answers which rows a section has."""
    rows = next((section.rows for section in form.sections if section.section == group), None)
    return rows is not None and rows.where is not None


def _state(row: VerifiedRow | None, *, queried: bool) -> State:
    if row is not None and row.state == "done":
        return "done"
    if queried:
        return "queried"
    return "changed" if row is not None and row.state == "changed" else "planned"
