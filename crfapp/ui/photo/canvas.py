"""A photograph that is moved and zoomed by mouse and keyboard, and drawn on by whoever holds the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent

from crfapp.ui.photo.pane import PhotoPane

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

_STEP = 1.25
_NOTCH = 120
_PAN = 0.1
"""An arrow moves the picture by this share of the widget."""

_Key = Qt.Key


class Hand(Protocol):
    """Who draws on a photograph; points are in pixels of the picture.

    Each answers whether it took what happened; what it leaves moves or zooms the picture.
    """

    def press(self, at: QPointF, event: QMouseEvent, /) -> bool:
        """A button went down; while it is taken, moves and the release follow."""

    def move(self, at: QPointF, event: QMouseEvent, /) -> bool:
        """The pointer moved, with a button down or without."""

    def release(self, at: QPointF, event: QMouseEvent, /) -> bool:
        """The button went up."""

    def key(self, event: QKeyEvent, /) -> bool:
        """A key was pressed."""

    def leave(self) -> None:
        """The pointer left the picture."""


class PhotoCanvas(PhotoPane):
    """The wheel zooms to the pointer, dragging moves, arrows move, + and - zoom, 0 shows the whole.

    While a :class:`Hand` takes the left button, the middle button or Space with the left one moves.
    """

    def __init__(self, name: str, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, nothing, parent)
        self.hand: Hand | None = None
        self._dragged: QPointF | None = None
        self._taken = False
        self._space = False
        self.setMouseTracking(True)

    # ---- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Draw, or begin to move the picture."""
        at, left = event.position(), event.button() == Qt.MouseButton.LeftButton
        self._taken = False
        if left and not self._space and self.hand is not None:
            self._taken = self.hand.press(self.to_picture(at), event)
        if not self._taken and (left or event.button() == Qt.MouseButton.MiddleButton):
            self._dragged = at
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw on, or move the picture with the pointer."""
        at = event.position()
        if self._dragged is not None:
            by, self._dragged = at - self._dragged, at
            self.pan(by)
        elif self.hand is not None:
            self.hand.move(self.to_picture(at), event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A stroke or a move is over."""
        if self._dragged is not None:
            self._dragged = None
            self.unsetCursor()
        elif self._taken and self.hand is not None:
            self._taken = False
            self.hand.release(self.to_picture(event.position()), event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick presses are two presses."""
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is somewhere else."""
        super().leaveEvent(event)
        if self.hand is not None:
            self.hand.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to what is under the pointer."""
        turned = event.angleDelta().y() / _NOTCH
        if turned:
            self.zoom(_STEP**turned, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers on a touch pad zoom too."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom(1 + event.value(), event.position())
            return True
        return super().event(event)

    # ---- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever draws is asked first."""
        if self.hand is not None and self.hand.key(event):
            event.accept()
        elif not self._looked_by(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space is up again."""
        if event.key() == _Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.unsetCursor()
        super().keyReleaseEvent(event)

    def _looked_by(self, event: QKeyEvent) -> bool:
        """Move or zoom by a key; False if it is none of these."""
        key = event.key()
        across, down = _PAN * self.width(), _PAN * self.height()
        ways: dict[int, tuple[float, float]] = {
            _Key.Key_Left: (across, 0),
            _Key.Key_Right: (-across, 0),
            _Key.Key_Up: (0, down),
            _Key.Key_Down: (0, -down),
        }
        if way := ways.get(key):
            self.pan(QPointF(*way))
        elif key in (_Key.Key_Plus, _Key.Key_Equal):
            self.zoom(_STEP)
        elif key == _Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif key == _Key.Key_0:
            self.fit()
        elif key == _Key.Key_Space:
            self._space = True
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            return False
        return True
