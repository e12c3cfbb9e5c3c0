"""The body map: regions to be chosen by mouse and by keyboard, and the signs of lesions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.body.ground import MapGround
from crfapp.ui.body.painting import paint_mark, paint_name, paint_view, paint_words
from crfapp.ui.body.placing import neighbour
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring

if TYPE_CHECKING:
    from crfapp.present.body_view import MapView, Spot

_HIGH, _HIGH_TWO, _BESIDE = 384, 470, 2
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BodyMap(QWidget):
    """Shows a map and reports what is chosen on it. It never mirrors: left and right are the subject's.

    ``picked`` carries the spot under the pointer, or the middle of the region under the keyboard;
    ``pressed`` the row of a lesion whose sign was pressed, where ``opens``; ``told`` the words of what is
    under pointer or keyboard, empty where nothing is. ``near`` shows only the view in which its lesion lies.
    Arrows go from region to region (from sign to sign where ``opens``), Enter and Space choose.
    """

    picked = Signal(object)
    pressed = Signal(str)
    told = Signal(str)

    def __init__(
        self, view: MapView, *, opens: bool = False, near: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.view, self.opens, self.near = view, opens, near
        self.ground = MapGround(view, QRectF(self.rect()), near=near)
        self._over: Spot | None = None
        self._over_mark = ""
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_view(view)

    def show_view(self, view: MapView) -> None:
        """Show other signs and answers; the keyboard goes to the region that is answered."""
        self.view = view
        self.setAccessibleName(view.name)
        self._lay_out()
        answered = [n for n, (_, region) in enumerate(self.ground.regions) if region in view.chosen]
        if answered and not self.hasFocus():
            self._at = answered[0]
        self._speak()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a form has room for; more views stand in two rows."""
        high = round((_HIGH if len(self.view.views) <= _BESIDE else _HIGH_TWO) * current().scale)
        return QSize(high, high)

    # ---- what can be reached, for the keyboard and for tests

    def point_of(self, region: str, letter: str = "") -> QPointF:
        """The middle of a region in the first view that has it, or in the one with a letter."""
        return next(
            view.middle(name)
            for view, name in self.ground.regions
            if name == region and letter in ("", view.line.letter)
        )

    def point_of_mark(self, row: str) -> QPointF:
        """Where the sign of a lesion stands."""
        return next(at for mark, at in self.ground.marks if mark.row == row)

    @property
    def words(self) -> str:
        """What is under the keyboard: a region with its view, or a lesion."""
        if self.opens:
            marks = self.ground.marks
            return marks[self._at % len(marks)][0].words if marks else ""
        stops = self.ground.regions
        if not stops:
            return ""
        view, region = stops[self._at % len(stops)]
        return self.ground.words(view, region)

    # ---- events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the pointer."""
        mark = self.ground.mark_at(event.position()) if self.opens else None
        spot = self.ground.spot_at(event.position()) if not self.opens else None
        row = mark.row if mark else ""
        if spot != self._over or row != self._over_mark:
            self._over, self._over_mark = spot, row
            pointing = bool(mark or spot)
            self.setCursor(Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor)
            self.told.emit(mark.words if mark else self.ground.spot_words(spot) if spot else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        super().leaveEvent(event)
        self._over, self._over_mark = None, ""
        self.told.emit(self.words if self.hasFocus() else "")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the region, or open the lesion, under the pointer."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.opens:
            mark = self.ground.mark_at(event.position())
            if mark is not None:
                self.pressed.emit(mark.row)
            return
        spot = self.ground.spot_at(event.position())
        if spot is not None:
            self._go_to(spot)
            self.picked.emit(spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on, Enter and Space choose."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(*step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Say where the keyboard is."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self._speak()
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Other room, another scale."""
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The views with their names and sides, then the signs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stops = self.ground.regions
        at_view, at_region = stops[self._at % len(stops)] if stops and self.hasFocus() else (None, "")
        for view in self.ground.placed:
            over = self._over.region if self._over and self._over.view == view.line.letter else ""
            here = at_region if view is at_view and not self.opens else ""
            paint_view(painter, view, self.view.chosen, over, here)
            paint_words(painter, view, (self.view.right, self.view.left), QRectF(self.rect()))
        marks = self.ground.marks
        keyboard = marks[self._at % len(marks)][0].row if marks and self.opens and self.hasFocus() else ""
        here_row = self.view.here.row if self.view.here else ""
        for mark, at in marks:
            strong = mark.row in {keyboard, self._over_mark, here_row}
            paint_mark(painter, at, mark, strong=strong)
        for mark, at in marks:
            strong = mark.row in {keyboard, self._over_mark, here_row}
            middle = min((v.box.center().x() for v in self.ground.placed), key=lambda x: abs(x - at.x()))
            paint_name(painter, at, mark, leftwards=at.x() < middle, strong=strong)
        if self.hasFocus():
            focus_ring(painter, self.rect(), current(), current().radius)

    # ---- inside

    def _lay_out(self) -> None:
        self.ground = MapGround(self.view, QRectF(self.rect()), near=self.near)

    def _go_to(self, spot: Spot) -> None:
        for number, (view, region) in enumerate(self.ground.regions):
            if (view.line.letter, region) == (spot.view, spot.region):
                self._at = number
        self._speak()

    def _step(self, dx: int, dy: int) -> None:
        if self.opens:
            points = [at for _, at in self.ground.marks]
        else:
            points = [view.middle(region) for view, region in self.ground.regions]
        if not points:
            return
        self._at %= len(points)
        found = neighbour(points, points[self._at], dx, dy)
        if found >= 0:
            self._at = found
            self._speak()
            self.update()

    def _choose(self) -> None:
        marks, stops = self.ground.marks, self.ground.regions
        if self.opens and marks:
            self.pressed.emit(marks[self._at % len(marks)][0].row)
        elif not self.opens and stops:
            view, region = stops[self._at % len(stops)]
            self.picked.emit(view.spot(view.figure.middles[region], region))

    def _speak(self) -> None:
        """A screen reader says the region whenever the description changes."""
        self.setAccessibleDescription(self.words)
        if self.hasFocus():
            self.told.emit(self.words)
