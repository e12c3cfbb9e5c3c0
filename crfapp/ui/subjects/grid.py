"""The grid itself: keyboard, selection, and the column of subjects that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from crfapp.ui.subjects.painting import CellPainter, SubjectColumn, VisitHead
from crfapp.ui.theme import current
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from crfapp.ui.subjects.model import GridModel

_OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Grid(QTableView):
    """``opened`` (row, column) on Enter or double click, column -1 for the subject itself.

    ``typed`` carries what was typed while the keyboard was here; ``moved`` the cell that is chosen now.
    """

    opened = Signal(int, int)
    typed = Signal(str)
    moved = Signal(int, int)

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_slim_bars(self)
        self.cells = CellPainter(model, self)
        self.subjects = SubjectColumn(model, self)
        self.visits = VisitHead(model, self)
        self.setVerticalHeader(self.subjects)
        self.setHorizontalHeader(self.visits)
        self.setItemDelegate(self.cells)
        self.setModel(model)
        self.selectionModel().currentChanged.connect(self._tell_moved)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(current().row)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))
        self.subjects.sectionClicked.connect(lambda row: self.opened.emit(row, -1))

    def dress(self) -> None:
        """Take the measures of the tokens in force."""
        for part in (self.cells, self.subjects, self.visits):
            part.dress()

    def choose(self, row: int, column: int) -> None:
        """Put the keyboard on a cell."""
        index = self.model().index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters and digits narrow the list; the rest moves."""
        index = self.currentIndex()
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in _OPENS and index.isValid():
            self.opened.emit(index.row(), index.column())
        elif not control and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _tell_moved(self, chosen: QModelIndex) -> None:
        """Tell which cell is chosen; its subject is painted strong."""
        self.subjects.viewport().update()
        if chosen.isValid():
            self.moved.emit(chosen.row(), chosen.column())
