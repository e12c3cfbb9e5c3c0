"""The centre asks to lock, and the site answers (REQ-607; DESIGN section 2.3).

The centre knows the site's records up to the last package. What it asks for is done where nothing has changed
since and nothing stands in the way; otherwise the site refuses, and the refusal travels back. Nobody at the
site has to decide: it is the first thing that is done after a reply of the centre was taken in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    Event,
    FormCompleted,
    FormEvent,
    FormMoved,
    FormReopened,
    FormStarted,
    FormTakenOver,
    LockAsked,
    Locked,
    LockRefused,
    RowAdded,
    RowVoided,
    SubjectEnrolled,
    ValueRecorded,
    VisitBooked,
    VisitCancelled,
    VisitEvent,
    VisitMerged,
    VisitMissed,
    VisitRedated,
    VisitStarted,
)
from crfapp.ledger.keys import EventId, Scope
from crfapp.ledger.state import FormRow, LockAskedRow, LockRow, SubjectRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.lock_conditions import in_the_way_of_locking
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

UNSENT, HELD, GONE = "unsent changes", "locked already", "not there"
"""Why a wish is refused, where it is not the name of a :class:`crfapp.work.hindrances.Hindrance`."""

_CHANGES = (
    SubjectEnrolled,
    VisitStarted,
    VisitRedated,
    VisitBooked,
    VisitMissed,
    VisitMerged,
    VisitCancelled,
    FormStarted,
    RowAdded,
    RowVoided,
    ValueRecorded,
    FormCompleted,
    FormReopened,
    FormMoved,
    FormTakenOver,
)
"""What people and calculations change. Questions, comparisons and signatures are no changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLock(Command):
    """The centre wants a form, visit, casebook or the site locked, as it knows it."""

    scope: Scope


@use_case(AskLock, needs=Right.LOCK, touches=(Topic.LOCKS,))
def ask_lock(cmd: AskLock, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the wish with what is known here. UNKNOWN_SUBJECT, UNKNOWN_FORM; HELD_ALREADY, also if it waits.

    Whether something stands in the way is the site's to say: the centre does not know everything.
    """
    scope = cmd.scope
    if scope.subject and desk.tables.get(SubjectRow, scope.subject) is None:
        raise RefusedError(Code.UNKNOWN_SUBJECT)
    if scope.visit:
        desk.study.visit(scope.visit)
    if scope.form and desk.tables.get(FormRow, *scope) is None:
        raise RefusedError(Code.UNKNOWN_FORM, form=scope.form, visit=scope.visit)
    if _is_locked(desk, scope):
        raise RefusedError(Code.HELD_ALREADY, state="locked")
    if any(row.scope == scope for row in desk.tables.find(LockAskedRow, state="asked")):
        raise RefusedError(Code.HELD_ALREADY, state="asked")
    knows = tuple(EventId(end.node, end.seq) for end in desk.reached() if end.node != desk.node)
    yield desk.lay(LockAsked(**_place(scope), knows=knows, reason=cmd.reason.strip() or None))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLocks(Command):
    """Do what the centre asked for, or say why not; sent by whoever took its package in."""


@use_case(AnswerLocks, needs=Right.RECEIVE, touches=(Topic.LOCKS, Topic.FORMS))
def answer_locks(_cmd: AnswerLocks, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Answer every wish that waits, in the order in which they were asked; nothing where none does."""
    waiting = sorted(
        desk.tables.find(LockAskedRow, state="asked"), key=lambda row: (row.at, row.node, row.seq)
    )
    for row in waiting:
        asked = EventId(row.node, row.seq)
        why = _why_not(desk, row)
        if why:
            yield desk.lay(LockRefused(**_place(row.scope), asked=asked, code=why))
        else:
            yield desk.lay(Locked(**_place(row.scope), knows=_known(desk), asked=asked))


def _why_not(desk: Desk, row: LockAskedRow) -> str:
    """What keeps a wish from being done; empty where nothing does."""
    scope = row.scope
    if scope.subject and desk.tables.get(SubjectRow, scope.subject) is None:
        return GONE
    if scope.form and desk.tables.get(FormRow, *scope) is None:
        return GONE
    if _is_locked(desk, scope):
        return HELD
    if _changed_since(desk, row):
        return UNSENT
    found = next(in_the_way_of_locking(desk, scope), None)
    return "" if found is None else found.what


def _changed_since(desk: Desk, row: LockAskedRow) -> bool:
    """Whether something in the scope is newer than what the centre knew when it asked."""
    subjects = [row.subject] if row.subject else [one.subject for one in desk.tables.find(SubjectRow)]
    wish = next(_wishes(desk, row), None)
    if wish is None:
        return True  # what it knew cannot be seen any more
    knows = dict(wish.knows)
    for subject in subjects:
        for record in desk.records(subject):
            who = record.envelope
            newer = who.seq > knows.get(who.node, 0)
            if newer and isinstance(record.event, _CHANGES) and _concerns(record.event, row.scope):
                return True
    return False


def _wishes(desk: Desk, row: LockAskedRow) -> Iterator[LockAsked]:
    for record in desk.records(row.subject or None):
        if record.envelope.id == (row.node, row.seq) and isinstance(record.event, LockAsked):
            yield record.event


def _concerns(event: Event, scope: Scope) -> bool:
    """Whether a change lies in a scope; a form that is moved lies in both places."""
    if isinstance(event, FormMoved) and scope.subject == event.to_subject != event.subject:
        return True
    if isinstance(event, FormEvent):
        return scope.covers(event.key)
    if isinstance(event, VisitEvent):
        return not scope.visit or (scope.visit, scope.visit_n) == (event.visit, event.visit_n)
    return not scope.visit


def _is_locked(desk: Desk, scope: Scope) -> bool:
    row = desk.tables.get(LockRow, *scope)
    return row is not None and row.state == "locked"


def _known(desk: Desk) -> tuple[EventId, ...]:
    return tuple(EventId(end.node, end.seq) for end in desk.reached() if end.node != desk.node)


def _place(scope: Scope) -> dict[str, Any]:
    return {**scope._asdict(), "subject": scope.subject or None}
