"""What follows far from an answer: along many forms, as visits change places, at other subjects, overnight.

Found by ``tests/properties`` and by asking what their laws leave out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from tests.support.clinic import Clinic
from tests.support.generated_site import form, item, study_of_site, visit
from tests.support.in_line import out_of_line

if TYPE_CHECKING:
    from crfapp.study.study import Study

ASKED = item("ASKED")
UNSCHEDULED: dict[str, Any] = {"kind": "repeating"}


def clinic_of(study: Study) -> tuple[Clinic, str]:
    clinic = Clinic(study)
    return clinic, clinic.enrol()


def worked_out(expression: str) -> dict[str, Any]:
    return form("N", ASKED, item("B", is_=expression))


def test_a_total_runs_over_as_many_visits_as_there_are() -> None:
    running = item("SUM", is_="SIZE + M@PREV.SUM if given(M@PREV.SUM) else SIZE")
    names = [f"V_{letter}" for letter in "LKJIHGFEDCBA"]
    visits = [visit(name, 7 * week, "M") for week, name in enumerate(names)]
    clinic, subject = clinic_of(study_of_site(visits, [form("M", item("SIZE"), running)]))
    for week, name in enumerate(names):
        clinic.enter(FormKey(*clinic.start(subject, name, f"2025-{week + 1:02d}-01"), "M", 1), SIZE="1")
    clinic.enter(FormKey(subject, "V_L", 1, "M", 1), reason="typing error", SIZE="5")
    assert out_of_line(clinic) == []


def test_what_is_worked_out_goes_on_over_as_many_forms_as_there_are() -> None:
    names = [f"F{number}" for number in range(12)]
    chain = [form("F0", item("A"))]
    chain += [form(name, ASKED, item("A", is_=f"{before}.A + 1")) for before, name in pairwise(names)]
    clinic, subject = clinic_of(study_of_site([visit("V_1", 0, *names)], chain))
    at = clinic.start(subject, "V_1")
    for name in names[1:]:
        clinic.enter(FormKey(*at, name, 1), ASKED="1")
    clinic.enter(FormKey(*at, "F0", 1), A="1")
    assert out_of_line(clinic) == []


def test_of_two_baseline_visits_the_earlier_counts_whenever_their_dates_are_put_right() -> None:
    visits = [visit("V_1", 0, "M", baseline=True), visit("V_2", 7, "M", baseline=True), visit("V_3", 14, "N")]
    clinic, subject = clinic_of(study_of_site(visits, [form("M", item("A")), worked_out("M@BASE.A")]))
    for number in (1, 2, 3):
        clinic.start(subject, f"V_{number}", f"2025-01-{5 + number:02d}")
    for number in (1, 2):
        clinic.enter(FormKey(subject, f"V_{number}", 1, "M", 1), A=str(number))
    clinic.enter(FormKey(subject, "V_3", 1, "N", 1), ASKED="1")
    clinic.enter(FormKey(subject, "V_2", 1, "SV", 1), reason="typing error", VISDAT="2025-01-05")
    assert out_of_line(clinic) == []


@pytest.mark.parametrize("expression", ["U@V_U.A", "U.A", "first(r.A for r in U)"])
def test_of_two_unscheduled_visits_the_earlier_counts_whenever_their_dates_are_put_right(
    expression: str,
) -> None:
    visits = [visit("V_1", 0, "N"), visit("V_U", 0, "U", **UNSCHEDULED)]
    clinic, subject = clinic_of(study_of_site(visits, [form("U", item("A")), worked_out(expression)]))
    clinic.start(subject, "V_1")
    for number in (1, 2):
        at = clinic.start(subject, "V_U", f"2025-01-{10 + number}", number)
        clinic.enter(FormKey(*at, "U", 1), A=str(number))
    clinic.enter(FormKey(subject, "V_1", 1, "N", 1), ASKED="1")
    clinic.enter(FormKey(subject, "V_U", 1, "SV", 1), reason="typing error", VISDAT="2025-01-15")
    assert out_of_line(clinic) == []


def test_what_is_counted_over_all_subjects_follows_each_of_them() -> None:
    counted = "count(r for r in N@SITE if r.ASKED == ASKED)"
    clinic, first = clinic_of(study_of_site([visit("V_1", 0, "N")], [worked_out(counted)]))
    for subject in (first, clinic.enrol()):
        clinic.enter(FormKey(*clinic.start(subject, "V_1"), "N", 1), ASKED="1")
    assert out_of_line(clinic) == []


def test_what_is_counted_from_today_is_recorded_anew_with_the_next_answer() -> None:
    since = item("SINCE", is_="days(DAY, today())")
    clinic, subject = clinic_of(
        study_of_site([visit("V_1", 0, "N")], [form("N", ASKED, item("DAY", "date"), since)])
    )
    key = FormKey(*clinic.start(subject, "V_1"), "N", 1)
    clinic.enter(key, DAY="2025-01-01")
    clinic.clock.later(days=1)
    clinic.enter(key, ASKED="1")
    assert out_of_line(clinic) == []


def test_a_form_that_lies_open_follows_before_it_begins() -> None:
    clinic, subject = clinic_of(
        study_of_site([visit("V_1", 0, "M", "N")], [form("M", item("A")), worked_out("M.A")])
    )
    at = clinic.start(subject, "V_1")
    waiting = FormKey(*at, "N", 1)
    assert clinic.desk.forms.get(waiting).state(Cell("", "B")) is not None
    clinic.enter(FormKey(*at, "M", 1), A="3")
    assert out_of_line(clinic, [waiting]) == []
