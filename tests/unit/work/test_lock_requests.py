"""What the centre asks to lock is done where it knew everything, and refused where it did not (REQ-607)."""

from __future__ import annotations

import pytest

import crfapp.work.lock_requests as requests_module
from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Locked, LockRefused
from crfapp.ledger.keys import EventId, Scope
from crfapp.ledger.state import LockAskedRow
from crfapp.work.entry import CompleteForm, ReopenForm
from crfapp.work.lock_requests import HELD, UNSENT, AnswerLocks, AskLock
from crfapp.work.subjects import EnrolSubject
from tests.support.central import NODE, at_centre
from tests.support.clinic import RANIA
from tests.support.signing_ward import MANAGER, SigningWard


@pytest.fixture
def ward() -> SigningWard:
    """A form that may be locked."""
    ward = SigningWard()
    ward.fill()
    ward.sign(Scope(*ward.dm), "REVIEWED")
    ward.verify(ward.dm, "W")
    return ward


def ask(ward: SigningWard, scope: Scope) -> EventId:
    """The centre asks; which event that is."""
    with at_centre(ward) as bus:
        bus.send(AskLock(scope=scope), MANAGER)
    return ward.records()[-1].envelope.id


def state(ward: SigningWard, asked: EventId) -> tuple[str, str]:
    row = ward.ledger.tables.get(LockAskedRow, *asked)
    assert row is not None
    return row.state, row.code


@pytest.mark.req("REQ-607", "REQ-504")
def test_what_the_centre_asks_for_is_done_by_the_site_and_says_for_whom(ward: SigningWard) -> None:
    scope = Scope(*ward.dm)
    asked = ask(ward, scope)
    assert not ward.is_locked(scope)
    (event,) = ward.bus.send(AnswerLocks(), RANIA).events
    assert isinstance(event, Locked)
    assert event.asked == asked
    assert ward.is_locked(scope)
    assert state(ward, asked) == ("done", "")
    assert ward.bus.send(AnswerLocks(), RANIA).events == ()


def changed_after(ward: SigningWard) -> EventId:
    """The centre asks, knowing less than there is: the nurse corrected the form, and it was signed again."""
    known = ward.ledger.ends()
    ward.send(ReopenForm(key=ward.dm, reason="more to say"))
    ward.send(CompleteForm(key=ward.dm))
    ward.sign(Scope(*ward.dm), "REVIEWED")
    ends, ward.ledger.ends = ward.ledger.ends, lambda: known  # type: ignore[method-assign]
    asked = ask(ward, Scope(*ward.dm))
    ward.ledger.ends = ends  # type: ignore[method-assign]
    return asked


@pytest.mark.req("REQ-607", "REQ-608")
def test_a_lock_that_meets_a_change_that_was_not_sent_is_refused(ward: SigningWard) -> None:
    asked = changed_after(ward)
    (event,) = ward.bus.send(AnswerLocks(), RANIA).events
    assert isinstance(event, LockRefused)
    assert state(ward, asked) == ("refused", UNSENT)
    assert not ward.is_locked(Scope(*ward.dm))


@pytest.mark.req("REQ-607", "REQ-608")
def test_a_site_that_does_not_look_for_unsent_changes_locks_over_them(
    ward: SigningWard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotaged twin: without the safeguard the same wish is carried out, which the check above sees."""
    asked = changed_after(ward)
    monkeypatch.setattr(requests_module, "_changed_since", lambda _desk, _row: False)
    ward.bus.send(AnswerLocks(), RANIA)
    assert state(ward, asked) == ("done", "")


def test_what_stands_in_the_way_at_the_site_is_the_answer(ward: SigningWard) -> None:
    asked = ask(ward, Scope(ward.subject))  # the casebook is not signed
    ward.bus.send(AnswerLocks(), RANIA)
    assert state(ward, asked) == ("refused", "signature")


def test_another_subject_that_changed_is_no_hindrance(ward: SigningWard) -> None:
    asked = ask(ward, Scope(*ward.dm))
    ward.send(EnrolSubject())
    ward.bus.send(AnswerLocks(), RANIA)
    assert state(ward, asked) == ("done", "")


def test_two_wishes_for_the_same_are_answered_one_after_the_other(ward: SigningWard) -> None:
    scope = Scope(*ward.dm)
    first = ask(ward, scope)
    with pytest.raises(RefusedError) as refused, at_centre(ward) as bus:
        bus.send(AskLock(scope=scope), MANAGER)
    assert refused.value.code is Code.HELD_ALREADY
    ward.lock(scope)  # at the site itself, before the centre's package came
    ward.bus.send(AnswerLocks(), RANIA)
    assert state(ward, first) == ("refused", HELD)
    assert first.node == NODE


@pytest.mark.req("REQ-504")
def test_a_workstation_of_the_site_does_not_speak_for_the_centre(ward: SigningWard) -> None:
    with pytest.raises(RefusedError) as refused:
        ward.bus.send(AskLock(scope=Scope(*ward.dm)), MANAGER)
    assert refused.value.code is Code.NOT_SAID_HERE
