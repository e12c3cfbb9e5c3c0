"""What the sponsor is to be told at once, and was told: serious events, pregnancies, deaths (REQ-920, 921).

A notice is owed because of what is recorded, and is no state of its own: it survives a restart and travels
with the records. The hours count from the moment of recording, or from the awareness of the site where that
was earlier; a clock that was moved never makes them more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.times import Moment
from crfapp.form.graph import FormRowInfo
from crfapp.form.plan import tree_of
from crfapp.ledger.events import FormStarted, ValueRecorded
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import FormRow, FormRowRow, NoticeRow, SubjectRow, TrailRow
from crfapp.study.language import Ref, compile_expression, needs
from crfapp.study.names import log_group
from crfapp.work.begun import forms_begun
from crfapp.work.offered import home_of
from crfapp.work.rows import StoredRow, rows_of_form
from crfapp.work.strict_time import DeskPast, Instant, StrictTime, strict_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.study.targets import Notice
    from crfapp.work.desk import Desk
    from crfapp.work.strict_time import Past


class Occasion(NamedTuple):
    """Why something is to be reported: a row of the log of events, or a form (then ``row`` is empty).

    ``number`` is what people call the row.
    """

    notice: str
    key: FormKey
    row: str = ""
    number: str = ""


class Report(NamedTuple):
    """One report of an occasion: the row of the report's form, ``number`` 0 for the first.

    ``aware`` and ``sent`` are instants (UTC); ``noted`` is what was recorded of the sending.
    """

    key: FormKey
    row: str
    number: int
    aware: datetime | None
    sent: datetime | None
    noted: NoticeRow | None


@dataclass(frozen=True, slots=True)
class OwedNotice:
    """A report that the sponsor waits for.

    ``report`` is the one that was begun, None before; ``number`` 0 is the first report, later ones are
    follow-ups. It is counted from ``since``; ``aware`` says whether that is the awareness of the site, or
    only the moment of recording. ``due`` is the instant (UTC, by the clock of this workstation) by which it
    has to be out, ``left`` what remains, negative once it is overdue.
    """

    occasion: Occasion
    report: Report | None
    number: int
    since: datetime
    aware: bool
    due: datetime
    left: timedelta

    @property
    def subject(self) -> str:
        """Of whom."""
        return self.occasion.key.subject

    @property
    def notice(self) -> str:
        """Its kind in the pack."""
        return self.occasion.notice

    @property
    def overdue(self) -> bool:
        """Whether its time is over."""
        return self.left < timedelta()


def notices_owed(
    desk: Desk,
    subject: str | None = None,
    past: Past | None = None,
    clock: Callable[[], StrictTime] | None = None,
) -> tuple[OwedNotice, ...]:
    """What is owed for a subject, or at the whole site, what presses most first.

    ``past`` reads the ledger; inside a command it may be left out. ``clock`` tells what is known of the
    time, and is asked only where something is owed; without it what is recorded of the clock is held against
    the wall clock.
    """
    reader = past or DeskPast(desk)
    time = cache(clock or (lambda: strict_time(desk, reader)))
    found: list[OwedNotice] = []
    for notice in desk.study.head.notices:
        for one in _subjects(desk, notice, subject):
            for occasion in occasions(desk, one, notice):
                owed = _owed(desk, notice, occasion, reader, time)
                if owed is not None:
                    found.append(owed)
    return tuple(sorted(found, key=lambda owed: (owed.number > 0, owed.left, owed.occasion)))


def notice_called(desk: Desk, kind: str) -> Notice | None:
    """A notice of the pack by its kind."""
    return next((notice for notice in desk.study.head.notices if notice.notice == kind), None)


def _subjects(desk: Desk, notice: Notice, subject: str | None) -> list[str]:
    if subject is not None:
        return [subject]
    form = notice.arises or notice.form
    return sorted({row.subject for row in forms_begun(desk, form=form)})


def occasions(desk: Desk, subject: str, notice: Notice) -> Iterator[Occasion]:
    """The rows or forms of a subject that are, or were, to be reported; also where a report is out."""
    form = notice.arises or notice.form
    for row in sorted(forms_begun(desk, subject=subject, form=form), key=lambda one: one.key):
        if notice.arises is None:
            whole = FormRowInfo("", 0, "")
            if _holds(desk, notice, row.key, whole):
                yield Occasion(notice.notice, row.key)
            continue
        reported = {one.about for one in _reported(desk, notice, subject)}
        groups = rows_of_form(desk, row.key, desk.forms.plan(row.key))
        for info in groups.get(log_group(desk.study, form), ()):
            if info.key in reported or _holds(desk, notice, row.key, info):
                yield Occasion(notice.notice, row.key, info.key, str(info.number))


def _holds(desk: Desk, notice: Notice, key: FormKey, info: FormRowInfo) -> bool:
    if notice.owed is None:
        return True
    return compile_expression(tree_of(notice.owed))(StoredRow(desk, key, info)) is True


class _Reported(NamedTuple):
    """A row of the report's form and the row of the log that it is about."""

    key: FormKey
    row: str
    about: str


