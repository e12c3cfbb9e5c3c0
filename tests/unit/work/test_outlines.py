"""An area at month 3 comes from an outline that somebody drew, and a second person draws it blind."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import OutlineDrawn, ValueRecorded
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FormRowRow, SubjectRow
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import from_text, read_figures, to_text
from crfapp.present.obligations import Obligations
from crfapp.work.entry import RecordAnswer
from crfapp.work.obligations import OUTLINES_APART, owed_at_site, owed_for
from crfapp.work.outlines import SettleOutline
from crfapp.work.outlines_apart import apart, in_force, outlines_of
from crfapp.work.row_work import VoidRow
from crfapp.work.targets import course_of
from tests.support.site_of import workplace
from tests.support.tracing_ward import LINA, SAMI
from tests.support.vitiligo import RULER, VitiligoClinic, traced


@pytest.fixture
def clinic() -> VitiligoClinic:
    made = VitiligoClinic()
    made.enter(made.lesm, LMDAT="2025-01-05")
    made.enter(made.lesm, made.area, LMSTAT="PRESENT")
    return made


def refused(clinic: VitiligoClinic, command: object) -> Code:
    before = len(clinic.ledger.links)
    with pytest.raises(RefusedError) as problem:
        clinic.send(command)  # type: ignore[arg-type]
    assert len([link for link in clinic.ledger.links[before:] if link.kind != "act-refused"]) == 0
    return problem.value.code


@pytest.mark.req("REQ-931")
def test_the_area_is_worked_out_from_the_outline_and_says_so(clinic: VitiligoClinic) -> None:
    outcome = clinic.send(clinic.draw(traced(14.0, 10.0)))
    assert (clinic.area_of(), clinic.area_of("LMLEN"), clinic.area_of("LMWID")) == ("109.9", "14.0", "10.0")
    assert clinic.area_of("LMMETH") == "DIGITAL"
    assert clinic.area_of("AREA_TRORRES") == "109.9"
    [drawn] = [event for event in outcome.events if isinstance(event, OutlineDrawn)]
    derived = [
        one for one in outcome.events if isinstance(one, ValueRecorded) and one.origin.startswith("outline:")
    ]
    assert {one.item: one.origin for one in derived} == dict.fromkeys(
        ("LMPLAN", "LMLEN", "LMWID"), f"outline:{drawn.outline}"
    )
    assert read_figures(drawn.figures or "").area == pytest.approx(109.93, abs=0.02)
    row = in_force(clinic.desk, clinic.place())
    assert row is not None
    assert (row.outline, row.photograph, row.login) == (drawn.outline, clinic.photograph, "rania")
    [seen] = course_of(clinic.desk, clinic.subject, clinic.area)
    assert (seen.how, seen.outline) == ("outline", drawn.outline)


def test_diameters_that_were_measured_with_a_ruler_stay(clinic: VitiligoClinic) -> None:
    clinic.enter(clinic.lesm, clinic.area, LMMETH="DIGITAL", LMLEN="13.5", LMWID="9.5")
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    assert (clinic.area_of("LMLEN"), clinic.area_of("LMWID")) == ("13.5", "9.5")
    assert clinic.area_of() == "109.9"


def test_a_new_outline_takes_the_place_of_the_old_one_with_a_reason(clinic: VitiligoClinic) -> None:
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    again = clinic.draw(traced(12.0, 8.0))
    assert refused(clinic, again) is Code.REASON_NEEDED
    clinic.clock.later(minutes=1)
    clinic.send(replace(again, reason="border traced too wide"))
    assert (clinic.area_of(), clinic.area_of("LMLEN")) == ("75.4", "12.0")
    assert len(outlines_of(clinic.desk, clinic.place())) == 2, "what was drawn before stays"


def test_typing_over_a_derived_value_needs_a_reason_and_the_outline_stays(clinic: VitiligoClinic) -> None:
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    over = RecordAnswer(key=clinic.lesm, row=clinic.area, item="LMPLAN", typed="105.0")
    assert refused(clinic, over) is Code.REASON_NEEDED
    clinic.send(replace(over, reason="device showed 105.0"))
    assert clinic.area_of() == "105.0"
    assert in_force(clinic.desk, clinic.place()) is None
    assert len(outlines_of(clinic.desk, clinic.place())) == 1
    [seen] = course_of(clinic.desk, clinic.subject, clinic.area)
    assert (seen.how, seen.outline) == ("typed", None)


def test_an_outline_over_a_ruler_needs_a_reason_and_the_method_follows(clinic: VitiligoClinic) -> None:
    clinic.enter(clinic.lesm, clinic.area, LMMETH="RULER", LMLEN="14.0", LMWID="10.0")
    assert clinic.area_of("AREA_TRORRES") == "110.0"
    drawing = clinic.draw(traced(14.0, 10.0))
    assert refused(clinic, drawing) is Code.REASON_NEEDED
    clinic.send(replace(drawing, reason="photograph can be measured"))
    assert (clinic.area_of("LMMETH"), clinic.area_of("AREA_TRORRES")) == ("DIGITAL", "109.9")


def test_an_outline_belongs_to_a_lesion_its_photograph_and_its_visit(clinic: VitiligoClinic) -> None:
    assert refused(clinic, clinic.draw(traced(14, 10), photograph="0" * 64)) is Code.NOT_TRACED_HERE
    assert refused(clinic, clinic.draw(traced(14, 10), item="LMLEN")) is Code.NOT_TRACED_HERE
    clinic.enter(clinic.form("LESDEF"), clinic.add_row(clinic.form("LESDEF"), "AREAS"), LESROLE="CONTROL")
    other = clinic.photographed(clinic.scr, "c1", "C01")
    assert refused(clinic, clinic.draw(traced(14, 10), photograph=other)) is Code.NOT_TRACED_HERE
    rows = clinic.ledger.tables.find(FormRowRow, **clinic.form("PHOTO")._asdict(), voided=0)
    first = min(rows, key=lambda row: row.position)
    clinic.send(VoidRow(key=clinic.form("PHOTO"), section="ROWS", row=first.row, reason="other patient"))
    assert refused(clinic, clinic.draw(traced(14, 10))) is Code.NOT_TRACED_HERE


def test_what_cannot_be_measured_is_refused_and_nothing_is_written(clinic: VitiligoClinic) -> None:
    eight = Outline((Part((Point(0, 0), Point(100, 100), Point(100, 0), Point(0, 100))),))
    assert refused(clinic, clinic.draw(to_text(eight, RULER))) is Code.OUTLINE_CROSSES
    assert refused(clinic, clinic.draw("{}")) is Code.OUTLINE_TEXT
    assert refused(clinic, clinic.draw(to_text(eight, RULER._replace(length_mm=0)))) is Code.OUTLINE_CROSSES
    square = Outline((Part((Point(0, 0), Point(100, 0), Point(100, 100), Point(0, 100))),))
    wrong = to_text(square, RULER._replace(length_mm=0))
    assert refused(clinic, clinic.draw(wrong)) is Code.CALIBRATION_WRONG


def test_a_lesion_that_is_not_there_has_no_outline() -> None:
    clinic = VitiligoClinic()
    clinic.enter(clinic.lesm, clinic.area, LMSTAT="ND")
    assert refused(clinic, clinic.draw(traced(14, 10))) is Code.ITEM_HIDDEN


@pytest.mark.req("REQ-414")
def test_a_second_person_draws_and_the_value_stays(clinic: VitiligoClinic) -> None:
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    second = clinic.draw(traced(13.8, 9.9), purpose="second", blind=True)
    assert refused(clinic, second) is Code.SAME_PERSON
    outcome = clinic.by(SAMI).send(second)
    assert [event.kind for event in outcome.events] == ["outline-drawn"]
    found = apart(clinic.desk, clinic.place())
    assert found is not None
    assert (found.percent, found.limit, found.is_open) == (Decimal("2.4"), Decimal(10), False)
    assert (found.first.login, found.second.login, found.second.blind) == ("rania", "sami", 1)
    assert clinic.area_of() == "109.9"
    assert OUTLINES_APART not in {one.kind for one in owed_for(clinic.desk, clinic.subject)}


def test_nobody_is_second_where_nobody_was_first(clinic: VitiligoClinic) -> None:
    assert refused(clinic, clinic.draw(traced(14, 10), purpose="second")) is Code.NOT_TRACED_HERE


@pytest.mark.req("REQ-414")
def test_two_outlines_too_far_apart_wait_for_an_investigator(clinic: VitiligoClinic) -> None:
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    clinic.by(SAMI).send(clinic.draw(traced(12.5, 9.0), purpose="second", blind=True))
    found = apart(clinic.desk, clinic.place())
    assert found is not None
    assert found.percent == Decimal("21.8")
    assert found.is_open
    owed = [one for one in owed_for(clinic.desk, clinic.subject) if one.kind == OUTLINES_APART]
    assert [one.forms for one in owed] == [(clinic.lesm,)]
    assert [one for one in owed_at_site(clinic.desk) if one.kind == OUTLINES_APART] == owed
    lines = [line for line in Obligations(workplace(clinic)).lines() if "Two outlines differ" in line.title]
    assert [line.address.form for line in lines] == ["LESM"]
    settle = SettleOutline(
        key=clinic.lesm,
        row=clinic.area,
        item="LMPLAN",
        outline=found.second.outline,
        beside=found.first.outline,
        reason="the first one took the shadow for the border",
    )
    assert refused(clinic, settle) is Code.NOT_ALLOWED, "a nurse does not decide"
    clinic.by(LINA)
    assert refused(clinic, replace(settle, reason="")) is Code.REASON_NEEDED
    assert refused(clinic, replace(settle, beside="another")) is Code.NOT_APART
    clinic.send(settle)
    assert (clinic.area_of(), clinic.area_of("LMLEN")) == ("88.3", "12.5")
    row = in_force(clinic.desk, clinic.place())
    assert row is not None
    assert (row.login, row.settled) == ("sami", 1)
    after = apart(clinic.desk, clinic.place())
    assert after is not None
    assert not after.is_open
    assert OUTLINES_APART not in {one.kind for one in owed_for(clinic.desk, clinic.subject)}
    assert refused(clinic, settle) is Code.NOT_APART


@pytest.mark.req("REQ-414")
def test_the_first_outline_may_stand_and_a_new_one_is_compared_again(clinic: VitiligoClinic) -> None:
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    clinic.by(SAMI).send(clinic.draw(traced(12.5, 9.0), purpose="second", blind=True))
    found = apart(clinic.desk, clinic.place())
    assert found is not None
    clinic.by(LINA).send(
        SettleOutline(
            key=clinic.lesm,
            row=clinic.area,
            item="LMPLAN",
            outline=found.first.outline,
            beside=found.second.outline,
            reason="the border is well seen",
        )
    )
    assert clinic.area_of() == "109.9"
    clinic.by(LINA).send(clinic.draw(traced(16.0, 11.0), reason="the rim belongs to it"))
    again = apart(clinic.desk, clinic.place())
    assert again is not None
    assert again.is_open, "what was decided was not about this outline"


def test_the_checks_of_the_pack_ask_about_traced_areas(clinic: VitiligoClinic) -> None:
    """LM-03 asks about a mix-up of units, LM-02 about diameters, LM-04 about growth (TC23)."""
    clinic.enter(clinic.lesm, clinic.area, LMMETH="DIGITAL", LMLEN="14.0", LMWID="10.0")
    mistaken = to_text(from_text(traced(14.0, 10.0)).outline, RULER._replace(length_mm=5.0))
    clinic.send(clinic.draw(mistaken))
    assert clinic.area_of() == "1.1"
    assert {"LM-02", "LM-03"} <= clinic.open_checks(clinic.lesm)
    clinic.send(clinic.draw(traced(14.0, 10.0), reason="ruler is in cm"))
    assert not {"LM-02", "LM-03"} & clinic.open_checks(clinic.lesm)


@pytest.mark.req("REQ-931")
def test_traced_areas_are_held_against_the_visit_before_and_the_visual_score(clinic: VitiligoClinic) -> None:
    """LM-04 asks about growth, EF-01 about a score that the areas do not bear out, LM-05 about a healed
    one.
    """
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    clinic.clock.at = clinic.clock.at.replace(month=4, day=13)
    visit = clinic.start(clinic.subject, "V_M3", "2025-04-13")
    later, score = clinic.form("LESM", visit), clinic.form("EFF", visit)
    photograph = clinic.photographed(visit, "b1")
    clinic.enter(later, LMDAT="2025-04-13")
    clinic.enter(later, clinic.area, LMSTAT="PRESENT")
    here = {"key": later, "photograph": photograph}
    clinic.send(clinic.draw(traced(18.0, 12.0), **here))
    assert clinic.area_of("AREACHG", later) == "-54.3"
    assert "LM-04" in clinic.open_checks(later)
    clinic.send(clinic.draw(traced(9.0, 7.0), **here, reason="the rim is pigmented"))
    assert clinic.area_of("AREACHG", later) == "55.0"
    assert "LM-04" not in clinic.open_checks(later)
    clinic.by(LINA).enter(score, EFFPERF="Y", EFFBY="INV")
    clinic.enter(score, clinic.area, RPPCT="81")
    assert "EF-01" in clinic.open_checks(score)
    clinic.enter(score, clinic.area, reason="judged anew", RPPCT="55")
    assert "EF-01" not in clinic.open_checks(score)
    clinic.enter(later, clinic.area, reason="nothing is left", LMSTAT="RESOLVED")
    assert "LM-05" in clinic.open_checks(later)


@pytest.mark.parametrize(
    ("safeguard", "broken"),
    [
        ("_refuse_no_second", lambda *_: None),
        ("shows", lambda *_: True),
    ],
)
def test_without_its_safeguard_what_is_refused_would_be_recorded(
    clinic: VitiligoClinic, monkeypatch: pytest.MonkeyPatch, safeguard: str, broken: object
) -> None:
    """The refusals above come from where they are thought to come from."""
    clinic.send(clinic.draw(traced(14.0, 10.0)))
    own, other = (
        clinic.draw(traced(13.0, 9.0), purpose="second"),
        clinic.draw(traced(13.0, 9.0), photograph="0" * 64, reason="another photograph"),
    )
    command = own if safeguard == "_refuse_no_second" else other
    assert refused(clinic, command) in (Code.SAME_PERSON, Code.NOT_TRACED_HERE)
    monkeypatch.setattr(f"crfapp.work.outlines.{safeguard}", broken)
    assert clinic.send(command).events


def test_a_subject_has_none_of_anothers_photographs(clinic: VitiligoClinic) -> None:
    other = clinic.enrol()
    assert other != clinic.subject
    assert {row.subject for row in clinic.ledger.tables.find(SubjectRow)} == {clinic.subject, other}
    visit = clinic.start(other, "V_SCR", "2025-01-05")
    key = FormKey(*visit, "LESM", 1)
    area = clinic.add_row(FormKey(*visit, "LESDEF", 1), "AREAS")
    clinic.enter(FormKey(*visit, "LESDEF", 1), area, LESROLE="TREATED")
    clinic.enter(key, area, LMSTAT="PRESENT")
    assert refused(clinic, clinic.draw(traced(14, 10), key=key, row=area)) is Code.NOT_TRACED_HERE
