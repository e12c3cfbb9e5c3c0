"""A photograph in small, that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import focus_ring, rounded

SIDE = 320
"""Pixels along the longer side that are asked for; sharp on a dense screen too."""
_WIDE, _HIGH = 112, 84


class Thumb(QAbstractButton):
    """A whole picture of 112 by 84 logical pixels. ``digit`` in its corner is the key for it."""

    def __init__(self, name: str, *, digit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digit = digit
        self._picture: QPixmap | None = None
        self._there = True
        self.rename(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def filled(self) -> bool:
        """Whether a picture is shown."""
        return self._picture is not None

    def rename(self, name: str) -> None:
        """What a screen reader says of it."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def show_data(self, data: bytes) -> None:
        """Show a JPEG; a sign that there is none where ``data`` is empty or no picture."""
        image = QImage.fromData(data)
        self._picture = None if image.isNull() else QPixmap.fromImage(image)
        self._there = self._picture is not None
        self.update()

    def wait(self) -> None:
        """Show that a picture is on its way."""
        self._picture, self._there = None, True
        self.update()

    def sizeHint(self) -> QSize:
        """Always the same: nothing moves when a picture comes."""
        scale = current().scale
        return QSize(round(_WIDE * scale), round(_HIGH * scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture on a quiet ground, or a sign in its place."""
        tokens, painter = current(), QPainter(self)
        rounded(painter, self.rect(), fill=tokens.ground, edge=tokens.line, radius=tokens.radius)
        if self._picture is not None:
            self._paint_picture(painter, self._picture)
        else:
            sign = "camera" if self._there else "refusal"
            side = 2 * tokens.icon
            picture = pixmap(sign, tokens.muted, side, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)
        if self.digit:
            self._paint_digit(painter)
        if self.hasFocus():
            focus_ring(painter, self.rect(), tokens, tokens.radius)
        elif self.underMouse() or self.isChecked():
            rounded(painter, self.rect(), fill="", edge=tokens.primary, radius=tokens.radius, width=2)

    def _paint_picture(self, painter: QPainter, picture: QPixmap) -> None:
        radius = current().radius
        shape = QPainterPath()
        shape.addRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        size = picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(
            (self.width() - size.width()) // 2,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )
        painter.save()
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, picture)
        painter.restore()

    def _paint_digit(self, painter: QPainter) -> None:
        tokens = current()
        side = tokens.icon + tokens.hair
        x = self.width() - side - tokens.hair if self.isRightToLeft() else tokens.hair
        box = QRect(x, tokens.hair, side, side)
        rounded(painter, box, fill=tokens.surface, edge=tokens.edge, radius=tokens.radius)
        painter.setPen(QColor(tokens.muted))
        painter.setFont(font("tiny", 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.digit)
