"""A form as it was: at every event what the tables held then, and at the last one what they hold now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.ledger.state import FindingRow, FormRow, FormRowRow, ItemRow, SiteRow, SubjectRow, VisitRow
from crfapp.present.address import Address
from crfapp.present.as_it_was import AsItWas, events_of, moment_of, past_desk, tables_after
from crfapp.work.row_work import VoidRow
from tests.support.clinic import Clinic
from tests.support.memory_trail import MemoryTrail
from tests.support.random_work import STEPS, work
from tests.support.site_of import workplace
from tests.support.tiny import tiny_study
from tests.support.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.journeys.memory_ledger import MemoryTables
    from crfapp.ledger.keys import FormKey

WATCHED: tuple[type[Any], ...] = (SubjectRow, VisitRow, FormRow, FormRowRow, ItemRow, FindingRow)


def held(tables: Any, subject: str) -> list[Any]:
    """Everything of one subject, and the site."""
    return [*tables.find(SiteRow), *(row for table in WATCHED for row in tables.find(table, subject=subject))]


@pytest.mark.req("REQ-101", "REQ-115")
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_at_every_event_it_is_what_the_tables_held_then(steps: list[Any]) -> None:
    clinic = Clinic(tiny_study())
    then: dict[str, list[Any]] = {}
    subjects: list[str] = []

    def remember(_outcome: object) -> None:
        if not subjects:
            subjects.extend(row.subject for row in clinic.ledger.tables.find(SubjectRow))
        last = clinic.ledger.links[-1]
        then[f"{last.node}:{last.seq}"] = held(clinic.ledger.tables, subjects[0])

    clinic.bus.listen(remember)
    work(clinic, steps)
    records = events_of(workplace(clinic), MemoryTrail(clinic.ledger), subjects[0])
    for number, record in enumerate(records):
        moment = moment_of(record.envelope.id)
        if moment in then:
            past = tables_after(records[: number + 1])
            assert held(past, subjects[0]) == then[moment], moment
    assert held(tables_after(records), subjects[0]) == held(clinic.ledger.tables, subjects[0])


def test_the_law_notices_an_event_that_is_passed_over() -> None:
    ward = Ward()
    ward.enter(ward.dm, SEX="F", AGE="30")
    records = events_of(workplace(ward), MemoryTrail(ward.ledger), ward.subject)
    forgetful = [record for record in records if getattr(record.event, "item", "") != "AGE"]
    assert held(tables_after(forgetful), ward.subject) != held(ward.ledger.tables, ward.subject)


class Past:
    """A ward with some corrections, and the page of the past."""

    def __init__(self) -> None:
        self.ward = ward = Ward()
        ward.enter(ward.dm, SEX="F", AGE="30")
        ward.clock.later(minutes=5)
        ward.enter(ward.dm, AGE="70", reason="misheard")
        ward.clock.later(minutes=5)
        ward.enter(ward.dm, AGE="40", reason="looked again")
        self.presenter = AsItWas(workplace(ward), MemoryTrail(ward.ledger))

    def address(self, key: FormKey, moment: str, item: str = "") -> Address:
        return Address("past", *key, "", item, moment)

    def moments(self, item: str) -> Sequence[str]:
        return [
            moment_of(r.envelope.id)
            for r in self.ward.records()
            if r.event.kind == "value-recorded" and getattr(r.event, "item", "") == item
        ]


@pytest.fixture
def past() -> Past:
    return Past()


@pytest.mark.req("REQ-101")
def test_a_form_at_a_correction_shows_the_answer_and_the_finding_of_that_moment(past: Past) -> None:
    first, second, third = past.moments("AGE")
    shown = []
    for moment in (first, second, third):
        there = past.presenter.turn_to(past.address(past.ward.dm, moment))
        state = there.form.state(Cell("", "AGE"))
        shown.append((state.text, len(state.findings)))
    assert shown == [("30", 0), ("70", 1), ("40", 0)]
    last = past.presenter.turn_to(past.address(past.ward.dm, third))
    assert len(last.form.inspect(Cell("", "AGE")).history) == 5
    earlier = past.presenter.turn_to(past.address(past.ward.dm, first))
    assert [line.what for line in earlier.form.inspect(Cell("", "AGE")).history] == ["30"]


def test_one_goes_from_change_to_change_and_back_to_now(past: Past) -> None:
    _first, second, _third = past.moments("AGE")
    there = past.presenter.turn_to(past.address(past.ward.dm, second))
    assert (there.before, there.after) == (True, True)
    assert "As it was on 5 Jan 2025, 09:15:00 (Asia/Amman)" in there.what
    assert "Rania Haddad, nurse" in there.note
    after = past.presenter.neighbour("after")
    assert after is not None
    assert not past.presenter.turn_to(after).after
    assert past.presenter.neighbour("after") is None
    assert past.presenter.now() == Address("casebook", *past.ward.dm)


def test_nothing_is_changed_in_the_past(past: Past) -> None:
    there = past.presenter.turn_to(past.address(past.ward.dm, past.moments("AGE")[0]))
    before = len(past.ward.ledger.links)
    assert not there.form.head().can_edit
    assert there.form.state(Cell("", "AGE")).locked
    patch = there.form.leave(Cell("", "AGE"), "99", "because")
    assert patch.refusal is not None
    assert patch.refusal.code == Code.NOT_ALLOWED.value
    assert len(past.ward.ledger.links) == before
    assert past.ward.value(past.ward.dm, "AGE") == "40"


def test_a_row_that_was_voided_later_stands_there(past: Past) -> None:
    ward = past.ward
    row = ward.area()
    moment = moment_of(ward.records()[-1].envelope.id)
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="counted twice"))
    there = past.presenter.turn_to(past.address(ward.ld, moment))
    assert [view.key for section in there.form.sections() for view in section.rows] == [row]
    assert not any(section.grows for section in there.form.sections())


def test_a_moment_that_never_was_is_refused(past: Past) -> None:
    with pytest.raises(RefusedError):
        past.presenter.turn_to(past.address(past.ward.dm, "nowhere:7"))


def test_the_past_makes_nothing_new() -> None:
    ward = Ward()
    records = events_of(workplace(ward), MemoryTrail(ward.ledger), ward.subject)
    tables: MemoryTables = tables_after(records)
    desk = past_desk(ward.desk.study, tables, records[-1], ward.desk.zone)
    assert desk.today.isoformat() == "2025-01-05"
    with pytest.raises(RuntimeError):
        desk.new_id()