def _reported(desk: Desk, notice: Notice, subject: str) -> list[_Reported]:
    """The reports of rows of a log, in the order in which they were begun."""
    key = report_form(desk, notice, subject)
    if notice.about is None or desk.tables.get(FormRow, *key) is None:
        return []
    rows = sorted(desk.tables.find(FormRowRow, **key._asdict(), voided=0), key=lambda one: one.position)
    told = ((row.row, desk.stored(ItemKey(*key, row.row, notice.about))) for row in rows)
    return [_Reported(key, row, about.value) for row, about in told if about is not None and about.value]


def report_form(desk: Desk, notice: Notice, subject: str) -> FormKey:
    """Where the reports of a subject stand."""
    visit = next(iter(desk.study.visits_of(notice.form)), "")
    return home_of(desk.study, FormKey(subject, visit, 1, notice.form, 1))


def reports_of(desk: Desk, notice: Notice, occasion: Occasion) -> tuple[Report, ...]:
    """The reports of an occasion that were begun, in their order."""
    if notice.arises is None:
        places = [(occasion.key, "")]
    else:
        rows = _reported(desk, notice, occasion.key.subject)
        places = [(one.key, one.row) for one in rows if one.about == occasion.row]
    return tuple(_report(desk, notice, *place, number) for number, place in enumerate(places))


def _report(desk: Desk, notice: Notice, key: FormKey, row: str, number: int) -> Report:
    noted = desk.tables.get(NoticeRow, *key, row, notice.notice, number)
    sent = _moment(desk, key, row, notice.sent)
    if noted is not None:
        sent = Instant.of(noted.sent_at, "").at
    return Report(key, row, number, _moment(desk, key, row, notice.aware), sent, noted)


def _moment(desk: Desk, key: FormKey, row: str, item: str | None) -> datetime | None:
    stored = desk.stored(ItemKey(*key, row, item)) if item else None
    if stored is None or not stored.value or stored.hidden == 1:
        return None
    return Moment.parse(stored.value).utc


def _owed(
    desk: Desk, notice: Notice, occasion: Occasion, past: Past, time: Callable[[], StrictTime]
) -> OwedNotice | None:
    reports = reports_of(desk, notice, occasion)
    first = reports[0] if reports else None
    if first is None or first.sent is None:
        recorded = recorded_at(desk, notice, occasion, past)
        return _counted(occasion, first, recorded, notice.hours, time())
    last = max((one for one in reports if one.sent is not None), key=lambda one: one.number)
    waiting = next((one for one in reports if one.sent is None), None)
    if last.sent is None or notice.follow_up_days is None:
        return None
    if waiting is None and not _goes_on(desk, occasion):
        return None
    due = last.sent + timedelta(days=notice.follow_up_days)
    return OwedNotice(occasion, waiting, last.number + 1, last.sent, True, due, due - time().now)


def _counted(
    occasion: Occasion, report: Report | None, recorded: Instant, hours: int, time: StrictTime
) -> OwedNotice:
    """The first report: from the recording, or from the awareness where that was before it."""
    aware = report.aware if report else None
    earlier = max(recorded.at - aware, timedelta()) if aware is not None else timedelta()
    left = timedelta(hours=hours) - time.passed(recorded) - earlier
    since = recorded.at - earlier
    return OwedNotice(occasion, report, 0, since, aware is not None, time.now + left, left)


def _goes_on(desk: Desk, occasion: Occasion) -> bool:
    """Whether the event is ongoing, as far as the pack has a log of events that says so."""
    log = desk.study.head.events
    if log is None or log.form != occasion.key.form:
        return False
    stored = desk.stored(ItemKey(*occasion.key, occasion.row, log.ongoing))
    return stored is not None and stored.value == "Y" and stored.hidden != 1


def recorded_at(desk: Desk, notice: Notice, occasion: Occasion, past: Past) -> Instant:
    """When it was first recorded that there is something to report.

    An answer that was taken back and given again counts from its first time.
    """
    found: list[Instant] = []
    if notice.owed is None or notice.arises is None:
        for record in past.records(subject=occasion.key.subject, kinds={FormStarted.kind}):
            if isinstance(record.event, FormStarted) and record.event.key == occasion.key:
                found.append(Instant.of(record.envelope.at, record.envelope.hybrid))
    else:
        for item in sorted(
            {need.item for need in needs(tree_of(notice.owed)) if isinstance(need, Ref) and need.item}
        ):
            found += _first_given(desk, ItemKey(*occasion.key, occasion.row, item), past)
    return min(found, key=lambda one: one.hybrid) if found else Instant(desk.now.utc, "9")


def _first_given(desk: Desk, place: ItemKey, past: Past) -> Iterator[Instant]:
    """When an item was first given the answer that it has now; by the trail where nobody reads the ledger."""
    stored = desk.stored(place)
    if stored is None:
        return
    kinds = {ValueRecorded.kind}
    for record in past.records(subject=place.subject, kinds=kinds, item=place.item):
        event = record.event
        if isinstance(event, ValueRecorded) and event.place == place and event.value == stored.value:
            yield Instant.of(record.envelope.at, record.envelope.hybrid)
            return
    row = desk.tables.get(TrailRow, stored.node, stored.seq)
    if row is not None:
        yield Instant.of(row.at, row.hybrid)


def number_of(desk: Desk, subject: str) -> str:
    """What people call a subject."""
    row = desk.tables.get(SubjectRow, subject)
    return row.number if row is not None else ""
