"""The form graph: one answer in, the changed cells out, and never another state than a fresh form has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.dates import PartialDate
from crfapp.base.times import Moment
from crfapp.form.graph import Answer, Cell, FormGraph
from crfapp.form.plan_parts import FormPlan, Reach
from tests.support.generated_forms import Elsewhere, check, graph_of, states, study_of, told
from tests.unit.form.generated import ANSWERS, forms

if TYPE_CHECKING:
    from crfapp.study.study import Study


def number(value: int) -> Answer:
    return Answer(value, str(value))


def item(name: str, **more: Any) -> dict[str, Any]:
    return {"item": name, "ask": name, "type": "integer", **more}


def once(*items: dict[str, Any]) -> dict[str, Any]:
    return {"section": "ONCE", "title": "Once", "items": list(items)}


def rows(*items: dict[str, Any], section: str = "G") -> dict[str, Any]:
    fixed = {"R1": "One", "R2": "Two", "R3": "Three"}
    return {"section": section, "title": "Rows", "rows": {"fixed": fixed}, "items": list(items)}


# ---- laws


@settings(deadline=None)
@given(forms(), st.data())
def test_one_answer_after_the_other_gives_what_a_fresh_form_gives(study: Study, data: st.DataObject) -> None:
    live = graph_of(study)
    asked = [cell for cell in live.cells() if live.plan.items[cell.item].value is None]
    cells = st.sampled_from(asked) if asked else st.nothing()
    for cell, answer in data.draw(st.lists(st.tuples(cells, ANSWERS), max_size=10)):
        before = states(live)
        changed = live.answer(cell, answer)
        after = states(live)
        fresh = graph_of(study, told(live))
        assert after == states(fresh)
        assert list(live.findings()) == list(fresh.findings())
        assert list(live.unanswered()) == list(fresh.unanswered())
        differs = {place for place in after if after[place] != before[place]}
        assert differs <= changed <= differs | {cell}
        assert live.take_changes() == changed


@settings(deadline=None)
@given(forms(), st.data())
def test_the_order_of_entry_never_matters(study: Study, data: st.DataObject) -> None:
    one, other = graph_of(study), graph_of(study)
    asked = [cell for cell in one.cells() if one.plan.items[cell.item].value is None]
    answers = data.draw(st.dictionaries(st.sampled_from(asked), ANSWERS) if asked else st.just({}))
    for cell, answer in answers.items():
        one.answer(cell, answer)
    for cell in data.draw(st.permutations(list(answers))):
        other.answer(cell, answers[cell])
    assert states(one) == states(other)


@settings(deadline=None)
@given(forms(), st.data())
def test_hidden_answers_read_as_blank_and_are_kept(study: Study, data: st.DataObject) -> None:
    graph = graph_of(study)
    asked = [cell for cell in graph.cells() if graph.plan.items[cell.item].value is None]
    answers = data.draw(st.dictionaries(st.sampled_from(asked), ANSWERS) if asked else st.just({}))
    for cell, answer in answers.items():
        graph.answer(cell, answer)
    for cell in graph.cells():
        state = graph.state(cell)
        assert state is not None
        if not state.visible:
            assert state == (False, False, None, None, None, ())
        if cell in answers:
            assert graph.kept(cell) == answers[cell]


def test_the_law_of_the_fresh_form_would_notice_a_lost_dependency() -> None:
    study = study_of([once(item("A"), item("B", when="A > 1"))])
    live = graph_of(study)
    live.plan.edges["A"].cores.clear()
    live.answer(Cell("", "A"), number(3))
    assert states(live) != states(graph_of(study, told(live)))


# ---- cases that have gone wrong elsewhere


def test_a_check_is_silent_while_the_item_it_stands_at_is_hidden() -> None:
    study = study_of(
        [once(item("A"), item("B"), item("C", when="A > 1"))], [check(1, "B > 5", level="H", on="C")]
    )
    graph = graph_of(study)
    graph.answer(Cell("", "A"), number(2))
    graph.answer(Cell("", "B"), number(6))
    assert [cell.item for cell, _ in graph.findings()] == ["C"]
    assert Cell("", "C") in graph.answer(Cell("", "A"), number(0))
    assert list(graph.findings()) == []


def test_findings_of_a_cell_stand_in_the_order_of_the_checks() -> None:
    study = study_of([once(item("A"), item("B"))], [check(1, "A > 1", on="B"), check(2, "B > 1")])
    graph = graph_of(study)
    graph.answer(Cell("", "B"), number(2))
    graph.answer(Cell("", "A"), number(2))
    state = graph.state(Cell("", "B"))
    assert state is not None
    assert [finding.check for finding in state.findings] == ["F-01", "F-02"]


def test_a_check_on_the_sum_of_rows_can_stand_at_each_row() -> None:
    study = study_of([rows(item("A"))], [check(1, "sum(r.A for r in G) > 5", on="A")])
    graph = graph_of(study)
    for row, value in (("R1", 2), ("R2", 2), ("R3", 2)):
        graph.answer(Cell(row, "A"), number(value))
    assert [cell for cell, _ in graph.findings()] == [Cell("R1", "A"), Cell("R2", "A"), Cell("R3", "A")]


def test_a_check_of_rows_can_stand_once() -> None:
    study = study_of([once(item("TOP")), rows(item("A"))], [check(1, "A > 5", on="TOP")])
    graph = graph_of(study)
    graph.answer(Cell("R2", "A"), number(6))
    assert [cell for cell, _ in graph.findings()] == [Cell("", "TOP")]
    graph.answer(Cell("R2", "A"), number(5))
    assert list(graph.findings()) == []


def test_a_running_total_goes_from_row_to_row_whatever_the_order_of_items() -> None:
    # TOTAL reads START of its row, which reads TOTAL of the row above
    study = study_of(
        [rows(item("START", **{"is": "ABOVE.TOTAL if given(ABOVE.TOTAL) else 0"}), item("A"),
              item("TOTAL", **{"is": "START + A"}))]
    )  # fmt: skip
    answers = {Cell(row, "A"): number(value) for row, value in (("R1", 1), ("R2", 2), ("R3", 3))}
    graph = graph_of(study, answers)
    assert [graph.state(Cell(row, "TOTAL")).value for row in ("R1", "R2", "R3")] == [1, 3, 6]  # type: ignore[union-attr]
    changed = graph.answer(Cell("R2", "A"), number(5))
    assert [graph.state(Cell(row, "TOTAL")).value for row in ("R1", "R2", "R3")] == [1, 6, 9]  # type: ignore[union-attr]
    assert changed == {Cell("R2", "A"), Cell("R2", "TOTAL"), Cell("R3", "START"), Cell("R3", "TOTAL")}


def test_rows_that_feed_each_other_for_ever_come_to_rest() -> None:
    study = study_of(
        [rows(item("A", **{"is": "ABOVE.B + 1 if given(ABOVE.B) else 1"}),
              item("B", **{"is": "sum(r.A for r in G)"}))]
    )  # fmt: skip
    assert graph_of(study).state(Cell("R1", "A")) is not None


def test_an_item_that_names_its_own_form_follows_its_answer() -> None:
    study = study_of([once(item("A"), item("B", when="F.A > 1", required='missing_reason(F.A) != "ND"'))])
    graph = graph_of(study)
    assert Cell("", "B") in graph.answer(Cell("", "A"), number(2))
    assert graph.state(Cell("", "B")).visible  # type: ignore[union-attr]


def test_a_missing_code_is_an_answer_and_no_value() -> None:
    study = study_of([once(item("A", required=True, sdv="critical"), item("B", **{"is": "A + 1"}))])
    graph = graph_of(study)
    assert [cell.item for cell in graph.unanswered()] == ["A"]
    graph.answer(Cell("", "A"), Answer(None, None, "ND"))
    assert list(graph.unanswered()) == []
    assert [finding.check for _, finding in graph.findings()] == ["MISSING:A"]
    assert graph.state(Cell("", "B")).value is None  # type: ignore[union-attr]


def test_ends_of_a_range_belong_to_it_and_may_be_other_answers() -> None:
    study = study_of([once(item("A", range={"hard": [0, "TOP"], "soft": [2, None]}), item("TOP"))])
    graph = graph_of(study)
    found = []
    for top, value in ((9, 9), (9, 10), (9, -1), (9, 0), (9, 2), (9, 1), (None, 99)):
        graph.answer(Cell("", "TOP"), None if top is None else number(top))
        graph.answer(Cell("", "A"), number(value))
        found.append([finding.check for _, finding in graph.findings()])
    assert found == [[], ["HARD:A"], ["HARD:A"], ["SOFT:A"], [], ["SOFT:A"], []]


NINE = Moment.parse("2025-01-05T09:00+03:00[Asia/Amman]")
BEFORE_NINE = Moment.parse("2025-01-05T08:59+03:00[Asia/Amman]")


@pytest.mark.parametrize(
    ("kind", "ends", "inside", "beyond", "told"),
    [
        ("date", ('date("2025-01-05")', None), date(2025, 1, 5), date(2025, 1, 4), ("2025-01-05", None)),
        ("date", (None, "TOP"), date(2025, 3, 1), date(2025, 3, 2), (None, "2025-03-01")),
        ("partialdate", (None, "TOP"), PartialDate(2025), PartialDate(2026), (None, "2025-03-01")),
        ("datetime", ("START", None), NINE, BEFORE_NINE, ("2025-01-05 09:00", None)),
    ],
)
def test_dates_and_moments_have_ranges_too(
    kind: str, ends: tuple[str | None, str | None], inside: Any, beyond: Any, told: tuple[str | None, ...]
) -> None:
    ranged = {"item": "A", "ask": "A", "type": kind, "range": {"hard": ends}}
    top, start = (
        {"item": name, "ask": name, "type": type} for name, type in (("TOP", "date"), ("START", "datetime"))
    )
    graph = graph_of(study_of([once(ranged, top, start)]))
    graph.answer(Cell("", "TOP"), Answer(date(2025, 3, 1), "2025-03-01"))
    graph.answer(Cell("", "START"), Answer(NINE, str(NINE)))
    found = []
    for value in (inside, beyond):
        graph.answer(Cell("", "A"), Answer(value, str(value)))
        found.append([(finding.low, finding.high) for _, finding in graph.findings()])
    assert found == [[], [told]]


def test_an_answer_that_was_taken_away_is_held_against_nothing() -> None:
    study = study_of([once(item("A", should="B > 3"), item("B"))])
    answers = {Cell("", "B"): number(1), Cell("", "A"): Answer(None, None)}  # so it is read from the record
    assert list(graph_of(study, answers).findings()) == []


def test_only_what_reads_what_changed_outside_is_worked_out_again() -> None:
    study = study_of([once(item("A", **{"is": "G.X + 1"}), item("B", **{"is": "H.Y + 1"}))])
    outside = Elsewhere({"G.X": 1, "H.Y": 1})
    graph = graph_of(study, outside=outside)
    outside.values = {"G.X": 5, "H.Y": 5}
    (ref,) = [ref for ref in graph.plan.outside if ref.form == "G"]
    assert graph.look_outside([ref]) == {Cell("", "A")}
    assert graph.state(Cell("", "B")).value == 2  # type: ignore[union-attr]
    assert graph.look_outside() == {Cell("", "B")}


def test_the_same_row_of_another_form_is_outside_even_where_the_item_has_a_name_of_this_form() -> None:
    study = study_of([rows(item("A")), once(item("N", **{"is": "count(r for r in G if r.H@BASE.A > 1)"}))])
    graph = graph_of(study)
    assert {str(ref) for ref in graph.plan.outside} == {"r.H@BASE.A"}


def test_rows_touched_by_a_change_are_those_that_read_it() -> None:
    study = study_of(
        [once(item("T"), item("SUM", **{"is": "sum(r.A for r in G)"})),
         rows(item("A", when="T > 0"), item("B", **{"is": "A + ABOVE.A"}))]
    )  # fmt: skip
    plan: FormPlan = graph_of(study).plan
    assert plan.edges["T"].cores == {"A": Reach.ALL}
    assert plan.edges["A"].cores == {"SUM": Reach.ALL, "B": Reach.ALL}
    assert plan.above == ("B",)


def test_an_answer_where_there_is_no_such_cell_is_a_fault_of_the_caller() -> None:
    graph: FormGraph = graph_of(study_of([once(item("A"))]))
    with pytest.raises(KeyError):
        graph.answer(Cell("R9", "A"), number(1))
    assert graph.state(Cell("", "NONE")) is None
    assert not graph.has(Cell("R9", "A"))


def test_calculated_values_are_rounded_half_up_and_hold_the_digits_of_their_item() -> None:
    mean = {"item": "MEAN", "ask": "Mean", "type": "decimal(1)", "is": "(A + B) / 4"}
    study = study_of([once(item("A"), item("B"), mean)])
    graph = graph_of(study, {Cell("", "A"): number(4), Cell("", "B"): number(1)})
    state = graph.state(Cell("", "MEAN"))
    assert state is not None
    assert (state.value, state.text) == (Decimal("1.3"), "1.3")
