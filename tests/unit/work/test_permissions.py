"""Who may do what, in which state: the page that was approved is what the program does, below the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code
from crfapp.ledger.events import KINDS
from crfapp.work.cases import USE_CASES
from crfapp.work.roles import RIGHTS, Right, Role
from tests.support.examples import EXAMPLES
from tests.support.permission_states import STANDINGS, STATES
from tests.support.permissions import DONE, NOTHING, Matrix, ask_everything, needs_of
from tests.support.permissions_page import page_of
from tools.permissions import PAGE

if TYPE_CHECKING:
    from crfapp.work.cases import Command

SPONSOR = (Role.MONITOR, Role.DATA_MANAGER)
READERS = (*SPONSOR, Role.AUDITOR, Role.ADMINISTRATOR)
CONDUCT = frozenset({Right.ENROL, Right.SCHEDULE, Right.RECORD, Right.ANSWER})
APART = (
    ({Right.ADMINISTER, Right.FOUND}, CONDUCT | {Right.SIGN, Right.OVERSEE}),
    ({Right.ADMINISTER, Right.FOUND}, {Right.VERIFY, Right.ASK, Right.LOCK, Right.FREEZE}),
    (CONDUCT | {Right.SIGN, Right.OVERSEE}, {Right.VERIFY, Right.ASK, Right.LOCK, Right.FREEZE}),
    ({Right.VERIFY}, {Right.LOCK}),
)
"""Rights that must not meet in one account, two sides each: who answers does not verify, who keeps the
accounts takes no part, and whoever compares with the source is not who closes the books."""


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    return ask_everything()


@pytest.mark.req("REQ-216", "REQ-505")
def test_every_cell_of_the_approved_page_comes_out_as_it_says(matrix: Matrix) -> None:
    assert page_of(matrix) == PAGE.read_text(encoding="utf-8"), (
        "somebody's rights are others than approved: run `make permissions`, read the difference, and"
        " commit the page with what changed it"
    )


@pytest.mark.req("REQ-216")
def test_nothing_is_left_out(matrix: Matrix) -> None:
    assert {command.__name__ for command in USE_CASES} == {command.__name__ for command in matrix.commands}
    everywhere = {"example", "site-locked", *(standing.name for standing in STANDINGS)}
    states = [*(state.name for state in STATES), *(standing.name for standing in STANDINGS)]
    assert len(states) == len(set(states))
    for command in matrix.commands:
        asked = {state for name, state, _ in matrix.cells if name == command.__name__}
        assert everywhere <= asked
        assert all(set(matrix.row(command.__name__, state)) == set(Role) for state in asked)
    assert {state for _, state, _ in matrix.cells} == set(states)  # no state is one that never occurs


@pytest.mark.req("REQ-216")
def test_who_does_not_hold_the_right_is_refused_in_every_state_and_it_is_kept_that_they_tried(
    matrix: Matrix,
) -> None:
    for (command, _state, role), cell in matrix.cells.items():
        if needs_of(command) not in {right.value for right in RIGHTS[role]}:
            assert cell.outcome == Code.NOT_ALLOWED.value, (command, role)
            assert cell.kinds == ("act-refused",)
            assert not cell.clinical


@pytest.mark.req("REQ-216")
def test_a_refused_command_leaves_nothing_but_that_it_was_refused(matrix: Matrix) -> None:
    for place, cell in matrix.cells.items():
        if cell.outcome not in (DONE, NOTHING):
            assert cell.kinds in ((), ("act-refused",)), place
            assert not cell.clinical, place


@pytest.mark.req("REQ-504", "REQ-505")
@pytest.mark.parametrize("role", READERS)
def test_who_only_reads_writes_no_answer_by_any_command_in_any_state(matrix: Matrix, role: Role) -> None:
    wrote = {place for place, cell in matrix.cells.items() if cell.clinical and place[2] is role}
    assert wrote == set()
    assert any(cell.clinical for (_, _, other), cell in matrix.cells.items() if other is Role.NURSE)


@pytest.mark.req("REQ-508")
def test_duties_that_must_not_meet_are_held_by_no_role() -> None:
    for role in Role:
        for one, other in APART:
            assert not (RIGHTS[role] & one and RIGHTS[role] & other), role


# ---- twins: each of these must be seen


def _of(command: type[Command]) -> Matrix:
    return ask_everything({command: EXAMPLES[command]})


def _named(name: str) -> type[Command]:
    return next(command for command in EXAMPLES if command.__name__ == name)


def test_a_right_given_to_one_more_role_shows_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    command = _named("RecordAnswer")
    before = page_of(_of(command))
    monkeypatch.setitem(RIGHTS, Role.MONITOR, RIGHTS[Role.MONITOR] | {Right.RECORD})
    given = _of(command)
    assert page_of(given) != before
    assert given.cells["RecordAnswer", "example", Role.MONITOR].clinical  # what REQ-504 is asserted by


def test_a_lock_that_does_not_hold_shows_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    command = _named("RecordAnswer")
    before = page_of(_of(command))
    monkeypatch.setattr("crfapp.work.bus.refuse_held", lambda _desk, _events: None)
    assert page_of(_of(command)) != before


def test_an_account_that_has_ended_and_still_works_shows_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    command = _named("EnrolSubject")
    before = page_of(_of(command))
    monkeypatch.setattr("crfapp.work.bus.refuse_unfit", lambda _case, _desk, _actor: None)
    assert page_of(_of(command)) != before


def test_kinds_that_count_as_clinical_are_those_of_the_answers() -> None:
    from tests.support.permissions import CLINICAL_KINDS

    assert {"value-recorded", "row-voided", "visit-started", "form-completed"} <= CLINICAL_KINDS
    assert {"query-raised", "item-verified", "locked"}.isdisjoint(CLINICAL_KINDS)
    assert set(KINDS) > CLINICAL_KINDS
