"""Words that are cut with an ellipsis where there is no room, and whole in the tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.widgets.words import Words


class ElidedLabel(Words):
    """One line that gives way to its neighbours."""

    def __init__(
        self,
        text: str = "",
        tone: str = "text",
        *,
        size: str = "base",
        weight: int = 400,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, tone, size=size, weight=weight, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(4 * self.fontMetrics().averageCharWidth(), self.fontMetrics().height())

    def setText(self, text: str) -> None:  # noqa: N802  # the name is Qt's
        """Show other words, and where they are cut, the whole of them in the tool tip."""
        super().setText(text)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room for the words, or less."""
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words as far as they go."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())  # also where the window reads the other way
        painter.setPen(
            self.palette().color(self.foregroundRole())
            if self.isEnabled()
            else self.palette().color(QPalette.ColorRole.PlaceholderText)
        )
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, isolated(self._cut())
        )

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self._cut() != self.text() else "")

    def _cut(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
