"""A white surface with round corners that holds what belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets.elided import ElidedLabel
from crfapp.ui.widgets.words import Words

if TYPE_CHECKING:
    from PySide6.QtCore import QRect


class Card(QWidget):
    """A titled surface. Put rows into ``body``; a hairline is painted above each row but the first.

    ``note`` stands muted behind the title. A card without a title has no head.
    """

    def __init__(self, title: str = "", note: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        if title:
            self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.head: QWidget | None = self._head(title, note) if title else None
        if self.head is not None:
            outer.addWidget(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        outer.addLayout(self.body)

    def add_row(self, row: QWidget) -> None:
        """Append a row below the others."""
        self.body.addWidget(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The surface, the line under the head and the lines between rows."""
        tokens = current()
        painter = QPainter(self)
        rounded(painter, self.rect(), fill=tokens.surface, edge=tokens.line, radius=tokens.card_radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(tokens.line))
        for top in self._lines():
            painter.drawLine(1, top, self.width() - 2, top)

    def _lines(self) -> list[int]:
        shown: list[QRect] = []
        for i in range(self.body.count()):
            item = self.body.itemAt(i)
            widget = item.widget() if item is not None else None
            if widget is not None and widget.isVisible():
                shown.append(widget.geometry())
        if self.head is None:
            shown = shown[1:]
        return [rect.top() for rect in shown]

    def _head(self, title: str, note: str) -> QWidget:
        tokens = current()
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(tokens.pad, tokens.gap, tokens.pad, tokens.gap)
        row.setSpacing(tokens.gap)
        self.title = Words(title, weight=600, parent=head)
        row.addWidget(self.title)
        if note:  # it gives way where letters are large or the title is long
            row.addWidget(ElidedLabel(note, "muted", parent=head))
        row.addStretch(1)
        self.head_row = row
        return head
