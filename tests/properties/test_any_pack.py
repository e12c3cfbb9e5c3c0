"""Laws of every study pack, tried on made-up packs: whatever is done in whatever order.

``CRFAPP_EXAMPLES=1000 pytest tests/properties`` tries as many examples, other ones each time; without it a
few, always the same.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crfapp.ledger.chain import first_break
from tests.properties.orders import Casebook, answers
from tests.properties.packs import packs
from tests.properties.work import MadeUpClinic, steps
from tests.support.in_line import folded_again, out_of_line

EXAMPLES = int(os.environ.get("CRFAPP_EXAMPLES", "0"))

any_pack = settings(
    deadline=None,
    max_examples=EXAMPLES or 60,
    derandomize=not EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@any_pack
@given(st.data())
def test_whatever_is_done_the_record_is_what_fresh_forms_say(data: st.DataObject) -> None:
    study = data.draw(packs())
    clinic = MadeUpClinic(study)
    clinic.begin(data.draw(st.integers(0, 99)))
    for step in data.draw(st.lists(steps(study), min_size=15, max_size=40)):
        clinic.take(step)
    assert out_of_line(clinic, clinic.looked_at) == []
    assert folded_again(clinic).rows == clinic.ledger.tables.rows
    assert first_break(clinic.ledger.links) is None


@any_pack
@given(st.data())
def test_the_order_of_the_answers_never_matters(data: st.DataObject) -> None:
    study = data.draw(packs(ordered=True))
    told = data.draw(answers(study))
    one, other = Casebook(study), Casebook(study)
    one.enter_all(told)
    stands = one.in_force(told)
    assert other.enter_all(data.draw(st.permutations(stands))) == []
    assert other.says() == one.says()
