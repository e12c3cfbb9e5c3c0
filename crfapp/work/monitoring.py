"""A monitor's visit to the site: it begins, it ends, and what was done in between is counted (REQ-604)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    Event,
    ItemVerified,
    MonitoringBegan,
    MonitoringEnded,
    PaperMade,
    QueryClosed,
    QueryRaised,
    VerificationTaken,
)
from crfapp.ledger.state import MonitoringRow, TrailRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables
    from crfapp.work.roles import Actor

PAPER = "monitoring visit"
"""What the record of a visit is called where papers are noted."""


class Done(NamedTuple):
    """What one person did: answers verified, verifications taken back, queries raised and closed."""

    verified: int
    taken: int
    raised: int
    closed: int


_COUNTED = (ItemVerified.kind, VerificationTaken.kind, QueryRaised.kind, QueryClosed.kind)


def running_visit(tables: Tables, login: str) -> MonitoringRow | None:
    """The monitoring visit of a person that lasts, or none."""
    return next(iter(tables.find(MonitoringRow, login=login, ended="")), None)


def done_since(tables: Tables, row: MonitoringRow) -> Done:
    """What the person did since a visit began, counted in the index of the trail.

    Told by the chain's own order, which no clock set back can disturb.
    """
    begun = [one.hybrid for one in tables.find(TrailRow, login=row.login, kind=MonitoringBegan.kind)]
    since = max(begun, default="")
    return Done(*(_count(tables, row.login, kind, since) for kind in _COUNTED))


def _count(tables: Tables, login: str, kind: str, since: str) -> int:
    return sum(one.hybrid > since for one in tables.find(TrailRow, login=login, kind=kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginMonitoring(Command):
    """A monitor has come to the site."""

    purpose: str = ""


@use_case(BeginMonitoring, needs=Right.VERIFY, touches=(Topic.VERIFICATION,))
def begin_monitoring(cmd: BeginMonitoring, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Everybody has one visit at a time."""
    if running_visit(desk.tables, actor.login) is not None:
        raise RefusedError(Code.MONITORING_RUNS)
    yield MonitoringBegan(monitoring=desk.new_id(), purpose=cmd.purpose.strip() or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMonitoring(Command):
    """The monitor leaves; ``points`` is what stays open, in her words."""

    points: str = ""


@use_case(EndMonitoring, needs=Right.VERIFY, touches=(Topic.VERIFICATION,))
def end_monitoring(cmd: EndMonitoring, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record what was counted since it began."""
    row = running_visit(desk.tables, actor.login)
    if row is None:
        raise RefusedError(Code.MONITORING_NONE)
    done = done_since(desk.tables, row)
    yield MonitoringEnded(monitoring=row.monitoring, **done._asdict(), points=cmd.points.strip() or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMonitoringPaper(Command):
    """The record of a monitoring visit was made as a file."""

    file: str
    sha256: str


@use_case(NoteMonitoringPaper, needs=Right.VERIFY, touches=(Topic.EXPORTS,))
def note_monitoring_paper(cmd: NoteMonitoringPaper, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it with its hash; the file's name without its folder (REQ-110)."""
    yield PaperMade(what=PAPER, file=cmd.file, sha256=cmd.sha256)
