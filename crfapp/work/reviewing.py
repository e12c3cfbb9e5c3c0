"""Looking through the trail is itself recorded (REQ-113), and so is what of it leaves (REQ-110)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, ExportFailed, TrailExported, TrailReviewed
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

FINDING_MIN = 3
"""A finding shorter than this says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTrail(Command):
    """A part of the trail was looked through: ``scope`` in words, and what was found."""

    scope: str
    finding: str


@use_case(ReviewTrail, needs=Right.REVIEW, touches=(Topic.TRAIL,))
def review_trail(cmd: ReviewTrail, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record scope and finding; FINDING_NEEDED where nothing is said, also where nothing was found."""
    if len(cmd.finding.strip()) < FINDING_MIN:
        raise RefusedError(Code.FINDING_NEEDED, least=FINDING_MIN)
    yield TrailReviewed(scope=cmd.scope, finding=cmd.finding.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTrailExported(Command):
    """The trail, or what a filter left of it, was written, read back, compared and put in place."""

    file: str
    sha256: str
    format: str
    rows: int
    filter: str = ""


@use_case(NoteTrailExported, needs=Right.REVIEW, touches=(Topic.TRAIL, Topic.EXPORTS))
def note_trail_exported(cmd: NoteTrailExported, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record what left, with the hash of the file and the filter in words."""
    yield TrailExported(file=cmd.file, sha256=cmd.sha256, format=cmd.format, rows=cmd.rows, filter=cmd.filter)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTrailFailed(Command):
    """The trail could not be written out."""

    code: str


@use_case(NoteTrailFailed, needs=Right.REVIEW, touches=(Topic.TRAIL, Topic.EXPORTS))
def note_trail_failed(cmd: NoteTrailFailed, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the problem's code."""
    yield ExportFailed(code=cmd.code)
