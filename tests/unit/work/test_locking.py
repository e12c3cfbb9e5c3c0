"""Freezing, locking and opening again: nothing held changes by any way, and no lock without a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import crfapp.work.locking as locking_module
import crfapp.work.marks as marks_module
from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.changes import Put
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import FindingRow, LockRow, QueryRow, SignatureRow
from crfapp.work.entry import CompleteForm, ConfirmFinding, RecordAnswer, ReopenForm
from crfapp.work.lock_conditions import SIGNATURE, in_the_way_of_locking
from crfapp.work.locking import AgreeUnlock, AskUnlock, DeclineUnlock, Freeze, Lock, Unfreeze
from crfapp.work.passing_time import LookAtClock
from crfapp.work.row_work import AddRow, VoidRow
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import BookVisit
from tests.support.clinic import RANIA
from tests.support.signing_ward import HADDAD, MANAGER, MONITOR, SigningWard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.work.cases import Command
    from crfapp.work.roles import Actor


def code_of(ward: SigningWard, command: Command, who: Actor) -> Code:
    """With which code a command is refused."""
    with pytest.raises(RefusedError) as caught:
        ward.bus.send(command, who)
    return caught.value.code


@pytest.fixture
def ward() -> SigningWard:
    """Everything filled, nothing signed."""
    ward = SigningWard()
    ward.fill()
    return ward


def ready(ward: SigningWard) -> Scope:
    """A form that may be locked."""
    scope = Scope(*ward.dm)
    ward.sign(scope, "REVIEWED")
    ward.verify(ward.dm, "W")
    return scope


# ---- what a lock asks for


@pytest.mark.req("REQ-607")
def test_a_form_is_locked_when_nothing_stands_in_the_way(ward: SigningWard) -> None:
    scope = Scope(*ward.dm)

    def left() -> set[str]:
        return {one.what for one in in_the_way_of_locking(ward.desk, scope)}

    assert left() == {"signature", "verification"}
    assert code_of(ward, Lock(scope=scope), MANAGER) is Code.LOCK_HINDERED
    ward.sign(scope, "REVIEWED")
    assert left() == {"verification"}
    ward.verify(ward.dm, "W")
    query = QueryRow("q1", *ward.dm, "", "W", "open", "weber", "monitor", "", "", "ws-test", 1)
    ward.ledger.tables.apply([Put(query)])
    assert left() == {"query"}
    ward.ledger.tables.apply([Put(query._replace(state="closed"))])
    ward.lock(scope)
    assert ward.is_locked(scope)
    assert code_of(ward, Lock(scope=scope), MANAGER) is Code.HELD_ALREADY


@pytest.mark.req("REQ-607")
def test_a_form_that_is_not_complete_is_not_locked(ward: SigningWard) -> None:
    scope = ready(ward)
    ward.send(ReopenForm(key=ward.dm, reason="more to say"))
    assert {one.what for one in in_the_way_of_locking(ward.desk, scope)} == {"incomplete", "signature"}


@pytest.mark.req("REQ-607", "REQ-511")
def test_casebook_and_site_are_locked_from_the_inside_out(ward: SigningWard) -> None:
    casebook = Scope(ward.subject)
    assert code_of(ward, Lock(scope=Scope()), MANAGER) is Code.LOCK_HINDERED
    ready(ward)
    assert code_of(ward, Lock(scope=casebook), MANAGER) is Code.LOCK_HINDERED
    ward.sign(casebook, "CASEBOOK")
    ward.lock(casebook)
    ward.lock(Scope())
    others: list[tuple[Command, Actor]] = [
        (EnrolSubject(), RANIA),
        (BookVisit(key=ward.scr._replace(visit="V_B"), date="2025-01-19"), RANIA),
        (RecordAnswer(key=ward.dm, item="W", typed="70", reason="weighed again"), HADDAD),
        (AddRow(key=ward.ld, section="AREAS"), HADDAD),
    ]
    for command, who in others:
        assert code_of(ward, command, who) in (Code.SITE_HELD, Code.FORM_HELD, Code.UNKNOWN_FORM)


# ---- what is held


WAYS: dict[str, Callable[[SigningWard], Command]] = {
    "answer": lambda w: RecordAnswer(key=w.dm, item="W", typed="70", reason="weighed again"),
    "missing": lambda w: RecordAnswer(key=w.dm, item="W", missing="ND", reason="scales were broken"),
    "reopen": lambda w: ReopenForm(key=w.dm, reason="more to say"),
}


@pytest.mark.req("REQ-511", "REQ-411", "REQ-607")
@pytest.mark.parametrize("level", ["form", "visit", "casebook", "site"])
@pytest.mark.parametrize("way", WAYS)
def test_nothing_in_a_held_form_changes_by_any_way(ward: SigningWard, level: str, way: str) -> None:
    scope = {
        "form": Scope(*ward.dm),
        "visit": Scope(*ward.scr),
        "casebook": Scope(ward.subject),
        "site": Scope(),
    }
    ward.bus.send(Freeze(scope=scope[level], reason="interim look"), MONITOR)
    for who in (RANIA, HADDAD):
        assert code_of(ward, WAYS[way](ward), who) is Code.FORM_HELD
    ward.bus.send(Unfreeze(scope=scope[level], reason="look is over"), MANAGER)
    assert ward.bus.send(WAYS[way](ward), RANIA).events


def with_a_finding_to_confirm(ward: SigningWard) -> dict[str, Command]:
    """A form taken up again with an unlikely age; what finishes it."""
    ward.send(ReopenForm(key=ward.dm, reason="more to say"))
    ward.enter(ward.dm, AGE="75")
    assert ("", "AGE", "SOFT:AGE") in ward.findings(ward.dm)
    confirm = ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE", reason="passport seen")
    return {"confirm": confirm, "complete": CompleteForm(key=ward.dm)}


@pytest.mark.req("REQ-511", "REQ-607")
@pytest.mark.parametrize("level", ["form", "visit", "casebook", "site"])
def test_a_held_form_is_neither_completed_nor_are_its_findings_confirmed(
    ward: SigningWard, level: str
) -> None:
    said = with_a_finding_to_confirm(ward)
    places = (Scope(*ward.dm), Scope(*ward.scr), Scope(ward.subject), Scope())
    (scope,) = (one for one in places if one.level == level)
    ward.bus.send(Freeze(scope=scope, reason="interim look"), MONITOR)
    for command in said.values():
        assert code_of(ward, command, RANIA) is Code.FORM_HELD
    assert ("", "AGE", "SOFT:AGE") in ward.findings(ward.dm), "nothing of it was recorded"
    ward.bus.send(Unfreeze(scope=scope, reason="look is over"), MANAGER)
    for command in said.values():
        assert ward.bus.send(command, RANIA).events


@pytest.mark.req("REQ-511")
@pytest.mark.parametrize("what", ["confirm", "complete"])
def test_a_guard_that_looks_at_answers_alone_is_found(
    ward: SigningWard, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marks_module, "_HELD", marks_module._CHANGES)
    said = with_a_finding_to_confirm(ward)
    ward.bus.send(Freeze(scope=Scope(*ward.dm), reason="interim look"), MONITOR)
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        code_of(ward, said[what], RANIA)


def test_rows_are_neither_added_nor_struck_out_in_a_held_log(ward: SigningWard) -> None:
    ae = FormKey(ward.subject, "V_LOG", 1, "AE", 1)
    row = ward.add_row(ae, "EVENTS")
    ward.bus.send(Freeze(scope=Scope(*ae), reason="interim look"), MONITOR)
    assert code_of(ward, AddRow(key=ae, section="EVENTS"), RANIA) is Code.FORM_HELD
    void = VoidRow(key=ae, section="EVENTS", row=row, reason="entered twice")
    assert code_of(ward, void, RANIA) is Code.FORM_HELD


@pytest.mark.req("REQ-607")
def test_a_change_elsewhere_that_would_change_a_held_form_is_refused_and_names_it(ward: SigningWard) -> None:
    sv = ward.form("SV", ward.last)
    ward.bus.send(Freeze(scope=Scope(*ward.sv), reason="interim look"), MONITOR)
    with pytest.raises(
        RefusedError
    ) as caught:  # the screening counts its days from the visit of the injection
        ward.enter(sv, VISDAT="2025-01-13", reason="misread")
    assert caught.value.code is Code.FORM_HELD
    assert (caught.value.facts["form"], caught.value.facts["visit"]) == ("SV", "V_SCR")
    assert ward.value(sv, "VISDAT") == "2025-01-12", "nothing of it was recorded"


@pytest.mark.req("REQ-607")
def test_the_clock_passes_by_what_is_held_and_is_caught_up_with_afterwards(ward: SigningWard) -> None:
    dose = ward.form("DOSE", ward.last)
    ward.bus.send(Freeze(scope=Scope(*dose), reason="interim look"), MONITOR)
    ward.clock.later(days=40)
    assert ward.send(LookAtClock(subject=ward.subject)).events == ()
    found = ward.bus.send(Unfreeze(scope=Scope(*dose), reason="look is over"), MONITOR)
    assert [event.kind for event in found.events] == ["unfrozen", "finding-raised"]


@pytest.mark.req("REQ-307")
def test_what_is_frozen_may_still_be_signed(ward: SigningWard) -> None:
    ward.bus.send(Freeze(scope=Scope(ward.subject), reason="before the lock"), MANAGER)
    ward.sign(Scope(*ward.dm), "REVIEWED")
    assert ward.sign(Scope(ward.subject), "CASEBOOK").events


# ---- opening again


@pytest.mark.req("REQ-607", "REQ-305")
def test_two_sides_open_it_again_and_an_edit_outdates_the_signature(ward: SigningWard) -> None:
    scope = ready(ward)
    ward.lock(scope)
    assert code_of(ward, AskUnlock(scope=scope), MANAGER) is Code.REASON_NEEDED
    assert code_of(ward, AgreeUnlock(scope=scope), HADDAD) is Code.UNLOCK_NOT_ASKED
    ward.bus.send(AskUnlock(scope=scope, reason="a value is wrong"), MANAGER)
    assert code_of(ward, AgreeUnlock(scope=scope), MANAGER) is Code.NOT_ALLOWED
    ward.bus.send(DeclineUnlock(scope=scope, reason="it is right"), HADDAD)
    assert ward.is_locked(scope)
    ward.bus.send(AskUnlock(scope=scope, reason="it is not"), MANAGER)
    assert code_of(ward, AskUnlock(scope=scope, reason="again"), MANAGER) is Code.HELD_ALREADY
    ward.bus.send(AgreeUnlock(scope=scope), HADDAD)
    assert [row.state for row in ward.signatures("valid")] == ["valid"], "opening alone changes nothing"
    ward.enter(ward.dm, W="62", reason="weighed again")
    assert [row.state for row in ward.signatures("outdated")] == ["outdated"]
    assert code_of(ward, Lock(scope=scope), MANAGER) is Code.LOCK_HINDERED


def test_a_wish_to_open_a_form_keeps_its_casebook_from_being_locked(ward: SigningWard) -> None:
    form = ready(ward)
    ward.sign(Scope(ward.subject), "CASEBOOK")
    ward.lock(form)
    ward.bus.send(AskUnlock(scope=form, reason="a value is wrong"), MANAGER)
    left = {one.what for one in in_the_way_of_locking(ward.desk, Scope(ward.subject))}
    assert left == {"unlocking"}


def test_what_is_not_there_is_neither_frozen_nor_locked(ward: SigningWard) -> None:
    nothing = (Scope("nobody"), Scope(*ward.scr._replace(visit="V_NO")), Scope(*ward.form("UNS")))
    for scope in nothing:
        assert code_of(ward, Freeze(scope=scope, reason="interim look"), MONITOR) in (
            Code.UNKNOWN_SUBJECT,
            Code.UNKNOWN_VISIT,
            Code.UNKNOWN_FORM,
        )
    assert code_of(ward, Unfreeze(scope=Scope(*ward.dm), reason="not frozen"), MONITOR) is Code.NOT_HELD


# ---- any order


class AnyOrder(RuleBasedStateMachine):
    """People do what they like in any order; the rules keep what they promise."""

    locks = 0
    """How often something was locked on the way, so that the promises were tried at all."""

    def __init__(self) -> None:
        super().__init__()
        self.ward = SigningWard()
        self.ward.fill()
        self.scopes = [Scope(*self.ward.dm), Scope(self.ward.subject)]
        self.content_at_lock: dict[Scope, str] = {}
        self.typed = 0

    def _try(self, command: Command, who: Actor) -> bool:
        try:
            self.ward.bus.send(command, who)
        except RefusedError:
            return False
        return True

    @rule(which=st.integers(0, 1))
    def sign(self, which: int) -> None:
        try:
            self.ward.sign(self.scopes[which], ("REVIEWED", "CASEBOOK")[which])
        except RefusedError:
            return

    @rule()
    def edit(self) -> None:
        self.typed += 1
        typed = f"{60 + self.typed % 30}"
        before = {scope: self._current(scope) for scope in self.scopes}
        changes = self.ward.value(self.ward.dm, "W") != f"{typed}.0"
        held = any(self._state(scope) for scope in self.scopes)
        done = self._try(RecordAnswer(key=self.ward.dm, item="W", typed=typed, reason="weighed again"), RANIA)
        assert not (done and held and changes)
        if done and changes:
            assert not any(self._current(scope) for scope in self.scopes if before[scope]), "outdated at once"

    @rule()
    def verify(self) -> None:
        self.ward.verify(self.ward.dm, "W")

    @rule()
    def complete(self) -> None:
        self._try(CompleteForm(key=self.ward.dm), RANIA)

    @rule(which=st.integers(0, 1))
    def freeze(self, which: int) -> None:
        self._try(Freeze(scope=self.scopes[which], reason="interim look"), MONITOR)

    @rule(which=st.integers(0, 1))
    def unfreeze(self, which: int) -> None:
        self._try(Unfreeze(scope=self.scopes[which], reason="look is over"), MONITOR)

    @rule(which=st.integers(0, 1))
    def lock(self, which: int) -> None:
        if self._try(Lock(scope=self.scopes[which]), MANAGER):
            AnyOrder.locks += 1
            self.content_at_lock[self.scopes[which]] = self.ward.content(self.scopes[which])

    @precondition(lambda self: any(self._state(scope) == "locked" for scope in self.scopes))
    @rule(which=st.integers(0, 1), agrees=st.booleans())
    def unlock(self, which: int, agrees: bool) -> None:
        scope = self.scopes[which]
        self._try(AskUnlock(scope=scope, reason="a value is wrong"), MANAGER)
        if agrees:
            self._try(AgreeUnlock(scope=scope), HADDAD)

    def _state(self, scope: Scope) -> str:
        row = self.ward.ledger.tables.get(LockRow, *scope)
        return row.state if row is not None and row.state in ("frozen", "locked") else ""

    def _current(self, scope: Scope) -> bool:
        rows = self.ward.ledger.tables.find(SignatureRow, **scope._asdict(), state="valid")
        return any(row.content == self.ward.content(scope) for row in rows)

    @invariant()
    def locked_means_signed_as_it_is(self) -> None:
        for scope in self.scopes:
            if self._state(scope) == "locked":
                assert self._current(scope), f"{scope.level} is locked without a current signature"
                assert self.ward.content(scope) == self.content_at_lock[scope]

    @invariant()
    def valid_means_unchanged(self) -> None:
        for row in self.ward.ledger.tables.find(SignatureRow, state="valid"):
            assert row.content == self.ward.content(row.scope)


ORDERS = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.mark.req("REQ-307", "REQ-607", "REQ-305")
def test_no_order_of_acts_locks_what_is_not_signed_as_it_is() -> None:
    AnyOrder.locks = 0
    AnyOrder.TestCase.settings = ORDERS
    AnyOrder.TestCase("runTest").runTest()
    assert AnyOrder.locks > 0


@pytest.mark.req("REQ-307")
def test_a_lock_that_forgets_to_ask_for_the_signature_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(desk: object, scope: Scope) -> Iterator[object]:
        found = in_the_way_of_locking(desk, scope)  # type: ignore[arg-type]
        return (one for one in found if one.what != SIGNATURE)

    monkeypatch.setattr(locking_module, "in_the_way_of_locking", forgetful)
    AnyOrder.TestCase.settings = settings(ORDERS, max_examples=200, phases=[Phase.generate])
    with pytest.raises(AssertionError, match="locked without a current signature"):
        AnyOrder.TestCase("runTest").runTest()


def test_findings_stay_findings_in_a_held_form(ward: SigningWard) -> None:
    """A query of a check may still be raised where nothing may be answered."""
    ward.bus.send(Freeze(scope=Scope(*ward.form("DOSE", ward.last)), reason="interim look"), MONITOR)
    ward.enter(ward.dm, W="5", H="90", reason="weighed again")
    assert ward.ledger.tables.find(FindingRow, form="DOSE", state="open")
