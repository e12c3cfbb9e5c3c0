"""The checklist asks of which event a sign is, and a person decides: nothing is written by itself."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FormRowRow, SignLinkRow
from crfapp.work.linking_signs import LinkSign
from crfapp.work.roles import Actor, Role
from crfapp.work.signs import signs_asking
from tests.support.ward import Ward

HADDAD = Actor("haddad", "Dr Sami Haddad", Role.INVESTIGATOR, "Cell Therapy Center")


class Clinic(Ward):
    """A ward with one treated area, and a checklist at every unscheduled visit."""

    def __init__(self) -> None:
        super().__init__()
        self.actor = HADDAD
        self.t01 = self.area()
        self.log = FormKey(self.subject, "V_LOG", 1, "AE", 1)
        self.times = 0

    def checklist(self, day: str, **scores: str) -> FormKey:
        """One more checklist on a day."""
        self.times += 1
        self.clock.at = self.clock.at.replace(month=int(day[5:7]), day=int(day[8:]))
        visit = self.start(self.subject, "V_UNS", day, self.times)
        key = FormKey(*VisitKey(*visit), "CL", 1)
        self.enter(key, CLDONE="Y")
        if scores:
            self.enter(key, self.t01, **scores)
        return key

    def asked(self, key: FormKey) -> list[tuple[str, str, list[int], bool]]:
        return [
            (ask.place.item, ask.kind, [event.number for event in ask.events], ask.required)
            for ask in signs_asking(self.desk, key)
        ]

    def links(self, key: FormKey, item: str, link: str, event: str = "", **more: str) -> None:
        told = {"key": key, "row": self.t01, "item": item, "link": link, "event_row": event, **more}
        self.send(LinkSign(**told))  # type: ignore[arg-type]

    def events(self) -> list[str]:
        rows = self.ledger.tables.find(FormRowRow, **self.log._asdict())
        return [row.row for row in sorted(rows, key=lambda row: row.position)]

    def at(self, item: str, number: int = 1) -> str | None:
        return self.value(self.log, item, self.events()[number - 1])


@pytest.fixture
def clinic() -> Clinic:
    return Clinic()


def test_a_slight_sign_stands_in_the_checklist_alone_until_it_persists_for_a_week(clinic: Clinic) -> None:
    assert clinic.asked(clinic.checklist("2025-01-12", CLRED="1", CLPAIN="0")) == []
    assert clinic.asked(clinic.checklist("2025-01-18", CLRED="1", CLPAIN="0")) == []
    assert clinic.asked(clinic.checklist("2025-01-25", CLRED="1", CLPAIN="0")) == [("CLRED", "new", [], True)]


def test_a_new_event_begins_with_what_the_checklist_knows(clinic: Clinic) -> None:
    key = clinic.checklist("2025-01-12", CLRED="2")
    assert clinic.asked(key) == [("CLRED", "new", [], True)]
    clinic.links(key, "CLRED", "new")
    assert clinic.asked(key) == []
    told = {item: clinic.at(item) for item in ("AETERM", "AEDAY", "AEONGO", "AEGR", "AEAREA")}
    assert told == {
        "AETERM": "Redness",
        "AEDAY": "2025-01-12",
        "AEONGO": "Y",
        "AEGR": "2",
        "AEAREA": clinic.t01,
    }
    (row,) = clinic.ledger.tables.find(SignLinkRow)
    assert (row.link, row.event_row) == ("new", clinic.events()[0])


def test_the_same_event_that_is_worse_gets_the_grade_with_the_facts_as_reason(clinic: Clinic) -> None:
    clinic.links(clinic.checklist("2025-01-12", CLRED="2"), "CLRED", "new")
    key = clinic.checklist("2025-01-19", CLRED="3")
    assert clinic.asked(key) == [("CLRED", "choose", [1], True)]
    clinic.links(key, "CLRED", "same", clinic.events()[0])
    assert clinic.at("AEGR") == "3"
    assert len(clinic.events()) == 1
    last = [record.event for record in clinic.records() if getattr(record.event, "item", "") == "AEGR"][-1]
    assert last.reason == "Redness: 3, 2025-01-19"


def test_a_grade_never_sinks(clinic: Clinic) -> None:
    clinic.links(clinic.checklist("2025-01-12", CLRED="3"), "CLRED", "new")
    clinic.links(clinic.checklist("2025-01-19", CLRED="1"), "CLRED", "same", clinic.events()[0])
    assert clinic.at("AEGR") == "3"


def test_the_worst_score_leaves_the_grade_to_the_investigator(clinic: Clinic) -> None:
    key = clinic.checklist("2025-01-12", CLRED="4")
    clinic.links(key, "CLRED", "new")
    assert clinic.at("AEGR") is None
    assert clinic.asked(key) == [("CLRED", "worse", [1], True)]
    clinic.links(key, "CLRED", "same", clinic.events()[0], grade="3")
    assert clinic.at("AEGR") == "3"
    assert clinic.asked(key) == []


def test_a_sign_that_is_gone_asks_for_the_end_and_never_sets_it(clinic: Clinic) -> None:
    clinic.links(clinic.checklist("2025-01-12", CLRED="2"), "CLRED", "new")
    key = clinic.checklist("2025-01-19", CLRED="0")
    (ask,) = signs_asking(clinic.desk, key)
    assert (ask.kind, ask.day.isoformat()) == ("ended", "2025-01-19")
    assert (clinic.at("AEONGO"), clinic.at("AEEND")) == ("Y", None)
    with pytest.raises(RefusedError) as caught:
        clinic.links(key, "CLRED", "ended", clinic.events()[0])
    assert caught.value.code is Code.NOT_A_DATE
    assert clinic.at("AEONGO") == "Y"
    clinic.links(key, "CLRED", "ended", clinic.events()[0], end="2025-01-17")
    assert (clinic.at("AEONGO"), clinic.at("AEEND")) == ("N", "2025-01-17")
    assert clinic.asked(key) == []


def test_not_asked_is_not_none(clinic: Clinic) -> None:
    """The twin: an empty answer taken for 0 would ask for the end of the event."""
    clinic.links(clinic.checklist("2025-01-12", CLRED="2"), "CLRED", "new")
    assert clinic.asked(clinic.checklist("2025-01-19", CLPAIN="0")) == []
    later = clinic.checklist("2025-01-20", CLRED="0")
    assert [ask[1] for ask in clinic.asked(later)] == ["ended"]


def test_it_came_back_after_it_had_ended_and_is_a_new_event(clinic: Clinic) -> None:
    clinic.links(clinic.checklist("2025-01-12", CLRED="2"), "CLRED", "new")
    gone = clinic.checklist("2025-01-14", CLRED="0")
    clinic.links(gone, "CLRED", "ended", clinic.events()[0], end="2025-01-14")
    key = clinic.checklist("2025-01-19", CLRED="2")
    assert clinic.asked(key) == [("CLRED", "new", [], True)]
    clinic.links(key, "CLRED", "new")
    assert len(clinic.events()) == 2


def test_no_event_although_the_study_wants_one_needs_a_reason(clinic: Clinic) -> None:
    key = clinic.checklist("2025-01-12", CLRED="2")
    with pytest.raises(RefusedError) as caught:
        clinic.links(key, "CLRED", "none")
    assert caught.value.code is Code.REASON_NEEDED
    clinic.links(key, "CLRED", "none", reason="sunburn, in the medical history")
    assert clinic.asked(key) == []
    clinic.clock.later(minutes=1)
    clinic.enter(key, clinic.t01, reason="looked again", CLRED="3")
    assert clinic.asked(key) == [("CLRED", "new", [], True)]


@pytest.mark.parametrize(
    ("link", "event", "code"),
    [("same", "nothing", Code.EVENT_UNKNOWN), ("ended", "nothing", Code.EVENT_UNKNOWN)],
)
def test_what_is_not_there_is_refused(clinic: Clinic, link: str, event: str, code: Code) -> None:
    key = clinic.checklist("2025-01-12", CLRED="2")
    with pytest.raises(RefusedError) as caught:
        clinic.links(key, "CLRED", link, event)
    assert caught.value.code is code
    with pytest.raises(RefusedError) as caught:
        clinic.links(key, "CLPAIN", "new")
    assert caught.value.code is Code.SIGN_UNKNOWN
