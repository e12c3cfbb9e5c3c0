"""Rectangles over a photograph: what is black in the copies that leave, and drawing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from crfapp.ledger.events.lesions import Box
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from crfapp.ui.photo import PhotoCanvas

_GRIP = 9.0
"""So near to a corner, in pixels of the widget, a press means the corner."""
_LEAST = 4.0
_SHARE, _FINE = 0.01, 1.0
_SEE_THROUGH = 200
_Key = Qt.Key


class BlackBoxes(QObject):
    """Shows rectangles over a picture; ``at`` is the one that keys act on, -1 for none."""

    changed = Signal()

    def __init__(self, canvas: PhotoCanvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.rects: list[QRectF] = []
        self.at = -1
        self.hidden = False
        canvas.add_layer(self.paint)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """In whole pixels of the upright picture."""
        return tuple(
            Box(rect.x(), rect.y(), rect.width(), rect.height())
            for rect in (one.toAlignedRect() for one in self.rects)
        )

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        """Show these."""
        self.rects, self.at = [QRectF(*box) for box in boxes], -1
        self.canvas.update()

    def paint(self, painter: QPainter) -> None:
        """Nearly black, so that whoever draws still sees what lies below."""
        if self.hidden:
            return
        tokens = current()
        for place, rect in enumerate(self.rects):
            box = QRectF(self.canvas.to_widget(rect.topLeft()), self.canvas.to_widget(rect.bottomRight()))
            black = QColor(Qt.GlobalColor.black)
            black.setAlpha(_SEE_THROUGH)
            painter.fillRect(box, black)
            chosen = place == self.at
            painter.setPen(QPen(QColor(tokens.focus if chosen else tokens.edge), 2 if chosen else 1))
            painter.drawRect(box)
            for corner in (box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight()):
                if chosen:
                    painter.fillRect(QRectF(corner.x() - 3, corner.y() - 3, 6, 6), QColor(tokens.focus))


class MaskHand(BlackBoxes):
    """Draws, moves and stretches rectangles; a :class:`crfapp.ui.photo.canvas.Hand`."""

    def __init__(self, canvas: PhotoCanvas) -> None:
        super().__init__(canvas)
        self._fixed: QPointF | None = None
        self._grabbed: QPointF | None = None
        canvas.hand = self

    # ---- the mouse

    def press(self, at: QPointF, _event: QMouseEvent) -> bool:
        """On a corner: stretch; inside one: move; elsewhere: begin a new one."""
        if self.canvas.picture is None or self.hidden:
            return False
        self._fixed = self._grabbed = None
        for place, rect in enumerate(self.rects):
            if (far := self._far_corner(rect, at)) is not None:
                self.at, self._fixed = place, far
                break
            if rect.contains(at):
                self.at, self._grabbed = place, at - rect.topLeft()
        if self._fixed is None and self._grabbed is None:
            inside = self._held(at)
            self.rects.append(QRectF(inside, inside))
            self.at, self._fixed = len(self.rects) - 1, inside
        self.canvas.update()
        return True

    def move(self, at: QPointF, event: QMouseEvent) -> bool:
        """Stretch or move what was taken."""
        if not event.buttons() & Qt.MouseButton.LeftButton or not 0 <= self.at < len(self.rects):
            return False
        if self._fixed is not None:
            self.rects[self.at] = QRectF(self._fixed, self._held(at)).normalized()
        elif self._grabbed is not None:
            self._put(self.rects[self.at].translated(at - self._grabbed - self.rects[self.at].topLeft()))
        self.canvas.update()
        return True

    def release(self, _at: QPointF, _event: QMouseEvent) -> bool:
        """A rectangle without an area was a slip of the hand."""
        self._fixed = self._grabbed = None
        if 0 <= self.at < len(self.rects):
            rect = self.rects[self.at]
            if rect.width() < _LEAST or rect.height() < _LEAST:
                self.remove()
        self.changed.emit()
        self.canvas.update()
        return True

    def leave(self) -> None:
        """Nothing follows the pointer."""

    # ---- the keyboard

    def key(self, event: QKeyEvent) -> bool:
        """N a new one, Delete takes away, Tab is the page's: [ and ] choose; arrows move, Shift stretches."""
        key = _Key(event.key())
        if self.hidden:
            return False
        if event.text().lower() == "n":
            self.add()
        elif key in (_Key.Key_Delete, _Key.Key_Backspace) and self.at >= 0:
            self.remove()
        elif event.text() in "[]" and event.text() and self.rects:
            self.at = (self.at + (1 if event.text() == "]" else -1)) % len(self.rects)
        elif (way := _WAYS.get(key)) is not None and self.at >= 0:
            self._nudge(way, event.modifiers())
        else:
            return False
        self.changed.emit()
        self.canvas.update()
        return True

    def add(self) -> None:
        """A new one in the middle of what is seen."""
        picture = self.canvas.picture
        if picture is None:
            return
        middle = self.canvas.to_picture(QPointF(self.canvas.width() / 2, self.canvas.height() / 2))
        wide, high = picture.width() * 0.1, picture.height() * 0.1
        self.rects.append(QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high))
        self.at = len(self.rects) - 1
        self._put(self.rects[self.at])
        self.changed.emit()
        self.canvas.update()

    def remove(self) -> None:
        """Take away the one that is chosen."""
        if 0 <= self.at < len(self.rects):
            del self.rects[self.at]
            self.at = len(self.rects) - 1
            self.changed.emit()
            self.canvas.update()

    # ---- inside

    def _nudge(self, way: tuple[int, int], held: Qt.KeyboardModifier) -> None:
        picture = self.canvas.picture
        fine = bool(held & Qt.KeyboardModifier.ControlModifier)
        step = _FINE if fine or picture is None else max(1.0, picture.width() * _SHARE)
        x, y = way[0] * step, way[1] * step
        rect = self.rects[self.at]
        if held & Qt.KeyboardModifier.ShiftModifier:
            grown = rect.adjusted(0, 0, x, y)
            if grown.width() >= _LEAST and grown.height() >= _LEAST:
                self.rects[self.at] = QRectF(grown.topLeft(), self._held(grown.bottomRight()))
        else:
            self._put(rect.translated(x, y))

    def _put(self, rect: QRectF) -> None:
        """Move the chosen one, as far as the picture goes."""
        picture = self.canvas.picture
        if picture is not None:
            x = min(max(0.0, rect.x()), picture.width() - rect.width())
            y = min(max(0.0, rect.y()), picture.height() - rect.height())
            self.rects[self.at] = QRectF(x, y, rect.width(), rect.height())

    def _held(self, at: QPointF) -> QPointF:
        """A point kept inside the picture."""
        picture = self.canvas.picture
        if picture is None:
            return at
        return QPointF(min(max(0.0, at.x()), picture.width()), min(max(0.0, at.y()), picture.height()))

    def _far_corner(self, rect: QRectF, at: QPointF) -> QPointF | None:
        """The corner that stays where the one opposite to it is taken."""
        reach = _GRIP / self.canvas.placement.scale
        pairs = (
            (rect.topLeft(), rect.bottomRight()),
            (rect.topRight(), rect.bottomLeft()),
            (rect.bottomLeft(), rect.topRight()),
            (rect.bottomRight(), rect.topLeft()),
        )
        for near, far in pairs:
            if abs(near.x() - at.x()) <= reach and abs(near.y() - at.y()) <= reach:
                return far
        return None


_WAYS = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
