"""Reports as files: a page for people, and the data behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.bootstrap.papers import put_pages
from crfapp.exchange.report_file import Listed, write_report
from crfapp.present.reports.booklet import report_booklet

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.present.reports.view import ReportView
    from crfapp.present.workplace import Workplace


class ReportsAtHand:
    """Implements :class:`crfapp.present.reports.page.ReportFiles`."""

    def __init__(self, at: Workplace) -> None:
        self._at = at

    def page(self, report: ReportView, target: Path) -> tuple[str, str, int]:
        """As a PDF; file name, SHA-256, pages."""
        return (target.name, *put_pages(report_booklet(self._at, report), target))

    def data(self, report: ReportView, target: Path) -> tuple[str, str, int]:
        """Its tables as CSV; file name, SHA-256, rows."""
        tables = [Listed([column.name for column in table.columns], table.rows) for table in report.tables]
        return (target.name, *write_report(tables, target))
