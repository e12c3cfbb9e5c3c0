"""Casebooks as PDFs from the window: whose, with what, by keyboard; the palette leads there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot  # noqa: TC002 - the name is looked up when tests are collected

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.casebook_papers import CasebookPapers
from crfapp.present.exchange_parts import ExchangeParts
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.exchange import ExchangeWindowPage
from tests.support.clinic import ADMIN
from tests.support.here_and_now import HereAndNow
from tests.support.page_on_screen import dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.spoken import without_name, without_ring
from tests.support.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.lane import Steps


class Printer:
    """Stands for the drawing; it keeps what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[str, ...], Path, str, bool]] = []
        self.failing: EnvironmentProblem | None = None

    def make(
        self, subjects: Sequence[str], folder: Path, _steps: Steps, *, language: str, whole: bool
    ) -> Sequence[str]:
        if self.failing is not None:
            raise self.failing
        self.asked.append((tuple(subjects), folder, language, whole))
        return [f"{number}.pdf" for number in subjects]


class Desk:
    def __init__(self, qtbot: QtBot, language: str = "en") -> None:
        dress_application(language)
        self.ward, self.printer = Ward(), Printer()
        self.ward.enrol()
        self.numbers = sorted(row.number for row in self.ward.ledger.tables.find(SubjectRow))
        at = workplace(self.ward, language=language)
        self.presenter = CasebookPapers(at, HereAndNow(), self.printer)
        self.page = ExchangeWindowPage(ExchangeParts(casebooks=self.presenter), at.texts, Path("/home"))
        put_on_screen(qtbot, self.page)
        self.card = self.page.body.casebooks.card


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_control_has_a_name_and_shows_the_keyboard(qtbot: QtBot, language: str) -> None:
    desk = Desk(qtbot, language)
    assert without_name(desk.page.widget) == []
    assert without_ring(desk.page.widget) == []


def test_everybody_or_one_subject_with_or_without_what_stays(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.presenter.make(Path("/stick"))
    desk.page.open(Address("exchange", desk.ward.ledger.tables.find(SubjectRow)[0].subject, item="casebooks"))
    QTest.keyClick(desk.card.whole, Qt.Key.Key_Space)
    desk.presenter.make(Path("/stick"))
    assert [(len(asked[0]), asked[3]) for asked in desk.printer.asked] == [
        (len(desk.numbers), False),
        (1, True),
    ]
    assert desk.printer.asked[1][0][0] in desk.card.done.text()
    assert desk.card.subject.text().strip("\u2068\u2069") in desk.numbers


def test_a_full_disk_is_said_where_the_button_is(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.printer.failing = EnvironmentProblem(Code.DISK_FULL)
    desk.presenter.make(Path("/stick"))
    assert desk.card.problem.isVisible()
    assert not desk.card.done.isVisible()
    assert desk.card.make.isEnabled()


class Frame:
    """Stands for the window's frame; it keeps where somebody wanted to go."""

    def __init__(self) -> None:
        self.went: list[Address] = []

    def go(self, at: Address) -> None:
        self.went.append(at)

    def show_help(self) -> None:
        raise AssertionError("nobody asked for help")


@pytest.mark.parametrize("prints", [True, False])
def test_the_palette_of_a_casebook_leads_there_for_whoever_hands_data_over(
    qtbot: QtBot, prints: bool
) -> None:
    dress_application()
    ward, frame = Ward(), Frame()
    at = workplace(ward, actor=ADMIN)
    subject = ward.enrol() if not ward.ledger.tables.find(SubjectRow) else ward.dm.subject
    page = CasebookWindowPage(CasebookPage(at), frame, at.texts, prints=prints)  # type: ignore[arg-type]
    put_on_screen(qtbot, page)
    page.open(Address("casebook", subject))
    found = [action for action in page.actions() if action.key == "casebook-pdf"]
    assert bool(found) is prints
    for action in found:
        action.run()
        assert frame.went == [Address("exchange", subject, item="casebooks")]
