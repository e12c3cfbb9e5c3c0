"""A nurse looks closer at a photograph: by wheel, by dragging, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.ui.photo import Look, PhotoCanvas

if TYPE_CHECKING:
    from collections.abc import Iterator

RED, BLUE = QColor(200, 30, 30), QColor(30, 30, 200)


def two_halves(width: int = 800, height: int = 600) -> QImage:
    """Red at the left, blue at the right."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    painter = QPainter(image)
    painter.fillRect(width // 2, 0, width, height, BLUE)
    painter.end()
    return image


def encoded(image: QImage) -> bytes:
    """As a PNG file has it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


@pytest.fixture
def canvas(qapp: QApplication) -> Iterator[PhotoCanvas]:
    """800 to 600 pixels in a window of 400 to 400."""
    made = PhotoCanvas("Photograph", "No photograph")
    made.resize(400, 400)
    made.set_image(two_halves())
    made.show()
    made.setFocus()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def seen(canvas: QWidget, x: int, y: int) -> tuple[int, int, int]:
    """The colour at a place of the widget."""
    colour = canvas.grab().toImage().pixelColor(x, y)
    return colour.red(), colour.green(), colour.blue()


def rgb(colour: QColor) -> tuple[int, int, int]:
    """To compare with what is seen."""
    return colour.red(), colour.green(), colour.blue()


def width(canvas: PhotoCanvas) -> int:
    """How wide the picture is that is shown; 0 without one."""
    return canvas.picture.width() if canvas.picture else 0


def wheel(canvas: QWidget, at: QPointF, notches: int) -> None:
    """Turn the wheel there."""
    event = QWheelEvent(
        at,
        at,
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_the_whole_picture_is_seen_first_in_the_middle(canvas: PhotoCanvas) -> None:
    assert canvas.to_widget(QPointF(0, 0)) == QPointF(0, 50)
    assert canvas.to_widget(QPointF(800, 600)) == QPointF(400, 350)
    assert seen(canvas, 100, 200) == rgb(RED)
    assert seen(canvas, 300, 200) == rgb(BLUE)
    assert seen(canvas, 100, 20) not in (rgb(RED), rgb(BLUE))


def test_the_wheel_zooms_to_the_pointer(canvas: PhotoCanvas) -> None:
    at = QPointF(120, 180)
    under = canvas.to_picture(at)
    wheel(canvas, at, 4)
    after = canvas.to_picture(at)
    assert canvas.placement.scale > 1
    assert (after.x(), after.y()) == pytest.approx((under.x(), under.y()))
    wheel(canvas, at, -40)
    assert canvas.look() == Look()


def test_dragging_moves_the_picture_and_leaves_no_gap(canvas: PhotoCanvas) -> None:
    canvas.zoom(2)
    before = canvas.to_picture(QPointF(200, 200))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(230, 190))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(230, 190))
    after = canvas.to_picture(QPointF(230, 190))
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))
    canvas.pan(QPointF(9999, 9999))
    assert canvas.to_widget(QPointF(0, 0)) == QPointF(0, 0)


def test_the_keyboard_does_what_the_mouse_does(canvas: PhotoCanvas) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.look().zoom == pytest.approx(1.25**2)
    left = canvas.placement.left
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.placement.left == pytest.approx(left - 40)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.look().zoom == pytest.approx(1.25)
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.look() == Look()


def test_two_pictures_of_other_sizes_show_the_same_place(canvas: PhotoCanvas) -> None:
    other = PhotoCanvas("Another", "")
    other.resize(400, 300)
    other.set_image(two_halves(400, 300))
    canvas.looked.connect(lambda: other.set_look(canvas.look()))
    canvas.zoom(3, QPointF(300, 250))
    place, zoom = canvas.look(), other.look().zoom
    assert zoom == pytest.approx(3)
    assert other.look().x == pytest.approx(place.x)
    other.deleteLater()


def test_arabic_does_not_mirror_the_picture(canvas: PhotoCanvas) -> None:
    canvas.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert seen(canvas, 100, 200) == rgb(RED)
    assert seen(canvas, 300, 200) == rgb(BLUE)


def test_what_is_no_picture_is_refused_and_said(canvas: PhotoCanvas) -> None:
    assert canvas.set_picture(encoded(two_halves(80, 60)))
    assert width(canvas) == 80
    assert not canvas.set_picture(b"not a picture")
    assert width(canvas) == 0
    assert canvas.to_picture(QPointF(7, 7)) == QPointF(7, 7)
    canvas.grab()


def test_a_stroke_redraws_only_what_it_touches(canvas: PhotoCanvas) -> None:
    asked: list[float] = []
    canvas.add_layer(lambda painter: asked.append(painter.clipBoundingRect().width()))
    drawn = canvas.grab()
    assert not drawn.isNull()
    asked.clear()
    before = canvas._drawn
    area = canvas.rect()
    canvas.repaint(area.adjusted(10, 10, -340, -340))
    assert canvas._drawn is before
    assert len(asked) == 1


class Pen:
    """Takes every press."""

    def __init__(self) -> None:
        self.at: list[tuple[str, float, float]] = []

    def press(self, at: QPointF, _event: QMouseEvent) -> bool:
        """Down."""
        self.at.append(("press", at.x(), at.y()))
        return True

    def move(self, at: QPointF, _event: QMouseEvent) -> bool:
        """On."""
        self.at.append(("move", at.x(), at.y()))
        return True

    def release(self, at: QPointF, _event: QMouseEvent) -> bool:
        """Up."""
        self.at.append(("release", at.x(), at.y()))
        return True

    def key(self, _event: QKeyEvent) -> bool:
        """None is taken."""
        return False

    def leave(self) -> None:
        """Gone."""


def test_a_pen_draws_in_pixels_of_the_picture_and_the_middle_button_still_moves(canvas: PhotoCanvas) -> None:
    pen = canvas.hand = Pen()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(110, 120))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(110, 120))
    assert pen.at == [("press", 200, 100), ("move", 220, 140), ("release", 220, 140)]
    canvas.zoom(2)
    left = canvas.placement.left
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(90, 100))
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, pos=QPoint(90, 100))
    assert canvas.placement.left == pytest.approx(left - 10)
    assert len(pen.at) == 3
