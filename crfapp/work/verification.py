"""Comparing answers with their source: verified, taken back (REQ-602, 604, 605, 606).

A verification names the event that the answer came from and the value compared. Which answers are
compared says :mod:`crfapp.study.verification`. That a changed answer loses its verification is the bus's
doing (:mod:`crfapp.work.marks`), so that nothing can forget it.

Calculated values, notes, signatures and row labels are not offered: what they rest on is. An answer that
stays at the site can be verified there, and its verification stays there too. What skip logic took away or
brought back to be confirmed is no answer to compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, ItemVerified, VerificationTaken
from crfapp.ledger.keys import EventId, FormKey, ItemKey
from crfapp.ledger.state import QueryRow, SubjectRow, VerifiedRow
from crfapp.study.verification import OFFERED, Offer, verification_plan
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.monitoring import running_visit
from crfapp.work.roles import Right
from crfapp.work.verification_standing import Ground, day_of, stands_there

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.state import ItemRow
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_NOT_OFFERED = {
    Offer.NOT_ASKED: Code.VERIFY_NOT_PLANNED,
    Offer.HERE_FIRST: Code.VERIFY_HERE_FIRST,
    Offer.WORKED_OUT: Code.VERIFY_WORKED_OUT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyItem(Command):
    """One answer agrees with its source. ``head`` is the event from which the answer came that was shown."""

    key: FormKey
    row: str = ""
    item: str
    head: EventId


@use_case(VerifyItem, needs=Right.VERIFY, touches=(Topic.VERIFICATION,))
def verify_item(cmd: VerifyItem, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record which version of which value was compared."""
    yield _verified(desk, actor, ItemKey(*cmd.key, cmd.row, cmd.item), cmd.head)


@dataclass(frozen=True, slots=True)
class Listed:
    """An answer in the list of a form that was shown, with the event it came from."""

    row: str
    item: str
    head: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyForm(Command):
    """All listed answers of a form agree with their source. What was not listed is not verified."""

    key: FormKey
    items: tuple[Listed, ...]


@use_case(VerifyForm, needs=Right.VERIFY, touches=(Topic.VERIFICATION,))
def verify_form(cmd: VerifyForm, desk: Desk, actor: Actor) -> Iterator[Event]:
    """One event for each answer of the list; where one of them cannot be verified, none is."""
    if not cmd.items:
        raise RefusedError(Code.VERIFY_NO_ANSWER)
    for one in dict.fromkeys(cmd.items):
        yield desk.lay(_verified(desk, actor, ItemKey(*cmd.key, one.row, one.item), one.head))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifyItem(Command):
    """A verification was a mistake; ``reason`` says why."""

    key: FormKey
    row: str = ""
    item: str


@use_case(
    UnverifyItem, needs=Right.VERIFY, touches=(Topic.VERIFICATION,), needs_reason=lambda _cmd, _desk: True
)
def unverify_item(cmd: UnverifyItem, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record that it does not count; what was said stays in the history."""
    place = ItemKey(*cmd.key, cmd.row, cmd.item)
    row = desk.tables.get(VerifiedRow, *place)
    if row is None or row.state != "done":
        raise RefusedError(Code.VERIFY_NONE, item=cmd.item)
    running = running_visit(desk.tables, actor.login)
    visit = running.monitoring if running else ""
    yield VerificationTaken(**place._asdict(), monitoring=visit, reason=cmd.reason.strip())


def _verified(desk: Desk, actor: Actor, place: ItemKey, head: EventId) -> ItemVerified:
    """The event of one verification, or the refusal of it."""
    stored = _planned(desk, place)
    if stored.head != EventId(*head):
        raise RefusedError(Code.VERIFY_STALE, item=place.item)
    asked = desk.tables.find(QueryRow, subject=place.subject)
    if any(query[1:8] == place and query.state != "closed" for query in asked):
        raise RefusedError(Code.VERIFY_QUERY_OPEN, item=place.item)
    before = desk.tables.get(VerifiedRow, *place)
    if before is not None and before.state == "done":
        raise RefusedError(Code.VERIFY_DONE, item=place.item)
    running = running_visit(desk.tables, actor.login)
    return ItemVerified(
        **place._asdict(),
        value=stored.value,
        missing=stored.missing,
        head=stored.head,
        monitoring=running.monitoring if running else "",
    )


def _planned(desk: Desk, place: ItemKey) -> ItemRow:
    """The answer at a place that the plan asks to compare; the refusal says why it does not."""
    plan = verification_plan(desk.versions.at(place.of))
    offer = plan.offer(place.form, place.item)
    if offer not in OFFERED:
        raise RefusedError(_NOT_OFFERED[offer], item=place.item)
    subject = desk.tables.get(SubjectRow, place.subject)
    if subject is None:
        raise RefusedError(Code.UNKNOWN_SUBJECT)
    if not plan.wants(subject.number, day_of(desk, subject, place.of.at), offer):
        raise RefusedError(Code.VERIFY_NOT_PLANNED, item=place.item)
    stored = desk.stored(place)
    if stored is None or not stands_there(stored) or not Ground(desk, place.subject).counts(place):
        raise RefusedError(Code.VERIFY_NO_ANSWER, item=place.item)
    return stored
