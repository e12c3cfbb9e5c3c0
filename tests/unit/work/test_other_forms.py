"""Forms that lean on each other: whichever side changes, the other follows; rows given by another form."""

from __future__ import annotations

from typing import Any

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import FormCompleted, FormReopened, ValueRecorded
from crfapp.ledger.state import FormRow, FormRowRow, ItemRow
from crfapp.work.entry import CompleteForm, RecordAnswer, ReopenForm
from crfapp.work.row_work import AddRow, VoidRow
from tests.support.ward import Ward


@pytest.fixture
def ward() -> Ward:
    return Ward()


@pytest.fixture(params=["open", "closed"])
def between(request: pytest.FixtureRequest) -> Any:
    """What follows must be the same whether the forms lie open or were opened long ago."""

    def turn(ward: Ward) -> None:
        if request.param == "closed":
            ward.desk.forget_forms()

    return turn


def labels(ward: Ward) -> list[str]:
    return [row.info.label for row in ward.desk.forms.get(ward.ld).rows_in("AREAS")]


def code_of(ward: Ward, command: Any) -> Code:
    with pytest.raises(RefusedError) as found:
        ward.send(command)
    return found.value.code


# ---- over visits


def test_a_form_that_was_looked_at_records_what_is_so_when_it_begins(ward: Ward) -> None:
    dose = ward.form("DOSE", ward.injected())
    ward.desk.forms.get(dose)
    ward.area()
    ward.enter(dose, VOL="2.0")
    assert ward.value(dose, "NAREAS") == "1"


def test_a_form_that_was_looked_at_is_completed_with_what_is_so_then(ward: Ward) -> None:
    dose = ward.form("DOSE", ward.injected())
    ward.desk.forms.get(dose)
    ward.area()
    ward.send(CompleteForm(key=dose))
    assert ward.value(dose, "NAREAS") == "1"


def test_an_answer_taken_away_is_not_counted_when_the_form_is_completed(ward: Ward, between: Any) -> None:
    dose = ward.form("DOSE", ward.injected())
    ward.enter(dose, VOL="2.0")
    ward.enter(dose, VOL="", reason="another subject's")
    between(ward)
    ward.send(CompleteForm(key=dose))
    told = [record.event for record in ward.records() if isinstance(record.event, FormCompleted)]
    assert [event.answers for event in told] == [1]  # only the number of areas, which is worked out


def test_a_check_runs_again_whichever_side_changes(ward: Ward, between: Any) -> None:
    dose = ward.form("DOSE", ward.injected())
    ward.enter(ward.dm, W="60.0", H="170")
    ward.enter(dose, VOL="7")
    assert ward.findings(dose) == [("", "VOL", "DS-01")]
    between(ward)
    ward.enter(ward.dm, W="80.0", reason="typing error")
    assert (ward.findings(dose), ward.findings(dose, "settled")) == ([], [("", "VOL", "DS-01")])
    between(ward)
    ward.enter(dose, VOL="8.5", reason="typing error")
    assert ward.findings(dose) == [("", "VOL", "DS-01")]
    assert ward.findings(ward.dm) == [("", "W", "DM-02")]
    between(ward)
    ward.enter(dose, VOL="2.0", reason="typing error")
    assert (ward.findings(dose), ward.findings(ward.dm)) == ([], [])


def test_a_baseline_value_reaches_later_visits_and_its_own(ward: Ward, between: Any) -> None:
    row = ward.area()
    ward.enter(ward.lm, row, SIZE="40")
    later = ward.form("LM", ward.injected())
    ward.enter(later, row, SIZE="30")
    assert [ward.value(ward.lm, "BASE"), ward.value(later, "BASE"), ward.value(later, "LOST")] == [
        "40.0", "40.0", "10.0",
    ]  # fmt: skip
    between(ward)
    outcome = ward.enter(ward.lm, row, SIZE="50", reason="measured again")
    assert [ward.value(ward.lm, "BASE"), ward.value(later, "LOST")] == ["50.0", "20.0"]
    assert ward.value(later, "OLD", row) == "50.0"
    told = [e for e in outcome.events if isinstance(e, ValueRecorded)]
    assert {e.visit for e in told} == {"V_SCR", "V_A"}
    assert len(told) == len({(e.visit, e.row, e.item) for e in told})


def test_which_visit_is_the_one_before_follows_the_dates(ward: Ward, between: Any) -> None:
    row = ward.area()
    ward.enter(ward.lm, row, SIZE="40")
    a, b = ward.injected("2025-01-12"), ward.start(ward.subject, "V_B", "2025-01-19")
    ward.enter(ward.form("LM", a), row, SIZE="30")
    last = ward.form("LM", b)
    ward.enter(last, row, SIZE="20")
    assert ward.value(last, "OLD", row) == "30.0"
    between(ward)
    ward.enter(ward.form("SV", a), VISDAT="2025-01-20", reason="wrong day")
    assert ward.value(last, "OLD", row) == "40.0"


