"""What time alone brings about: a call that was not made in time, a report that is late.

Checks that read the clock are asked again as time passes, not only when an answer changes. The program asks
from time to time, one subject after the other, while somebody who records is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, ItemEvent
from crfapp.study.language import RefKind
from crfapp.work.begun import forms_begun
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.consequences import follow, follow_elsewhere, settle
from crfapp.work.marks import held_by
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.plan_parts import FormPlan
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

AHEAD = "GC-01"
"""Asks of every date whether it lies ahead; that ends by itself, so it is asked only while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtClock(Command):
    """Ask again whatever hangs on the time, in the forms of one subject."""

    subject: str


@use_case(LookAtClock, needs=Right.RECORD, touches=(Topic.ANSWERS, Topic.FORMS))
def look_at_clock(cmd: LookAtClock, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record what is so by now; nothing where nothing is different, and nothing in a form that is held."""
    for row in forms_begun(desk, subject=cmd.subject):
        if held_by(desk, row.key) is not None or not _hangs_on_time(desk, row.key):
            continue
        if not desk.forms.is_open(row.key):
            yield from _opened_now(desk, row.key)
            continue
        graph = desk.forms.get(row.key)
        clock = [ref for ref in graph.plan.outside if ref.kind is RefKind.CLOCK]
        changed = graph.look_outside(clock) | desk.forms.changed_overnight(row.key)
        if changed:
            yield from follow(desk, row.key, changed, leave_held=True)


def _opened_now(desk: Desk, key: FormKey) -> Iterator[Event]:
    """A form that opens with the present time in it, as after a start, has nothing to compare with but what
    is recorded."""
    moved: set[str] = set()
    for event in settle(desk, key, desk.forms.get(key).cells()):
        yield event
        if isinstance(event, ItemEvent):
            moved.add(event.item)
    if moved:
        yield from follow_elsewhere(desk, key, moved, leave_held=True)


def _hangs_on_time(desk: Desk, key: FormKey) -> bool:
    if reads_clock(desk.forms.plan(key)):
        return True
    found = desk.forms.findings(key)
    return any(check == AHEAD and row.state == "open" for (_, check), row in found.items())


def reads_clock(plan: FormPlan) -> bool:
    """Whether anything but the general question about dates ahead hangs on the time in a form."""
    for ref, edges in plan.outside.items():
        if ref.kind is RefKind.CLOCK:
            asking = {plan.checks[number].check.check for number in edges.checks}
            if asking - {AHEAD} or edges.cores or edges.leaves:
                return True
    return False
