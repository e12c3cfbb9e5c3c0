"""The site's rules for passwords and sessions, the letter to the agency, and looking through who may what."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import AccessReviewed, Event, LetterFiled, PolicySet
from crfapp.ledger.state import PolicyRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Actor, Right
from crfapp.work.validity import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables

LIMITS = {
    "shortest": (8, 64),
    "password_days": (30, 730),
    "attempts": (3, 10),
    "idle_minutes": (1, 15),
    "session_hours": (1, 24),
    "sign_days": (1, 90),
    "silent_days": (1, 90),
}
"""What a rule may be, lowest and highest (REQ-208, 209, 212); ``password_days`` 0 is no ageing."""


def policy_of(tables: Tables) -> PolicyRow:
    """The rules in force; those of a site that set none are the defaults."""
    return tables.get(PolicyRow, "site") or PolicyRow("site", "")


def _always(_command: Command, _desk: Desk) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPolicy(Command):
    """Put other rules in force, as a new version; see :class:`crfapp.ledger.events.PolicySet`."""

    shortest: int = 15
    password_days: int = 0
    attempts: int = 5
    idle_minutes: int = 10
    session_hours: int = 12
    sign_both: bool = True
    sign_days: int = 14
    silent_days: int = 14


@use_case(SetPolicy, needs=Right.ADMINISTER, touches=(Topic.SITE,), needs_reason=_always)
def set_policy(cmd: SetPolicy, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record them; OFF_SCALE outside :data:`LIMITS`, nothing where nothing changes."""
    rules = asdict(cmd)
    reason = rules.pop("reason")
    for name, (low, high) in LIMITS.items():
        ageless = name == "password_days" and rules[name] == 0
        if not low <= rules[name] <= high and not ageless:
            raise RefusedError(Code.OFF_SCALE, low=low, high=high, rule=name)
    if PolicyRow("site", "", **{name: int(rule) for name, rule in rules.items()}) != policy_of(
        desk.tables
    )._replace(at=""):
        yield PolicySet(**rules, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLetter(Command):
    """Say on which ISO day the letter about electronic signatures was filed with the agency (REQ-203)."""

    date: str


@use_case(FileLetter, needs=Right.ADMINISTER, touches=(Topic.SITE,))
def file_letter(cmd: FileLetter, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the day; NOT_A_DATE for what is none, or is still to come."""
    day = iso_day(cmd.date)
    if not day or day > desk.today.isoformat():
        raise RefusedError(Code.NOT_A_DATE)
    yield LetterFiled(date=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAccess(Command):
    """Say that who may do what was looked through, and what was found (REQ-204)."""

    finding: str = ""


@use_case(ReviewAccess, needs=Right.ADMINISTER, touches=(Topic.PEOPLE,))
def review_access(cmd: ReviewAccess, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it."""
    yield AccessReviewed(finding=cmd.finding.strip() or None)
