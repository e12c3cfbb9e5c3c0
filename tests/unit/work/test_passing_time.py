"""What time alone brings about is noticed whether or not the form was open since."""

from __future__ import annotations

import pytest

from crfapp.work.passing_time import LookAtClock
from tests.support.ward import Ward


@pytest.mark.parametrize("restarted", [False, True], ids=["open since", "program begun anew"])
def test_what_falls_due_is_raised_once(restarted: bool) -> None:
    ward = Ward()
    ward.enter(ward.form("DOSE", ward.injected()), VOL="1")
    ward.clock.later(days=40)
    look = LookAtClock(subject=ward.subject)
    raised = []
    for _ in range(3):
        if restarted:
            ward.desk.forget_forms()
        raised += [event.kind for event in ward.send(look).events]
    assert raised == ["finding-raised"]
