"""The body map: regions to be chosen by mouse and by keyboard, and the signs of lesions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.body.figure import figure
from crfapp.ui.body.painting import RADIUS, paint_mark, paint_name, paint_view
from crfapp.ui.body.placing import drawn_size, mark_points, neighbour, place_views
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.body_view import MapView, MarkView, Spot, ViewLine
    from crfapp.ui.body.placing import PlacedView

_REACH = 6.0
"""So many pixels beside a region still mean it: fingers are narrow."""
_HIGH, _HIGH_TWO, _BESIDE = 384, 500, 2
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
        self._placed: list[PlacedView] = []
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
        answered = [n for n, (_, region) in enumerate(self._regions()) if region in view.chosen]
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
            for view, name in self._regions()
            if name == region and letter in ("", view.line.letter)
        )

    def point_of_mark(self, row: str) -> QPointF:
        """Where the sign of a lesion stands."""
        return next(at for mark, at in self._marks() if mark.row == row)

    @property
    def words(self) -> str:
        """What is under the keyboard: a region with its view, or a lesion."""
        if self.opens:
            marks = self._marks()
            return marks[self._at % len(marks)][0].words if marks else ""
        stops = self._regions()
        if not stops:
            return ""
        view, region = stops[self._at % len(stops)]
        return self._region_words(view, region)

    # ---- events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the pointer."""
        mark = self._mark_at(event.position()) if self.opens else None
        spot = self._spot_at(event.position()) if not self.opens else None
        row = mark.row if mark else ""
        if spot != self._over or row != self._over_mark:
            self._over, self._over_mark = spot, row
            pointing = bool(mark or spot)
            self.setCursor(Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor)
            self.told.emit(mark.words if mark else self._spot_words(spot) if spot else "")
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
            mark = self._mark_at(event.position())
            if mark is not None:
                self.pressed.emit(mark.row)
            return
        spot = self._spot_at(event.position())
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
        stops = self._regions()
        at_view, at_region = stops[self._at % len(stops)] if stops and self.hasFocus() else (None, "")
        for view in self._placed:
            over = self._over.region if self._over and self._over.view == view.line.letter else ""
            here = at_region if view is at_view and not self.opens else ""
            paint_view(painter, view, self.view.chosen, over, here)
            self._paint_words(painter, view)
        marks = self._marks()
        keyboard = marks[self._at % len(marks)][0].row if marks and self.opens and self.hasFocus() else ""
        here_row = self.view.here.row if self.view.here else ""
        for mark, at in marks:
            strong = mark.row in {keyboard, self._over_mark, here_row}
            paint_mark(painter, at, mark, strong=strong)
        for mark, at in marks:
            strong = mark.row in {keyboard, self._over_mark, here_row}
            middle = min((v.box.center().x() for v in self._placed), key=lambda x: abs(x - at.x()))
            paint_name(painter, at, mark, leftwards=at.x() < middle, strong=strong)
        if self.hasFocus():
            focus_ring(painter, self.rect(), current(), current().radius)

    # ---- inside

    def _lay_out(self) -> None:
        tokens = current()
        words = QFontMetricsF(font("tiny", 600)).height() + tokens.hair
        side = QFontMetricsF(font("tiny")).horizontalAdvance(max(self.view.left, self.view.right, key=len))
        edge = side / 2 + tokens.gap
        room = QRectF(self.rect()).adjusted(edge, tokens.hair, -edge, -tokens.gap)
        self._placed = place_views(self._views(), room, 2 * tokens.wide, words)

    def _views(self) -> Sequence[ViewLine]:
        """All views, or with ``near`` the one in which the lesion lies."""
        here = self.view.here
        if not self.near or here is None:
            return self.view.views
        spot, lies = here.spot, here.regions
        if spot is not None:
            return [line for line in self.view.views if line.letter == spot.view] or self.view.views
        best = max(self.view.views, key=lambda line: drawn_size(figure(line.drawing), lies))
        return [best] if drawn_size(figure(best.drawing), lies) else self.view.views

    def _regions(self) -> list[tuple[PlacedView, str]]:
        """Every region that can be chosen, view by view."""
        return [(v, name) for v in self._placed for name in v.figure.regions if name in self.view.regions]

    def _marks(self) -> list[tuple[MarkView, QPointF]]:
        shown = (*self.view.others, *((self.view.here,) if self.view.here else ()))
        return list(mark_points(self._placed, shown))

    def _mark_at(self, at: QPointF) -> MarkView | None:
        reach = (RADIUS + 8) * current().scale
        near = [((p.x() - at.x()) ** 2 + (p.y() - at.y()) ** 2, n) for n, (_, p) in enumerate(self._marks())]
        distance, number = min(near, default=(reach**2, -1))
        return self._marks()[number][0] if distance < reach**2 else None

    def _spot_at(self, at: QPointF) -> Spot | None:
        reach = _REACH * current().scale
        for view in self._placed:
            if view.box.adjusted(-reach, -reach, reach, reach).contains(at):
                inside = view.to_figure(at)
                region = view.figure.region_at(inside, reach / view.scale)
                if region in self.view.regions:
                    return view.spot(inside, region)
        return None

    def _spot_words(self, spot: Spot) -> str:
        view = next(one for one in self._placed if one.line.letter == spot.view)
        return self._region_words(view, spot.region)

    def _region_words(self, view: PlacedView, region: str) -> str:
        return f"{self.view.regions[region]} – {view.line.words}"

    def _go_to(self, spot: Spot) -> None:
        for number, (view, region) in enumerate(self._regions()):
            if (view.line.letter, region) == (spot.view, spot.region):
                self._at = number
        self._speak()

    def _step(self, dx: int, dy: int) -> None:
        if self.opens:
            points = [at for _, at in self._marks()]
        else:
            points = [view.middle(region) for view, region in self._regions()]
        if not points:
            return
        self._at %= len(points)
        found = neighbour(points, points[self._at], dx, dy)
        if found >= 0:
            self._at = found
            self._speak()
            self.update()

    def _choose(self) -> None:
        marks, stops = self._marks(), self._regions()
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

    def _paint_words(self, painter: QPainter, view: PlacedView) -> None:
        """The name of the view in its middle, the subject's sides at its edges."""
        tokens = current()
        painter.setFont(font("tiny", 600))
        high = painter.fontMetrics().height() + tokens.hair
        reach = tokens.pad
        box = QRectF(view.box.left() - reach, view.box.top() - high, view.box.width() + 2 * reach, high)
        box = box.intersected(QRectF(self.rect()).adjusted(tokens.hair, 0, -tokens.hair, 0))
        painter.setPen(QColor(tokens.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, view.line.words)
        painter.setFont(font("tiny"))
        painter.setPen(QColor(tokens.muted))
        first, last = self.view.right, self.view.left
        if not view.figure.right_first:
            first, last = last, first
        for words, edge in ((first, Qt.AlignmentFlag.AlignLeft), (last, Qt.AlignmentFlag.AlignRight)):
            painter.drawText(
                box, edge | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, words
            )
