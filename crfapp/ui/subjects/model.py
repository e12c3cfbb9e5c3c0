"""The grid as Qt asks for it: rows are worked out when they come into view, and kept for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from crfapp.present.subjects_page import SubjectsPage
    from crfapp.present.subjects_view import GridRow

    Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_MOST_KEPT = 1_000
_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)


class GridModel(QAbstractTableModel):
    """Subjects down, visits across."""

    def __init__(self, presenter: SubjectsPage) -> None:
        super().__init__()
        self._presenter = presenter
        self.columns = presenter.columns()
        self._kept: dict[int, GridRow] = {}
        self._count = presenter.count()

    def rowCount(self, _parent: Index = _ROOT) -> int:
        """Subjects listed."""
        return self._count

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Visits of the schedule."""
        return len(self.columns)

    def row(self, number: int) -> GridRow:
        """One row; asked for by the painting, which is why it is remembered."""
        row = self._kept.get(number)
        if row is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            row = self._kept[number] = self._presenter.row(number)
        return row

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says to the screen reader and in the tool tip; the painting asks :meth:`row`."""
        if role in _SPOKEN:
            return self._presenter.spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index.row()).cells[index.column()].text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A visit's name, or a subject's number."""
        if role not in (Qt.ItemDataRole.DisplayRole, *_SPOKEN):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        row = self.row(section)
        return row.number if role == Qt.ItemDataRole.DisplayRole else f"{row.number}, {row.note}"

    def renew(self) -> None:
        """The list is another one."""
        self.beginResetModel()
        self._kept.clear()
        self._count = self._presenter.count()
        self.endResetModel()

    def repaint_rows(self) -> None:
        """The same subjects, but things changed in them."""
        self._kept.clear()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))
