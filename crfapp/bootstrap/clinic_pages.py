"""The pages of lesions, the injection day, safety and reports, as far as the study and the person have to do
with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.board import Board
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


def clinic_pages(at: Workplace, shell: Shell, board: Board, site: OpenSite | None) -> Sequence[Page]:
    """Each matter's pages; ``site`` is None where no door is there, as in tests of the frame."""
    del site  # pages that keep files ask for it
    return (*_day(at, shell, board), _reports(at, board))


def _day(at: Workplace, shell: Shell, board: Board) -> Sequence[Page]:
    """The injection day, where the study gives doses."""
    from crfapp.present.day_page import DayPage, gives_doses

    if not gives_doses(at):
        return ()
    from crfapp.bootstrap.label_codes import draw_code
    from crfapp.present.lesion_labels import LesionLabels
    from crfapp.ui.day import DayWindowPage

    return (DayWindowPage(DayPage(at, board), LesionLabels(at, draw_code), shell, at.texts),)


def _reports(at: Workplace, board: Board) -> Page:
    from crfapp.bootstrap.report_files import ReportsAtHand
    from crfapp.present.reports.page import ReportsPage
    from crfapp.ui.reports import ReportsWindowPage

    return ReportsWindowPage(ReportsPage(at, board, ReportsAtHand(at)), at.texts, Path.home())
