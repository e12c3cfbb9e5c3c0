"""A list of painted lines: one keyboard stop, spoken whole, changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem, QWidget

from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Lines(QAbstractListModel):
    """Lines as plain values; ``spoken`` says one in words, ``same`` whether two are about the same thing."""

    def __init__(
        self, spoken: Callable[[Any], str], same: Callable[[Any, Any], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.lines: tuple[Any, ...] = ()
        self._spoken, self._same = spoken, same

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line itself, or its words."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        return self._spoken(line) if role in _SPOKEN else None

    def show_lines(self, lines: Sequence[Any]) -> bool:
        """Show these; what stands already changes in place. Whether it was the same things as before."""
        known = len(lines) == len(self.lines) and all(map(self._same, lines, self.lines))
        if not known:
            self.beginResetModel()
            self.lines = tuple(lines)
            self.endResetModel()
            return False
        changed = [n for n, (new, old) in enumerate(zip(lines, self.lines, strict=True)) if new != old]
        self.lines = tuple(lines)
        for n in changed:
            self.dataChanged.emit(self.index(n), self.index(n))
        return True


class PlainList(QListView):
    """The view of such lines."""

    def __init__(self, name: str, model: Callable[[QWidget], Lines], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = model(self)
        self.setModel(self.lines)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        give_slim_bars(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break elsewhere at another width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are keys of the page, not of a search; the rest moves along the lines."""
        if event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


def width_of(option: QStyleOptionViewItem) -> int:
    """How wide a line of the list is that asks for its height."""
    view = option.widget
    return view.viewport().width() if isinstance(view, QListView) else option.rect.width()
