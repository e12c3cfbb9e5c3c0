"""Enrolment against the plan: who was taken in, who was given a dose, who has left."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.present.plot_view import Line, PlotView, Point
from crfapp.present.reports.view import ReportColumn, ReportTable, ReportView
from crfapp.work.tolerability import dose_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crfapp.ledger.state import SubjectRow
    from crfapp.present.board import Board
    from crfapp.present.workplace import Workplace

KEY = "enrolment"


class Enrolment:
    """The report; always of everybody."""

    def __init__(self, at: Workplace, board: Board) -> None:
        self._at, self._board = at, board

    def view(self, subjects: Sequence[SubjectRow], _one: str) -> ReportView:
        """Days, and the two curves against the number that is planned."""
        say, zone = self._at.texts, ZoneInfo(self._at.site.zone)
        rows = []
        for row in subjects:
            enrolled = datetime.fromisoformat(row.enrolled).astimezone(zone).date()
            doses = dose_days(self._at.desk, row.subject)
            rows.append((row, enrolled, doses, self._board.standing(row).ended))
        return ReportView(
            KEY,
            say("Enrolment against the plan"),
            say("From the day on which a subject was entered here, and the day of the first dose."),
            plots=self._plots([day for _, day, _, _ in rows], [d[0] for _, _, d, _ in rows if d]),
            tables=(self._table(rows),) if rows else (),
            none=say("Nobody is enrolled yet."),
        )

    def _plots(self, enrolled: Sequence[date], treated: Sequence[date]) -> tuple[PlotView, ...]:
        if not enrolled:
            return ()
        say, first, today = self._at.texts, min(enrolled), self._at.today
        planned = self._at.study.head.subjects.planned
        end = max((today - first).days, 1)
        lines = [_growing(say("Enrolled"), enrolled, first, end)]
        if treated:
            lines.append(_growing(say("Given a dose"), treated, first, end))
        if planned:
            goal = (Point(0, planned), Point(end, planned))
            lines.append(Line(say("Planned"), goal, dashed=True))
        return (
            PlotView(
                say("Enrolment"),
                say("Days since the first subject"),
                say("Subjects"),
                tuple(lines),
                low=0,
                whole=True,
            ),
        )

    def _table(self, rows: Sequence[tuple[SubjectRow, date, list[date], bool]]) -> ReportTable:
        say = self._at.texts
        columns = (
            ReportColumn(say("Subject"), "SUBJECT", "short"),
            ReportColumn(say("Enrolled"), "ENROLLED", "day"),
            ReportColumn(say("First dose"), "FIRST_DOSE", "day"),
            ReportColumn(say("Doses"), "DOSES", "number"),
            ReportColumn(say("Last dose"), "LAST_DOSE", "day"),
            ReportColumn(say("Standing"), "STANDING"),
        )
        lines = tuple(
            (
                *(row.number, enrolled.isoformat(), doses[0].isoformat() if doses else ""),
                *(str(len(doses)), doses[-1].isoformat() if doses else ""),
                say("ended early") if ended else say("in the study"),
            )
            for row, enrolled, doses, ended in rows
        )
        return ReportTable(columns, lines)


def _growing(words: str, days: Sequence[date], first: date, end: int) -> Line:
    """How many there were from each day on, up to today."""
    points, count = [], 0
    for day in sorted(days):
        count += 1
        points.append(Point((day - first).days, count))
    return Line(words, (*points, Point(end, count)), steps=True)
