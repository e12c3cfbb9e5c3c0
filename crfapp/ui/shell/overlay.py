"""A card above everything else of the frame, until Escape or a press beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from crfapp.ui.theme import current
from crfapp.ui.widgets import Card

_VEIL = 110


class Overlay(QWidget):
    """Covers ``over`` and gives the keyboard back to whoever had it. ``body`` takes the content."""

    def __init__(self, over: QWidget, name: str, *, width: int) -> None:
        super().__init__(over)
        tokens = current()
        self._over, self._before = over, QApplication.focusWidget()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.wide, 3 * tokens.wide, tokens.wide, tokens.wide)
        row.addStretch(1)
        column = QVBoxLayout()
        self.card = Card(parent=self)
        self.card.setMaximumWidth(round(width * tokens.scale))
        self.body = self.card.body
        column.addWidget(self.card)
        column.addStretch(1)
        row.addLayout(column, 100)
        row.addStretch(1)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is covered."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The keyboard stays inside."""
        stops = [w for w in self.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        stops = [w for w in stops if w.isVisible() and w.isEnabled()]
        if stops:
            now = stops.index(self.focusWidget()) if self.focusWidget() in stops else -1
            stops[(now + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the card closes."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    def leave(self) -> None:
        """Close, and give the keyboard back."""
        before, self._before = self._before, None
        self.close()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil over the page."""
        veil = QColor(current().rail)
        veil.setAlpha(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)
