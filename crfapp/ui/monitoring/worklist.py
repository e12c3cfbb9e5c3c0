"""The worklist at the side: what changed since it was verified, what is asked about, what is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from crfapp.ui.casebook.drawing import draw_words, words_height
from crfapp.ui.icons import status_pixmap
from crfapp.ui.monitoring.plain_list import LINE, Index, Lines, PlainList, width_of
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring, rounded
from crfapp.ui.widgets import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.monitoring_view import WorkLine, WorklistView
    from crfapp.ui.fields import Say

WIDTH = 224
_NEAR_END = 3


class WorklistColumn(QWidget):
    """``opened`` carries the line that was chosen; ``more_wanted``: the end of the list came into view."""

    opened = Signal(object)
    more_wanted = Signal()

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tokens = current()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.room, tokens.pad, tokens.room, tokens.gap)
        column.setSpacing(tokens.gap)
        self.title = Words("", "muted", size="tiny", weight=600, wrap=True, parent=self)
        column.addWidget(self.title)
        self.list = WorkList(say("Worklist"), self)
        column.addWidget(self.list, 1)
        self.empty = Words(say("Nothing waits to be compared."), "muted", wrap=True, parent=self)
        column.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        self._more = False
        self.list.chosen.connect(self.opened)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_list(self, view: WorklistView) -> None:
        """Show how things stand; the line that was marked stays marked."""
        self.title.setText(view.title)
        self._more = view.more
        marked = self.list.currentIndex().row()
        if not self.list.lines.show_lines(view.lines) and 0 <= marked < len(view.lines):
            self.list.setCurrentIndex(self.list.lines.index(marked))
        self.list.setVisible(bool(view.lines))
        self.empty.setVisible(not view.lines and not view.more)

    @property
    def is_full(self) -> bool:
        """Whether more stands in it than is seen at once."""
        return self.list.verticalScrollBar().maximum() > 0

    def mark(self, holds: Callable[[WorkLine], bool]) -> None:
        """Mark the first line of which this holds."""
        for place, line in enumerate(self.list.lines.lines):
            if holds(line):
                self.list.setCurrentIndex(self.list.lines.index(place))
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line towards the middle."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(current().line))
        x = 0 if self.isRightToLeft() else self.width() - 1
        painter.drawLine(x, 0, x, self.height())

    def _scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if self._more and value >= bar.maximum() - _NEAR_END * current().row:
            self.more_wanted.emit()


class WorkList(PlainList):
    """The lines themselves; Enter, Space or a press opens one."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, lambda owner: Lines(spoken, same, owner), parent)
        self.setItemDelegate(WorkPainter(self))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        line = index.data(LINE)
        if line is not None:
            self.chosen.emit(line)


class WorkPainter(QStyledItemDelegate):
    """Sign, where it is, and what is to be done there."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, more where the words do not fit."""
        tokens, line = current(), index.data(LINE)
        room = _room(width_of(option))
        high = words_height(line.title, room, weight=500) + words_height(line.note, room, "small")
        return QSize(room, high + 2 * tokens.gap)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One line."""
        tokens, line = current(), index.data(LINE)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setLayoutDirection(option.direction)
        box: QRect = option.rect.adjusted(0, 1, 0, -1)
        if on or over:
            fill = tokens.primary_soft if on else tokens.ground
            rounded(painter, box, fill=fill, edge="", radius=tokens.radius)
        if on and option.widget.hasFocus():
            focus_ring(painter, box.adjusted(1, 1, -1, -1), tokens, tokens.radius)
        side = tokens.icon
        x = box.right() - tokens.gap - side + 1 if rtl else box.left() + tokens.gap
        picture = status_pixmap(line.status, option.widget.devicePixelRatioF())
        painter.drawPixmap(x, box.top() + tokens.gap, picture)
        room = _room(box.width())
        left = box.left() + tokens.gap if rtl else box.right() - tokens.gap - room + 1
        high = words_height(line.title, room, weight=500)
        top = box.top() + tokens.gap - 1
        draw_words(painter, QRect(left, top, room, high), line.title, "primary" if on else "text", weight=500)
        rest = QRect(left, top + high, room, box.bottom() - top - high - tokens.hair)
        draw_words(painter, rest, line.note, "muted", size="small")
        painter.restore()


def _room(width: int) -> int:
    tokens = current()
    return width - 3 * tokens.gap - tokens.icon


def spoken(line: WorkLine) -> str:
    """A line in words: its sign first."""
    return f"{line.status_words}: {line.title}, {line.note}"


def same(one: WorkLine, other: WorkLine) -> bool:
    """Whether two lines are about the same answer or form."""
    return (one.key, one.cell, one.note) == (other.key, other.cell, other.note)
