"""What is owed for the subjects of the site, as a report."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import STAYS
from crfapp.exchange.confidential import Confidential
from crfapp.present.finding_words import finding_words
from crfapp.present.reports.view import ReportColumn, ReportTable, ReportView
from crfapp.work.obligations import OUTLINES_APART, OUTSTANDING, SECOND_CHECK, owed_at_site

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from crfapp.ledger.state import SubjectRow
    from crfapp.present.workplace import Workplace
    from crfapp.work.obligations import Owed

KEY = "owed"
_LAST = "9"
"""What has no limit stands behind everything that has one."""


class OwedReport:
    """The report, for one subject or for everybody."""

    def __init__(self, at: Workplace, zone: ZoneInfo) -> None:
        self._at, self._zone = at, zone
        self._confidential = Confidential(at.study)

    def view(self, subjects: Sequence[SubjectRow], _one: str) -> ReportView:
        """What presses most stands first."""
        say, numbers = self._at.texts, {row.subject: row.number for row in subjects}
        owed = [one for one in owed_at_site(self._at.desk) if one.subject in numbers]
        columns = (
            ReportColumn(say("Subject"), "SUBJECT", "short"),
            ReportColumn(say("Owed by"), "DUE", "day"),
            ReportColumn(say("What is owed"), "WHAT"),
            ReportColumn(say("Kind"), "KIND", "short"),
            ReportColumn(say("Visit"), "VISIT"),
            ReportColumn(say("Forms"), "FORMS"),
            ReportColumn(say("Overdue"), "OVERDUE", "short"),
        )
        rows = sorted(
            (self._row(numbers[one.subject], one) for one in owed), key=lambda row: (row[1] or _LAST, row)
        )
        return ReportView(
            KEY,
            say("Open obligations"),
            say("Tasks that checks have set, forms that are not complete in time, second checks that wait."),
            plots=(),
            tables=(ReportTable(columns, tuple(rows)),) if rows else (),
            none=say("Nothing is owed."),
        )

    def _row(self, number: str, one: Owed) -> tuple[str, ...]:
        say, texts = self._at.texts, self._at.study_texts
        visit = one.visit.visit if one.visit else one.finding.visit if one.finding else ""
        forms = [key.form for key in one.forms] or ([one.finding.form] if one.finding else [])
        return (
            *(number, self._day(one.due), self._what(one), one.kind),
            *(texts.visit(visit) if visit else "", " · ".join(texts.form(form) for form in forms)),
            say("yes") if self._late(one.due) else "",
        )

    def _what(self, one: Owed) -> str:
        say = self._at.texts
        found = one.finding
        if found is not None:
            # a report may leave the site: what its words would tell of what stays there is not in it
            keeps = self._confidential
            stays = keeps.keeps(found.form, found.item) or keeps.keeps_sentence(found.check)
            return STAYS if stays else finding_words(self._at, found)
        words = {
            SECOND_CHECK: say("Answers wait for a second person"),
            OUTLINES_APART: say("Two outlines differ: an investigator decides which one counts"),
            OUTSTANDING: say("Forms are not complete"),
        }
        return words.get(one.kind, one.kind)

    def _day(self, due: datetime | date | None) -> str:
        if isinstance(due, datetime):
            return f"{due.astimezone(self._zone):%Y-%m-%dT%H:%M}"
        return due.isoformat() if due is not None else ""

    def _late(self, due: datetime | date | None) -> bool:
        if isinstance(due, datetime):
            return due < self._at.now.utc.astimezone(UTC)
        return due is not None and due < self._at.today