# ---- the visits' own facts


def test_the_visits_date_is_its_answer_and_everything_counted_from_it_follows(
    ward: Ward, between: Any
) -> None:
    a = ward.injected("2025-01-12")
    assert [ward.value(ward.sv, "SVOFF"), ward.value(ward.form("SV", a), "SVOFF")] == ["-7", "0"]
    between(ward)
    ward.enter(ward.sv, VISDAT="2025-01-03", reason="wrong day")
    assert ward.value(ward.sv, "SVOFF") == "-9"
    between(ward)
    ward.enter(ward.form("SV", a), VISDAT="2025-01-14", reason="wrong day")
    assert ward.value(ward.sv, "SVOFF") == "-11"


def test_a_moment_that_a_visit_is_counted_from_moves_its_window(ward: Ward, between: Any) -> None:
    a = ward.injected("2025-01-12")
    call = ward.start(ward.subject, "V_CALL", "2025-01-14")
    assert ward.value(ward.form("SV", call), "SVWIN") == "LATE"
    between(ward)
    ward.enter(ward.form("DOSE", a), ENDTM="2025-01-12 22:00")
    assert ward.value(ward.form("SV", call), "SVWIN") == "IN"


def test_a_missed_visit_can_be_put_right_in_its_own_form(ward: Ward) -> None:
    a = ward.injected()
    sv = ward.form("SV", a)
    ward.enter(sv, SVSTAT="MISSED", reason="not seen")
    ward.enter(sv, SVREAS="ILL")
    slot = next(slot for slot in ward.desk.slots(ward.subject) if slot.visit == "V_A")
    assert (slot.status, slot.actual) == ("missed", None)
    ward.enter(sv, SVSTAT="DONE", reason="seen after all")
    slot = next(slot for slot in ward.desk.slots(ward.subject) if slot.visit == "V_A")
    assert (slot.status, str(slot.actual)) == ("started", "2025-01-12")


# ---- rows


def test_labels_are_given_once_and_never_again(ward: Ward) -> None:
    first, _second, third = ward.area(), ward.area("CONTROL"), ward.area()
    assert labels(ward) == ["T01", "C01", "T02"]
    ward.enter(ward.ld, first, ROLE="CONTROL", reason="mixed up")
    assert labels(ward) == ["T01", "C01", "T02"]
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=third, reason="entered twice"))
    ward.area()
    assert labels(ward) == ["T01", "C01", "T03"]
    assert (
        code_of(ward, RecordAnswer(key=ward.ld, row=first, item="AREAID", typed="T09")) is Code.ITEM_COMPUTED
    )


def test_rows_given_by_another_form_come_and_go_with_it(ward: Ward, between: Any) -> None:
    one = ward.area()
    ward.enter(ward.lm, one, SIZE="40")
    two = ward.add_row(ward.ld, "AREAS")
    assert not ward.desk.forms.get(ward.lm).rows_in("EACH")[1:]
    between(ward)
    ward.enter(ward.ld, two, ROLE="TREATED")
    assert [row.info.label for row in ward.desk.forms.get(ward.lm).rows_in("EACH")] == ["T01", "T02"]
    between(ward)
    ward.enter(ward.lm, two, SIZE="60.5")
    assert (ward.value(ward.lm, "TOT"), ward.findings(ward.lm)) == (
        "100.5", [("", "TOT", "LM-01"), (two, "SIZE", "SOFT:SIZE")],
    )  # fmt: skip
    between(ward)
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=two, reason="entered twice"))
    assert (ward.value(ward.lm, "TOT"), ward.findings(ward.lm)) == ("40.0", [])
    between(ward)
    ward.enter(ward.ld, one, ROLE="CONTROL", reason="mixed up")
    assert ward.value(ward.lm, "TOT") in (None, "0.0")


def test_a_count_of_rows_elsewhere_follows_rows_that_come_and_go(ward: Ward, between: Any) -> None:
    row = ward.area()
    dose = ward.form("DOSE", ward.injected())
    ward.enter(dose, VOL="1")
    assert ward.value(dose, "NAREAS") == "1"
    between(ward)
    ward.area()
    assert ward.value(dose, "NAREAS") == "2"
    between(ward)
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="entered twice"))
    assert ward.value(dose, "NAREAS") == "1"


