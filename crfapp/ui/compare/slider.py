"""Two photographs over each other, parted by a line that is moved."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring, rounded

_MIDDLE, _STEP, _FINE = 0.5, 0.05, 0.01


class PartingLine(QWidget):
    """Dragged by the mouse, moved by the arrows. ``moved`` carries the share of the width left of it."""

    moved = Signal(float)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.share = _MIDDLE
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)

    def put(self, share: float) -> None:
        """Move it; it never leaves the picture."""
        self.share = min(1.0, max(0.0, share))
        self.moved.emit(self.share)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, with Shift a little; Home and End."""
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = _FINE if fine else _STEP
        ways = {
            Qt.Key.Key_Left: self.share - step,
            Qt.Key.Key_Right: self.share + step,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }
        if (way := ways.get(Qt.Key(event.key()))) is not None:
            self.put(way)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        board = self.parentWidget()
        if event.buttons() & Qt.MouseButton.LeftButton and board is not None and board.width():
            self.put(self.mapTo(board, event.position().toPoint()).x() / board.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line with a grip in its middle."""
        tokens, painter = current(), QPainter(self)
        middle = self.width() // 2
        painter.fillRect(QRect(middle - 1, 0, 3, self.height()), QColor(tokens.ink_edge))
        painter.fillRect(QRect(middle, 0, 1, self.height()), QColor(tokens.ink_ghost))
        grip = QRect(0, (self.height() - tokens.control) // 2, self.width(), tokens.control)
        rounded(painter, grip, fill=tokens.surface, edge=tokens.edge, radius=tokens.radius)
        if self.hasFocus():
            focus_ring(painter, grip, tokens, tokens.radius)


class SliderBoard(QWidget):
    """``below``, the earlier one, is seen where reading begins; ``above`` beyond the line."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.below: QWidget | None = None
        self.above: QWidget | None = None
        self.line = PartingLine(name, self)
        self.line.moved.connect(lambda _share: self._arrange())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def lay(self, below: QWidget, above: QWidget) -> None:
        """Put two pictures over each other."""
        self.below, self.above = below, above
        for widget in (below, above):
            widget.setParent(self)
            widget.show()
        above.raise_()
        self.line.raise_()
        self._arrange()

    def release(self) -> None:
        """Give the pictures back, whole."""
        if self.above is not None:
            self.above.clearMask()
        self.below = self.above = None

    def sizeHint(self) -> QSize:
        """Room for a picture."""
        return QSize(8 * current().row, 6 * current().row)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Both fill the board."""
        self._arrange()

    def _arrange(self) -> None:
        x = round(self.line.share * self.width())
        for widget in (self.below, self.above):
            if widget is not None:
                widget.setGeometry(self.rect())
        if self.above is not None:
            first, last = (0, x) if self.isRightToLeft() else (x, self.width())
            self.above.setMask(QRegion(QRect(first, 0, max(1, last - first), self.height())))
        wide = current().icon
        self.line.setGeometry(x - wide // 2, 0, wide, self.height())
