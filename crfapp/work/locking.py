"""Freezing, locking, and opening again: in order, with a reason, by two sides (REQ-607, 511)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    Event,
    Frozen,
    Locked,
    ScopeEvent,
    Unfrozen,
    UnlockAsked,
    UnlockDeclined,
    Unlocked,
)
from crfapp.ledger.keys import EventId
from crfapp.ledger.state import FormRow, LockRow, SubjectRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.consequences import follow
from crfapp.work.lock_conditions import in_the_way_of_locking
from crfapp.work.marks import held_by
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import Scope
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_TOUCHED = (Topic.LOCKS, Topic.FORMS)
_OPENED = (Topic.LOCKS, Topic.FORMS, Topic.ANSWERS)


def _always(_cmd: Command, _desk: Desk) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCommand(Command):
    """Base of what is done to a form, visit, casebook or the whole site at once."""

    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze(HoldCommand):
    """No answer changes until it is let go; ``reason`` says why."""


@use_case(Freeze, needs=Right.FREEZE, touches=_TOUCHED, needs_reason=_always)
def freeze(cmd: Freeze, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; HELD_ALREADY where it is frozen or locked."""
    _refuse_unknown(desk, cmd.scope)
    row = _held(desk, cmd.scope)
    if row is not None:
        raise RefusedError(Code.HELD_ALREADY, state=row.state)
    yield desk.lay(_knowing(_event(Frozen, cmd), desk))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfreeze(HoldCommand):
    """Let go what was frozen."""


@use_case(Unfreeze, needs=Right.FREEZE, touches=_OPENED, needs_reason=_always)
def unfreeze(cmd: Unfreeze, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it, and what time brought about meanwhile; NOT_HELD where it is not frozen."""
    _refuse_not(desk, cmd.scope, "frozen")
    yield desk.lay(_event(Unfrozen, cmd))
    yield from caught_up(desk, cmd.scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock(HoldCommand):
    """Everything is done here."""


@use_case(Lock, needs=Right.LOCK, touches=_TOUCHED)
def lock(cmd: Lock, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; LOCK_HINDERED while something stands in the way."""
    _refuse_unknown(desk, cmd.scope)
    row = _held(desk, cmd.scope)
    if row is not None and row.state == "locked":
        raise RefusedError(Code.HELD_ALREADY, state=row.state)
    found = list(in_the_way_of_locking(desk, cmd.scope))
    if found:
        first = found[0]
        facts = {"what": first.what, "form": first.key.form if first.key else first.about}
        raise RefusedError(Code.LOCK_HINDERED, count=len(found), **facts)
    yield desk.lay(_knowing(_event(Locked, cmd), desk))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskUnlock(HoldCommand):
    """The sponsor's side asks to open what is locked; ``reason`` says what for."""


@use_case(AskUnlock, needs=Right.LOCK, touches=(Topic.LOCKS,), needs_reason=_always)
def ask_unlock(cmd: AskUnlock, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the wish; the investigator decides."""
    row = _refuse_not(desk, cmd.scope, "locked")
    if row.asked:
        raise RefusedError(Code.HELD_ALREADY, state="asked")
    yield desk.lay(_event(UnlockAsked, cmd))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeUnlock(HoldCommand):
    """The investigator agrees to open it."""


@use_case(AgreeUnlock, needs=Right.OVERSEE, touches=_OPENED)
def agree_unlock(cmd: AgreeUnlock, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it, and what time brought about meanwhile; UNLOCK_NOT_ASKED where nobody asked."""
    row = _refuse_not_asked(desk, cmd.scope)
    event = _event(Unlocked, cmd)
    yield desk.lay(event.model_copy(update={"reason": cmd.reason.strip() or row.asked_why}))
    yield from caught_up(desk, cmd.scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineUnlock(HoldCommand):
    """The investigator does not agree; ``reason`` says why."""


@use_case(DeclineUnlock, needs=Right.OVERSEE, touches=(Topic.LOCKS,), needs_reason=_always)
def decline_unlock(cmd: DeclineUnlock, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; it stays locked. UNLOCK_NOT_ASKED where nobody asked."""
    _refuse_not_asked(desk, cmd.scope)
    yield desk.lay(_event(UnlockDeclined, cmd))


def _event(kind: type[ScopeEvent], cmd: HoldCommand) -> ScopeEvent:
    place: dict[str, Any] = cmd.scope._asdict()
    place["subject"] = cmd.scope.subject or None
    return kind(**place, reason=cmd.reason.strip() or None)


def _knowing(event: ScopeEvent, desk: Desk) -> ScopeEvent:
    """What was known of other chains: what they say later came too late (REQ-608)."""
    knows = tuple(EventId(end.node, end.seq) for end in desk.reached() if end.node != desk.node)
    return event.model_copy(update={"knows": knows})


def _held(desk: Desk, scope: Scope) -> LockRow | None:
    """How exactly this is held; None where it is open."""
    row = desk.tables.get(LockRow, *scope)
    return row if row is not None and row.state in ("frozen", "locked") else None


def _refuse_unknown(desk: Desk, scope: Scope) -> None:
    """Refuse what is not there: a subject, a visit of the schedule, a form that was not begun."""
    if scope.subject and desk.tables.get(SubjectRow, scope.subject) is None:
        raise RefusedError(Code.UNKNOWN_SUBJECT)
    if scope.visit:
        desk.study.visit(scope.visit)
    if scope.form and desk.tables.get(FormRow, *scope) is None:
        raise RefusedError(Code.UNKNOWN_FORM, form=scope.form, visit=scope.visit)


def _refuse_not(desk: Desk, scope: Scope, state: str) -> LockRow:
    row = _held(desk, scope)
    if row is None or row.state != state:
        raise RefusedError(Code.NOT_HELD, state=state)
    return row


def _refuse_not_asked(desk: Desk, scope: Scope) -> LockRow:
    row = _refuse_not(desk, scope, "locked")
    if not row.asked:
        raise RefusedError(Code.UNLOCK_NOT_ASKED)
    return row


def caught_up(desk: Desk, scope: Scope) -> Iterator[Event]:
    """What the clock changed in calculated answers of a scope while nothing there could change."""
    named = {name: part for name, part in scope._asdict().items() if part}
    for row in desk.tables.find(FormRow, **named):
        if held_by(desk, row.key) is None:
            desk.forms.close(row.key)
            yield from follow(desk, row.key, list(desk.forms.get(row.key).cells()))
