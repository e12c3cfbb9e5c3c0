"""Time brings about what is owed, whether the program ran all the while or was started just now."""

from __future__ import annotations

import pytest

from crfapp.work.passing_time import LookAtClock
from tests.support.ward import Ward


@pytest.mark.parametrize("started_anew", [False, True])
def test_what_time_alone_makes_due_is_asked_also_after_the_program_was_closed(started_anew: bool) -> None:
    ward = Ward()
    dose = ward.form("DOSE", ward.injected())
    ward.enter(dose, VOL="1")
    ward.clock.later(days=40)
    if started_anew:
        ward.desk.forget_forms()
    outcome = ward.send(LookAtClock(subject=ward.subject))
    assert [event.kind for event in outcome.events] == ["finding-raised"]
    assert ward.findings(dose) == [("", "VOL", "DS-02")]
    assert ward.send(LookAtClock(subject=ward.subject)).events == ()
