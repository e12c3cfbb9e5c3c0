"""Lesions and wounds over the visits, as the shipped packs bind them (STUDIES 7: TC17 to TC20)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import SubjectRow
from crfapp.work.row_work import VoidRow
from crfapp.work.target_answers import Answers
from crfapp.work.targets import Seen, Target, became, course_of, courses_of, parts_of, targets_of
from tests.support.clinic import Clinic
from tests.support.playing import FORMS, journey_of, played, shipped_study
from tests.support.ward import Ward

if TYPE_CHECKING:
    from tests.support.playing import PlayingClinic


@cache
def _after(journey: str) -> PlayingClinic:
    return played(journey_of(FORMS / f"{journey}.yaml"))[1]


def _subject(clinic: PlayingClinic) -> str:
    return next(
        row.subject for row in clinic.ledger.tables.find(SubjectRow) if targets_of(clinic.desk, row.subject)
    )


def _targets(journey: str) -> dict[str, Target]:
    clinic = _after(journey)
    return {target.label: target for target in targets_of(clinic.desk, _subject(clinic))}


def _course(journey: str, label: str) -> dict[str, Seen]:
    clinic = _after(journey)
    seen = course_of(clinic.desk, _subject(clinic), _targets(journey)[label].row)
    return {one.visit.visit: one for one in seen}


def _target(row: str, parent: str | None = None, merged: str | None = None) -> Target:
    nowhere = FormKey("s", "V_SCR", 1, "WDEF", 1)
    return Target(row, row, True, False, None, None, None, None, parent, merged, nowhere)


def test_an_area_keeps_its_role_its_place_and_its_measured_course() -> None:
    journey = "nct06813027/journeys/jo01-003"
    areas = _targets(journey)
    assert {name: (a.treated, a.control) for name, a in areas.items()} == {
        "C01": (False, True),
        "T01": (True, False),
        "T02": (True, False),
    }
    assert (areas["T01"].site, areas["T01"].side) == ("SKIN OF THE FOREARM", "LEFT")
    course = _course(journey, "T01")
    assert [(one.area, one.change) for one in course.values()] == [
        (Decimal("110.0"), None),
        (Decimal("91.9"), Decimal("16.5")),
        (Decimal("49.5"), Decimal("55.0")),
        (Decimal("18.8"), Decimal("82.9")),
    ]
    assert {one.unit for one in course.values()} == {"mm2"}
    assert [one.how for one in course.values()] == ["ruler"] * 4
    [score] = course["V_M6"].scores
    assert (score.value, score.of_class, score.place.form) == (85, "MARKED", "EFF")
    assert len(course["V_M6"].photographs) == 2


def test_an_area_that_merged_names_the_one_it_became_part_of() -> None:
    journey = "nct06813027/journeys/tc-17-areas-merged"
    areas = _targets(journey)
    assert areas["T02"].merged == areas["T01"].row, "only the measurement says so yet, not the registry"
    assert became(list(areas.values()), areas["T02"].row) == (areas["T01"].row,)
    merged = _course(journey, "T02")["V_M6"]
    assert (merged.state, merged.area, merged.how) == ("merged", None, "")


def test_a_lesion_that_is_gone_has_an_area_of_nought_that_nobody_measured() -> None:
    course = _course("nct06813027/journeys/tc-18-completely-repigmented", "T01")
    gone = course["V_M6"]
    assert (gone.state, gone.area, gone.change, gone.how) == ("healed", Decimal("0.0"), Decimal("100.0"), "")


def test_a_wound_closes_and_opens_again() -> None:
    course = _course("abcb5-cvu/journeys/tc-19-wound-reopened", "W2")
    assert [one.state for one in course.values()] == ["present", "healed", "healed", "reopened", "healed"]
    assert (course["V_M6"].area, course["V_M6"].change) == (Decimal("0.8"), Decimal("86.7"))


def test_the_parts_of_a_wound_are_no_new_wounds_and_count_together() -> None:
    journey = "abcb5-cvu/journeys/tc-20-wound-split"
    wounds = _targets(journey)
    assert parts_of(list(wounds.values()), wounds["W1"].row) == (wounds["W1a"].row, wounds["W1b"].row)
    split = _course(journey, "W1")["V_W6"]
    assert (split.state, split.area) == ("split", None)
    assert split.parts == Decimal("3.6")
    assert split.change == Decimal("71.0"), "the pack's own item, not worked out here"
    assert _course(journey, "W1a")["V_W6"].state == "present"


def test_what_is_first_seen_later_is_new_and_what_is_back_has_reopened() -> None:
    """P1 has no code for either: PRESENT after RESOLVED is a return (LM-11)."""
    clinic = played(journey_of(FORMS / "nct06813027/journeys/tc-18-completely-repigmented.yaml"))[1]
    subject = _subject(clinic)
    clinic.actor = clinic.people["haddad"]
    registry = targets_of(clinic.desk, subject)[0].form
    late = clinic.add_row(registry, "AREAS")
    clinic.enter(registry, late, LESROLE="OTHER", LESLOC="SKIN OF THE KNEE", LESLAT="LEFT")
    visit = clinic.start(subject, "V_UNS", "2025-07-20")
    t01 = next(target.row for target in targets_of(clinic.desk, subject) if target.label == "T01")
    clinic.enter(FormKey(*visit, "UNS", 1), UNSFORMS="ASSESS")
    for row in (t01, late):
        clinic.enter(FormKey(*visit, "LESM", 1), row, LMSTAT="PRESENT")
    assert [one.state for one in course_of(clinic.desk, subject, t01)] == ["present", "healed", "reopened"]
    assert [one.state for one in course_of(clinic.desk, subject, late)] == ["new"]


def test_a_chain_that_returns_to_itself_is_followed_once() -> None:
    ring = [_target("W1", merged="W2"), _target("W2", merged="W3"), _target("W3", merged="W2")]
    assert became(ring, "W1") == ("W2", "W3")
    assert became(ring, "W2") == ("W3",)
    assert became([_target("W1", merged="W1")], "W1") == ()
    assert parts_of([_target("W1", parent="W1")], "W1") == ()


def test_a_study_without_targets_has_none() -> None:
    clinic = Clinic(shipped_study("als-msc"))
    subject = clinic.enrol()
    assert targets_of(clinic.desk, subject) == ()
    assert courses_of(clinic.desk, subject) == {}


def test_a_row_taken_out_is_no_answer_any_more() -> None:
    ward = Ward()
    row = ward.area()
    assert Answers(ward.desk, ward.subject, "LD").text(ward.ld, row, "ROLE") == "TREATED"
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="entered twice"))
    assert Answers(ward.desk, ward.subject, "LD").text(ward.ld, row, "ROLE") is None


@pytest.mark.parametrize("pack", ["nct06813027", "abcb5-cvu"])
def test_the_packs_bind_items_that_they_have(pack: str) -> None:
    study = shipped_study(pack)
    bound = study.head.targets
    assert bound is not None
    for item in (bound.site, bound.side, bound.landmark, bound.map, bound.parent, bound.merged):
        assert item is None or study.place(bound.form, item)
    measure = bound.measure
    for item in (measure.status, measure.into, measure.method, measure.outline, measure.area, measure.change):
        assert item is None or study.place(measure.form, item)
    codes = study.codes(study.place(bound.form, bound.site).item.codes or "")
    assert set(bound.regions) == set(codes), "every site has its region, and no region has no site"
