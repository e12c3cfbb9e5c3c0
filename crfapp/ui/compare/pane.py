"""One visit of a comparison: its caption, its photograph, the lines over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.ui.photo import PhotoCanvas
from crfapp.ui.photo.reading import as_image
from crfapp.ui.theme import current
from crfapp.ui.tracer.ink import path_of, two_toned
from crfapp.ui.widgets import Words

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter

    from crfapp.present.compare_view import ComparedVisit
    from crfapp.present.texts import Texts


class Lines(NamedTuple):
    """Which lines are painted over the photographs."""

    ghost: bool = True
    outline: bool = False
    grid: bool = False


class ComparePane(QWidget):
    """``visit`` is what it shows. Its canvas is zoomed and moved together with the others'."""

    def __init__(self, say: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self.visit: ComparedVisit | None = None
        self.lines = Lines()
        self._whole = False
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().hair)
        self.caption = Words("", weight=500, wrap=True, parent=self)
        column.addWidget(self.caption)
        self.canvas = PhotoCanvas(say("Photograph"), "", self)
        self.canvas.setMinimumSize(1, 1)  # four must fit into a small window
        self.canvas.add_layer(self._paint)
        column.addWidget(self.canvas, 1)

    def turn_to(self, visit: ComparedVisit) -> None:
        """Show another visit; its picture comes later."""
        self.visit, self._whole = visit, False
        self.caption.setText(visit.caption)
        self.canvas.setAccessibleName(visit.caption)
        none = self._say("No photograph was taken here by this light.")
        self.canvas.nothing = self._say("The photograph is being read …") if visit.photograph else none
        self.canvas.set_image(as_image(b""))

    def retell(self, visit: ComparedVisit) -> None:
        """What is known of the same photograph changed; the picture stays."""
        self.visit = visit
        self.caption.setText(visit.caption)
        self.canvas.update()

    def show_small(self, data: bytes) -> None:
        """Something to look at until the photograph is read."""
        if not self._whole and data:
            self._put(as_image(data))

    def show_whole(self, image: QImage) -> None:
        """The photograph."""
        self._whole = True
        self._put(image)

    def fail(self, sentence: str) -> None:
        """It cannot be read: say so in its place."""
        self.canvas.nothing = sentence
        self.canvas.set_image(as_image(b""))

    def take_back(self) -> None:
        """The canvas comes back from where it lay over another."""
        self._column.addWidget(self.canvas, 1)
        self.canvas.show()

    def _put(self, image: QImage) -> None:
        look = self.canvas.look()
        self.canvas.set_image(image)
        self.canvas.set_look(look)

    def _paint(self, painter: QPainter) -> None:
        """Lines are in pixels of the whole photograph."""
        visit, picture = self.visit, self.canvas.picture
        if visit is None or picture is None or not visit.size[0]:
            return
        place, tokens = self.canvas.placement, current()
        corner = self.canvas.to_widget(QPointF(picture.width(), picture.height()))
        painter.setClipRect(QRectF(QPointF(place.left, place.top), corner))
        painter.translate(place.left, place.top)
        scale = place.scale * picture.width() / visit.size[0]
        painter.scale(scale, scale)
        if self.lines.grid and visit.grid:
            pen = QPen(QColor(tokens.ink_scale), 1)
            pen.setCosmetic(True)
            painter.strokePath(path_of(visit.grid, closed=False), pen)
        if self.lines.outline and visit.outline:
            two_toned(painter, path_of(visit.outline), tokens.ink)
        if self.lines.ghost and visit.ghost:
            two_toned(painter, path_of(visit.ghost), tokens.ink_ghost, Qt.PenStyle.DashLine)
