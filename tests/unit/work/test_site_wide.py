"""Rules over all subjects: whom a change concerns, and that nobody who is concerned is left out."""

from __future__ import annotations

import pytest

from crfapp.form.plan import tree_of
from crfapp.ledger.keys import FormKey
from crfapp.work.site_wide import links_of
from tests.support.clinic import Clinic
from tests.support.generated_site import form, item, study_of_site, visit
from tests.support.in_line import out_of_line

ASKED = item("ASKED")
SAME = "count(r for r in N@SITE if r.ASKED == ASKED)"


@pytest.mark.parametrize(
    ("rule", "links"),
    [
        (SAME, {("ASKED", "ASKED")}),
        (
            "count(r for r in N@SITE if r.SUBJECT.ID != SUBJECT.ID and VIAL == r.NUMBER) > 0",
            {("VIAL", "NUMBER")},
        ),
        ("any(r.A == A for r in N@SITE)", {("A", "A")}),
        ("count(r for r in N@SITE if r.A == A or r.B == B) > 0", set()),
        ('count(r for r in N@SITE if r.A == "Y") > 13', set()),
        ("sum(r.A for r in N@SITE) > A", set()),
        ("count(r for r in N@SITE if r.A == A) + count(r for r in M@SITE) > 0", set()),
    ],
)
def test_only_what_every_count_demands_is_a_link(rule: str, links: set[tuple[str, str]]) -> None:
    assert links_of(tree_of(rule)) == links


@pytest.mark.parametrize("rule", [SAME, "count(r for r in N@SITE if r.ASKED > 1)"])
def test_a_change_reaches_those_who_held_the_old_value_and_those_who_hold_the_new(rule: str) -> None:
    clinic = Clinic(study_of_site([visit("V_1", 0, "N")], [form("N", ASKED, item("B", is_=rule))]))
    keys = [FormKey(*clinic.start(clinic.enrol(), "V_1"), "N", 1) for _ in range(3)]
    for key, told in zip(keys, ("1", "1", "2"), strict=True):
        clinic.enter(key, ASKED=told)
    clinic.enter(keys[0], ASKED="2", reason="typing error")
    assert out_of_line(clinic) == []
    if rule == SAME:
        assert [clinic.value(key, "B") for key in keys] == ["2", "1", "2"]
