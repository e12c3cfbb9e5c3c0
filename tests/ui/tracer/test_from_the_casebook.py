"""From the area in the form to the photograph, and back with the area that was traced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crfapp.planimetry.calibration import Line
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import to_text
from crfapp.present.address import Address
from crfapp.present.casebook_page import CasebookPage
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.fields import FieldEditor
from crfapp.ui.widgets import Button
from crfapp.work.outlines import DrawOutline
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.tracing_ward import TracingWard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SQUARE = Outline((Part((Point(0, 0), Point(100, 0), Point(100, 100), Point(0, 100))),))
RULER = Line(Point(0, 500), Point(500, 500), 50)


class AtTheForm:
    """A nurse in the form in which areas are measured."""

    def __init__(self, qtbot: QtBot) -> None:
        dress_application()
        self.ward, self.shell = TracingWard(), ShellAlone()
        at = workplace(self.ward)
        self.page = CasebookWindowPage(CasebookPage(at), self.shell, at.texts)
        self.ward.bus.listen(lambda outcome: self.page.refresh(outcome.topics))
        put_on_screen(qtbot, self.page)
        self.place = self.ward.place()
        self.page.open(Address("casebook", *self.place))
        qtbot.waitUntil(lambda: bool(self.buttons()), timeout=20_000)

    def buttons(self) -> list[str]:
        """What the inspector offers."""
        return [
            button.text() for button in self.page.view.inspector.findChildren(Button) if button.isVisible()
        ]

    def shown(self) -> str:
        """What stands in the area's field."""
        found = [
            e
            for e in self.page.view.form.findChildren(FieldEditor, f"{self.place.row}/PLAN")
            if e.isVisible()
        ]
        return found[0].raw()


def test_the_area_leads_to_its_photograph_by_key_and_by_button(qtbot: QtBot) -> None:
    at = AtTheForm(qtbot)
    assert at.buttons() == ["Trace on a photograph"]
    QTest.keyClick(at.page.view.form, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert at.shell.went == [Address("tracer", *at.place)]


def test_the_form_shows_what_was_traced_when_one_comes_back(qtbot: QtBot) -> None:
    at = AtTheForm(qtbot)
    assert at.shown() == ""
    at.page.widget.hide()
    key, row, item = at.place.of, at.place.row, at.place.item
    at.ward.send(
        DrawOutline(key=key, row=row, item=item, photograph=at.ward.photograph, drawn=to_text(SQUARE, RULER))
    )
    at.page.widget.show()
    at.page.open(Address("casebook", *at.place))
    at.page.shown()
    assert at.shown() == "100.0"
    qtbot.waitUntil(lambda: at.buttons() == ["Outline on the photograph"], timeout=20_000)
