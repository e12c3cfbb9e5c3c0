"""A whole injection day in the window: the page of the day, the label, the dose, the last minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.form.graph import Cell
from crfapp.ledger.keys import VisitKey
from crfapp.present.address import Address
from crfapp.present.texts import ISOLATES
from crfapp.ui.casebook.form_view import FormView
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.day.page import DayWindowPage
from crfapp.ui.fields.line import LineEditor
from tests.support.injection import InjectionClinic, instant
from tests.support.injection_window import InjectionWindow, RealPages, injection_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LABEL = "]d201061411412345661725011210EV-24-117\u241d210031"


class InjectionDay(InjectionWindow):
    """What a nurse does on that day, in the real pages."""

    @property
    def page(self) -> DayWindowPage:
        found = next(page for page in self.frame.pages if page.key == "day")
        assert isinstance(found, DayWindowPage)
        return found

    @property
    def form(self) -> FormView:
        """The open form of the casebook."""
        page = self.frame.page
        assert isinstance(page, CasebookWindowPage)
        return page.widget.findChildren(FormView)[0]

    def answers(self, item: str, text: str, row: str = "") -> None:
        """Go to a question, type, press Enter."""
        assert self.form.jump(Cell(row, item))
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)
        QTest.keyClick(QApplication.focusWidget() or focused, Qt.Key.Key_Return)

    def scans(self, item: str, text: str) -> None:
        """A scanner types into a field what no keyboard has."""
        assert self.form.jump(Cell("", item))
        question = self.form.question_in_focus()
        assert question is not None
        assert isinstance(question.editor, LineEditor)
        question.editor.write(text)
        QTest.keyClick(question.editor.line, Qt.Key.Key_Return)


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[InjectionDay]:
    clinic = InjectionClinic()
    clinic.injection()
    clinic.clock.at = instant("2025-01-12 10:00")
    made = injection_window(InjectionDay, qtbot, clinic, tmp_path, RealPages)
    made.comes_in()
    yield made
    made.close()


def test_from_the_page_of_the_day_to_the_end_of_the_observation(day: InjectionDay) -> None:
    day.frame.go(Address("day"))
    (card,) = day.page.body.cards
    assert "JO01-001" in card.accessibleName()
    day.presses_button("EV administration")
    assert day.frame.address.form == "ECEV"
    day.answers("ECYN", "1")
    assert day.value("ECYN", form="ECEV") == "Y"

    # the label of the vial: read out first, recorded with one press
    day.scans("ECLOT", LABEL)
    assert day.value("ECLOT", form="ECEV") is None
    day.presses_button("Record all of it")
    assert day.value("ECLOT", form="ECEV") == "EV-24-117"
    assert day.value("ECREFID", form="ECEV") == "0031"
    assert day.value("ECEXPDTM", form="ECEV") == "2025-01-12T23:59+03:00[Asia/Amman]"

    # a tray for somebody else is refused, the right label leads to its row
    guard = day.form.guard
    for label, says in (("JO01-002 T01", "Do not give"), ("JO01-001 T01", "is right")):
        guard.line.setText(label)
        QTest.keyClick(guard.line, Qt.Key.Key_Return)
        assert guard.told is not None
        assert says in guard.told.accessibleName()

    # the injection, 13 minutes
    day.answers("ECSTDTM", "10:05")
    day.passes(18)
    day.answers("ECENDTM", "10:18")
    assert len(day.texts) == 1

    # the observation, by the band alone
    day.acts("Watched since 10:18")
    for minutes, row in ((0, "0"), (15, "15"), (15, "30"), (30, "60")):
        day.passes(minutes)
        day.acts("Measured now")
        assert day.value("VSDTM", row) is not None
    day.acts("End observation")
    assert day.value("OBSMIN") == "60"
    assert day.texts == []

    day.frame.go(Address("day"))
    (card,) = day.page.body.cards
    assert card.standing.text().translate(ISOLATES) == "given 10:18"
    assert day.page.body.view is not None
    (watched,) = day.page.body.view.watched
    assert watched.points.translate(ISOLATES) == "0 min 10:18 · 15 min 10:33 · 30 min 10:48 · 60 min 11:18"


@pytest.mark.req("REQ-404")
def test_a_clock_put_forward_in_the_middle_of_the_day_lets_nobody_go(day: InjectionDay) -> None:
    day.clinic.clock.at = instant("2025-01-12 10:18")
    day.clinic.dose(VisitKey(day.clinic.subject, "V_INJ1", 1), start="10:05", end="10:18")
    day.frame.watched.tick()
    day.acts("Watched since 10:18")
    day.passes(10)
    day.clinic.clock.later(hours=1)
    day.frame.watched.tick()
    assert day.texts[0].startswith("JO01-001: 10 of 60 minutes")
    day.frame.clock.look()  # the program has noticed, and recorded it
    day.frame.watched.tick()
    assert day.texts[0].startswith("JO01-001: 10 of 60 minutes")
    day.acts("End observation")
    assert day.value("OBSENDTM") is None
    day.qtbot.waitUntil(lambda: day.frame.address.item == "OBSENDTM")


def test_the_rail_counts_who_comes_for_a_dose_and_labels_are_printed(
    day: InjectionDay, tmp_path: Path
) -> None:
    assert day.page.badge() == 1
    day.frame.go(Address("day"))
    sheet = tmp_path / "labels.pdf"
    day.page.print_labels(day.clinic.subject, sheet)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert "labels.pdf" in day.page.body.told.text()
