"""Steps in which people ask and answer, and journeys that ask wrongly."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.told import read_journey
from tests.support.playing import played

HEAD = """\
journey: asked-in-a-test
pack: nct06813027
site: {code: JO01, zone: Asia/Amman}
people: {rania: nurse, weber: monitor}
steps:
  - {at: 2025-01-05T09:10, as: rania, enrol: {}}
  - {visit: V_SCR, date: 2025-01-05}
  - {form: DM, set: {SEX: F}}
"""
LINE = HEAD.count("\n") + 1


def wrong(steps: str) -> dict[str, str | int]:
    with pytest.raises(RefusedError) as caught:
        played(read_journey(HEAD + steps, "asked.yaml"))
    assert caught.value.code is Code.JOURNEY_WRONG
    return caught.value.facts


@pytest.mark.parametrize(
    ("step", "what"),
    [
        ("{as: weber, close: {query: q7}}", "no step before this one asked a query with the name 'q7'"),
        ("{answer: {query: q7, text: Corrected}}", "no step before this one"),
        ("{form: DM, answers: q7, set: {SEX: M}}", "no step before this one"),
        ("{as: weber, query: {item: SEX, text: Is it so}}", "an item or row is asked about in a form"),
        ("{as: weber, query: {form: DM, item: SEX}}", "'query' does not say its 'text'"),
        ("{as: weber, query: {form: DM, itm: SEX, text: Is it so}}", "unknown key 'itm'"),
        ("{expect: {queries: {opne: 0}}}", "the expectation 'queries' cannot be understood"),
    ],
)
def test_a_step_that_asks_wrongly_is_named_with_its_line(step: str, what: str) -> None:
    facts = wrong(f"  - {step}\n")
    assert facts["line"] == LINE
    assert str(facts["what"]).startswith(what)


def test_queries_of_checks_and_of_people_are_counted_together() -> None:
    steps = (
        "  - {form: VS, set: {VSPERF: Y, SYSBP_VSORRES: '70'}, expect: {queries: {open: %s}}}\n"
        "  - {as: weber, query: {visit: V_SCR, text: Where is the source}, name: q1}\n"
        "  - {expect: {queries: {open: %s, answered: 0}}}\n"
        "  - {as: rania, answer: {query: q1, text: In the chart}}\n"
        "  - {expect: {queries: {open: %s, answered: 1}}}\n"
    )
    outcome, _ = played(read_journey(HEAD + steps % (1, 2, 1), "asked.yaml"))
    assert outcome.unmet == []
    outcome, _ = played(read_journey(HEAD + steps % (1, 1, 1), "asked.yaml"))
    assert [(u.expected, u.seen) for u in outcome.unmet] == [("1 queries open", "2")]
