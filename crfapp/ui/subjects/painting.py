"""How the grid looks: cells, the column of subjects that stays, the head with its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crfapp.present.texts import isolated
from crfapp.ui.icons import status_pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFont

    from crfapp.present.subjects_view import GridCell
    from crfapp.ui.subjects.model import GridModel

_START = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
_HEAD = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading | Qt.TextFlag.TextWordWrap)
_GROUP = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus


class CellPainter(QStyledItemDelegate):
    """Paints a mark, its words and, where something is open, the triangle; all measures are made once."""

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._ratio = parent.devicePixelRatioF()
        self.dress()

    def dress(self) -> None:
        """Take fonts, colours and measures from the tokens in force."""
        tokens = current()
        self._tokens = tokens
        self._font: QFont = font("small")
        self._tones = {tone: QColor(tokens.colour(tone)) for tone in ("muted", "text", "error")}
        self._line, self._chosen = QColor(tokens.line), QColor(tokens.primary_soft)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & _SELECTED:
            painter.fillRect(rect, self._chosen)
        painter.setPen(self._line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        cell = self._model.row(index.row()).cells[index.column()]
        if cell.mark:
            self._paint_cell(painter, rect, cell)
        if state & _FOCUSED:
            focus_ring(painter, rect.adjusted(0, 0, 0, -1), self._tokens, self._tokens.radius)

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: GridCell) -> None:
        tokens = self._tokens
        side, top = tokens.icon, rect.top() + (rect.height() - tokens.icon) // 2
        rtl = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        first = rect.right() - tokens.gap - side if rtl else rect.left() + tokens.gap
        painter.drawPixmap(first, top, status_pixmap(cell.mark, self._ratio))
        step = side + tokens.hair + 2
        words = (
            rect.adjusted(tokens.gap, 0, -tokens.gap - step, 0)
            if rtl
            else rect.adjusted(tokens.gap + step, 0, 0, 0)
        )
        if cell.text:
            painter.setFont(self._font)
            painter.setPen(self._tones[cell.tone])
            painter.drawText(words, _START, cell.text)
        last = rect.left() + tokens.gap if rtl else rect.right() - tokens.gap - side
        signs = (
            ("conflict", cell.conflicts),
            ("query", cell.queries),
            ("finding", cell.findings and cell.mark != "finding"),
        )
        for sign, holds in signs:
            if holds:
                painter.drawPixmap(last, top, status_pixmap(sign, self._ratio))
                last += side if rtl else -side


class SubjectColumn(QHeaderView):
    """The column of subjects: it stays in place while the visits move."""

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.dress()

    def dress(self) -> None:
        """Take the row height and fonts from the tokens in force."""
        self.setDefaultSectionSize(current().row)
        self._strong, self._quiet = font("base", 600), font("small")
        self.setMinimumSectionSize(current().row)

    def sizeHint(self) -> QSize:
        """As wide as a long number, or a note of a few words."""
        return QSize(12 * current().pad - current().gap, 0)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Number and note, with a line to the visits."""
        tokens = current()
        row = self._model.row(logical)
        chosen = self.selectionModel() is not None and self.selectionModel().currentIndex().row() == logical
        painter.fillRect(rect, QColor(tokens.primary_soft if chosen else tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        edge = rect.left() if self.isRightToLeft() else rect.right()
        painter.drawLine(edge, rect.top(), edge, rect.bottom())
        inner = rect.adjusted(tokens.wide, tokens.hair, -tokens.wide, -tokens.hair)
        half = inner.height() // 2
        painter.setFont(self._strong)
        painter.setPen(QColor(tokens.primary if chosen else tokens.text))
        painter.drawText(inner.adjusted(0, 0, 0, -half), _START, isolated(row.number))
        painter.setFont(self._quiet)
        painter.setPen(QColor(tokens.muted))
        cut = painter.fontMetrics().elidedText(row.note, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner.adjusted(0, half, 0, 0), _START, isolated(cut))


class VisitHead(QHeaderView):
    """The names of the visits below the names of their groups."""

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.dress()

    def dress(self) -> None:
        """Take widths and fonts from the tokens in force."""
        self.setDefaultSectionSize(7 * current().pad + current().hair)  # the longest Arabic date
        self._font = font("tiny", 600)

    def sizeHint(self) -> QSize:
        """A line for the group, and as many as the longest name of a visit needs."""
        tokens, letters = current(), QFontMetrics(self._font)
        room = QRect(0, 0, self.defaultSectionSize() - tokens.gap - tokens.hair, 1000)
        names = [letters.boundingRect(room, _HEAD, column.title).height() for column in self._model.columns]
        line = letters.height()
        return QSize(0, line + max(names, default=2 * line) + 3 * tokens.hair)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """A visit, and above the first of its kind the name of the group."""
        tokens, columns = current(), self._model.columns
        column = columns[logical]
        painter.fillRect(rect, QColor(tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(self._font)
        line = painter.fontMetrics().height()
        begins = logical == 0 or columns[logical - 1].group != column.group
        if begins:
            edge = rect.right() if self.isRightToLeft() else rect.left()
            if logical:
                painter.drawLine(edge, rect.top(), edge, rect.bottom())
            painter.setPen(QColor(tokens.muted))
            painter.drawText(
                rect.adjusted(tokens.gap, tokens.hair, -tokens.gap, 0), _GROUP, column.group_title
            )
        painter.setPen(QColor(tokens.text))
        below = rect.adjusted(tokens.gap, line + tokens.hair, -tokens.hair, -tokens.hair)
        painter.drawText(below, _HEAD, column.title)
