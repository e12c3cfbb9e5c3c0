"""Taking subjects into the study's records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, SubjectEnrolled
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.numbers import next_number
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolSubject(Command):
    """Give the next free subject number; what is known of the person goes into the forms."""


@use_case(EnrolSubject, needs=Right.ENROL, touches=(Topic.SUBJECTS,))
def enrol_subject(_cmd: EnrolSubject, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Number the subject with the next free number of this workstation; numbers are never reused."""
    yield SubjectEnrolled(subject=desk.new_id(), number=next_number(desk))
