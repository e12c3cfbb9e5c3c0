"""Critical answers are looked at by a second person, who overwrites nothing (REQ-414)."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Locked
from crfapp.ledger.keys import FormKey
from crfapp.study.model import Item
from crfapp.work.entry import CompleteForm, ConfirmFinding
from crfapp.work.obligations import SECOND_CHECK, owed_for
from crfapp.work.roles import Actor, Role
from crfapp.work.second import SAME, CheckAnswer
from tests.support.in_line import folded_again
from tests.support.permission_states import happen
from tests.support.ward import Ward

OMAR = Actor("omar", "Omar Said", Role.NURSE, "CTC")


def measured(length: str = "50") -> Ward:
    """A ward in which the nurse wrote down a length."""
    ward = Ward()
    ward.enter(ward.dm, LEN=length)
    return ward


def checks(ward: Ward, typed: str, actor: Actor = OMAR, key: FormKey | None = None) -> list[str]:
    told = CheckAnswer(key=key or ward.dm, item="LEN", typed=typed)
    return [event.kind for event in ward.bus.send(told, actor).events]


def code_of(ward: Ward, typed: str, actor: Actor = OMAR) -> Code:
    with pytest.raises(RefusedError) as refused:
        checks(ward, typed, actor)
    return refused.value.code


def owed(ward: Ward) -> list[FormKey]:
    return [
        form for one in owed_for(ward.desk, ward.subject) if one.kind == SECOND_CHECK for form in one.forms
    ]


@pytest.mark.req("REQ-414")
def test_it_is_owed_until_another_person_typed_the_same() -> None:
    ward = measured()
    assert owed(ward) == [ward.dm]
    assert code_of(ward, "50", ward.actor) is Code.SAME_PERSON
    assert owed(ward) == [ward.dm]
    assert checks(ward, "٥٠٫٠") == ["second-entry"]  # the same number, however it is typed
    assert owed(ward) == []
    assert ward.findings(ward.dm) == []
    assert code_of(ward, "50") is Code.NOTHING_TO_CHECK
    assert folded_again(ward).rows == ward.ledger.tables.rows


@pytest.mark.req("REQ-414")
def test_another_answer_opens_a_question_and_overwrites_nothing() -> None:
    ward = measured()
    assert checks(ward, "51") == ["second-entry", "finding-raised"]
    assert ward.value(ward.dm, "LEN") == "50.0"
    assert ward.findings(ward.dm) == [("", "LEN", "SECOND:LEN")]
    ward.enter(ward.dm, SEX="M")
    ward.send(CompleteForm(key=ward.dm))
    assert ward.findings(ward.dm) == [("", "LEN", "SECOND:LEN")]  # it stays whatever else is done
    ward.enter(ward.dm, LEN="51", reason="the ruler was read again")
    assert ward.findings(ward.dm) == []
    assert owed(ward) == [ward.dm]  # the new answer is looked at anew
    assert checks(ward, "51") == ["second-entry"]
    assert owed(ward) == []


@pytest.mark.req("REQ-414")
def test_the_first_answer_may_be_right_and_that_is_said_with_a_reason() -> None:
    ward = measured()
    checks(ward, "51")
    ward.send(ConfirmFinding(key=ward.dm, item="LEN", check="SECOND:LEN", reason="51 was another scar"))
    assert ward.findings(ward.dm, "confirmed") == [("", "LEN", "SECOND:LEN")]
    assert owed(ward) == []


@pytest.mark.req("REQ-414")
@pytest.mark.parametrize(("told", "found"), [(SAME, []), ("other", [("", "WHY", "SECOND:WHY")])])
def test_an_answer_is_compared_without_typing_it(told: str, found: list[tuple[str, str, str]]) -> None:
    ward = Ward()
    uns = FormKey(*ward.start(ward.subject, "V_UNS", "2025-01-09"), "UNS", 1)
    ward.enter(uns, WHY="rash")
    ward.bus.send(CheckAnswer(key=uns, item="WHY", typed=told), OMAR)
    assert ward.findings(uns) == found


def test_what_cannot_be_read_says_nothing_and_a_locked_form_is_left_alone() -> None:
    ward = measured()
    before = len(ward.ledger.links)
    assert code_of(ward, "long") is Code.NOT_A_NUMBER
    assert code_of(ward, "") is Code.NOTHING_TO_CHECK
    happen(ward, [Locked(subject=ward.subject)])
    assert code_of(ward, "50") is Code.FORM_HELD
    assert len(ward.ledger.links) == before + 1


def test_nobody_checks_what_the_form_works_out() -> None:
    with pytest.raises(ValidationError, match="second"):
        Item.model_validate({"item": "A", "ask": "A", "type": "integer", "is": "B + 1", "second": "retype"})