@pytest.mark.req("REQ-118")
def test_a_voided_row_stays_readable_with_its_reason(ward: Ward) -> None:
    row = ward.area()
    ward.enter(ward.ld, row, DEPTH="12")
    command = VoidRow(key=ward.ld, section="AREAS", row=row)
    assert code_of(ward, command) is Code.REASON_NEEDED
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="entered twice"))
    stored: Any = ward.ledger.tables.get(FormRowRow, *ward.ld, "AREAS", row)
    answers = {i.item: i.value for i in ward.ledger.tables.find(ItemRow, **ward.ld._asdict(), row=row)}
    assert (stored.voided, answers) == (1, {"AREAID": "T01", "ROLE": "TREATED", "DEPTH": "12"})
    assert ward.findings(ward.ld) == []
    assert [r.event.reason for r in ward.records() if r.event.kind == "row-voided"] == ["entered twice"]
    assert code_of(ward, RecordAnswer(key=ward.ld, row=row, item="DEPTH", typed="3", reason="late")) is (
        Code.ROW_VOIDED
    )
    again = VoidRow(key=ward.ld, section="AREAS", row=row, reason="once more")
    assert code_of(ward, again) is Code.ROW_VOIDED
    unknown = VoidRow(key=ward.ld, section="AREAS", row="none", reason="once more")
    assert code_of(ward, unknown) is Code.UNKNOWN_ROW


def test_rows_are_added_only_where_a_form_can_be_filled(ward: Ward) -> None:
    for key, code in (
        (ward.ld._replace(subject="nobody"), Code.UNKNOWN_SUBJECT),
        (ward.ld._replace(visit="V_A"), Code.UNKNOWN_FORM),
        (ward.ld._replace(visit="V_Z"), Code.UNKNOWN_VISIT),
        (ward.ld._replace(form_n=2), Code.UNKNOWN_FORM),
        (ward.ld._replace(visit_n=2), Code.UNKNOWN_VISIT),
        (ward.lm._replace(visit="V_A"), Code.VISIT_NOT_STARTED),
    ):
        assert code_of(ward, AddRow(key=key, section="AREAS")) is code
        assert code_of(ward, RecordAnswer(key=key, item="TOT", typed="1")) is code
        assert code_of(ward, CompleteForm(key=key)) is code
    assert code_of(ward, AddRow(key=ward.lm, section="EACH")) is Code.UNKNOWN_ITEM


# ---- completeness


def test_a_form_is_complete_when_nothing_stands_in_the_way(ward: Ward) -> None:
    assert code_of(ward, CompleteForm(key=ward.dm)) is Code.FORM_INCOMPLETE
    ward.enter(ward.dm, SEX="F")
    assert code_of(ward, CompleteForm(key=ward.dm)) is Code.FORM_INCOMPLETE
    ward.send(RecordAnswer(key=ward.dm, item="CB", missing="REF"))
    ward.enter(ward.dm, W="170", H="164")
    assert code_of(ward, CompleteForm(key=ward.dm)) is Code.FORM_INCOMPLETE
    ward.enter(ward.dm, W="70", reason="typing error")
    ward.send(CompleteForm(key=ward.dm))
    assert code_of(ward, CompleteForm(key=ward.dm)) is Code.FORM_COMPLETE
    assert code_of(ward, ReopenForm(key=ward.dm)) is Code.REASON_NEEDED
    ward.send(ReopenForm(key=ward.dm, reason="more to say"))
    assert code_of(ward, ReopenForm(key=ward.dm, reason="more to say")) is Code.UNKNOWN_FORM


def status(ward: Ward, key: Any) -> str:
    row: Any = ward.ledger.tables.get(FormRow, *key)
    return str(row.status)


def test_a_change_that_makes_a_complete_form_incomplete_opens_it_again(ward: Ward, between: Any) -> None:
    ward.enter(ward.dm, SEX="M")
    ward.send(CompleteForm(key=ward.dm))
    between(ward)
    ward.enter(ward.dm, AGE="40")
    assert status(ward, ward.dm) == "complete"
    between(ward)
    outcome = ward.enter(ward.dm, SEX="F", reason="typing error")
    assert status(ward, ward.dm) == "open"
    assert isinstance(outcome.events[-1], FormReopened)


def test_a_row_more_elsewhere_opens_the_form_that_has_to_speak_of_it(ward: Ward, between: Any) -> None:
    row = ward.area()
    ward.enter(ward.lm, row, SIZE="40")
    ward.send(CompleteForm(key=ward.lm))
    between(ward)
    ward.area("CONTROL")
    assert status(ward, ward.lm) == "complete"
    between(ward)
    ward.area("TREATED")
    assert status(ward, ward.lm) == "open"


def test_a_form_completed_without_an_answer_has_its_calculations(ward: Ward) -> None:
    uns = ward.form("UNS", ward.start(ward.subject, "V_UNS"))
    ward.send(CompleteForm(key=uns))
    assert status(ward, uns) == "complete"
    ward.area()
    dose = ward.form("DOSE", ward.injected())
    ward.send(CompleteForm(key=dose))
    assert ward.value(dose, "NAREAS") == "1"
