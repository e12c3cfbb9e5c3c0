"""What the tests do with an editor, in the nurse's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from crfapp.ui.widgets.options import OptionGroup

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.ui.fields import FieldEditor


class Heard:
    """Everything an editor has said, in order."""

    def __init__(self, editor: FieldEditor) -> None:
        self.said: list[str] = []
        editor.left.connect(lambda text: self.said.append(f"left {text}"))
        editor.wants_next.connect(lambda: self.said.append("next"))
        editor.wants_previous.connect(lambda: self.said.append("previous"))
        editor.wants_missing.connect(lambda: self.said.append("missing"))
        editor.wants_help.connect(lambda: self.said.append("help"))


def focused() -> QWidget:
    """The widget that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def types(qtbot: QtBot, text: str) -> None:
    """Type on whatever has the keyboard; QTest knows ASCII keys only, an Arabic keyboard has others."""
    for letter in text:
        if letter.isascii():
            qtbot.keyClicks(focused(), letter)  # type: ignore[no-untyped-call]  # pytest-qt's
            continue
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            stroke = QKeyEvent(kind, ord(letter), Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(focused(), stroke)


def presses(
    qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press one key on whatever has the keyboard."""
    qtbot.keyClick(focused(), key, modifier)  # type: ignore[no-untyped-call]  # as above


def presses_on(qtbot: QtBot, widget: QWidget, key: Qt.Key) -> None:
    """Press one key on a widget that stands open above the others."""
    qtbot.keyClick(widget, key)  # type: ignore[no-untyped-call]  # as above


def clicks(qtbot: QtBot, widget: QWidget) -> None:
    """Click on the middle of a widget."""
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)  # type: ignore[no-untyped-call]  # as above


def goes_elsewhere(editor: FieldEditor) -> None:
    """Put the keyboard into the field below."""
    below = editor.window().findChild(QLineEdit, "neighbour")
    assert below is not None
    below.setFocus(Qt.FocusReason.TabFocusReason)


def turns_wheel(widget: QWidget) -> None:
    """Turn the wheel one notch over a widget and everything in it."""
    for target in (widget, *widget.findChildren(QWidget)):
        where = QPointF(target.rect().center())
        event = QWheelEvent(
            where,
            target.mapToGlobal(where),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(target, event)


def options_of(editor: FieldEditor) -> OptionGroup:
    """The group of answers inside an editor."""
    group = editor.findChild(OptionGroup)
    assert group is not None
    return group
