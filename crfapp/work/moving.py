"""A form that was entered for the wrong subject: void here, re-enter there, in three acts of two persons.

Somebody of the site asks, with a reason; a data manager agrees, or an investigator where no data manager has
an account here; the site carries it out. The sponsor's side never writes an answer (REQ-504), so agreeing
moves nothing. Nothing is rewritten: the answers are withdrawn with the reason where they were entered and
recorded anew where they belong, as they were typed, in one act; each names the event that it came from
(docs/decisions/0021-moved-forms.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    Event,
    FormMoveAgreed,
    FormMoveAsked,
    FormMoved,
    FormMoveDeclined,
    FormTakenOver,
    RowVoided,
    ValueRecorded,
)
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FormRow, FormRowRow, ItemRow, MoveRow, PersonRow
from crfapp.work.begun import is_begun
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.consequences import follow_elsewhere
from crfapp.work.findings import settled
from crfapp.work.heads import heads_of
from crfapp.work.marks import refuse_held_form
from crfapp.work.readers import ROWS, VISIT
from crfapp.work.readiness import refuse_unready
from crfapp.work.roles import Actor, Right, Role
from crfapp.work.taking_over import take_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk

_TOUCHED = (Topic.ANSWERS, Topic.FORMS, Topic.VISITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskMove(Command):
    """This form belongs to the visit ``to``, of another subject or of the same one; ``reason`` says why."""

    key: FormKey
    to: VisitKey


def _always(_cmd: AskMove | DeclineMove, _desk: Desk) -> bool:
    return True


@use_case(AskMove, needs=Right.RECORD, touches=(Topic.FORMS,), needs_reason=_always)
def ask_move(cmd: AskMove, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the request; refused where the form cannot be moved, or not there, before anybody is asked."""
    if waiting_moves(desk, cmd.key):
        raise RefusedError(Code.MOVE_WAITING, form=cmd.key.form)
    _refuse_immovable(desk, cmd.key)
    to = destination(desk, cmd.key, cmd.to)
    where = {"to_subject": to.subject, "to_visit": to.visit, "to_visit_n": to.visit_n}
    yield FormMoveAsked(**cmd.key._asdict(), move=desk.new_id(), **where, reason=cmd.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeMove(Command):
    """A second person agrees that a form is moved."""

    move: str


@use_case(AgreeMove, needs=Right.AGREE, touches=(Topic.FORMS,))
def agree_move(cmd: AgreeMove, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it; the site carries it out."""
    row = _waiting(desk, cmd.move, "asked")
    refuse_to_decide(desk, row, actor)
    yield FormMoveAgreed(**row.key._asdict(), move=row.move)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineMove(Command):
    """A second person does not agree; ``reason`` says why."""

    move: str


@use_case(DeclineMove, needs=Right.AGREE, touches=(Topic.FORMS,), needs_reason=_always)
def decline_move(cmd: DeclineMove, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it; the form stays as it is."""
    row = _waiting(desk, cmd.move, "asked")
    refuse_to_decide(desk, row, actor)
    yield FormMoveDeclined(**row.key._asdict(), move=row.move, reason=cmd.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveForm(Command):
    """Carry out what was asked and agreed."""

    move: str


@use_case(MoveForm, needs=Right.RECORD, touches=_TOUCHED)
def move_form(cmd: MoveForm, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Two linked groups of events in one act: withdrawn here, recorded there."""
    row = _waiting(desk, cmd.move, "agreed")
    _refuse_immovable(desk, row.key)
    to = destination(desk, row.key, row.to.at)
    carried = desk.tables.find(ItemRow, **row.key._asdict())
    rows = desk.tables.find(FormRowRow, **row.key._asdict(), voided=0)
    plan = take_over(desk, row.key, to, carried, rows)
    yield from _withdrawn(desk, row, to)
    left = yield from plan.recorded(actor)
    came = {f"from_{name}": part for name, part in row.key._asdict().items() if name != "form"}
    yield desk.lay(FormTakenOver(**to._asdict(), move=row.move, **came, left=left, reason=row.reason))


def moves_from(desk: Desk, key: FormKey) -> list[MoveRow]:
    """The requests about a form, the latest first."""
    found = desk.tables.find(MoveRow, **key._asdict())
    return sorted(found, key=lambda row: row.asked_at, reverse=True)


def waiting_moves(desk: Desk, key: FormKey) -> list[MoveRow]:
    """The request about a form that is not done with, if there is one."""
    return [row for row in moves_from(desk, key) if row.state in ("asked", "agreed")]


def moves_to(desk: Desk, key: FormKey) -> list[MoveRow]:
    """The moves that brought a form its answers."""
    found = desk.tables.find(MoveRow, to_subject=key.subject, state="done")
    return [row for row in found if row.to == key]


def destination(desk: Desk, key: FormKey, to: VisitKey) -> FormKey:
    """The form at a visit that the answers of another one can go into.

    MOVE_TARGET where it is not empty; UNKNOWN_FORM and the like where the visit does not wait for it.
    """
    number = 1
    if desk.study.form(key.form).repeats:
        there = desk.tables.find(FormRow, **to._asdict(), form=key.form)
        number = max((row.form_n for row in there), default=0) + 1
    found = FormKey(*to, key.form, number)
    refuse_unready(desk, found)
    if is_begun(desk, found):
        raise RefusedError(Code.MOVE_TARGET, form=key.form, visit=to.visit)
    refuse_held_form(desk, found)
    return found


def refuse_to_decide(desk: Desk, row: MoveRow, actor: Actor) -> None:
    """NOT_ALLOWED for whoever asked, and for an investigator where a data manager has an account."""
    decides = actor.role is Role.DATA_MANAGER or not _data_managers(desk)
    if actor.login == row.asked_by or not decides:
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=Right.AGREE.value)


def _data_managers(desk: Desk) -> bool:
    day = desk.today.isoformat()
    found = desk.tables.find(PersonRow, role=Role.DATA_MANAGER.value, ended=0)
    return any(row.valid_from <= day <= (row.valid_to or day) for row in found)


def _waiting(desk: Desk, move: str, state: str) -> MoveRow:
    row = desk.tables.get(MoveRow, move)
    if row is None or row.state != state:
        raise RefusedError(Code.MOVE_UNKNOWN)
    return row


def _refuse_immovable(desk: Desk, key: FormKey) -> None:
    """MOVE_NOT_THIS for logs, whose rows are voided one by one, and for a visit's own form."""
    if not is_begun(desk, key):
        raise RefusedError(Code.UNKNOWN_FORM, form=key.form, visit=key.visit)
    if not may_be_moved(desk, key):
        raise RefusedError(Code.MOVE_NOT_THIS, form=key.form)
    refuse_held_form(desk, key)


def may_be_moved(desk: Desk, key: FormKey) -> bool:
    """Whether a form of this kind is one that can be moved as a whole."""
    own = desk.study.head.visit_items.status.partition(".")[0]
    return desk.study.visit(key.visit).kind != "log" and key.form != own


def _withdrawn(desk: Desk, move: MoveRow, to: FormKey) -> Iterator[Event]:
    """The form as it was entered: its answers, rows and findings do not count any more, and stay readable.

    Rows of logs are voided with what stands in them; every other answer is taken away with the reason.
    """
    key, place, items = move.key, move.key._asdict(), {ROWS}
    for (cell, check), found in list(desk.forms.findings(key).items()):
        if found.state != "settled":
            yield settled(desk, key, cell, check)
    logs = {row.row for row in desk.tables.find(FormRowRow, **place)}
    for row in desk.tables.find(ItemRow, **place):
        if row.value is not None or row.missing is not None:
            items.add(row.item)
        if row.row not in logs and (row.value is not None or row.missing is not None):
            told = {"origin": f"move {move.move}", "captured_at": desk.stamp(), "reason": move.reason}
            heads = heads_of(desk, row.key)
            yield desk.lay(ValueRecorded(**row.key._asdict(), supersedes=heads, **told))
    for held in desk.tables.find(FormRowRow, **place, voided=0):
        yield desk.lay(RowVoided(**place, section=held.section, row=held.row, reason=move.reason))
    where = {"to_subject": to.subject, "to_visit": to.visit, "to_visit_n": to.visit_n, "to_form_n": to.form_n}
    yield desk.lay(FormMoved(**place, move=move.move, **where, reason=move.reason))
    desk.forms.close(key)
    yield from follow_elsewhere(desk, key, items)
    if any(f"{key.form}.{item}" in desk.anchors | desk.ends for item in items):
        yield from follow_elsewhere(desk, FormKey(*key.at, "", 0), set(), form=VISIT)
