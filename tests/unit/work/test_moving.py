"""A form that was entered for the wrong subject is put right in the open: withdrawn here, recorded there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.chain import first_break
from crfapp.ledger.events import (
    FormMoveAsked,
    FormMoved,
    FormTakenOver,
    Locked,
    PersonAdded,
    ValueRecorded,
)
from crfapp.ledger.keys import FormKey, ItemKey, VisitKey
from crfapp.ledger.state import FormRow, FormRowRow, ItemRow, MoveRow, SignatureRow, VerifiedRow
from crfapp.work.entry import ConfirmFinding, RecordAnswer
from crfapp.work.moving import AgreeMove, AskMove, DeclineMove, MoveForm
from crfapp.work.obligations import owed_for
from crfapp.work.roles import Actor, Role
from tests.support.examples.whole_forms import DIMA, agreed, asked, entered_for_the_wrong_subject
from tests.support.in_line import folded_again, out_of_line
from tests.support.permission_states import happen
from tests.support.review_marks import signed, verified
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.ledger.events import Event

WHY = "the file of the patient before was open"
SAMI = Actor("sami", "Sami Odeh", Role.INVESTIGATOR, "CTC")


def other(ward: Ward) -> VisitKey:
    """The screening of the subject that the form belongs to."""
    row = max(ward.ledger.tables.find(MoveRow), key=lambda one: one.asked_at)
    return row.to.at


def moved(ward: Ward, key: FormKey, to: VisitKey, by: Actor | None = None) -> tuple[Event, ...]:
    (event,) = ward.send(AskMove(key=key, to=to, reason=WHY)).events
    assert isinstance(event, FormMoveAsked)
    ward.bus.send(AgreeMove(move=event.move), DIMA)
    return ward.bus.send(MoveForm(move=event.move), by or ward.actor).events


def code_of(ward: Ward, command: object, actor: Actor | None = None) -> Code:
    with pytest.raises(RefusedError) as refused:
        ward.bus.send(command, actor or ward.actor)  # type: ignore[arg-type]  # a command of any kind
    return refused.value.code


@pytest.mark.req("REQ-412", "REQ-118", "REQ-101")
def test_the_answers_stand_where_they_belong_and_their_history_where_they_were_entered() -> None:
    ward = Ward()
    move = agreed(ward)
    before = len(ward.ledger.links)
    ward.send(MoveForm(move=move))
    there = FormKey(*other(ward), "DM", 1)
    assert [ward.value(there, item) for item in ("SEX", "CB", "AGE", "W", "H", "BMI")] == [
        "F", "no", "29", "61.5", "164.0", "22.9"
    ]  # fmt: skip
    assert all(ward.value(ward.dm, item) is None for item in ("SEX", "CB", "AGE", "W", "H", "BMI"))
    assert ward.desk.tables.get(FormRow, *ward.dm) is not None
    told = [r.event.value for r in ward.records()[:before] if isinstance(r.event, ValueRecorded)]
    assert "61.5" in told  # what was entered stays readable in the ledger
    assert first_break(ward.ledger.links) is None
    assert folded_again(ward).rows == ward.ledger.tables.rows
    assert out_of_line(ward) == []


@pytest.mark.req("REQ-412")
def test_both_groups_are_one_act_name_each_other_and_each_answer_the_event_it_came_from() -> None:
    ward = Ward()
    move = agreed(ward)
    before = len(ward.ledger.links)
    ward.send(MoveForm(move=move))
    records = ward.records()
    act = [record for record in records if record.envelope.seq > before]
    assert len({record.envelope.act for record in act}) == 1
    away = next(r.event for r in act if isinstance(r.event, FormMoved))
    here = next(r.event for r in act if isinstance(r.event, FormTakenOver))
    assert (away.move, away.to_subject, away.reason) == (move, here.subject, WHY)
    assert (here.move, here.from_subject, here.left, here.reason) == (move, away.subject, 0, WHY)
    by_id = {record.envelope.id: record for record in records}
    taken = [r.event for r in act if isinstance(r.event, ValueRecorded) and r.event.taken_from]
    assert len(taken) == 5
    for event in taken:
        first = by_id[event.taken_from].event if event.taken_from else None
        assert isinstance(first, ValueRecorded)
        assert (first.item, first.typed, first.value) == (event.item, event.typed, event.value)
        assert first.subject != event.subject
    withdrawn = [
        r.event for r in act if isinstance(r.event, ValueRecorded) and r.event.subject == ward.subject
    ]
    assert {event.reason for event in withdrawn} == {WHY}
    assert all(event.supersedes for event in withdrawn)


@pytest.mark.req("REQ-412", "REQ-604", "REQ-305")
def test_a_signature_over_either_form_and_a_verification_fall_when_the_answers_go() -> None:
    ward = Ward()
    ward.enter(ward.dm, SEX="M", AGE="40")
    happen(ward, [verified(ward, ItemKey(*ward.dm, "", "AGE")), signed(ward.scr)])
    to = ward.start(ward.enrol(), "V_SCR", "2025-01-05")
    happen(ward, [signed(to)])
    moved(ward, ward.dm, to)
    assert {row.state for row in ward.ledger.tables.find(VerifiedRow)} == {"changed"}
    assert {row.state for row in ward.ledger.tables.find(SignatureRow)} == {"outdated"}


@pytest.mark.req("REQ-412", "REQ-504")
def test_it_takes_two_persons_and_the_sponsor_agrees_but_never_writes() -> None:
    ward = Ward()
    move = asked(ward)
    assert code_of(ward, MoveForm(move=move)) is Code.MOVE_UNKNOWN  # nobody agreed
    assert code_of(ward, AgreeMove(move=move)) is Code.NOT_ALLOWED
    ward.bus.send(AgreeMove(move=move), DIMA)
    assert ward.value(ward.dm, "W") == "61.5"  # agreeing moves nothing
    assert code_of(ward, MoveForm(move=move), DIMA) is Code.NOT_ALLOWED
    ward.send(MoveForm(move=move))
    assert code_of(ward, MoveForm(move=move)) is Code.MOVE_UNKNOWN  # once


@pytest.mark.req("REQ-412")
def test_an_investigator_agrees_where_no_data_manager_works_and_never_to_a_wish_of_ones_own() -> None:
    ward = Ward()
    move = asked(ward)
    ward.bus.send(DeclineMove(move=move, reason="first ask the patient"), SAMI)
    ward.actor = SAMI
    (event,) = ward.send(AskMove(key=ward.dm, to=other(ward), reason=WHY)).events
    assert isinstance(event, FormMoveAsked)
    assert code_of(ward, AgreeMove(move=event.move)) is Code.NOT_ALLOWED
    person = {"login": "dima", "name": "Dima", "role": "data-manager", "organisation": "CRO"}
    happen(ward, [PersonAdded(**person)])
    samira = Actor("samira", "Samira", Role.INVESTIGATOR, "CTC")
    assert code_of(ward, AgreeMove(move=event.move), samira) is Code.NOT_ALLOWED


def test_what_was_declined_stays_as_it_is_and_can_be_asked_again() -> None:
    ward = Ward()
    move = asked(ward)
    assert code_of(ward, AskMove(key=ward.dm, to=other(ward), reason=WHY)) is Code.MOVE_WAITING
    assert code_of(ward, DeclineMove(move=move), DIMA) is Code.REASON_NEEDED
    ward.bus.send(DeclineMove(move=move, reason="it is the right patient"), DIMA)
    assert ward.value(ward.dm, "W") == "61.5"
    assert ward.send(AskMove(key=ward.dm, to=other(ward), reason=WHY)).events


@pytest.mark.req("REQ-412")
def test_the_form_is_filled_anew_for_the_right_subject_without_reasons_and_is_owed_until_then() -> None:
    ward = Ward()
    ward.send(MoveForm(move=agreed(ward)))
    outcome = ward.send(RecordAnswer(key=ward.dm, item="W", typed="80"))
    assert [event.kind for event in outcome.events] == ["form-started", "value-recorded"]
    assert ward.value(ward.dm, "W") == "80.0"
    assert ward.findings(ward.dm) == []
    assert list(owed_for(ward.desk, ward.subject)) == []  # the ward's study sets no limit


def test_a_confirmed_finding_is_asked_anew_of_whoever_comes_after() -> None:
    ward = Ward()
    ward.enter(ward.dm, AGE="70")
    ward.send(ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE", reason="passport seen"))
    to = ward.start(ward.enrol(), "V_SCR", "2025-01-05")
    moved(ward, ward.dm, to)
    assert ward.findings(FormKey(*to, "DM", 1)) == [("", "AGE", "SOFT:AGE")]
    ward.enter(ward.dm, AGE="71")
    assert ward.findings(ward.dm) == [("", "AGE", "SOFT:AGE")]


def test_rows_of_a_log_are_voided_with_what_stands_in_them_and_come_to_be_there_in_their_order() -> None:
    ward = Ward()
    ward.area("CONTROL")
    row = ward.area("TREATED")
    ward.enter(ward.ld, row, DEPTH="4")
    to = ward.start(ward.enrol(), "V_SCR", "2025-01-05")
    moved(ward, ward.ld, to)
    there = FormKey(*to, "LD", 1)
    rows = sorted(ward.ledger.tables.find(FormRowRow, **there._asdict()), key=lambda one: one.position)
    assert [ward.value(there, "AREAID", one.row) for one in rows] == ["C01", "T01"]
    assert ward.value(there, "DEPTH", rows[1].row) == "4"
    assert {one.voided for one in ward.ledger.tables.find(FormRowRow, **ward.ld._asdict())} == {1}
    assert ward.value(ward.ld, "DEPTH", row) == "4"
    assert out_of_line(ward) == []


def test_rows_of_another_form_are_found_by_their_name_and_what_has_none_is_counted_as_left() -> None:
    ward = Ward()
    rows = [ward.area("TREATED"), ward.area("TREATED")]
    for row, size in zip(rows, ("4", "5"), strict=True):
        ward.enter(ward.lm, row, SIZE=size)
    to = ward.start(ward.enrol(), "V_SCR", "2025-01-05")
    area = ward.add_row(FormKey(*to, "LD", 1), "AREAS")
    ward.enter(FormKey(*to, "LD", 1), area, ROLE="TREATED")
    events = moved(ward, ward.lm, to)
    taken = events[-1]
    assert isinstance(taken, FormTakenOver)
    assert taken.left == 1
    assert ward.value(FormKey(*to, "LM", 1), "SIZE", area) == "4.0"
    assert ward.value(FormKey(*to, "LM", 1), "TOT") == "4.0"


def test_what_only_an_investigator_answers_is_left_to_one_or_moved_by_one() -> None:
    for by, left, fit in ((None, 1, None), (SAMI, 0, "Y")):
        ward = Ward()
        ward.bus.send(RecordAnswer(key=ward.dm, item="FIT", typed="Y"), SAMI)
        to = ward.start(ward.enrol(), "V_SCR", "2025-01-05")
        taken = moved(ward, ward.dm, to, by)[-1]
        assert isinstance(taken, FormTakenOver)
        assert (taken.left, ward.value(FormKey(*to, "DM", 1), "FIT")) == (left, fit)


def test_an_answer_that_opens_the_question_of_an_earlier_one_is_taken_first() -> None:
    ward = Ward()
    move = agreed(ward)
    ward.send(MoveForm(move=move))
    assert ward.value(FormKey(*other(ward), "DM", 1), "CB") == "no"


def test_visits_that_are_counted_from_an_answer_move_with_it() -> None:
    ward = Ward()
    dose = ward.form("DOSE", ward.injected())
    ward.enter(dose, ENDTM="2025-01-13 18:00")
    to = ward.start(ward.enrol(), "V_A", "2025-01-12")
    assert [_call(ward, subject) for subject in (ward.subject, to.subject)] == ["2025-01-14", "2025-01-13"]
    moved(ward, dose, to)
    assert [_call(ward, subject) for subject in (ward.subject, to.subject)] == ["2025-01-13", "2025-01-14"]


def _call(ward: Ward, subject: str) -> str:
    """The day of the call, 24 hours after the moment that the dose ended, where that is known."""
    return str(next(slot for slot in ward.desk.slots(subject) if slot.visit == "V_CALL").planned)


# ---- what is refused, before anything is written


@pytest.mark.req("REQ-412")
def test_a_form_goes_only_where_it_is_waited_for_and_nothing_is_overwritten() -> None:
    ward = Ward()
    to = entered_for_the_wrong_subject(ward)
    there = FormKey(*to, "DM", 1)
    ask = AskMove(key=ward.dm, to=to, reason=WHY)
    assert code_of(ward, AskMove(key=ward.dm, to=to._replace(visit="V_A"), reason=WHY)) is Code.UNKNOWN_FORM
    assert (
        code_of(ward, AskMove(key=ward.dm, to=to._replace(subject="no"), reason=WHY)) is Code.UNKNOWN_SUBJECT
    )
    assert code_of(ward, AskMove(key=ward.dm, to=to, reason="")) is Code.REASON_NEEDED
    assert code_of(ward, AskMove(key=ward.sv, to=to, reason=WHY)) is Code.MOVE_NOT_THIS
    assert code_of(ward, AskMove(key=ward.lm, to=to, reason=WHY)) is Code.UNKNOWN_FORM  # nothing in it
    ward.enter(there, AGE="33")
    assert code_of(ward, ask) is Code.MOVE_TARGET
    assert ward.value(there, "AGE") == "33"


def test_what_was_entered_there_after_the_request_is_not_overwritten() -> None:
    ward = Ward()
    move = agreed(ward)
    there = FormKey(*other(ward), "DM", 1)
    ward.enter(there, AGE="33")
    before = len(ward.ledger.links)
    assert code_of(ward, MoveForm(move=move)) is Code.MOVE_TARGET
    assert (len(ward.ledger.links), ward.value(there, "AGE"), ward.value(ward.dm, "AGE")) == (
        before,
        "33",
        "29",
    )


@pytest.mark.req("REQ-411")
def test_neither_a_locked_form_nor_one_of_a_locked_casebook_moves() -> None:
    ward = Ward()
    move = agreed(ward)
    happen(ward, [Locked(subject=other(ward).subject)])
    assert code_of(ward, MoveForm(move=move)) is Code.FORM_HELD
    assert ward.value(ward.dm, "W") == "61.5"


# ---- twin: a move that forgot an answer would be seen


def test_an_answer_left_behind_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    ward = Ward()
    move = agreed(ward)
    tables = ward.ledger.tables
    find = tables.find

    def forgetful(table: type[Any], **equal: Any) -> list[Any]:
        return [row for row in find(table, **equal) if table is not ItemRow or row.item != "AGE"]

    monkeypatch.setattr(tables, "find", forgetful)
    ward.send(MoveForm(move=move))
    monkeypatch.undo()
    assert out_of_line(ward) != []
    assert ward.value(FormKey(*other(ward), "DM", 1), "AGE") is None
