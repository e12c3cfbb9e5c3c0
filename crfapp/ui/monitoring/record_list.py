"""What was done in a monitoring visit, one act below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crfapp.ui.casebook.drawing import draw_words, mirrored, words_height
from crfapp.ui.icons import status_pixmap
from crfapp.ui.monitoring.plain_list import LINE, Index, Lines, PlainList, width_of
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from crfapp.present.monitoring_view import RecordLine

_ICONS = {
    "item-verified": "verified",
    "verification-taken": "changed",
    "query-raised": "query",
    "query-closed": "complete",
}
_WHEN = 132


class RecordList(PlainList):
    """The list; it is read, nothing is opened from it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, lambda owner: Lines(spoken, lambda one, other: one == other, owner), parent)
        self.setItemDelegate(RecordPainter(self))


class RecordPainter(QStyledItemDelegate):
    """Sign, when, what and where, and below it the answers or words that it is about."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words."""
        tokens, line, width = current(), index.data(LINE), width_of(option)
        room = _room(width)
        high = words_height(_title(line), room, weight=500)
        if line.words:
            high += words_height(line.words, room, "small")
        return QSize(width, high + 2 * tokens.gap)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One act."""
        tokens, line, box = current(), index.data(LINE), option.rect
        rtl, width = option.direction == Qt.LayoutDirection.RightToLeft, option.rect.width()
        painter.save()
        painter.setLayoutDirection(option.direction)
        if option.state & QStyle.StateFlag.State_Selected and option.widget.hasFocus():
            painter.fillRect(box, QColor(tokens.primary_soft))
        top, room = box.top() + tokens.gap, _room(width)
        sign = mirrored(QRect(tokens.pad, top, tokens.icon, tokens.icon), width, right_to_left=rtl)
        painter.drawPixmap(
            sign.topLeft(), status_pixmap(_ICONS[line.kind], option.widget.devicePixelRatioF())
        )
        when = QRect(tokens.pad + tokens.icon + tokens.gap, top, round(_WHEN * tokens.scale), box.height())
        high = words_height(_title(line), room, weight=500)
        when.setHeight(words_height(line.when, when.width(), "small"))
        draw_words(painter, mirrored(when, width, right_to_left=rtl), line.when, "muted", size="small")
        left = width - tokens.pad - room
        title = mirrored(QRect(left, top, room, high), width, right_to_left=rtl)
        draw_words(painter, title, _title(line), "text", weight=500)
        below = mirrored(
            QRect(left, top + high, room, box.bottom() - top - high - tokens.hair), width, right_to_left=rtl
        )
        draw_words(painter, below, line.words, "muted", size="small")
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        painter.restore()


def _title(line: RecordLine) -> str:
    return f"{line.where} · {line.what}" if line.where else line.what


def _room(width: int) -> int:
    tokens = current()
    return width - 2 * tokens.pad - tokens.icon - 2 * tokens.gap - round(_WHEN * tokens.scale)


def spoken(line: RecordLine) -> str:
    """An act in words."""
    return ", ".join(part for part in (line.when, _title(line), line.words) if part)
