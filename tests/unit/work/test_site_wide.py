"""Rules over all subjects: whom a change concerns, and that nobody who is concerned is left out."""

from __future__ import annotations

from typing import Any

import pytest

from crfapp.form.graph import Cell
from crfapp.form.plan import tree_of
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FormRow
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


class Counting:
    """Tables that count how many forms are looked for over the whole site."""

    def __init__(self, tables: Any) -> None:
        self.tables, self.over_everybody = tables, 0

    def get(self, *asked: Any) -> Any:
        return self.tables.get(*asked)

    def holding(self, form: str, item: str, value: str) -> Any:
        return self.tables.holding(form, item, value)

    def find(self, table: Any, **equal: Any) -> Any:
        self.over_everybody += table is FormRow and "subject" not in equal
        return self.tables.find(table, **equal)


def test_a_rule_that_names_what_rows_hold_looks_at_those_alone() -> None:
    vial = {"item": "VIAL", "ask": "Vial", "type": "text(20)"}
    twice = item("TWICE", is_="count(r for r in N@SITE if r.VIAL == VIAL and r.SUBJECT.ID != SUBJECT.ID)")
    clinic = Clinic(study_of_site([visit("V_1", 0, "N")], [form("N", vial, twice)]))
    keys = [FormKey(*clinic.start(clinic.enrol(), "V_1"), "N", 1) for _ in range(4)]
    for key, told in zip(keys[:3], ("A-7", "A-8", "A-7"), strict=True):
        clinic.enter(key, VIAL=told)
    assert [clinic.value(key, "TWICE") for key in keys] == ["1", "0", "1", None]

    counting = Counting(clinic.ledger.tables)
    clinic.desk._base = clinic.desk._tables = counting
    clinic.desk.forget_forms()
    opened = [clinic.desk.forms.get(key).state(Cell("", "TWICE")) for key in keys[:2]]
    assert [state and state.text for state in opened] == ["1", "0"]
    assert counting.over_everybody == 0
    clinic.enter(keys[3], VIAL="A-8")
    assert clinic.value(keys[1], "TWICE") == "1"
    assert out_of_line(clinic) == []
