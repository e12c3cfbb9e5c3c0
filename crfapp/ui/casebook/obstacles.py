"""What stands in the way of completing or leaving a form, each a way to its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crfapp.ui.casebook.drawing import draw_line_of_words
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring, rounded
from crfapp.ui.widgets import Button, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.form_view import Obstacle
    from crfapp.ui.fields import Say

_SHOWN = 4


class ObstacleLine(QAbstractButton):
    """One thing to mend; pressing it, or Enter on it, goes there."""

    def __init__(self, obstacle: Obstacle, parent: QWidget) -> None:
        super().__init__(parent)
        self.obstacle = obstacle
        self.setText(obstacle.text)
        self.setAccessibleName(obstacle.text)
        self.setToolTip(obstacle.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line, as high as a hit target."""
        return QSize(current().label_width, current().control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there; the arrows choose."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and not event.modifiers():
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words, underlined by the ring while in focus."""
        tokens = current()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        inside = self.rect().adjusted(tokens.gap, 0, -tokens.gap, 0)
        draw_line_of_words(painter, inside, self.text(), "primary" if self.underMouse() else "text")
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens, tokens.radius)


class Obstacles(QWidget):
    """A sentence, and below it every obstacle; stays until it is closed, so that one can be mended by one."""

    jump_wanted = Signal(object)
    anyway_wanted = Signal()
    closed = Signal()

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        tokens = current()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.pad, tokens.gap, tokens.gap, tokens.gap)
        outer.setSpacing(tokens.hair)
        top = QHBoxLayout()
        top.setSpacing(tokens.gap)
        top.addSpacing(tokens.icon)
        self.sentence = Words(weight=600, wrap=True, parent=self)
        top.addWidget(self.sentence, 1)
        self.anyway = Button(say("Leave without saving them"), parent=self)
        self.away = Button("", "quiet", icon_name="close", parent=self)
        self.away.setAccessibleName(say("Close"))
        top.addWidget(self.anyway)
        top.addWidget(self.away)
        outer.addLayout(top)
        self._scroll = QScrollArea(self)
        give_slim_bars(self._scroll)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        outer.addWidget(self._scroll)
        self.lines: list[ObstacleLine] = []
        self.anyway.clicked.connect(self.anyway_wanted)
        self.away.clicked.connect(self._close)
        self.hide()

    def show_obstacles(self, sentence: str, obstacles: Sequence[Obstacle], *, leaving: bool) -> None:
        """List what stands in the way, the keyboard on the first."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.anyway.setVisible(leaving)
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(current().pad, 0, 0, 0)
        column.setSpacing(0)
        self.lines = [ObstacleLine(obstacle, listing) for obstacle in obstacles]
        for line in self.lines:
            column.addWidget(line)
            line.clicked.connect(lambda _on=False, cell=line.obstacle.cell: self.jump_wanted.emit(cell))
        self._scroll.setWidget(listing)
        listing.setAutoFillBackground(False)  # Qt has just set it
        self._scroll.setFixedHeight(min(len(self.lines), _SHOWN) * current().control)
        self.show()
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        if self.isHidden():
            return []
        last: list[QWidget] = [b for b in (self.anyway, self.away) if not b.isHidden()]
        return [*self.lines, *last]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of something to look at."""
        tokens = current()
        painter = QPainter(self)
        rounded(painter, self.rect(), fill=tokens.warn_soft, edge=tokens.warn, radius=tokens.card_radius)
        x = self.width() - tokens.pad - tokens.icon if self.isRightToLeft() else tokens.pad - tokens.hair
        top = tokens.gap + (tokens.control - tokens.icon) // 2
        picture = pixmap("finding", tokens.warn, tokens.icon, self.devicePixelRatioF())
        painter.drawPixmap(x, top, picture)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
