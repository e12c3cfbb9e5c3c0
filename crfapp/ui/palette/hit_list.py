"""What was found, one line each: icon, words, and quiet words at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.palette import Hit

_HIT = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class HitList(QListWidget):
    """As high as its hits, up to ``rows`` of them; the keyboard stays in the line above."""

    def __init__(self, name: str, rows: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows
        give_slim_bars(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(HitPainter(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerItem)
        self.setAccessibleName(name)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these, the first one marked; with none of them the list takes no room."""
        self.clear()
        for hit in hits:
            item = QListWidgetItem(f"{hit.title} {hit.detail}".strip(), self)
            item.setData(_HIT, hit)
        tokens = current()
        line = tokens.control + tokens.hair
        self.setFixedHeight(min(len(hits), self._rows) * line + tokens.hair)
        self.setVisible(bool(hits))
        self.setCurrentRow(0)

    def move_by(self, by: int) -> None:
        """Mark another hit; one step goes round, a page stops at the ends."""
        last = self.count() - 1
        if last < 0:
            return
        row = self.currentRow() + by
        if abs(by) == 1:
            row %= last + 1
        self.setCurrentRow(max(0, min(row, last)))

    def marked(self) -> Hit | None:
        """The hit that Enter takes."""
        if self.currentRow() < 0:
            return None
        hit: Hit = self.currentItem().data(_HIT)
        return hit


class HitPainter(QStyledItemDelegate):
    """Icon, title, where it is, and the key that does the same."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One line with room."""
        tokens = current()
        return QSize(10 * tokens.pad, tokens.control + tokens.hair)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One hit."""
        tokens, hit = current(), index.data(_HIT)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        box: QRect = option.rect.adjusted(tokens.gap, 1, -tokens.gap, -1)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if on:
            rounded(painter, box, fill=tokens.primary_soft, edge="", radius=tokens.radius)
        inner = box.adjusted(tokens.gap, 0, -tokens.gap, 0)
        icon = tokens.icon
        left = inner.right() - icon if rtl else inner.left()
        picture = pixmap(
            hit.icon, tokens.primary if on else tokens.muted, icon, option.widget.devicePixelRatioF()
        )
        painter.drawPixmap(left, box.center().y() - icon // 2 + 1, picture)
        room = icon + tokens.gap
        words = inner.adjusted(0, 0, -room, 0) if rtl else inner.adjusted(room, 0, 0, 0)
        words = self._end(painter, words, hit.keys or hit.detail, rtl=rtl)
        self._words(painter, words, hit.title, rtl=rtl)
        painter.restore()

    def _end(self, painter: QPainter, box: QRect, text: str, *, rtl: bool) -> QRect:
        """The quiet words at the end; gives back the room that remains."""
        tokens = current()
        painter.setFont(font("small"))
        painter.setPen(QColor(tokens.muted))
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() // 2)
        width = metrics.horizontalAdvance(shown) + 1
        place = QRect(box.left() if rtl else box.right() - width, box.top(), width, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
        taken = width + tokens.room
        return box.adjusted(taken, 0, 0, 0) if rtl else box.adjusted(0, 0, -taken, 0)

    def _words(self, painter: QPainter, box: QRect, text: str, *, rtl: bool) -> None:
        painter.setFont(font("base", 500))
        painter.setPen(QColor(current().text))
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown)
