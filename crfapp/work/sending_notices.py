"""Beginning a report to the sponsor, and recording that it went out: how, when, to whom (REQ-920)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.base.times import Moment, utc_stamp
from crfapp.form.graph import Cell
from crfapp.form.values import Field, Unreadable, read
from crfapp.ledger.events import Event, NoticeSent, RowAdded
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.study.names import log_group
from crfapp.study.types import ItemType, Kind
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.entry import Told, record, refuse_foreign
from crfapp.work.owed_notices import notice_called, notices_owed, occasions, report_form, reports_of
from crfapp.work.readiness import refuse_unready
from crfapp.work.reading_items import manner_of
from crfapp.work.roles import Right
from crfapp.work.row_work import AddRow, add_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.targets import Notice
    from crfapp.work.desk import Desk
    from crfapp.work.owed_notices import Occasion, Report
    from crfapp.work.roles import Actor

_TOUCHED = (Topic.SAFETY, Topic.ANSWERS, Topic.FORMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginReport(Command):
    """One more report about a row of the log of events: the first, or a follow-up."""

    notice: str
    key: FormKey
    row: str


@use_case(BeginReport, needs=Right.RECORD, touches=_TOUCHED)
def begin_report(cmd: BeginReport, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Add the row of the report and say of which event it is.

    NOTICE_UNKNOWN where nothing is to be reported there, REPORT_OPEN while one about it was not sent.
    """
    notice, occasion = _occasion(desk, cmd.notice, cmd.key, cmd.row)
    if notice.arises is None or notice.about is None:
        raise RefusedError(Code.NOTICE_UNKNOWN)
    if any(report.sent is None for report in reports_of(desk, notice, occasion)):
        raise RefusedError(Code.REPORT_OPEN)
    form = report_form(desk, notice, cmd.key.subject)
    refuse_unready(desk, form)
    row = ""
    for event in add_row(AddRow(key=form, section=log_group(desk.study, notice.form)), desk, actor):
        row = event.row if isinstance(event, RowAdded) else row
        yield event
    yield from record(desk, form, Cell(row, notice.about), Told(typed=occasion.row))


@dataclass(frozen=True, slots=True, kw_only=True)
class SendNotice(Command):
    """A report went out, as a person says. ``key`` and ``row`` are those of the report.

    ``aware`` (where it is not recorded yet), ``sent`` and ``how`` as typed; ``told_to`` names who took it,
    ``package`` the package that carried it.
    """

    notice: str
    key: FormKey
    row: str = ""
    aware: str = ""
    sent: str
    how: str
    told_to: str
    package: str = ""


@use_case(SendNotice, needs=Right.RECORD, touches=_TOUCHED)
def send_notice(cmd: SendNotice, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record the items of the report's form, and that it is out.

    Refused: AWARE_FIRST, SENT_TOO_EARLY, SENT_AHEAD, NOTICE_UNSAID, NOTICE_SENT_ALREADY, and what
    cannot be read as a time or as a code.
    """
    refuse_unready(desk, cmd.key)
    notice, occasion, report = _report(desk, cmd)
    if report.noted is not None:
        raise RefusedError(Code.NOTICE_SENT_ALREADY)
    if not (cmd.told_to.strip() and cmd.how.strip()):
        raise RefusedError(Code.NOTICE_UNSAID)
    aware = _aware(desk, cmd, notice, report)
    sent = _moment(desk, cmd.key, cmd.sent)
    if aware is not None and sent.utc < aware.utc:
        raise RefusedError(Code.SENT_TOO_EARLY)
    if sent.utc > desk.now.utc:
        raise RefusedError(Code.SENT_AHEAD)
    yield from _noted(desk, cmd, actor, {notice.aware: str(aware or "")})
    owed = [one for one in notices_owed(desk, cmd.key.subject) if one.occasion == occasion]
    yield from _noted(desk, cmd, actor, {notice.sent: str(sent), notice.how: cmd.how})
    yield desk.lay(
        NoticeSent(
            **cmd.key._asdict(),
            row=cmd.row,
            notice=cmd.notice,
            number=report.number,
            sent_at=utc_stamp(sent.utc),
            due=utc_stamp(owed[0].due) if owed else "",
            how=cmd.how.strip(),
            told_to=cmd.told_to.strip(),
            package=cmd.package,
            reason=cmd.reason.strip() or None,
        )
    )


def _noted(desk: Desk, cmd: SendNotice, actor: Actor, told: dict[str | None, str]) -> Iterator[Event]:
    """What is said of the sending, written into the report's form, as far as it has items for it."""
    for item, typed in told.items():
        if item is not None and typed.strip() and not _answered(desk, cmd, item):
            refuse_foreign(desk, cmd.key, item, actor)
            yield from record(desk, cmd.key, Cell(cmd.row, item), Told(typed=typed))


def _answered(desk: Desk, cmd: SendNotice, item: str) -> bool:
    """Whether somebody wrote it into the form already; what stands there is not written over."""
    stored = desk.stored(ItemKey(*cmd.key, cmd.row, item))
    return stored is not None and stored.value is not None


def _occasion(desk: Desk, kind: str, key: FormKey, row: str) -> tuple[Notice, Occasion]:
    notice = notice_called(desk, kind)
    if notice is not None:
        for occasion in occasions(desk, key.subject, notice):
            if (occasion.key, occasion.row) == (key, row):
                return notice, occasion
    raise RefusedError(Code.NOTICE_UNKNOWN)


def _report(desk: Desk, cmd: SendNotice) -> tuple[Notice, Occasion, Report]:
    notice = notice_called(desk, cmd.notice)
    if notice is not None:
        for occasion in occasions(desk, cmd.key.subject, notice):
            for report in reports_of(desk, notice, occasion):
                if (report.key, report.row) == (cmd.key, cmd.row):
                    return notice, occasion, report
    raise RefusedError(Code.NOTICE_UNKNOWN)


def _aware(desk: Desk, cmd: SendNotice, notice: Notice, report: Report) -> Moment | None:
    if report.aware is not None:
        return Moment.at(report.aware, desk.zone)
    if notice.aware is None:
        return None
    if not cmd.aware.strip():
        raise RefusedError(Code.AWARE_FIRST)
    return _moment(desk, cmd.key, cmd.aware)


def _moment(desk: Desk, key: FormKey, typed: str) -> Moment:
    """A date and time as typed; a time alone is one of today."""
    manner = replace(manner_of(desk, key), day=desk.today)
    reading = read(typed, Field(ItemType(Kind.DATETIME)), manner)
    if isinstance(reading, Unreadable):
        raise RefusedError(reading.code, **reading.facts)
    if reading is None:
        raise RefusedError(Code.NOT_A_TIME)
    return Moment.parse(reading.text)
