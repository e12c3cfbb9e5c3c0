"""Laws of every study pack, tried on made-up packs: whatever is done in whatever order.

``CRFAPP_EXAMPLES=1000 pytest tests/properties`` tries as many examples, other ones each time; without it a
few, always the same. Each law has to notice a program that forgets what depends on what.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from crfapp.ledger.chain import first_break
from crfapp.ledger.keys import FormKey
from tests.properties.orders import Entered, entries
from tests.properties.work import Scene, scenes
from tests.support.in_line import folded_again, out_of_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.form.plan_parts import Edges
    from crfapp.study.study import Study
    from tests.support.clinic import Clinic

EXAMPLES = int(os.environ.get("CRFAPP_EXAMPLES", "0"))

few = settings(
    deadline=None,
    max_examples=EXAMPLES or 40,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
until_noticed = settings(few, max_examples=300, derandomize=True, phases=[Phase.generate])


@few
@given(scenes())
def test_whatever_is_done_the_record_is_what_fresh_forms_say(scene: Scene) -> None:
    clinic = scene.played()
    assert out_of_line(clinic, clinic.looked_at) == []
    assert folded_again(clinic).rows == clinic.ledger.tables.rows
    assert first_break(clinic.ledger.links) is None


@few
@given(entries())
def test_the_order_of_the_answers_never_matters(entered: Entered) -> None:
    first, second = entered.says()
    assert second == first


# ---- each law notices a program that is spoilt


def edges(study: Study, clinic: Clinic) -> Iterator[Edges]:
    for visit in study.head.visits:
        for held in visit.forms:
            yield from clinic.desk.forms.plan(FormKey("", visit.visit, 1, held.form, 1)).edges.values()


def forget_what_is_worked_out(study: Study, clinic: Clinic) -> None:
    for one in edges(study, clinic):
        one.cores.clear()


def forget_what_is_found(study: Study, clinic: Clinic) -> None:
    for one in edges(study, clinic):
        one.leaves.clear()
        one.checks.clear()


def forget_other_forms(study: Study, clinic: Clinic) -> None:
    for visit in study.head.visits:
        for held in visit.forms:
            for one in clinic.desk.forms.plan(FormKey("", visit.visit, 1, held.form, 1)).outside.values():
                one.cores.clear()
                one.leaves.clear()
                one.checks.clear()


SPOILT = [forget_what_is_worked_out, forget_what_is_found, forget_other_forms]


@pytest.mark.parametrize("spoil", SPOILT)
def test_the_law_of_the_record_would_notice(spoil: Callable[[Study, Clinic], None]) -> None:
    def is_noticed(scene: Scene) -> bool:
        return out_of_line(scene.played(spoil)) != []

    assert find(scenes(), is_noticed, settings=until_noticed)


@pytest.mark.parametrize("spoil", [forget_what_is_worked_out, forget_other_forms])
def test_the_law_of_order_would_notice(spoil: Callable[[Study, Clinic], None]) -> None:
    def is_noticed(entered: Entered) -> bool:
        first, second = entered.says(spoil)
        return first != second

    assert find(entries(), is_noticed, settings=until_noticed)


def test_the_law_of_the_ledger_would_notice_an_event_that_was_not_kept() -> None:
    def is_noticed(scene: Scene) -> bool:
        clinic = scene.played()
        clinic.ledger.links.pop()
        return folded_again(clinic).rows != clinic.ledger.tables.rows

    assert find(scenes(), is_noticed, settings=until_noticed)
