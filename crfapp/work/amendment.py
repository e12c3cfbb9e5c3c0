"""Amendments of the study: a version is installed, put in force with its approval, agreed to by subjects.

Installed, a version asks nothing (REQ-701). In force, it is what new subjects and, where no new consent is
needed or it was given, visits that have not begun are asked by. What was begun stays as it was begun.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, StudyVersionActivated, StudyVersionInstalled, SubjectReconsented
from crfapp.ledger.fold_versions import ACTIVE
from crfapp.ledger.state import StudyVersionRow, SubjectRow
from crfapp.ledger.study_versions import in_order
from crfapp.study.diff import is_newer
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right
from crfapp.work.validity import iso_day, same_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.study import Study
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallVersion(Command):
    """Keep a version of the study; ``content`` is the hash of what the store keeps already."""

    study: str
    pack_version: str
    content: str


@use_case(InstallVersion, needs=Right.ADMINISTER, touches=(Topic.SITE,))
def install_version(cmd: InstallVersion, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record that it is here. NOT_AN_AMENDMENT of another study; VERSION_NOT_NEWER than one that is here."""
    if cmd.study != desk.site.study:
        raise RefusedError(Code.NOT_AN_AMENDMENT, count=1, file="study.yaml", line=0)
    for row in desk.tables.find(StudyVersionRow):
        if row.content == cmd.content or not is_newer(cmd.pack_version, row.version):
            raise RefusedError(Code.VERSION_NOT_NEWER, version=cmd.pack_version, known=row.version)
    yield StudyVersionInstalled(study=cmd.study, pack_version=cmd.pack_version, content=cmd.content)


def installing(study: Study) -> InstallVersion:
    """The command that records a version."""
    head = study.head
    return InstallVersion(study=head.study, pack_version=head.version, content=study.hash)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateVersion(Command):
    """Put an installed version in force at this site.

    ``approval`` is the reference of the approval, ``approved_on`` its ISO day, ``approved_by`` who gave it:
    another person than the one who puts it in force (REQ-704). ``consent``: subjects have to agree first.
    """

    content: str
    approval: str
    approved_on: str
    approved_by: str
    consent: bool = True


@use_case(ActivateVersion, needs=Right.ADMINISTER, touches=(Topic.SITE,))
def activate_version(cmd: ActivateVersion, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record the release for this site.

    VERSION_UNKNOWN, VERSION_ACTIVE, VERSION_NOT_NEWER than the one in force; APPROVAL_UNSAID without
    reference, day and person, or where the person is the one who acts; NOT_A_DATE, also for a day to come.
    """
    row = desk.tables.get(StudyVersionRow, cmd.content)
    if row is None:
        raise RefusedError(Code.VERSION_UNKNOWN)
    if row.state == ACTIVE:
        raise RefusedError(Code.VERSION_ACTIVE, version=row.version)
    for newest in in_order(desk.tables.find(StudyVersionRow))[-1:]:
        if not is_newer(row.version, newest.version):
            raise RefusedError(Code.VERSION_NOT_NEWER, version=row.version, known=newest.version)
    told = [" ".join(text.split()) for text in (cmd.approval, cmd.approved_by)]
    day = iso_day(cmd.approved_on)
    if not all(told) or not day or same_name(told[1]) in (same_name(actor.name), same_name(actor.login)):
        raise RefusedError(Code.APPROVAL_UNSAID)
    if day > desk.today.isoformat():
        raise RefusedError(Code.NOT_A_DATE)
    yield StudyVersionActivated(
        site=desk.site.site,
        content=row.content,
        pack_version=row.version,
        approval=told[0],
        approved_on=day,
        approved_by=told[1],
        consent=cmd.consent,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReconsent(Command):
    """A subject agreed to the version in force, on an ISO day."""

    subject: str
    date: str


@use_case(NoteReconsent, needs=Right.ENROL, touches=(Topic.SUBJECTS, Topic.VISITS, Topic.FORMS))
def note_reconsent(cmd: NoteReconsent, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it: what has not begun follows that version.

    UNKNOWN_SUBJECT; RECONSENT_UNFIT where the subject follows the version in force already; NOT_A_DATE, also
    for a day to come.
    """
    if desk.tables.get(SubjectRow, cmd.subject) is None:
        raise RefusedError(Code.UNKNOWN_SUBJECT)
    now = desk.study.in_force
    if desk.versions.of_subject(cmd.subject).hash == now.hash:
        raise RefusedError(Code.RECONSENT_UNFIT, version=now.head.version)
    day = iso_day(cmd.date)
    if not day or day > desk.today.isoformat():
        raise RefusedError(Code.NOT_A_DATE)
    yield SubjectReconsented(subject=cmd.subject, content=now.hash, pack_version=now.head.version, date=day)
