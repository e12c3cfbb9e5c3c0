"""What the tests do at an open form, in the nurse's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from crfapp.ui.casebook.rows import LineWidget
from crfapp.ui.fields import FieldEditor
from crfapp.ui.widgets import InlineMessage
from tests.ui.fields.typing_by_hand import focused, presses, types

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.ui.casebook import FormView
    from crfapp.ui.casebook.asking import ReasonPrompt
    from tests.support.fake_form_page import FakeFormPage

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def place_of_keyboard() -> str:
    """The item (or row and item) whose editor has the keyboard; empty where it is somewhere else."""
    widget: QWidget | None = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, FieldEditor):
        widget = widget.parentWidget()
    return "" if widget is None else widget.objectName()


class FormDesk:
    """One open form, its page, and hands on the keyboard."""

    def __init__(self, qtbot: QtBot, view: FormView, page: FakeFormPage) -> None:
        self.qtbot, self.view, self.page = qtbot, view, page

    def type(self, text: str) -> None:
        types(self.qtbot, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        presses(self.qtbot, key, modifier)

    def enter(self, text: str = "") -> None:
        """Type something and go on."""
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def editor(self, name: str) -> FieldEditor:
        """The editor of an item, which must be built."""
        found = self.view.findChild(FieldEditor, name)
        assert found is not None, f"{name} is not on the page"
        return found

    def is_built(self, name: str) -> bool:
        return self.view.findChild(FieldEditor, name) is not None

    def shows(self, name: str) -> bool:
        """Whether a question can be seen on the page."""
        self.view.canvas.settle()
        editor = self.view.findChild(FieldEditor, name)
        return editor is not None and editor.isVisible()

    def line(self, name: str) -> LineWidget:
        line = self.editor(name).parentWidget()
        assert isinstance(line, LineWidget)
        return line

    def sentences(self, name: str) -> list[str]:
        """What is said below the line of a question."""
        messages = self.line(name).messages
        if messages is None or not messages.isVisible():
            return []
        return [m.text.text() for m in messages.findChildren(InlineMessage) if not m.isHidden()]

    def prompt(self, name: str) -> ReasonPrompt:
        """The prompt below a question."""
        messages = self.line(name).messages
        assert messages is not None
        assert messages.prompt is not None
        return messages.prompt

    def press_button(self, words: str) -> None:
        """Press the one visible button with these words, by the keyboard."""
        found = [b for b in self.view.findChildren(QAbstractButton) if b.text() == words and b.isVisible()]
        assert len(found) == 1, f"{len(found)} buttons {words!r}"
        found[0].setFocus()
        presses(self.qtbot, Qt.Key.Key_Space)

    def press_button_named(self, name: str) -> None:
        """Press the one visible button that a screen reader calls so."""
        found = [b for b in self.view.findChildren(QAbstractButton) if b.accessibleName() == name]
        shown = [b for b in found if b.isVisible()]
        assert len(shown) == 1, f"{len(shown)} buttons {name!r}"
        shown[0].setFocus()
        presses(self.qtbot, Qt.Key.Key_Space)

    def row_head(self, name: str) -> QAbstractButton:
        """The head of a row of a log."""
        found = self.view.findChild(QAbstractButton, name)
        assert found is not None
        return found

    def press_row(self, name: str) -> None:
        """Open or close a row of a log."""
        self.row_head(name).setFocus()
        presses(self.qtbot, Qt.Key.Key_Return)

    def height_in_window(self, name: str) -> int:
        """Where a question stands in the window, in pixels from the top of its form."""
        self.view.canvas.settle()
        return self.editor(name).mapTo(self.view, QPoint(0, 0)).y()


__all__ = ["ALT", "CONTROL", "SHIFT", "FormDesk", "focused", "place_of_keyboard"]
