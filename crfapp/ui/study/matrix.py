"""Forms down, visits across: which visit holds which form, as a grid that the keyboard goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent

    from crfapp.present.study_page import StudyPage

    Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_SPOKEN = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_START = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
_HEAD = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
_MOST_ROWS = 14
_OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class MatrixModel(QAbstractTableModel):
    """The schedule as Qt asks for it."""

    def __init__(self, page: StudyPage) -> None:
        super().__init__()
        self.page, self.view = page, page.view

    def rowCount(self, _parent: Index = _ROOT) -> int:
        """Forms."""
        return len(self.view.forms)

    def columnCount(self, _parent: Index = _ROOT) -> int:
        """Visits."""
        return len(self.view.visits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The mark of a cell; in words for the screen reader and the tool tip."""
        if role in _SPOKEN:
            return self.page.spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.view.forms[index.row()].marks[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A form, or a visit with its day and window."""
        if role not in (Qt.ItemDataRole.DisplayRole, *_SPOKEN):
            return None
        if orientation == Qt.Orientation.Vertical:
            form = self.view.forms[section]
            return form.title if role == Qt.ItemDataRole.DisplayRole else f"{form.title} ({form.form})"
        visit = self.view.visits[section]
        return ", ".join(filter(None, (visit.title, visit.day, visit.window)))


class MatrixGrid(QTableView):
    """Beyond some rows it scrolls in itself, so that its head stays in sight.

    ``opened`` carries row and column, -1 for the form itself.
    """

    opened = Signal(int, int)

    def __init__(self, model: MatrixModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = model
        give_slim_bars(self)
        self.setAccessibleName(name)
        self.forms, self.visits = FormColumn(model, self), VisitHead(model, self)
        self.setVerticalHeader(self.forms)
        self.setHorizontalHeader(self.visits)
        self.setItemDelegate(MarkPainter(self))
        self.setModel(model)
        for column in range(model.columnCount()):
            self.setColumnWidth(column, self.visits.width_of(column))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))
        self.clicked.connect(lambda index: self.opened.emit(index.row(), index.column()))
        self.forms.sectionClicked.connect(lambda row: self.opened.emit(row, -1))
        rows = min(model.rowCount(), _MOST_ROWS) * self.forms.defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.visits.sizeHint().height() + rows + bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Until somebody goes through it, it stands at the first visit, in both directions of reading."""
        super().resizeEvent(event)
        if not self.currentIndex().isValid():
            self.horizontalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the form at that visit; the rest moves."""
        index = self.currentIndex()
        if event.key() in _OPENS and index.isValid():
            self.opened.emit(index.row(), index.column())
        else:
            super().keyPressEvent(event)


class MarkPainter(QStyledItemDelegate):
    """A disc for always, a diamond for a condition, a ring for what is optional."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        tokens = current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.primary_soft))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        paint_mark(painter, rect.center(), str(index.data()))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect.adjusted(0, 0, 0, -1), tokens, tokens.radius)


def paint_mark(painter: QPainter, at: QPoint, mark: str) -> None:
    """The sign of one way in which a visit holds a form."""
    tokens = current()
    half = tokens.gap // 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.primary), tokens.hair / 2.5))
    if mark == "X":
        painter.setBrush(QColor(tokens.primary))
    if mark in {"X", "O"}:
        painter.drawEllipse(at, half, half)
    elif mark == "C":
        side = half + 1
        painter.drawPolygon(
            [at + QPoint(0, -side), at + QPoint(side, 0), at + QPoint(0, side), at + QPoint(-side, 0)]
        )
    painter.restore()


class FormColumn(QHeaderView):
    """The names of the forms; they stay while the visits move."""

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._held = model
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(current().control)
        self.setDefaultSectionSize(current().control)

    def sizeHint(self) -> QSize:
        """As wide as most names."""
        return QSize(13 * current().pad, 0)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """A form, with a line to the visits."""
        tokens = current()
        painter.fillRect(rect, QColor(tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        edge = rect.left() if self.isRightToLeft() else rect.right()
        painter.drawLine(edge, rect.top(), edge, rect.bottom())
        inner = rect.adjusted(tokens.pad, 0, -tokens.gap, 0)
        if self.isRightToLeft():
            inner = rect.adjusted(tokens.gap, 0, -tokens.pad, 0)
        painter.setFont(font("base", 400))
        painter.setPen(QColor(tokens.text))
        title = self._held.view.forms[logical].title
        cut = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _START, cut)


class VisitHead(QHeaderView):
    """A visit with its day and window below; a column is never narrower than its longest word."""

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._held = model
        self._strong, self._quiet = font("tiny", 600), font("tiny")
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(current().control)

    def width_of(self, column: int) -> int:
        """Room for the longest word."""
        tokens, visit = current(), self._held.view.visits[column]
        strong, quiet = QFontMetrics(self._strong), QFontMetrics(self._quiet)
        words = [*map(strong.horizontalAdvance, visit.title.split())]
        words += map(quiet.horizontalAdvance, f"{visit.day} {visit.window}".split())
        return max(*words, 3 * tokens.pad) + tokens.gap + tokens.hair

    def sizeHint(self) -> QSize:
        """As many lines as the longest title, day and window need."""
        tokens, visits = current(), self._held.view.visits
        titles = [self._height(self._strong, visit.title, n) for n, visit in enumerate(visits)]
        return QSize(0, max(titles, default=0) + self._low_height() + 2 * tokens.gap)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Title on top, day and window at the bottom."""
        tokens, visit = current(), self._held.view.visits[logical]
        painter.fillRect(rect, QColor(tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(tokens.hair, tokens.gap, -tokens.hair, -tokens.hair)
        painter.setFont(self._strong)
        painter.setPen(QColor(tokens.text))
        painter.drawText(inner, _HEAD, visit.title)
        painter.setFont(self._quiet)
        painter.setPen(QColor(tokens.muted))
        inner.setTop(inner.bottom() - self._low_height())
        painter.drawText(inner, _HEAD, visit.day)
        inner.setTop(inner.top() + self._height(self._quiet, visit.day, logical))
        painter.drawText(inner, _HEAD, visit.window)

    def _low_height(self) -> int:
        """Day and window, of the visit that needs most for them."""
        heights = [
            sum(self._height(self._quiet, text, n) for text in (visit.day, visit.window))
            for n, visit in enumerate(self._held.view.visits)
        ]
        return max(heights, default=0)

    def _height(self, face: QFont, text: str, column: int) -> int:
        room = QRect(0, 0, self.width_of(column) - 2 * current().hair, 1000)
        return QFontMetrics(face).boundingRect(room, _HEAD, text).height() if text else 0
