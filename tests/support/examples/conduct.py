"""Examples of the commands by which a site is founded and conducted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.work.drafts import TakeDraft
from crfapp.work.entry import CompleteForm, ConfirmFinding, RecordAnswer, ReopenForm
from crfapp.work.handing_over import NoteExportFailed, NoteWorkbook
from crfapp.work.passing_time import LookAtClock
from crfapp.work.people import (
    AddPerson,
    CloseSession,
    FoundSite,
    GivePassword,
    InstallPack,
    NoteRecoverySheet,
    NoteRefusal,
    OpenSession,
    SetClinicDays,
)
from crfapp.work.roles import Role
from crfapp.work.row_work import AddRow, VoidRow
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import BookVisit, MergeVisit, MissVisit, StartVisit
from tests.support.clinic import ADMIN
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example


class Unfounded(Ward):
    """A ward whose site is yet to be founded."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger.tables.rows[type(self.desk.site)].clear()


def _found(_ward: Ward) -> Command:
    return FoundSite(site="s1", code="JO01", name="CTC", zone="Asia/Amman", study="ward")


def _install(_ward: Ward) -> Command:
    return InstallPack(site="s1", study="ward", pack_version="2", content="c" * 64)


def _confirm(ward: Ward) -> Command:
    ward.enter(ward.dm, AGE="70")
    return ConfirmFinding(key=ward.dm, item="AGE", check="SOFT:AGE", reason="passport seen")


def _complete(ward: Ward) -> Command:
    ward.enter(ward.dm, SEX="M")
    return CompleteForm(key=ward.dm)


def _reopen(ward: Ward) -> Command:
    ward.send(_complete(ward))
    return ReopenForm(key=ward.dm, reason="more to say")


def _a_month_on(ward: Ward) -> Command:
    ward.enter(ward.form("DOSE", ward.injected()), VOL="1")
    ward.clock.later(days=40)
    return LookAtClock(subject=ward.subject)


def _draft(ward: Ward) -> Command:
    ward.injected()
    ward.start(ward.subject, "V_B", "2025-01-30")
    return TakeDraft(key=ward.form("SV", _visit(ward, "V_B")), item="SVWIN", check="WIN-1T")


def _void(ward: Ward) -> Command:
    return VoidRow(key=ward.ld, section="AREAS", row=ward.area(), reason="entered twice")


def _password(ward: Ward) -> Command:
    ward.bus.send(AddPerson(login="omar", name="Omar", role=Role.NURSE, organisation="CTC"), ADMIN)
    return GivePassword(login="omar")


def _visit(ward: Ward, visit: str) -> Any:
    return ward.scr._replace(visit=visit)


WORKBOOK = NoteWorkbook(file="a.xlsx", sha256="0" * 64, sheets=1, rows=2, cells=3, subjects=1)
CONDUCT: dict[type[Command], Example] = {
    FoundSite: (_found, Role.ADMINISTRATOR, ["site-founded"]),
    InstallPack: (_install, Role.ADMINISTRATOR, ["pack-installed"]),
    SetClinicDays: (
        lambda _w: SetClinicDays(weekend=(5, 6), closed=("2025-06-06",)),
        Role.ADMINISTRATOR,
        ["site-days-set"],
    ),
    AddPerson: (
        lambda _w: AddPerson(login="omar", name="Omar", role=Role.MONITOR, organisation="CRO"),
        Role.ADMINISTRATOR,
        ["person-added", "password-set"],
    ),
    GivePassword: (_password, Role.ADMINISTRATOR, ["password-set"]),
    NoteRecoverySheet: (
        lambda _w: NoteRecoverySheet(label="A1"),
        Role.ADMINISTRATOR,
        ["recovery-sheet-made"],
    ),
    OpenSession: (lambda _w: OpenSession(), Role.NURSE, ["session-opened"]),
    NoteRefusal: (lambda _w: NoteRefusal(tried="rannia"), Role.NURSE, ["session-refused"]),
    CloseSession: (lambda _w: CloseSession(how="idle"), Role.NURSE, ["session-closed"]),
    EnrolSubject: (lambda _w: EnrolSubject(), Role.NURSE, ["subject-enrolled"]),
    StartVisit: (
        lambda ward: StartVisit(key=_visit(ward, "V_A"), date="2025-01-12"),
        Role.NURSE,
        # the visit and the screening's day and window, then its own form with what follows of the answers
        ["visit-started", "value-recorded", "value-recorded", "form-started", *["value-recorded"] * 4],
    ),
    BookVisit: (
        lambda ward: BookVisit(key=_visit(ward, "V_A"), date="2025-01-12"), Role.NURSE, ["visit-booked"]
    ),
    MissVisit: (
        lambda ward: MissVisit(key=_visit(ward, "V_A"), why="ILL"),
        Role.NURSE,
        ["visit-missed", "form-started", "value-recorded", "value-recorded"],
    ),
    MergeVisit: (
        lambda ward: MergeVisit(key=_visit(ward, "V_A"), into="V_B", reason="came once for both"),
        Role.NURSE,
        ["visit-merged", "form-started", "value-recorded", "value-recorded"],
    ),
    TakeDraft: (
        _draft,
        Role.NURSE,
        ["form-started", "row-added", "value-recorded", "value-recorded", "finding-confirmed"],
    ),
    LookAtClock: (_a_month_on, Role.NURSE, ["finding-raised"]),
    RecordAnswer: (
        lambda ward: RecordAnswer(key=ward.dm, item="AGE", typed="29"),
        Role.NURSE,
        ["form-started", "value-recorded"],
    ),
    ConfirmFinding: (_confirm, Role.INVESTIGATOR, ["finding-confirmed"]),
    CompleteForm: (_complete, Role.NURSE, ["form-completed"]),
    ReopenForm: (_reopen, Role.NURSE, ["form-reopened"]),
    AddRow: (lambda ward: AddRow(key=ward.ld, section="AREAS"), Role.NURSE, ["form-started", "row-added"]),
    VoidRow: (_void, Role.NURSE, ["row-voided"]),
    NoteWorkbook: (lambda _w: WORKBOOK, Role.DATA_MANAGER, ["workbook-exported"]),
    NoteExportFailed: (lambda _w: NoteExportFailed(code="E-101"), Role.NURSE, ["export-failed"]),
}  # fmt: skip
