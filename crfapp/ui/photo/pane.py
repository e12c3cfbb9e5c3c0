"""A photograph shown at a scale, with layers over it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crfapp.ui.photo.placement import Frame, Look, Placement
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring

if TYPE_CHECKING:
    from collections.abc import Callable

    Layer = Callable[[QPainter], None]

_HALF, _PLAIN = 0.5, 4
_SMALLEST = 512
"""Pictures are not halved further than to this length."""


def read_picture(data: bytes) -> QImage:
    """An encoded picture, upright as its camera says; a null one if it is none. For any thread."""
    held = QBuffer()
    held.setData(QByteArray(data))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held)
    reader.setAutoTransform(True)
    image = reader.read()
    held.close()
    return image


class PhotoPane(QWidget):
    """Shows one picture, and layers painted over it in the widget's own coordinates.

    The picture is drawn once for a place and scale into a pixmap of the widget's size; whatever is painted
    over it afterwards (a stroke, a loupe) costs a copy of the touched rectangle. Layouts from right to left
    do not mirror the picture. ``looked`` tells when somebody moved or zoomed it; :meth:`set_look` does not.
    """

    looked = Signal()

    def __init__(self, name: str, nothing: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.nothing = nothing
        """What stands there while there is no picture."""
        self._levels: list[QImage] = []
        self._look = Look()
        self._drawn: QPixmap | None = None
        self._layers: list[Layer] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(4 * current().row, 3 * current().row)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # ---- the picture

    def set_picture(self, data: bytes) -> bool:
        """Show an encoded picture, upright as its camera says; False (and nothing shown) if it is none."""
        image = read_picture(data)
        self.set_image(image)
        return not image.isNull()

    def set_image(self, image: QImage) -> None:
        """Show a picture that was read already, whole; a null one takes away what is shown."""
        self._levels = [] if image.isNull() else [image.convertToFormat(QImage.Format.Format_RGB32)]
        self._look = Look()
        self._redraw()

    @property
    def picture(self) -> QImage | None:
        """What is shown, in its own pixels."""
        return self._levels[0] if self._levels else None

    # ---- what is looked at

    @property
    def placement(self) -> Placement:
        """Where the picture lies now."""
        frame = self._frame()
        return frame.placed(self._look) if frame else Placement(1.0, 0.0, 0.0)

    def to_picture(self, at: QPointF) -> QPointF:
        """A point of the widget, in pixels of the picture; a pixel's middle lies at halves."""
        return QPointF(*self.placement.to_picture(at.x(), at.y()))

    def to_widget(self, at: QPointF) -> QPointF:
        """A point of the picture, in the widget."""
        return QPointF(*self.placement.to_widget(at.x(), at.y()))

    def look(self) -> Look:
        """What is looked at, for another pane to show alike."""
        frame = self._frame()
        return frame.look(self.placement) if frame else self._look

    def set_look(self, look: Look) -> None:
        """Look at this; nothing is told."""
        if look != self._look:
            self._look = look
            self._redraw()

    def fit(self) -> None:
        """Show the whole picture."""
        self._move_to(Look())

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller around a point of the widget, or around its middle."""
        frame = self._frame()
        if frame:
            middle = at or QPointF(self.width() / 2, self.height() / 2)
            self._move_to(frame.look(frame.zoomed(self.placement, factor, middle.x(), middle.y())))

    def pan(self, by: QPointF) -> None:
        """Move the picture by so many pixels of the widget."""
        frame = self._frame()
        if frame:
            now = self.placement
            moved = frame.held(Placement(now.scale, now.left + by.x(), now.top + by.y()))
            self._move_to(frame.look(moved))

    # ---- what is painted over it

    def add_layer(self, layer: Layer) -> None:
        """Paint this over the picture, above the layers that are there."""
        self._layers.append(layer)
        self.update()

    def touch(self, area: QRectF, margin: float) -> None:
        """What is painted over this part of the picture changed; ``margin`` in pixels of the widget."""
        box = QRectF(self.to_widget(area.topLeft()), self.to_widget(area.bottomRight())).normalized()
        self.update(box.adjusted(-margin, -margin, margin, margin).toAlignedRect())

    # ---- painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same is looked at in the new room."""
        super().resizeEvent(event)
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The touched part of the picture, and the layers over it."""
        painter, box = QPainter(self), event.rect()
        if not self._levels:
            self._paint_nothing(painter)
        else:
            picture, ratio = self._picture_here(), self.devicePixelRatioF()
            part = QRectF(box.x() * ratio, box.y() * ratio, box.width() * ratio, box.height() * ratio)
            painter.setClipRect(box)  # layers ask what is touched
            painter.drawPixmap(QRectF(box), picture, part)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for layer in self._layers:
                painter.save()
                layer(painter)
                painter.restore()
        painter.setClipping(False)
        if self.hasFocus():
            focus_ring(painter, self.rect(), current(), 0)

    def _paint_nothing(self, painter: QPainter) -> None:
        tokens = current()
        painter.fillRect(self.rect(), QColor(tokens.ground))
        painter.setPen(QColor(tokens.muted))
        painter.setFont(font())
        room = self.rect().adjusted(tokens.pad, tokens.pad, -tokens.pad, -tokens.pad)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.nothing)

    def _picture_here(self) -> QPixmap:
        """The picture as it lies now, in the pixels of the screen."""
        ratio = self.devicePixelRatioF()
        size = QSize(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        if self._drawn is None or self._drawn.size() != size:
            self._drawn = QPixmap(size)
            painter, now = QPainter(self._drawn), self.placement
            painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(current().ground))
            # a pixel seen large is what was measured on: its edges stay
            smooth = now.scale * ratio < _PLAIN
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            level = self._level(now.scale * ratio)
            shrunk = level.width() / self._levels[0].width()
            painter.translate(now.left * ratio, now.top * ratio)
            painter.scale(now.scale * ratio / shrunk, now.scale * ratio / shrunk)
            painter.drawImage(0, 0, level)
            painter.end()
        return self._drawn

    def _level(self, scale: float) -> QImage:
        """The picture, halved as often as it can be and still be shown smaller than it is."""
        step = 0
        while scale <= _HALF and min(self._at(step).width(), self._at(step).height()) > _SMALLEST:
            step, scale = step + 1, scale * 2
        return self._at(step)

    def _at(self, step: int) -> QImage:
        while len(self._levels) <= step:
            last = self._levels[-1]
            self._levels.append(
                last.scaled(
                    max(1, last.width() // 2),
                    max(1, last.height() // 2),
                    Qt.AspectRatioMode.IgnoreAspectRatio,
                    Qt.TransformationMode.SmoothTransformation,
                )
            )
        return self._levels[step]

    def _frame(self) -> Frame | None:
        if not self._levels or not self.width() or not self.height():
            return None
        return Frame(self._levels[0].width(), self._levels[0].height(), self.width(), self.height())

    def _move_to(self, look: Look) -> None:
        if look != self._look:
            self.set_look(look)
            self.looked.emit()

    def _redraw(self) -> None:
        self._drawn = None
        self.update()
