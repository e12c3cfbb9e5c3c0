"""A card with a short table: every row is one thing to open, painted whole, with one keyboard stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crfapp.present.texts import isolated, read_from_the_right
from crfapp.ui.icons import STATUS_TOKENS, pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring, rounded
from crfapp.ui.widgets import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 6
"""So wide a column with a share stays at least, in rooms of the tokens' ``pad``, where others want more."""
_CENTRED = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
_ICON_TONES = {**STATUS_TOKENS, "refusal": "error", "warning": "warn", "export": "primary"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, and its share of the width. A share of 0 is as wide as what stands in it."""

    title: str
    share: int


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: words with a quieter line below, or an icon; ``pill`` is a tone behind the words."""

    text: str = ""
    tone: str = "text"
    weight: int = 400
    note: str = ""
    pill: str = ""
    icon: str = ""


class TableCard(Card):
    """A titled table. ``opened`` carries the number of the row that was pressed."""

    opened = Signal(int)

    def __init__(
        self, title: str, columns: Sequence[Column], action: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent=parent)
        self.columns = tuple(columns)
        self.action = action
        self.rows: list[TableRow] = []
        self._natural: dict[int, int] = {}
        self.header = TableHeader(self)
        self.add_row(self.header)
        self.header.setVisible(any(column.title for column in self.columns))

    def show_rows(self, rows: Sequence[Sequence[CellView]]) -> None:
        """Show these rows; what stands already is changed in place, and the keyboard stays."""
        self._natural = {n: self._width_of(n, rows) for n, c in enumerate(self.columns) if not c.share}
        for row, cells in zip(self.rows, rows, strict=False):
            row.show_cells(cells)
        for number in range(len(self.rows), len(rows)):
            self._add(number, rows[number])
        for row in self.rows[len(rows) :]:
            row.hide()
            row.deleteLater()
        del self.rows[len(rows) :]

    def spans(self, width: int) -> list[tuple[int, int]]:
        """Where each column begins, and how wide it is, from the side where reading begins."""
        tokens = current()
        room = width - tokens.pad - self.action_width()
        shares = sum(column.share for column in self.columns)
        natural = self._fitting(room)
        room -= sum(natural.values())
        spans, x = [], tokens.pad
        for number, column in enumerate(self.columns):
            wide = natural.get(number, max(0, room) * column.share // (shares or 1))
            spans.append((x, wide))
            x += wide
        return spans

    def _fitting(self, room: int) -> dict[int, int]:
        """The widths of the columns without a share; where it is narrow they leave a part to the others."""
        wanted = sum(self._natural.values())
        sharing = len(self.columns) - len(self._natural)
        left = room - min(room // 2, sharing * _LEAST * current().pad)
        if wanted <= left:
            return self._natural
        return {number: wide * max(0, left) // wanted for number, wide in self._natural.items()}

    def action_width(self) -> int:
        """How much room the button at the end of a row takes."""
        tokens = current()
        if not self.action:
            return tokens.pad
        return self.fontMetrics().horizontalAdvance(self.action) + 2 * tokens.room + 2 * tokens.gap

    def step(self, row: TableRow, by: int) -> None:
        """Give the keyboard to a neighbouring row."""
        number = self.rows.index(row) + by
        if 0 <= number < len(self.rows):
            self.rows[number].setFocus(Qt.FocusReason.TabFocusReason)

    def _width_of(self, number: int, rows: Sequence[Sequence[CellView]]) -> int:
        """As wide as the widest cell of a column, drawn strong."""
        tokens = current()
        metrics = QFontMetrics(font("base", 600))
        texts = [self.columns[number].title, *(row[number].text for row in rows if not row[number].icon)]
        return max(tokens.icon, *map(metrics.horizontalAdvance, texts)) + tokens.pad

    def _add(self, number: int, cells: Sequence[CellView]) -> None:
        row = TableRow(self)
        row.clicked.connect(lambda: self.opened.emit(number))
        self.rows.append(row)
        self.add_row(row)
        row.show_cells(cells)


class TableHeader(QWidget):
    """The titles of the columns."""

    def __init__(self, card: TableCard) -> None:
        super().__init__(card)
        self._card = card
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One low line."""
        return QSize(0, current().control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Small, strong, muted."""
        painter = QPainter(self)
        painter.setFont(font("tiny", 600))
        painter.setPen(QColor(current().muted))
        for column, box in zip(self._card.columns, boxes(self, self._card), strict=True):
            cut = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, _CENTRED, cut)


class TableRow(QAbstractButton):
    """One row; pressing it, or Enter, opens it."""

    def __init__(self, card: TableCard) -> None:
        super().__init__(card)
        self._card = card
        self._cells: tuple[CellView, ...] = ()
        self._spoken = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_cells(self, cells: Sequence[CellView]) -> None:
        """Show other words."""
        if tuple(cells) == self._cells:
            return
        self._cells = tuple(cells)
        self._spoken = ", ".join(part for cell in cells for part in (cell.text, cell.note) if part)
        self.setAccessibleName(self._spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Higher where any cell has a second line."""
        tokens = current()
        two = any(cell.note for cell in self._cells)
        return QSize(0, tokens.row + tokens.gap if two else tokens.control + tokens.gap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; up and down go along the rows."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._card.step(self, 1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, cells, the button at the end, the ring."""
        tokens, painter = current(), QPainter(self)
        if self.underMouse() or self.hasFocus():
            ground = tokens.primary_soft if self.hasFocus() else tokens.ground
            painter.fillRect(self.rect().adjusted(0, 1, 0, 0), QColor(ground))
        whole = [
            paint_cell(painter, cell, box, self)
            for cell, box in zip(self._cells, boxes(self, self._card), strict=True)
        ]
        self.setToolTip("" if all(whole) else self._spoken)
        if self._card.action:
            self._paint_action(painter)
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(1, 1, -1, 0), tokens, tokens.radius)

    def _paint_action(self, painter: QPainter) -> None:
        tokens = current()
        width = self._card.action_width() - tokens.gap
        left = tokens.gap if self.isRightToLeft() else self.width() - tokens.gap - width
        box = QRect(left, (self.height() - tokens.control) // 2, width, tokens.control)
        rounded(painter, box, fill=tokens.surface, edge=tokens.edge, radius=tokens.radius)
        painter.setFont(font("base", 500))
        painter.setPen(QColor(tokens.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._card.action)


def boxes(widget: QWidget, card: TableCard) -> list[QRect]:
    """The rectangles of a row's cells, mirrored where the window is."""
    room, width = current().gap, widget.width()
    found: list[QRect] = []
    for x, wide in card.spans(width):
        left = width - x - wide if widget.isRightToLeft() else x
        inner = QRect(left, 0, wide, widget.height())
        found.append(
            inner.adjusted(room, 0, 0, 0) if widget.isRightToLeft() else inner.adjusted(0, 0, -room, 0)
        )
    return found


def paint_cell(painter: QPainter, cell: CellView, box: QRect, widget: QWidget) -> bool:
    """One cell; whether all of its words found room."""
    if cell.icon:
        _paint_icon(painter, cell, box, widget)
        return True
    if cell.pill:
        return _paint_pill(painter, cell, box, widget)
    if not cell.note:
        return _paint_line(painter, cell.text, box, cell.tone, cell.weight)
    half, hair = box.height() // 2 - current().hair, current().hair
    above = _paint_line(painter, cell.text, box.adjusted(0, hair, 0, -half), cell.tone, cell.weight)
    return _paint_line(painter, cell.note, box.adjusted(0, half, 0, -hair), "muted", 400) and above


def _paint_line(painter: QPainter, text: str, box: QRect, tone: str, weight: int) -> bool:
    painter.setFont(font("base", weight))
    painter.setPen(QColor(current().colour(tone)))
    cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    # what was written in another language keeps its own direction
    turned = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    painter.drawText(box, _CENTRED, isolated(read_from_the_right(cut) if turned else cut))
    return cut == text


def _paint_icon(painter: QPainter, cell: CellView, box: QRect, widget: QWidget) -> None:
    tokens = current()
    tone = tokens.colour(_ICON_TONES.get(cell.icon, "muted"))
    left = box.right() - tokens.icon + 1 if widget.isRightToLeft() else box.left()
    top = box.top() + (box.height() - tokens.icon) // 2
    painter.drawPixmap(left, top, pixmap(cell.icon, tone, tokens.icon, widget.devicePixelRatioF()))


def _paint_pill(painter: QPainter, cell: CellView, box: QRect, widget: QWidget) -> bool:
    tokens = current()
    painter.setFont(font("tiny", 600))
    metrics = painter.fontMetrics()
    wanted = metrics.horizontalAdvance(cell.text) + 2 * tokens.gap
    width = min(box.width(), wanted)
    height = metrics.height() + tokens.hair
    left = box.right() + 1 - width if widget.isRightToLeft() else box.left()
    pill = QRect(left, box.top() + (box.height() - height) // 2, width, height)
    rounded(painter, pill, fill=tokens.colour(f"{cell.pill}_soft"), edge="", radius=tokens.radius - 1)
    painter.setPen(QColor(tokens.colour(cell.pill)))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, cell.text)
    return width == wanted
