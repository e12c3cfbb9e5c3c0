"""A form that was filled on paper first says who observed, when, and why it is entered late."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.state import FormRow, PaperRow
from crfapp.work.transcribing import NoteTranscription
from tests.support.in_line import folded_again, out_of_line
from tests.support.ward import Ward

TOLD = {"observer": "Rania Haddad", "observed": "2025-01-05T08:30", "reason": "no electricity until ten"}


@pytest.mark.req("REQ-413")
def test_the_mark_says_who_observed_when_and_why_it_is_entered_late() -> None:
    ward = Ward()
    dose = ward.form("DOSE", ward.injected("2025-01-05"))
    outcome = ward.send(NoteTranscription(key=dose, **TOLD))
    assert outcome.events[-1].reason == TOLD["reason"]
    row = ward.ledger.tables.get(PaperRow, *dose)
    assert row is not None
    assert (row.observer, row.observed, row.reason) == tuple(TOLD.values())
    assert (row.login, row.at[:16]) == ("rania", "2025-01-05T06:10")
    ward.enter(dose, VOL="2")
    assert out_of_line(ward) == []  # what the form works out from elsewhere was recorded when it began
    assert folded_again(ward).rows == ward.ledger.tables.rows


@pytest.mark.req("REQ-413")
def test_a_mark_that_was_wrong_is_told_anew_and_the_first_one_stays_in_the_ledger() -> None:
    ward = Ward()
    ward.send(NoteTranscription(key=ward.dm, **TOLD))
    ward.send(NoteTranscription(key=ward.dm, **{**TOLD, "observed": "2025-01-05T08:45"}))
    row = ward.ledger.tables.get(PaperRow, *ward.dm)
    assert row is not None
    assert row.observed == "2025-01-05T08:45"
    told = [r.event.model_dump()["observed"] for r in ward.records() if r.event.kind == "form-transcribed"]
    assert told == ["2025-01-05T08:30", "2025-01-05T08:45"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"observer": "  "}, Code.OBSERVER_NEEDED),
        ({"observed": "2025-01-05"}, Code.NOT_A_DATE),
        ({"observed": "2025-01-05T09:11"}, Code.OBSERVED_AHEAD),
        ({"reason": ""}, Code.REASON_NEEDED),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused_and_the_form_not_begun(
    wrong: dict[str, str], code: Code
) -> None:
    ward = Ward()
    with pytest.raises(RefusedError) as refused:
        ward.send(NoteTranscription(key=ward.dm, **{**TOLD, **wrong}))
    assert refused.value.code is code
    assert ward.ledger.tables.get(FormRow, *ward.dm) is None
