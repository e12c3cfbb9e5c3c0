"""A query between people: who may ask, answer, close and ask again, and what stays of it (REQ-601, TC46)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.changes import Follow, Patch, Put
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.fold import changes_of
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import QueryNoteRow, QueryRow
from crfapp.work.entry import ConfirmFinding, RecordAnswer
from crfapp.work.queries import AnswerQuery, CloseQuery, RaiseQuery, ReopenQuery
from crfapp.work.roles import Actor, Role
from crfapp.work.row_work import VoidRow
from tests.support.clinic import RANIA
from tests.support.examples.asking import MONITOR, asked
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.work.cases import Command

WEBER = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
MANAGER = Actor("brandt", "Ines Brandt", Role.DATA_MANAGER, "Sponsor")


def refused(ward: Ward, command: Command, by: Actor) -> Code:
    before = dict(ward.ledger.tables.rows[QueryRow]), dict(ward.ledger.tables.rows[QueryNoteRow])
    with pytest.raises(RefusedError) as problem:
        ward.bus.send(command, by)
    assert (ward.ledger.tables.rows[QueryRow], ward.ledger.tables.rows[QueryNoteRow]) == before
    return problem.value.code


def state(ward: Ward, query: str) -> str:
    row = ward.ledger.tables.get(QueryRow, query)
    assert row is not None
    return row.state


def thread(ward: Ward, query: str) -> list[tuple[str, str, str | None]]:
    notes = sorted(ward.ledger.tables.find(QueryNoteRow, query=query), key=lambda note: note.seq)
    return [(note.what, note.login, note.text) for note in notes]


@pytest.mark.req("REQ-601")
def test_a_query_is_answered_by_correcting_and_the_change_names_it() -> None:
    """TC46: asked, corrected, corrected again; every version stands in the trail with who, when and why."""
    ward = Ward()
    query = asked(ward, WEBER)
    correct = RecordAnswer(key=ward.dm, item="W", typed="65.1", reason="digits swapped", query=query)
    kinds = [event.kind for event in ward.send(correct).events]
    assert kinds == ["value-recorded", "query-answered"]
    assert state(ward, query) == "answered"
    ward.bus.send(CloseQuery(query=query), WEBER)
    ward.enter(ward.dm, W="65.4", reason="scale read again")
    ward.bus.send(ReopenQuery(query=query, text="Why once more?"), WEBER)
    ward.send(AnswerQuery(query=query, text="The scale was read again"))
    ward.bus.send(CloseQuery(query=query, text="thank you"), WEBER)
    recorded = [r.event for r in ward.records() if isinstance(r.event, ValueRecorded)]
    versions = [(event.value, event.reason, event.query) for event in recorded if event.item == "W"]
    assert versions == [
        ("61.5", None, None),
        ("65.1", "digits swapped", query),
        ("65.4", "scale read again", None),  # nobody had asked for this one
    ]
    assert thread(ward, query) == [
        ("raised", "weber", "Source says 65.1"),
        ("answered", "rania", "digits swapped"),
        ("closed", "weber", None),
        ("reopened", "weber", "Why once more?"),
        ("answered", "rania", "The scale was read again"),
        ("closed", "weber", "thank you"),
    ]


@pytest.mark.req("REQ-601")
def test_a_correction_while_a_question_is_open_is_linked_to_it_even_where_nobody_says_so() -> None:
    ward = Ward()
    query = asked(ward, WEBER)
    ward.enter(ward.dm, W="65.1", reason="digits swapped")
    change = [r.event for r in ward.records() if isinstance(r.event, ValueRecorded)][-1]
    assert change.query == query
    assert state(ward, query) == "open"  # it is answered when somebody says that this was the answer
    ward.send(AnswerQuery(query=query, text="Corrected"))
    assert state(ward, query) == "answered"


@pytest.mark.req("REQ-601")
def test_a_correction_names_no_query_about_something_else() -> None:
    ward = Ward()
    query = asked(ward, WEBER)
    other = RecordAnswer(key=ward.dm, item="H", typed="164", query=query)
    assert refused(ward, other, RANIA) is Code.UNKNOWN_QUERY
    assert ward.value(ward.dm, "H") is None
    ward.bus.send(CloseQuery(query=query, text="asked in error"), WEBER)
    late = RecordAnswer(key=ward.dm, item="W", typed="65.1", reason="digits swapped", query=query)
    assert refused(ward, late, RANIA) is Code.QUERY_CLOSED


@pytest.mark.req("REQ-601")
def test_a_query_about_a_form_is_answered_by_a_correction_in_it() -> None:
    ward = Ward()
    ward.enter(ward.dm, W="61.5")
    ward.bus.send(RaiseQuery(scope=Scope(*ward.dm), text="Whose form is this?"), WEBER)
    query = ward.ledger.tables.find(QueryRow)[0].query
    ward.send(RecordAnswer(key=ward.dm, item="W", typed="70.0", reason="another's", query=query))
    assert state(ward, query) == "answered"


@pytest.mark.req("REQ-601", "REQ-602")
def test_the_site_answers_and_never_closes_and_no_monitor_closes_for_another() -> None:
    ward = Ward()
    query = asked(ward, WEBER)
    ward.send(AnswerQuery(query=query, text="It is right"))
    for someone in (RANIA, Actor("haddad", "Dr Haddad", Role.INVESTIGATOR, "CTC"), MONITOR):
        assert refused(ward, CloseQuery(query=query), someone) is Code.NOT_ALLOWED
        assert refused(ward, ReopenQuery(query=query, text="Again, please"), someone) is Code.NOT_ALLOWED
    assert [r.event.kind for r in ward.records()[-6:]] == ["act-refused"] * 6
    ward.bus.send(CloseQuery(query=query), MANAGER)
    assert thread(ward, query)[-1] == ("closed", "brandt", None)


@pytest.mark.req("REQ-601")
@pytest.mark.parametrize("text", ["", "  ", "ok", "...!?", "— —"])
def test_what_says_nothing_is_neither_a_question_nor_an_answer(text: str) -> None:
    ward = Ward()
    query = asked(ward, WEBER)
    about = RaiseQuery(scope=Scope(*ward.dm), item="H", text=text)
    assert refused(ward, about, WEBER) is Code.QUERY_SAYS_NOTHING
    assert refused(ward, AnswerQuery(query=query, text=text), RANIA) is Code.QUERY_SAYS_NOTHING
    ward.send(AnswerQuery(query=query, text="Measured twice"))
    assert refused(ward, ReopenQuery(query=query, text=text), WEBER) is Code.QUERY_SAYS_NOTHING


def test_what_no_page_can_hold_is_refused_and_arabic_and_lines_are_kept() -> None:
    ward = Ward()
    about = RaiseQuery(scope=Scope(*ward.dm), item="H", text="Height\x07 is 164")
    assert refused(ward, about, WEBER) is Code.UNPRINTABLE
    long = RaiseQuery(scope=Scope(*ward.dm), item="H", text="why " * 300)
    assert refused(ward, long, WEBER) is Code.TOO_LONG
    ward.bus.send(RaiseQuery(scope=Scope(*ward.dm), item="H", text="في المصدر ١٦٤\r\nsee page 4"), WEBER)
    assert ward.ledger.tables.find(QueryNoteRow)[0].text == "في المصدر ١٦٤\nsee page 4"


def _somewhere(ward: Ward, **other: Any) -> RaiseQuery:
    place = {**Scope(*ward.dm)._asdict(), **other}
    row, item = place.pop("row", ""), place.pop("item", "")
    return RaiseQuery(scope=Scope(**place), row=row, item=item, text="Is this right?")


@pytest.mark.req("REQ-601")
@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"subject": "nobody"}, Code.UNKNOWN_SUBJECT),
        ({"subject": ""}, Code.UNKNOWN_SUBJECT),
        ({"visit": "V_X"}, Code.UNKNOWN_VISIT),
        ({"visit": "V_X", "form": ""}, Code.UNKNOWN_VISIT),
        ({"visit_n": 2}, Code.UNKNOWN_VISIT),
        ({"visit": ""}, Code.UNKNOWN_VISIT),
        ({"form": "DOSE"}, Code.UNKNOWN_FORM),
        ({"form_n": 2}, Code.UNKNOWN_FORM),
        ({"item": "ZZ"}, Code.UNKNOWN_ITEM),
        ({"item": "SIZE"}, Code.UNKNOWN_ITEM),
        ({"row": "r1", "item": "W"}, Code.UNKNOWN_ITEM),
        ({"row": "r1"}, Code.UNKNOWN_ITEM),
        ({"form": "", "item": "W"}, Code.UNKNOWN_ITEM),
        ({"item": "CB"}, Code.ITEM_HIDDEN),
    ],
)
def test_nobody_asks_about_what_is_not_there(place: dict[str, Any], code: Code) -> None:
    ward = Ward()
    ward.enter(ward.dm, SEX="M")
    assert refused(ward, _somewhere(ward, **place), WEBER) is code


@pytest.mark.req("REQ-601")
def test_nobody_asks_about_a_row_that_was_struck_out_and_what_was_asked_before_can_still_be_closed() -> None:
    ward = Ward()
    row = ward.area()
    scope = Scope(*ward.ld)
    ward.bus.send(RaiseQuery(scope=scope, row=row, item="ROLE", text="Treated?"), WEBER)
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="entered twice"))
    again = RaiseQuery(scope=scope, row=row, item="ROLE", text="Treated?")
    assert refused(ward, again, WEBER) is Code.ROW_VOIDED
    query = ward.ledger.tables.find(QueryRow)[0].query
    ward.send(AnswerQuery(query=query, text="The row was entered twice"))
    ward.bus.send(CloseQuery(query=query), WEBER)
    assert state(ward, query) == "closed"


@pytest.mark.req("REQ-601")
@pytest.mark.parametrize("level", ["form", "visit", "casebook"])
def test_a_form_a_visit_and_a_casebook_can_be_asked_about_as_a_whole(level: str) -> None:
    ward = Ward()
    scope = {"form": Scope(*ward.dm), "visit": Scope(*ward.scr), "casebook": Scope(ward.subject)}[level]
    ward.bus.send(RaiseQuery(scope=scope, text="Where is the source?"), WEBER)
    row = ward.ledger.tables.find(QueryRow)[0]
    assert (row.scope, row.scope.level) == (scope, level)


@pytest.mark.req("REQ-601")
def test_a_finding_that_was_confirmed_is_asked_about_again_by_a_person_who_names_the_check() -> None:
    ward = Ward()
    ward.enter(ward.dm, AGE="70")
    ward.send(ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE", reason="passport seen"))
    ward.bus.send(RaiseQuery(scope=Scope(*ward.dm), item="AGE", text="SOFT:AGE: on which page?"), WEBER)
    correct = RecordAnswer(key=ward.dm, item="AGE", typed="60", reason="passport read again")
    change = next(e for e in ward.send(correct).events if isinstance(e, ValueRecorded))
    assert change.query == ward.ledger.tables.find(QueryRow)[0].query


@pytest.mark.req("REQ-603")
def test_a_check_asks_once_for_a_value_closes_itself_and_asks_anew_when_it_offends_again() -> None:
    """TC46, the other half: the same value never brings two queries; a new one that fails brings it back."""
    ward = Ward()
    ward.enter(ward.dm, W="60")
    dose = ward.form("DOSE", ward.injected())
    offending = ward.enter(dose, VOL="7")
    raised = [e for e in offending.events if e.kind == "finding-raised"]
    assert [(e.check, e.made != "") for e in raised if e.check == "DS-01"] == [("DS-01", True)]  # type: ignore[attr-defined]
    assert ("", "VOL", "DS-01") in ward.findings(dose)
    assert not ward.enter(dose, VOL="7").events  # told again, nothing is asked twice
    ward.enter(dose, VOL="5", reason="typing error")
    assert ("", "VOL", "DS-01") in ward.findings(dose, "settled")
    ward.enter(dose, VOL="8", reason="vial read again")
    assert ("", "VOL", "DS-01") in ward.findings(dose)
    told = [r.event.kind for r in ward.records() if getattr(r.event, "check", "") == "DS-01"]
    assert told == ["finding-raised", "finding-settled", "finding-raised"]


@pytest.mark.req("REQ-601")
def test_no_event_takes_a_query_or_a_word_of_it_away() -> None:
    """What the ledger does to these tables is to put rows and to move a query's state on, nothing else."""
    ward = Ward()
    query = asked(ward, WEBER)
    ward.send(AnswerQuery(query=query, text="It is right"))
    ward.bus.send(CloseQuery(query=query), WEBER)
    folded = [change for record in ward.records() for change in changes_of(record)]
    patched = [c for c in folded if isinstance(c, Patch) and c.table in (QueryRow, QueryNoteRow)]
    assert {tuple(sorted(c.values)) for c in patched} == {("changed", "state")}
    assert all(isinstance(change, Put | Patch | Follow) for change in folded)
    notes = [
        change.row for change in folded if isinstance(change, Put) and isinstance(change.row, QueryNoteRow)
    ]
    assert len({(note.query, note.node, note.seq) for note in notes}) == len(notes) == 3
