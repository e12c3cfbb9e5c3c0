"""The Reports page: which report, of whom, read by pointer and keys, taken out as a page and as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from crfapp.bootstrap.report_files import ReportsAtHand
from crfapp.ledger.events import PaperMade
from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.present.board import Board
from crfapp.present.reports.page import ReportsPage
from crfapp.ui.lists.table_card import TableCard
from crfapp.ui.reports import ReportsWindowPage
from crfapp.ui.widgets.plot import Plot
from crfapp.work.roles import Actor, Role
from tests.support.page_on_screen import dress_application, put_on_screen
from tests.support.site_of import example_site, workplace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.present.workplace import Workplace


def example() -> str:
    return example_site().desk.tables.find(SubjectRow, number="JO01-003")[0].subject


def open_page(qtbot: QtBot, at: Workplace, folder: Path = Path()) -> ReportsWindowPage:
    page = ReportsWindowPage(ReportsPage(at, Board(at), ReportsAtHand(at)), at.texts, folder)
    put_on_screen(qtbot, page)
    page.shown()
    return page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_report_is_chosen_and_narrowed_to_one_subject(qtbot: QtBot, language: str) -> None:
    dress_application(language)
    page = open_page(qtbot, workplace(example_site(), language))
    QTest.mouseClick(page.body.kinds["areas"], Qt.MouseButton.LeftButton)
    page.body.subject.chosen.emit(example())
    plots = page.body.findChildren(Plot)
    assert [line.name for line in plots[0].view.lines] == ["T01", "T02", "C01"]
    assert page.address() == Address("reports", subject=example(), item="areas")
    assert page.body.findChildren(TableCard)


def test_the_keys_say_what_stands_at_each_point(qtbot: QtBot) -> None:
    dress_application()
    page = open_page(qtbot, workplace(example_site()))
    page.open(Address("reports", subject=example(), item="areas"))
    plot = page.body.findChildren(Plot)[0]
    plot.setFocus()
    plot.grab()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert "T01" in QToolTip.text()
    assert "110" in QToolTip.text()
    assert "T01 · -7 · " in plot.accessibleDescription().replace("\u2212", "-")


def test_a_page_and_the_data_are_written_and_on_record(qtbot: QtBot, tmp_path: Path) -> None:
    dress_application()
    at = workplace(example_site())
    told: list[str] = []
    at.listen(lambda outcome: told.extend(e.what for e in outcome.events if isinstance(e, PaperMade)))
    presenter = ReportsPage(at, Board(at), ReportsAtHand(at))
    page = ReportsWindowPage(presenter, at.texts, tmp_path)
    put_on_screen(qtbot, page)
    presenter.choose("areas", example())
    page.write(tmp_path / "areas.pdf", presenter.print_to)
    page.write(tmp_path / "areas.csv", presenter.export_to)
    assert told[0].startswith("report:areas: ")
    assert told[1].startswith("report-data:areas: ")
    assert (tmp_path / "areas.pdf").read_bytes().startswith(b"%PDF")
    page.write(tmp_path / "areas.csv", presenter.export_to)
    assert page.body.problem.isVisible()


def test_who_may_not_take_data_out_is_not_offered_it(qtbot: QtBot) -> None:
    dress_application()
    monitor = Actor("weber", "Weber", Role.MONITOR, "CRO")
    page = open_page(qtbot, workplace(example_site(), actor=monitor))
    assert not page.body.print.isVisible()
    assert not page.body.export.isVisible()
