"""Visits merged and cancelled, clinic days, and what a corrected anchor moves."""

from __future__ import annotations

from datetime import date

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.base.weekends import weekend_of
from crfapp.ledger.keys import VisitKey
from crfapp.work.offered import forms_at
from crfapp.work.people import SetClinicDays
from crfapp.work.schedule import ClinicDays, moved
from crfapp.work.visits import MergeVisit
from tests.support.clinic import ADMIN
from tests.support.round import Round


@pytest.fixture
def clinic() -> Round:
    clinic = Round()
    clinic.visit("V_A", "2025-01-12")
    return clinic


def forms(clinic: Round, visit: str) -> list[str]:
    return [key.form for key in forms_at(clinic.desk, VisitKey(clinic.subject, visit, 1))]


class TestMerged:
    def merge(self, clinic: Round, visit: str = "V_B", into: str = "V_C") -> None:
        clinic.send(
            MergeVisit(key=VisitKey(clinic.subject, visit, 1), into=into, reason="came once for both")
        )

    def test_its_forms_are_offered_where_it_went(self, clinic: Round) -> None:
        self.merge(clinic)
        assert clinic.standing("V_B") == "merged"
        assert forms(clinic, "V_B") == ["SV"]
        assert forms(clinic, "V_C") == ["SV", "VS", "PHOTO"]
        clinic.visit("V_C", "2025-01-26")
        photo = clinic.at("V_C", "PHOTO")
        clinic.enter(photo, IMAGE="one")
        assert clinic.value(photo, "IMAGE") == "one"

    def test_a_visit_is_merged_in_its_own_form_as_well(self, clinic: Round) -> None:
        clinic.enter(clinic.at("V_B", "SV"), SVSTAT="MERGED", SVINTO="V_C")
        assert clinic.standing("V_B") == "merged"
        assert clinic.found(clinic.at("V_B", "SV")) == {}

    def test_merging_into_an_earlier_or_a_cancelled_visit_is_recorded_and_stands_in_the_way(
        self, clinic: Round
    ) -> None:
        sv = clinic.at("V_C", "SV")
        clinic.enter(sv, SVSTAT="MERGED", SVINTO="V_B")
        assert clinic.found(sv) == {"GC-18": "open"}
        clinic.enter(clinic.at("V_LOG", "EOS"), DSSTDAT="2025-01-30")
        clinic.enter(sv, SVINTO="V_D", reason="typing error")
        assert clinic.found(sv) == {"GC-18": "open"}, "V_D is cancelled"

    @pytest.mark.parametrize("into", ["V_A", "V_B", "V_NONE"])
    def test_the_command_refuses_what_cannot_be(self, clinic: Round, into: str) -> None:
        with pytest.raises(RefusedError) as caught:
            self.merge(clinic, into=into)
        assert caught.value.code is Code.MERGE_REFUSED


class TestCancelled:
    def test_the_end_of_study_cancels_what_is_planned_after_it_and_its_correction_brings_it_back(
        self, clinic: Round
    ) -> None:
        eos = clinic.at("V_LOG", "EOS")
        clinic.enter(eos, DSSTDAT="2025-01-24")
        assert [clinic.standing(visit) for visit in ("V_B", "V_C", "V_D")] == [
            "later",
            "cancelled",
            "cancelled",
        ]
        clinic.enter(eos, DSSTDAT="2025-02-28", reason="typing error")
        assert [clinic.standing(visit) for visit in ("V_C", "V_D")] == ["later", "cancelled"]

    def test_safety_contacts_stay_when_the_subject_agrees(self, clinic: Round) -> None:
        eos = clinic.at("V_LOG", "EOS")
        clinic.enter(eos, DSSTDAT="2025-01-13", CALLS="Y")
        assert [clinic.standing(visit) for visit in ("V_B", "V_C", "V_D")] != ["cancelled"] * 3
        assert clinic.standing("V_C") != "cancelled"
        assert clinic.standing("V_D") == "cancelled"


class TestClinicDays:
    def test_a_site_knows_the_weekend_of_its_country(self, clinic: Round) -> None:
        assert clinic.desk.clinic == ClinicDays(frozenset({5, 6}))
        assert (weekend_of("Asia/Amman"), weekend_of("Europe/Berlin")) == ("5,6", "6,7")

    def test_the_nearest_day_inside_the_window_is_proposed(self, clinic: Round) -> None:
        clinic.bus.send(SetClinicDays(weekend=(5, 6), closed=("2025-01-19",)), ADMIN)
        slots = {slot.visit: slot for slot in clinic.desk.slots(clinic.subject)}
        assert (slots["V_B"].planned, slots["V_B"].proposed) == (date(2025, 1, 19), date(2025, 1, 20))
        assert slots["V_C"].proposed is None, "that day is a Sunday"

    def test_nothing_is_recorded_where_nothing_changes(self, clinic: Round) -> None:
        assert clinic.bus.send(SetClinicDays(weekend=(6, 5)), ADMIN).events == ()

    @pytest.mark.parametrize(
        ("weekend", "closed", "code"),
        [
            ((8,), (), Code.OFF_SCALE),
            (range(1, 8), (), Code.OFF_SCALE),
            ((5,), ("tomorrow",), Code.NOT_A_DATE),
        ],
    )
    def test_what_is_no_day_is_refused(
        self, clinic: Round, weekend: tuple[int, ...], closed: tuple[str, ...], code: Code
    ) -> None:
        with pytest.raises(RefusedError) as caught:
            clinic.bus.send(SetClinicDays(weekend=tuple(weekend), closed=closed), ADMIN)
        assert caught.value.code is code


def test_a_corrected_anchor_says_which_visits_it_moves(clinic: Round) -> None:
    clinic.visit("V_B", "2025-01-19")
    before = clinic.desk.slots(clinic.subject)
    after = clinic.desk.slots_if(clinic.at("V_A", "SV"), "VISDAT", "2025-01-15")
    changed = {was.visit: (was.timing, is_.timing) for was, is_ in moved(before, after, clinic.desk.today)}
    assert changed["V_B"] == ("IN", "EARLY")
    assert set(changed) == {"V_SCR", "V_A", "V_B", "V_C", "V_D"}
    assert clinic.desk.slots(clinic.subject) == before, "nothing is recorded by asking"
