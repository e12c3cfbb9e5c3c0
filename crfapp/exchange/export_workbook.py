"""A site's encrypted workbook, made from one snapshot. The caller records that it was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.exchange.dataset import WITHOUT_SUBJECTS, sheets_of
from crfapp.exchange.handover import hand_over
from crfapp.exchange.workbook_parts import Properties

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.exchange.handover import Handover, Progress
    from crfapp.exchange.site_data import SiteData

WHOLE = 1000
"""What progress counts up to."""
_PASSES = 2
"""Every sheet is gone through twice: to write it, and to compare it."""
_RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was handed over: the file, its SHA-256, and how much of the site it holds."""

    path: Path
    sha256: str
    bytes: int
    sheets: int
    rows: int
    cells: int
    subjects: int


def export_workbook(
    data: SiteData, target: Path, password: str, *, progress: Progress, replace: bool = False
) -> ExportReport:
    """Write, protect, read back, compare and name the workbook; ``data`` must stay one snapshot.

    ``progress(done, total, step)`` counts thousandths of the work; it may raise to cancel, which leaves
    nothing behind. Raises what :func:`crfapp.exchange.handover.hand_over` raises.
    """
    sheets = sheets_of(data)
    subjects = data.count_subjects()
    rounds = max(1, subjects * sum(sheet.name not in WITHOUT_SUBJECTS for sheet in sheets) * _PASSES)

    def paced(_done: int, _total: int, step: str) -> None:
        progress(min(WHOLE, data.passed * WHOLE // rounds), WHOLE, step)

    done = hand_over(
        sheets,
        target,
        password,
        properties=properties_of(data),
        progress=paced,
        right_to_left=data.desk.language in _RIGHT_TO_LEFT,
        replace=replace,
    )
    return _report(done, subjects)


def file_name(study: str, site: str, stamp: str) -> str:
    """``nct06813027_JO01_20250112-1024.xlsx``."""
    return f"{study}_{site}_{stamp}.xlsx"


def properties_of(data: SiteData) -> Properties:
    """What the file says of itself: study and site, maker, time, program."""
    making = data.making
    title = f"{data.study.head.study} {data.site.code}"
    return Properties(title, making.by, making.at.utc, making.software)


def _report(done: Handover, subjects: int) -> ExportReport:
    return ExportReport(done.path, done.sha256, done.bytes, len(done.sheets), done.rows, done.cells, subjects)
