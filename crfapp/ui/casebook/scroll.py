"""The window onto the canvas of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from crfapp.ui.casebook.canvas import Canvas
from crfapp.ui.theme import current
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from crfapp.ui.casebook.lines import Line
    from crfapp.ui.casebook.rows import LineWidget


def scroll_around(widget: QWidget) -> FormScroll | None:
    """The window onto the form in which something stands; None where it stands in no form."""
    found: QWidget | None = widget
    while found is not None and not isinstance(found, FormScroll):
        found = found.parentWidget()
    return found


class FormScroll(QScrollArea):
    """Turning the wheel scrolls, wherever the pointer is. What comes into sight is built."""

    def __init__(self, make: Callable[[Line, QWidget], LineWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        give_slim_bars(self)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.canvas = Canvas(self, make)
        self.setWidget(self.canvas)
        self.canvas.setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(current().row)

    def reserved(self) -> int:
        """The width of the scroll bar while it stands: it takes from the margin, not from the cards."""
        bar = self.verticalScrollBar()
        return bar.sizeHint().width() if bar.isVisible() else 0

    def bring(self, widget: QWidget) -> None:
        """Bring a part of a line into sight, where the line is too high to be seen whole."""
        self.canvas.settle()
        self.ensureWidgetVisible(widget, 0, current().gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The canvas is as wide as the window onto it."""
        super().resizeEvent(event)
        width = self.viewport().width()
        if self.canvas.width() != width:
            self.canvas.resize(width, self.canvas.height())
        else:
            self.canvas.fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only whole pages are turned by keys; the arrows belong to the questions."""
        if event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp} and not event.modifiers():
            super().keyPressEvent(event)
        else:
            event.ignore()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802  # the name is Qt's
        """Build what comes into sight."""
        super().scrollContentsBy(dx, dy)
        self.canvas.fill()
