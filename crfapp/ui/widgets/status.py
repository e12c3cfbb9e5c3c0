"""The sign of a state: a shape, a colour, and a name for the screen reader."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.icons import status_pixmap
from crfapp.ui.theme import current


class StatusMark(QWidget):
    """One status icon (``expected``, ``complete``, ``query`` ...) with the words for it.

    An empty status keeps its place and shows nothing, so that nothing moves when it appears.
    """

    def __init__(self, status: str = "", words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if status:
            self.show_status(status, words)

    def show_status(self, status: str, words: str) -> None:
        """Show another state; ``words`` is its name in the person's language."""
        if status != self.status or words != self.accessibleName():
            self.status = status
            self.setAccessibleName(words)
            self.setToolTip(words)
            self.update()

    def sizeHint(self) -> QSize:
        """The icon's square."""
        side = current().icon
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon, in the middle."""
        if self.status:
            side = current().icon
            painter = QPainter(self)
            painter.drawPixmap(
                (self.width() - side) // 2,
                (self.height() - side) // 2,
                status_pixmap(self.status, self.devicePixelRatioF()),
            )
