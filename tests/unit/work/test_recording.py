"""Recording answers: what was typed, by whom, why it changed, and what follows from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.chain import first_break, open_sealed
from crfapp.ledger.events import (
    FindingRaised,
    FindingSettled,
    ItemHidden,
    ItemShownAgain,
    ValueRecorded,
)
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import ItemRow
from crfapp.work.entry import ConfirmFinding, RecordAnswer
from crfapp.work.roles import Actor, Role
from tests.support.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.ledger.events import Event
    from crfapp.ledger.keys import FormKey
    from crfapp.work.bus import Outcome


@pytest.fixture
def ward() -> Ward:
    return Ward()


def refused(act: Callable[[], Any]) -> Code:
    with pytest.raises(RefusedError) as found:
        act()
    return found.value.code


def values(outcome: Outcome) -> dict[str, Any]:
    return {event.item: event.value for event in outcome.events if isinstance(event, ValueRecorded)}


def only(outcome: Outcome, kind: type[Event]) -> Any:
    (found,) = [event for event in outcome.events if isinstance(event, kind)]
    return found


def stored(ward: Ward, key: FormKey, item: str, row: str = "") -> ItemRow:
    found: ItemRow | None = ward.ledger.tables.get(ItemRow, *ItemKey(*key, row, item))
    assert found is not None
    return found


# ---- what was typed


@pytest.mark.req("REQ-401", "REQ-406")
@pytest.mark.parametrize(
    ("typed", "value"),
    [("61.5", "61.5"), (" 61,5 ", "61.5"), ("٦١٫٥", "61.5"), ("061.50", "61.5"), ("61 kg", "61.0")],
)
def test_the_text_as_typed_stands_beside_the_value(ward: Ward, typed: str, value: str) -> None:
    left = "2025-01-05T06:09:58.000000Z"
    outcome = ward.send(RecordAnswer(key=ward.dm, item="W", typed=typed, captured_at=left))
    event = only(outcome, ValueRecorded)
    assert (event.typed, event.value, event.captured_at) == (typed, value, left)
    assert ward.records()[-1].envelope.at == "2025-01-05T06:10:00.000000Z"


@pytest.mark.req("REQ-415")
def test_another_unit_keeps_both_and_changing_it_is_a_change(ward: Ward) -> None:
    outcome = ward.enter(ward.dm, LEN="1.2 cm!")
    event = only(outcome, ValueRecorded)
    assert (event.value, event.entered, event.unit) == ("12.0", "1.2", "cm")
    assert refused(lambda: ward.enter(ward.dm, LEN="12.0")) is Code.REASON_NEEDED
    event = only(ward.enter(ward.dm, LEN="12.0", reason="measured in mm"), ValueRecorded)
    assert (event.value, event.entered, event.unit) == ("12.0", None, None)


def test_what_cannot_be_read_is_not_recorded_and_no_reason_is_asked_for_it(ward: Ward) -> None:
    assert refused(lambda: ward.enter(ward.dm, W="heavy")) is Code.NOT_A_NUMBER
    ward.enter(ward.dm, W="61.5")
    before = len(ward.ledger.links)
    assert refused(lambda: ward.enter(ward.dm, W="heavy")) is Code.NOT_A_NUMBER
    assert len(ward.ledger.links) == before
    assert ward.value(ward.dm, "W") == "61.5"


@pytest.mark.req("REQ-103")
def test_seven_answers_are_seven_events_and_one_act_has_one_id(ward: Ward) -> None:
    before = len(ward.ledger.links)
    ward.enter(ward.dm, SEX="F", CB="no", AGE="29", W="61.5", H="164", LEN="3", reason="")
    records = ward.records()[before:]
    told = [record for record in records if getattr(record.event, "origin", "") == "person"]
    assert [record.event.item for record in told] == ["SEX", "CB", "AGE", "W", "H", "LEN"]  # type: ignore[attr-defined]
    assert len({record.envelope.act for record in told}) == 6
    last = [record for record in records if record.envelope.act == told[4].envelope.act]
    assert [record.event.item for record in last] == ["H", "BMI"]  # type: ignore[attr-defined]


# ---- by whom


@pytest.mark.req("REQ-102")
def test_the_role_of_then_stays_whatever_becomes_of_the_person(ward: Ward) -> None:
    ward.enter(ward.dm, AGE="29")
    ward.actor = Actor("rania", "Rania Haddad-Saleh", Role.INVESTIGATOR, "University Hospital")
    ward.enter(ward.dm, AGE="30", reason="typing error")
    told = [r for r in ward.records() if getattr(r.event, "item", "") == "AGE"]
    who = [(r.envelope.name, r.envelope.role, r.envelope.organisation) for r in told]
    assert who == [
        ("Rania Haddad", "nurse", "Cell Therapy Center"),
        ("Rania Haddad-Saleh", "investigator", "University Hospital"),
    ]
    first, second = told
    assert (second.event.supersedes, second.event.reason) == ((first.envelope.id,), "typing error")  # type: ignore[attr-defined]
    assert (second.envelope.offset, second.envelope.zone, second.envelope.node) == (
        180,
        "Asia/Amman",
        "ws-test",
    )


def test_some_answers_are_the_investigators(ward: Ward) -> None:
    assert refused(lambda: ward.enter(ward.dm, FIT="Y")) is Code.NOT_ALLOWED
    ward.actor = Actor("omar", "Omar", Role.INVESTIGATOR, "CTC")
    ward.enter(ward.dm, FIT="Y")
    assert ward.value(ward.dm, "FIT") == "Y"


# ---- why


@pytest.mark.req("REQ-104")
@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("", Code.REASON_NEEDED),
        ("  \t\n", Code.REASON_NEEDED),
        ("x", Code.REASON_TOO_SHORT),
        (" ab ", Code.REASON_TOO_SHORT),
    ],
)
def test_a_saved_value_changes_only_for_a_reason(ward: Ward, reason: str, code: Code) -> None:
    ward.enter(ward.dm, AGE="29")
    before = len(ward.ledger.links)
    changes: list[dict[str, Any]] = [{"typed": "30"}, {"typed": ""}, {"missing": "ND"}]
    for change in changes:
        command = RecordAnswer(key=ward.dm, item="AGE", reason=reason, **change)
        assert refused(partial(ward.send, command)) is code
    assert len(ward.ledger.links) == before
    assert ward.value(ward.dm, "AGE") == "29"


@pytest.mark.req("REQ-104")
def test_clearing_and_entering_again_are_changes_and_the_first_entry_is_none(ward: Ward) -> None:
    ward.enter(ward.dm, AGE="29")
    ward.enter(ward.dm, AGE="", reason="wrong subject")
    assert refused(lambda: ward.enter(ward.dm, AGE="29")) is Code.REASON_NEEDED
    ward.enter(ward.dm, AGE="29", reason="right after all")
    told = [r.event for r in ward.records() if getattr(r.event, "item", "") == "AGE"]
    assert [(e.value, e.reason) for e in told] == [  # type: ignore[attr-defined]
        ("29", None), (None, "wrong subject"), ("29", "right after all"),
    ]  # fmt: skip


@pytest.mark.req("REQ-104")
def test_clearing_a_missing_code_and_giving_another_are_changes(ward: Ward) -> None:
    ward.send(RecordAnswer(key=ward.dm, item="AGE", missing="ND"))
    for command in (
        RecordAnswer(key=ward.dm, item="AGE", missing="REF"),
        RecordAnswer(key=ward.dm, item="AGE", typed=""),
        RecordAnswer(key=ward.dm, item="AGE", typed="29"),
    ):
        assert refused(partial(ward.send, command)) is Code.REASON_NEEDED


def test_the_same_answer_once_more_is_no_event(ward: Ward) -> None:
    ward.enter(ward.dm, AGE="29")
    assert ward.enter(ward.dm, AGE=" 29 ").events == ()
    assert ward.enter(ward.dm, H="").events == ()


# ---- findings


@pytest.mark.req("REQ-105")
def test_an_implausible_value_is_recorded_then_questioned_then_corrected(ward: Ward) -> None:
    first = ward.enter(ward.dm, AGE="17")
    kinds = [type(event) for event in first.events]
    assert kinds.index(ValueRecorded) < kinds.index(FindingRaised)
    raised = only(first, FindingRaised)
    assert (raised.check, raised.level) == ("SOFT:AGE", "Q")
    assert raised.text == (
        "Between 18 and 65 years is expected. If the value is right, say why; if not, correct it."
    )
    second = ward.enter(ward.dm, AGE="27", reason="typing error")
    assert only(second, ValueRecorded).prompted_by == "SOFT:AGE"
    assert only(second, FindingSettled).check == "SOFT:AGE"
    assert ward.findings(ward.dm) == []


def test_a_finding_is_confirmed_with_a_reason_and_asked_again_when_the_answer_changes(ward: Ward) -> None:
    ward.enter(ward.dm, AGE="70")
    confirm = ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE")
    assert refused(lambda: ward.send(confirm)) is Code.REASON_NEEDED
    ward.send(ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE", reason="passport seen"))
    assert ward.findings(ward.dm, "confirmed") == [("", "AGE", "SOFT:AGE")]
    outcome = ward.enter(ward.dm, AGE="71", reason="typing error")
    assert only(outcome, ValueRecorded).prompted_by is None
    assert [type(e) for e in outcome.events][-2:] == [FindingSettled, FindingRaised]
    assert refused(
        lambda: ward.send(ConfirmFinding(key=ward.dm, item="AGE", check="NO-01", reason="why"))
    ) is (Code.UNKNOWN_FINDING)


def test_a_hard_finding_cannot_be_confirmed(ward: Ward) -> None:
    ward.enter(ward.dm, W="170", H="164")
    assert ("", "W", "DM-01") in ward.findings(ward.dm)
    command = ConfirmFinding(key=ward.dm, item="W", check="DM-01", reason="really so")
    assert refused(lambda: ward.send(command)) is Code.UNKNOWN_FINDING


def test_a_finding_at_a_calculated_value_is_asked_again_when_it_was_worked_out_anew(ward: Ward) -> None:
    row = ward.area()
    ward.enter(ward.lm, row, SIZE="110")
    ward.send(ConfirmFinding(key=ward.lm, item="TOT", check="LM-01", reason="measured twice"))
    outcome = ward.enter(ward.lm, row, SIZE="120", reason="measured again")
    told = [event for event in outcome.events if isinstance(event, FindingRaised) and event.check == "LM-01"]
    assert [event.text for event in told] == ["120.0 is large."]
    assert ("", "TOT", "LM-01") in ward.findings(ward.lm)


def test_an_open_form_and_one_opened_fresh_know_the_same_of_confirmed_findings(ward: Ward) -> None:
    ward.enter(ward.dm, AGE="70")
    ward.send(ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE", reason="passport seen"))
    (live,) = ward.desk.forms.findings(ward.dm).values()
    ward.desk.forget_forms()
    (fresh,) = ward.desk.forms.findings(ward.dm).values()
    assert live[:-2] == fresh[:-2]


# ---- what follows


@pytest.mark.req("REQ-407")
def test_a_calculated_value_says_which_rule_made_it(ward: Ward) -> None:
    outcome = ward.enter(ward.dm, W="61.5", H="164")
    (bmi,) = [e for e in outcome.events if isinstance(e, ValueRecorded) and e.item == "BMI"]
    assert (bmi.value, bmi.origin, bmi.typed) == ("22.9", "rule DM.BMI", None)
    assert refused(lambda: ward.enter(ward.dm, BMI="20")) is Code.ITEM_COMPUTED
    again = ward.enter(ward.dm, H="170", reason="measured again")
    (bmi,) = [e for e in again.events if isinstance(e, ValueRecorded) and e.item == "BMI"]
    assert (bmi.value, len(bmi.supersedes)) == ("21.3", 1)


@pytest.mark.req("REQ-408")
def test_skip_logic_keeps_the_answer_and_brings_it_back_to_be_confirmed(ward: Ward) -> None:
    ward.enter(ward.dm, SEX="F", CB="no")
    outcome = ward.enter(ward.dm, SEX="M", reason="typing error")
    assert only(outcome, ItemHidden).because == 'SEX == "F"'
    assert (ward.value(ward.dm, "CB"), stored(ward, ward.dm, "CB").value) == (None, "no")
    assert refused(lambda: ward.enter(ward.dm, CB="yes")) is Code.ITEM_HIDDEN
    outcome = ward.enter(ward.dm, SEX="F", reason="right at first")
    assert only(outcome, ItemShownAgain).item == "CB"
    assert stored(ward, ward.dm, "CB").hidden == 2
    assert ward.value(ward.dm, "CB") == "no"
    ward.enter(ward.dm, CB="no")  # confirming what stands there needs no reason
    assert stored(ward, ward.dm, "CB").hidden == 0


@pytest.mark.req("REQ-409")
def test_a_missing_answer_has_a_code_and_why_and_is_not_an_empty_one(ward: Ward) -> None:
    ward.send(RecordAnswer(key=ward.dm, item="W", missing="ND", reason="scale broken"))
    row = stored(ward, ward.dm, "W")
    assert (row.value, row.missing, row.reason, row.typed) == (None, "ND", "scale broken", None)
    assert ("", "W", "MISSING:W") in ward.findings(ward.dm)
    assert ward.ledger.tables.get(ItemRow, *ItemKey(*ward.dm, "", "AGE")) is None
    assert refused(lambda: ward.send(RecordAnswer(key=ward.dm, item="AGE", missing="XX"))) is (
        Code.MISSING_NOT_ALLOWED
    )


def test_why_an_answer_is_missing_can_be_told_better(ward: Ward) -> None:
    ward.send(RecordAnswer(key=ward.dm, item="W", missing="ND"))
    assert ward.send(RecordAnswer(key=ward.dm, item="W", missing="ND")).events == ()
    ward.send(RecordAnswer(key=ward.dm, item="W", missing="ND", reason="scale broken"))
    assert stored(ward, ward.dm, "W").reason == "scale broken"


def test_whatever_was_done_the_chain_is_whole(ward: Ward) -> None:
    ward.enter(ward.dm, SEX="F", CB="no", AGE="70", W="61.5", H="164")
    assert first_break(ward.ledger.links) is None
    assert [open_sealed(link).envelope.seq for link in ward.ledger.links] == list(
        range(1, len(ward.ledger.links) + 1)
    )
