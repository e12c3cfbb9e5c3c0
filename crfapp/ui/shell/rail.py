"""The rail: the pages of this person, each with its icon and what waits there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crfapp.ui.shell.page import Page

ORDER = (
    "centre",
    "today",
    "day",
    "subjects",
    "safety",
    "queries",
    "monitoring",
    "signing",
    "reading",
    "exchange",
    "reports",
    "audit",
    "study",
    "people",
    "administration",
)
"""The places on the rail, from the top."""

BELOW: Mapping[str, str] = {
    "casebook": "subjects",
    "tracer": "subjects",
    "lesion": "subjects",
    "photograph": "subjects",
    "masking": "subjects",
    "compare": "subjects",
    "preview": "study",
    "past": "audit",
    "redaction": "audit",
}
"""Pages without a place of their own, and the one that is marked while they are open."""

_MOST = 99


class RailEntry(QAbstractButton):
    """One page on the rail."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self.page, self.key, self.icon_name = page, page.key, page.icon
        self.count, self.compact = 0, False
        self.setCheckable(True)
        self.setText(page.title())
        self.setToolTip("")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(page.title())

    def recount(self) -> None:
        """Ask the page how much waits there."""
        count = self.page.badge()
        if count != self.count:
            self.count = count
            self.setAccessibleName(f"{self.text()}, {count}" if count else self.text())
            self.update()

    def sizeHint(self) -> QSize:
        """One line with room."""
        tokens = current()
        return QSize(11 * tokens.pad, tokens.control + tokens.hair)

    def minimumSizeHint(self) -> QSize:
        """On a low screen the lines stand closer, rather than the window higher than the screen."""
        tokens = current()
        return QSize(11 * tokens.pad, tokens.icon + 2 * tokens.hair)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, as Space does; arrows go along the rail."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon, title, count; with no room for words the count becomes a dot."""
        tokens, painter = current(), QPainter(self)
        on = self.isChecked()
        if on or self.underMouse():
            fill = tokens.rail_active if on else tokens.rail_badge
            rounded(painter, self.rect(), fill=fill, edge="", radius=tokens.radius + 1)
        tone = tokens.rail_strong if on else tokens.rail_text
        side, top = tokens.icon, (self.height() - tokens.icon) // 2
        start = (self.width() - side) // 2 if self.compact else tokens.gap + 2
        picture = pixmap(self.icon_name, tone, side, self.devicePixelRatioF())
        painter.drawPixmap(self._mirrored(QRect(start, top, side, side)).topLeft(), picture)
        end = self.width() - tokens.gap - 2
        if self.count:
            end = self._paint_count(painter, tone, end)
        if not self.compact:
            words = QRect(start + side + tokens.gap + 2, 0, 0, self.height())
            words.setRight(end)
            painter.setFont(font("base", 600 if on else 400))
            painter.setPen(QColor(tone))
            line = QFontMetrics(painter.font()).elidedText(
                self.text(), Qt.TextElideMode.ElideRight, words.width()
            )
            leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
            painter.drawText(self._mirrored(words), leading, line)
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens, tokens.radius + 1)

    def _paint_count(self, painter: QPainter, tone: str, end: int) -> int:
        tokens = current()
        if self.compact:
            dot = QRect(end - tokens.hair, tokens.gap - 2, tokens.gap - 1, tokens.gap - 1)
            rounded(painter, self._mirrored(dot), fill=tone, edge="", radius=dot.width() / 2)
            return end
        words = str(self.count) if self.count <= _MOST else f"{_MOST}+"
        painter.setFont(font("tiny", 600))
        metrics = QFontMetrics(painter.font())
        height = metrics.height() + 1
        width = max(metrics.horizontalAdvance(words) + tokens.room, height + tokens.hair)
        box = self._mirrored(QRect(end - width, (self.height() - height) // 2, width, height))
        rounded(painter, box, fill=tokens.rail_badge, edge="", radius=height / 2)
        painter.setPen(QColor(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return end - width - tokens.hair

    def _mirrored(self, box: QRect) -> QRect:
        if self.isRightToLeft():
            return QRect(self.width() - box.left() - box.width(), box.top(), box.width(), box.height())
        return box


class Rail(QWidget):
    """The pages that are there, in the order of the rail. ``chosen`` carries a page's key."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[Page], name: str) -> None:
        super().__init__()
        tokens = current()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.gap, 3 * tokens.wide - tokens.pad, tokens.gap, tokens.gap)
        column.setSpacing(tokens.hair - 1)
        here = {page.key: page for page in pages}
        self.entries = [RailEntry(here[key], self) for key in ORDER if key in here]
        for entry in self.entries:
            column.addWidget(entry)
            entry.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
        column.addStretch(1)
        self.set_compact(False)

    def show_at(self, key: str) -> None:
        """Mark the entry of the page that is open."""
        for entry in self.entries:
            entry.setChecked(entry.key == BELOW.get(key, key))

    def recount(self) -> None:
        """Ask all pages how much waits there."""
        for entry in self.entries:
            entry.recount()

    def set_compact(self, compact: bool) -> None:
        """With little room only icons are shown, and the titles become tool tips."""
        tokens = current()
        self.setFixedWidth(3 * tokens.pad + tokens.gap if compact else 12 * tokens.pad - tokens.hair)
        for entry in self.entries:
            entry.compact = compact
            entry.setToolTip(entry.text() if compact else "")
            entry.update()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and the program's name."""
        tokens, painter = current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.rail))
        painter.setPen(QColor(tokens.rail_strong))
        painter.setFont(font("section", 600))
        compact = self.width() < 6 * tokens.pad
        words = "c" if compact else "crfapp"
        box = QRect(tokens.pad + 2, tokens.room, self.width() - 2 * (tokens.pad + 2), 2 * tokens.icon - 4)
        place = Qt.AlignmentFlag.AlignCenter if compact else Qt.AlignmentFlag.AlignLeading
        painter.drawText(box, place | Qt.AlignmentFlag.AlignVCenter, words)
