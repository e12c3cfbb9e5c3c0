"""A study is tried without a site: visits take place on their planned days, all forms can be filled."""

from __future__ import annotations

from datetime import date

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.trial import INVESTIGATOR, Trial
from crfapp.ledger.keys import FormKey, ItemKey, VisitKey
from crfapp.ledger.state import FormRow, VisitRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.offered import forms_at
from tests.support.playing import shipped_study
from tests.support.tiny import tiny_study

FIRST = date(2025, 1, 5)


def days(trial: Trial) -> dict[str, str | None]:
    return {row.visit: row.date for row in trial.desk.tables.find(VisitRow)}


def answer(trial: Trial, key: FormKey, item: str, typed: str) -> None:
    trial.bus.send(RecordAnswer(key=key, item=item, typed=typed), INVESTIGATOR)


def test_turning_to_a_visit_lets_those_before_it_take_place_on_their_days() -> None:
    trial = Trial(tiny_study(), FIRST)
    trial.turn_to("V_SCR")
    assert days(trial) == {"V_SCR": "2025-01-05"}
    trial.turn_to("V_W4")
    assert days(trial) == {"V_SCR": "2025-01-05", "V_BASE": "2025-01-19", "V_W4": "2025-02-16"}
    assert trial.desk.today == date(2025, 2, 16)
    trial.turn_to("V_SCR")
    assert trial.desk.today == FIRST, "the day is that of the visit that is looked at"
    assert len(days(trial)) == 3


def test_an_answer_decides_which_forms_its_visit_asks_for() -> None:
    trial = Trial(tiny_study(), FIRST)
    trial.turn_to("V_W4")
    assert VisitKey(trial.subject, "V_W4", 1) == trial.turn_to("V_W4")
    asked = {key.form for key in forms_at(trial.desk, trial.turn_to("V_W4"))}
    answer(trial, trial.key("V_W4", "SV"), "SVMODE", "CLINIC")
    assert {key.form for key in forms_at(trial.desk, trial.turn_to("V_W4"))} - asked == {"CARE"}


def test_a_visit_that_comes_only_if_needed_takes_place_on_the_day_that_is_looked_at() -> None:
    trial = Trial(shipped_study("nct06813027"), FIRST)
    trial.turn_to("V_SCR")
    trial.turn_to("V_UNS")
    assert days(trial)["V_UNS"] is not None
    assert trial.key("V_SCR", "CM").visit == "V_LOG", "a log is one form wherever it is named"
    before = trial.desk.today
    trial.turn_to("V_LOG")
    assert trial.desk.today == before


def test_what_the_study_does_not_have_is_refused() -> None:
    trial = Trial(tiny_study(), FIRST)
    with pytest.raises(RefusedError) as refused:
        trial.turn_to("V_NONE")
    assert refused.value.code is Code.UNKNOWN_VISIT


def test_two_trials_know_nothing_of_each_other() -> None:
    one, other = Trial(tiny_study(), FIRST), Trial(tiny_study(), FIRST)
    for trial in (one, other):
        trial.turn_to("V_SCR")
    answer(one, one.key("V_SCR", "DM"), "SEX", "F")
    key = one.key("V_SCR", "DM")
    assert one.desk.stored(ItemKey(*key, "", "SEX")) is not None
    assert other.desk.tables.find(FormRow, form="DM") == []
