"""A row that wraps: children beside each other as long as there is room, then below."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from crfapp.ui.theme import current


class FlowRow(QLayout):
    """Lays children out like words in a paragraph, from the side where reading begins."""

    def __init__(self, parent: QWidget | None = None, *, gap: int | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(current().gap if gap is None else gap)

    def addItem(self, item: QLayoutItem) -> None:
        """Take a child in, at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many children there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The child at a place, or none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let a child go."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height its lines need at this width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the children."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """All children in one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        margins = self.contentsMargins()
        width = sum(h.width() for h in hints) + self.spacing() * max(0, len(hints) - 1)
        height = max((h.height() for h in hints), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        """The widest child alone."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        parent = self.parentWidget()
        rtl = parent is not None and parent.isRightToLeft()
        margins = self.contentsMargins()
        lead, trail = (margins.right(), margins.left()) if rtl else (margins.left(), margins.right())
        room = max(0, rect.width() - lead - trail)
        x = y = line = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            size = QSize(min(hint.width(), room), hint.height())
            if x and x + size.width() > room:
                x, y, line = 0, y + line + self.spacing(), 0
            if move:
                left = rect.right() + 1 - lead - x - size.width() if rtl else rect.left() + lead + x
                item.setGeometry(QRect(left, rect.top() + margins.top() + y, size.width(), size.height()))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line + margins.top() + margins.bottom()
