"""The Reports page: which report, of whom, and taking it out as a page or as data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from crfapp.present.reports.areas import Areas
from crfapp.present.reports.enrolment import Enrolment
from crfapp.present.reports.owed import OwedReport
from crfapp.present.reports.tolerability import Tolerability
from crfapp.present.texts import isolated
from crfapp.work.handing_over import NoteFiles
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.ledger.state import SubjectRow
    from crfapp.present.board import Board
    from crfapp.present.reports.view import ReportView
    from crfapp.present.workplace import Workplace

_OF_ALL = ("enrolment",)
"""Reports that are never of one subject alone."""


class Report(Protocol):
    """One kind of report."""

    def view(self, subjects: Sequence[SubjectRow], one: str) -> ReportView:
        """Of these subjects; ``one`` is the one that is looked at alone, or empty."""
        ...


class ReportFiles(Protocol):
    """Writes a report down; ``bootstrap`` carries it out. Gives file name, SHA-256, and rows or pages."""

    def page(self, report: ReportView, target: Path) -> tuple[str, str, int]:
        """As a PDF."""
        ...

    def data(self, report: ReportView, target: Path) -> tuple[str, str, int]:
        """Its tables, as CSV."""
        ...


class ReportsPage:
    """The presenter."""

    def __init__(self, workplace: Workplace, board: Board, files: ReportFiles) -> None:
        self._at, self._board, self._files = workplace, board, files
        zone = ZoneInfo(workplace.site.zone)
        self._reports: dict[str, Report] = {
            "tolerability": Tolerability(workplace),
            "areas": Areas(workplace),
            "enrolment": Enrolment(workplace, board),
            "owed": OwedReport(workplace, zone),
        }
        if workplace.study.head.targets is None:
            del self._reports["areas"]
        if workplace.study.head.checklist is None:
            del self._reports["tolerability"]
        self.key = next(iter(self._reports))
        self.subject = ""

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The reports of this study: (key, title)."""
        say = self._at.texts
        titles = {
            "tolerability": say("Tolerability"),
            "areas": say("Areas and their change"),
            "enrolment": say("Enrolment against the plan"),
            "owed": say("Open obligations"),
        }
        return tuple((key, titles[key]) for key in self._reports)

    def view(self) -> ReportView:
        """The chosen report as things stand."""
        subjects = self._board.subjects()
        of_all = self.key in _OF_ALL
        one = "" if of_all else self.subject
        chosen = [row for row in subjects if not one or row.subject == one]
        view = self._reports[self.key].view(chosen, one)
        everybody = ("", self._at.texts("All subjects"))
        offered = () if of_all else (everybody, *((row.subject, row.number) for row in subjects))
        return replace(view, subjects=offered, subject=one)

    def choose(self, key: str = "", subject: str | None = None) -> None:
        """Turn to another report, or to another subject (empty for all)."""
        if key in self._reports:
            self.key = key
        if subject is not None:
            self.subject = subject

    @property
    def may_take(self) -> bool:
        """Whether this person may take data out."""
        return self._at.actor.may(Right.EXPORT)

    def suggested_name(self, ending: str) -> str:
        """A file name with study, site, report, subject and day."""
        at = self._at
        number = next((row.number for row in self._board.subjects() if row.subject == self.subject), "")
        whose = f"_{number}" if number and self.key not in _OF_ALL else ""
        return f"{at.study.head.study}_{at.site.code}_{self.key}{whose}_{at.now.local:%Y%m%d-%H%M}.{ending}"

    def print_to(self, target: Path) -> str:
        """Put the report down as a PDF and on record; the sentence that says so. Raises AppProblem."""
        return self._taken("report", *self._files.page(self.view(), target))

    def export_to(self, target: Path) -> str:
        """Put its tables down as CSV and on record; the sentence that says so. Raises AppProblem."""
        return self._taken("report-data", *self._files.data(self.view(), target))

    def _taken(self, what: str, file: str, sha256: str, count: int) -> str:
        self._at.send(NoteFiles(what=f"{what}:{self.key}", file=file, sha256=sha256, count=count))
        return self._at.texts("Written: {file}", file=isolated(file))
