"""The site and its people: founding, accounts, sessions, the recovery sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.base.weekends import weekend_of
from crfapp.ledger.events import (
    Event,
    PackInstalled,
    PasswordSet,
    PersonAdded,
    RecoverySheetMade,
    SessionClosed,
    SessionOpened,
    SessionRefused,
    SiteDaysSet,
    SiteFounded,
)
from crfapp.ledger.state import PersonRow, SiteRow
from crfapp.work.accounts import refuse_conflict
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Actor, Right, Role
from crfapp.work.validity import checked_days, same_login

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk


MOST_DAYS_OF_REST = 6
"""A clinic is open on one weekday at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSite(Command):
    """Begin a site's records; the first event of its first chain."""

    site: str
    code: str
    name: str
    zone: str
    study: str


@use_case(FoundSite, needs=Right.FOUND, touches=(Topic.SITE,))
def found_site(cmd: FoundSite, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record that the site exists; a ledger is of one site."""
    if desk.tables.find(SiteRow):
        raise EnvironmentProblem(Code.SITE_EXISTS)
    told = {"site": cmd.site, "code": cmd.code, "name": cmd.name, "zone": cmd.zone, "study": cmd.study}
    yield SiteFounded(**told, weekend=weekend_of(cmd.zone))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetClinicDays(Command):
    """Say when no patients are seen: ISO weekdays (1 is Monday), and single ISO days such as holidays."""

    weekend: tuple[int, ...]
    closed: tuple[str, ...] = ()


@use_case(SetClinicDays, needs=Right.ADMINISTER, touches=(Topic.SITE, Topic.VISITS))
def set_clinic_days(cmd: SetClinicDays, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record them, sorted; NOT_A_DATE, OFF_SCALE for what is no day, nothing where nothing changes."""
    if not set(cmd.weekend) <= set(range(1, 7 + 1)) or len(set(cmd.weekend)) > MOST_DAYS_OF_REST:
        raise RefusedError(Code.OFF_SCALE, low=1, high=7)
    try:
        closed = sorted({date.fromisoformat(day).isoformat() for day in cmd.closed})
    except ValueError:
        raise RefusedError(Code.NOT_A_DATE) from None
    weekend, days = ",".join(map(str, sorted(set(cmd.weekend)))), ",".join(closed)
    site = desk.site
    if (site.weekend, site.closed) != (weekend, days):
        yield SiteDaysSet(site=site.site, weekend=weekend, closed=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallPack(Command):
    """Put a version of the study in force; its content is kept under its hash."""

    site: str
    study: str
    pack_version: str
    content: str


@use_case(InstallPack, needs=Right.FOUND, touches=(Topic.SITE,))
def install_pack(cmd: InstallPack, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record which version is in force from here on."""
    yield PackInstalled(site=cmd.site, study=cmd.study, pack_version=cmd.pack_version, content=cmd.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson(Command):
    """Give somebody an account, from day to day (ISO or empty). A login is never given twice (REQ-201)."""

    login: str
    name: str
    role: Role
    organisation: str
    valid_from: str = ""
    valid_to: str = ""


@use_case(AddPerson, needs=Right.ADMINISTER, touches=(Topic.PEOPLE,))
def add_person(cmd: AddPerson, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the account; its password is wrapped in the vault, never in the ledger.

    LOGIN_TAKEN also for logins that this machine knows and the ledger does not, after a copy was put back;
    ROLES_CONFLICT beside an open account of the same person; NOT_A_DATE, DAYS_CROSSED.
    """
    known = (same_login(row.login) for row in desk.tables.find(PersonRow))
    if same_login(cmd.login) in known or desk.was_given(cmd.login):
        raise RefusedError(Code.LOGIN_TAKEN, login=cmd.login)
    refuse_conflict(desk, cmd.name, cmd.role)
    first, last = checked_days(cmd.valid_from, cmd.valid_to)
    who = {"login": cmd.login, "name": cmd.name, "role": cmd.role.value, "organisation": cmd.organisation}
    yield PersonAdded(**who, valid_from=first, valid_to=last)
    yield PasswordSet(login=cmd.login)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivePassword(Command):
    """Set the password of an account that has none, because it could not be kept when it was added."""

    login: str


@use_case(GivePassword, needs=Right.ADMINISTER, touches=(Topic.PEOPLE,))
def give_password(cmd: GivePassword, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record who set it, before it opens anything; a password that a person chose is reset, never given."""
    row = desk.tables.get(PersonRow, cmd.login)
    if row is None or row.ended:
        raise RefusedError(Code.WRONG_LOGIN)
    if row.password == "own":  # noqa: S105 - how it came about
        raise RefusedError(Code.LOGIN_TAKEN)
    yield PasswordSet(login=cmd.login)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecoverySheet(Command):
    """The recovery sheet was printed, and reading it back opened the vault."""

    label: str


@use_case(NoteRecoverySheet, needs=Right.ADMINISTER, touches=(Topic.SITE,))
def note_recovery_sheet(cmd: NoteRecoverySheet, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the sheet by its label."""
    yield RecoverySheetMade(label=cmd.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession(Command):
    """Somebody proved to be who they say."""

    how: Literal["login", "unlock", "recovery"] = "login"


@use_case(OpenSession, needs=Right.ENTER, touches=(Topic.SESSION,))
def open_session(cmd: OpenSession, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the login."""
    yield SessionOpened(how=cmd.how)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRefusal(Command):
    """Logins that failed while the store was closed; written by the next one that succeeds."""

    tried: str
    at: str = ""
    times: int = 1


@use_case(NoteRefusal, needs=Right.ENTER, touches=(Topic.SESSION,))
def note_refusal(cmd: NoteRefusal, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the attempt; which name was tried is not known any more after a restart, if nobody has it."""
    yield SessionRefused(tried=cmd.tried or None, at=cmd.at, times=cmd.times)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSession(Command):
    """Somebody leaves or locks."""

    how: Literal["logout", "lock", "idle", "limit", "quit"] = "logout"


@use_case(CloseSession, needs=Right.ENTER, touches=(Topic.SESSION,))
def close_session(cmd: CloseSession, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the end of the session."""
    yield SessionClosed(how=cmd.how)
