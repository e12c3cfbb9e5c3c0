"""The reading desk, put together for whoever judges photographs or opens readings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell
    from crfapp.work.readings import Reading


def reading_pages(at: Workplace, shell: Shell, room: PhotoRoom | None) -> Sequence[Page]:
    """The page; none where the study takes no photographs, or this person neither judges nor oversees."""
    judges = at.actor.may(Right.RATE) or at.actor.may(Right.OVERSEE)
    if at.study.head.photographs is None or at.study.head.targets is None or not judges:
        return ()
    from crfapp.present.reading_opening import ReadingOpening
    from crfapp.present.reading_page import ReadingPage
    from crfapp.ui.reading import ReadingWindowPage

    page = ReadingPage(at, room, ReadingsAtHand(at))
    return (ReadingWindowPage(page, ReadingOpening(at), shell, at.texts, Path.home()),)


class ReadingsAtHand:
    """Implements :class:`crfapp.present.reading_page.ReadingFiles`."""

    def __init__(self, at: Workplace) -> None:
        self._at = at

    def data(self, reading: Reading, target: Path) -> tuple[str, str, int]:
        """The cases and the agreement as CSV; file name, SHA-256, rows."""
        from crfapp.exchange.reading_sheets import (
            agreement_columns,
            agreement_rows,
            case_columns,
            case_rows,
        )
        from crfapp.exchange.report_file import Listed, write_report

        say, desk = self._at.texts, self._at.desk
        tables = [
            Listed([column.name for column in columns(say)], [[_text(cell) for cell in row] for row in rows])
            for columns, rows in (
                (case_columns, case_rows(desk, reading)),
                (agreement_columns, agreement_rows(desk, reading)),
            )
        ]
        return (target.name, *write_report(tables, target))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
