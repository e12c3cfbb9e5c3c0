"""The pen: what the mouse and the keyboard do to a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from crfapp.planimetry.calibration import CLICK_PX
from crfapp.planimetry.shapes import Point
from crfapp.present.sketch import OPEN, Spot, nearest_edge, nearest_spot, thinned
from crfapp.ui.theme import current

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

    from crfapp.present.tracing import Tracing
    from crfapp.ui.photo import PhotoCanvas

Tool = Literal["scale", "outline"]
_REACH = 9.0
"""So near to a point, in pixels of the screen, it is meant."""
_CLICK = 4.0
"""A press that moved less than this is a click."""
_EXACT = 0.6
"""A stroke is thinned to points from which its line nowhere differs by more, in pixels of the screen."""
_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_Key = Qt.Key
_Modifier = Qt.KeyboardModifier


class Pen(QObject):
    """Implements :class:`crfapp.ui.photo.Hand`.

    ``changed``: the drawing is another one. ``moved``: only what is painted beside it changed, such as the
    stroke in the making. ``refused``: a line cannot be closed yet.
    """

    changed = Signal()
    moved = Signal()
    refused = Signal()

    def __init__(self, tracing: Tracing, canvas: PhotoCanvas) -> None:
        super().__init__(canvas)
        self.tracing, self._canvas = tracing, canvas
        self.tool: Tool = "scale"
        self.is_open = True
        self.stroke: list[Point] = []
        """The stroke in the making, each point where the pointer was."""
        self.hover: Point | None = None
        """Where the pointer is."""
        self.carries = False
        """Whether a point is being carried."""
        self._pressed = QPointF()
        self._last = QPointF()

    # ---- the mouse

    def press(self, at: QPointF, event: QMouseEvent) -> bool:
        """Take hold of a point, put one, or begin a stroke."""
        if not self.is_open:
            return False
        point = self._point(at)
        self.hover, self._pressed, self._last = point, event.position(), event.position()
        if self.tool == "scale":
            self._press_scale(point)
        elif not self._press_line(point):
            self.stroke = [point]
            self.moved.emit()
        return True

    def move(self, at: QPointF, event: QMouseEvent) -> bool:
        """Carry the point, or go on with the stroke."""
        point = self._point(at)
        self.hover = point
        if self.carries:
            self.tracing.carry(point)
            self.changed.emit()
        else:
            if self.stroke and (event.position() - self._last).manhattanLength() >= 1:
                self.stroke.append(point)
                self._last = event.position()
            self.moved.emit()
        return True

    def release(self, at: QPointF, _event: QMouseEvent) -> bool:
        """The point stays there; a stroke becomes points, and closes the line where it comes back to it."""
        if self.carries:
            self.carries = False
            self.changed.emit()
        elif self.stroke:
            points, self.stroke = self.stroke, []
            if max(self._apart(points[0], point) for point in points) < _CLICK:
                self.tracing.add(points[0])
            else:
                self.tracing.add(*thinned([*points, self._point(at)], _EXACT / self._scale))
                if self._is_home(self._point(at)):
                    self.tracing.close()
            self.changed.emit()
        return True

    def leave(self) -> None:
        """The pointer is elsewhere."""
        self.hover = None
        self.moved.emit()

    # ---- the keyboard

    def key(self, event: QKeyEvent) -> bool:
        """Move, delete and choose points, close, step back, undo; False for every other key."""
        if not self.is_open:
            return False
        held = event.modifiers() & ~_Modifier.KeypadModifier
        taken = self._edited(event.key(), held) or self._undone(event.key(), held)
        if taken:
            self.changed.emit()
        return taken

    def put(self) -> None:
        """Put a point without the mouse: in the middle of what is seen, or beside the last one."""
        step, px = 24 * current().scale / self._scale, self._click_px
        self.tracing.put(self._middle(), step, None if self.tool == "outline" else px)
        self.changed.emit()

    def _edited(self, key: int, held: Qt.KeyboardModifier) -> bool:
        tracing, plain = self.tracing, held == _Modifier.NoModifier
        if (by := _STEPS.get(key)) and tracing.chosen is not None:
            times = 100 if held == _Modifier.ControlModifier else 10 if held == _Modifier.ShiftModifier else 1
            tracing.nudge(by[0] * times, by[1] * times)
        elif key in (_Key.Key_Delete, _Key.Key_Backspace) and tracing.chosen is not None:
            (tracing.delete if plain else tracing.delete_line)()
        elif key == _Key.Key_N and not held & _Modifier.ControlModifier:
            tracing.choose_next(1 if plain else -1, scale=self.tool == "scale")
        elif key in (_Key.Key_Insert, _Key.Key_A) and plain:
            self.put()
        elif key in (_Key.Key_Return, _Key.Key_Enter) and plain:
            return self._close()
        elif key == _Key.Key_Escape:
            return self._step_back()
        else:
            return False
        return True

    def _undone(self, key: int, held: Qt.KeyboardModifier) -> bool:
        redo = held == (_Modifier.ControlModifier | _Modifier.ShiftModifier)
        if not redo and held != _Modifier.ControlModifier:
            return False
        if key == _Key.Key_Y or (key == _Key.Key_Z and redo):
            self.tracing.redo()
        elif key == _Key.Key_Z:
            self.tracing.undo()
        else:
            return False
        return True

    # ---- inside

    def _press_scale(self, point: Point) -> None:
        spot = nearest_spot(self.tracing.now, point, _REACH / self._scale, scale=True)
        if spot is None:
            self.tracing.click(point, self._click_px)
            spot = self.tracing.chosen
        self._take(spot)
        self.tracing.sharpen(self._click_px)

    def _press_line(self, point: Point) -> bool:
        """Close the open line, or take a point or a line that runs by; False where there is nothing."""
        now, reach = self.tracing.now, _REACH / self._scale
        if self._is_home(point) and self.tracing.close():
            self.changed.emit()
            return True
        spot = nearest_spot(now, point, reach, scale=False)
        if spot is None and not now.open and (edge := nearest_edge(now, point, reach)):
            self.tracing.insert(edge, point)
            spot = edge
        if spot is None or spot == Spot(OPEN, len(now.open) - 1):
            return False  # where the line ends it goes on
        self._take(spot)
        return True

    def _take(self, spot: Spot | None) -> None:
        if spot is not None:
            self.tracing.take(spot)
            self.carries = True
            self.changed.emit()

    def _is_home(self, at: Point) -> bool:
        """Whether the open line has come back to where it began."""
        line = self.tracing.now.open
        return len(line) > 2 and self._apart(line[0], at) <= _REACH  # noqa: PLR2004 (fewer enclose nothing)

    def _close(self) -> bool:
        if not self.tracing.now.open:
            return False
        if not self.tracing.close():
            self.refused.emit()
        return True

    def _step_back(self) -> bool:
        if self.stroke:
            self.stroke = []
            return True
        return self.tracing.back()

    def _middle(self) -> Point:
        middle = self._canvas.to_picture(QPointF(self._canvas.width() / 2, self._canvas.height() / 2))
        return self._point(middle)

    def _point(self, at: QPointF) -> Point:
        return self._held(at.x(), at.y())

    def _held(self, x: float, y: float) -> Point:
        """In the picture, with the two decimals that are recorded."""
        picture = self._canvas.picture
        wide, high = (picture.width(), picture.height()) if picture else (0, 0)
        return Point(round(min(max(x, 0), wide), 2), round(min(max(y, 0), high), 2))

    def _apart(self, a: Point, b: Point) -> float:
        """How far two places lie from each other on the screen."""
        return max(abs(a.x - b.x), abs(a.y - b.y)) * self._scale

    @property
    def _scale(self) -> float:
        return self._canvas.placement.scale

    @property
    def _click_px(self) -> float:
        """A click is as exact as the screen shows it: less where the picture is shown smaller than it is."""
        return round(CLICK_PX / min(1.0, self._scale), 2)
