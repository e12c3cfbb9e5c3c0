"""Somebody traces a lesion on a photograph, by hand."""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from crfapp.planimetry.measuring import measure
from crfapp.present.sketch import OPEN, Spot, calibration_of, outline_of
from crfapp.present.tracing import Tracing
from crfapp.ui.tracer.board import TraceBoard
from tests.support.strokes import click, drag, ellipse, on_screen, skin, with_patch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from crfapp.planimetry.measuring import Measured
    from crfapp.planimetry.shapes import Point

PER_MM = 20.0
"""Pixels of the picture to a millimetre."""
LESION = ellipse((1000, 700), (400, 250), turned=30)
AREA = pi * 400 * 250 / PER_MM**2
Key = Qt.Key


@pytest.fixture
def board(qapp: QApplication) -> Iterator[TraceBoard]:
    """A photograph of 2000 to 1500 pixels in a window of 1000 to 750."""
    made = TraceBoard(Tracing(), "Photograph")
    made.resize(1000, 750)
    made.set_image(with_patch(skin(2000, 1500), LESION))
    made.show()
    made.setFocus()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def measured(board: TraceBoard, mm: float = 10) -> Measured:
    """What the drawing says."""
    calibration = calibration_of(board.tracing.now, mm)
    assert calibration is not None
    return measure(outline_of(board.tracing.now), calibration)


def lines(board: TraceBoard) -> tuple[tuple[Point, ...], ...]:
    """The closed lines."""
    return board.tracing.now.lines


def open_line(board: TraceBoard) -> tuple[Point, ...]:
    """The line in hand."""
    return board.tracing.now.open


def calibrate(board: TraceBoard) -> None:
    """Click both ends of 10 mm of the ruler, and turn to the outline."""
    click(board, (100, 1400), (300, 1400))
    board.pen.tool = "outline"


def test_a_polygon_clicked_around_an_ellipse_has_its_area(board: TraceBoard) -> None:
    calibrate(board)
    around = LESION[::3]
    click(board, *around, around[0])
    assert not open_line(board)
    told = measured(board)
    assert told.area == pytest.approx(AREA, rel=0.012)  # thirty corners lie within the ellipse
    assert told.length == pytest.approx(800 / PER_MM, rel=0.01)
    assert told.width == pytest.approx(500 / PER_MM, rel=0.01)
    assert 0 < told.uncertainty < told.area / 5


def test_a_freehand_stroke_around_an_ellipse_has_its_area_with_few_points(board: TraceBoard) -> None:
    calibrate(board)
    drag(board, ellipse((1000, 700), (400, 250), turned=30, count=400))
    assert len(lines(board)) == 1
    assert len(lines(board)[0]) < 130
    assert measured(board).area == pytest.approx(AREA, rel=0.006)


def test_a_stroke_that_does_not_come_back_is_gone_on_with(board: TraceBoard) -> None:
    calibrate(board)
    drag(board, LESION[:40])
    assert not lines(board)
    click(board, *LESION[42:80:3])
    drag(board, LESION[80:])
    assert len(lines(board)) == 1
    assert measured(board).area == pytest.approx(AREA, rel=0.012)


def test_what_lies_within_is_a_hole_and_what_lies_beside_is_another_part(board: TraceBoard) -> None:
    calibrate(board)
    drag(board, ellipse((1000, 700), (400, 250), count=200))
    drag(board, ellipse((1000, 700), (100, 100), count=100))
    drag(board, ellipse((1000, 700), (40, 40), count=60))
    drag(board, ellipse((1600, 1200), (100, 100), count=100))
    assert [part.hole for part in outline_of(board.tracing.now).parts] == [False, True, False, False]
    parts = pi * (400 * 250 - 100 * 100 + 40 * 40 + 100 * 100) / PER_MM**2
    assert measured(board).area == pytest.approx(parts, rel=0.01)


def test_four_corners_of_a_card_correct_the_angle_of_the_camera(board: TraceBoard) -> None:
    """The picture is squeezed to three fifths of its height, as from a camera held at an angle."""
    board.tracing.use_corners(True)
    card = [(100, 1000), (300, 1000), (300, 1120), (100, 1120)]
    click(board, *card)
    board.pen.tool = "outline"
    drag(board, ellipse((1000, 700), (400, 150), count=300))
    assert measured(board).area == pytest.approx(pi * 400 * 250 / PER_MM**2, rel=0.02)
    board.tracing.use_corners(False)
    board.pen.tool = "scale"
    click(board, *card[:2])
    assert measured(board).area == pytest.approx(pi * 400 * 150 / PER_MM**2, rel=0.02)  # a line cannot know


def test_every_step_is_taken_back_and_taken_again(board: TraceBoard) -> None:
    calibrate(board)
    click(board, (500, 500), (900, 500), (900, 900))
    QTest.keyClick(board, Key.Key_Return)
    closed = board.tracing.now
    for _ in range(4):
        QTest.keyClick(board, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not open_line(board)
    assert not lines(board)
    for _ in range(4):
        QTest.keyClick(board, Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert board.tracing.now == closed


def test_escape_steps_back_point_by_point(board: TraceBoard) -> None:
    calibrate(board)
    click(board, (500, 500), (900, 500))
    QTest.keyClick(board, Key.Key_Escape)
    assert open_line(board) == ((500.0, 500.0),)
    QTest.keyClick(board, Key.Key_Escape)
    assert not open_line(board)


def test_the_chosen_point_is_nudged_and_all_of_it_is_one_step(board: TraceBoard) -> None:
    calibrate(board)
    click(board, (500, 500), (900, 500), (900, 900))
    QTest.keyClick(board, Key.Key_Left)
    QTest.keyClick(board, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert open_line(board)[-1] == (899, 910)
    QTest.keyClick(board, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert open_line(board)[-1] == (900, 900)


def test_a_point_is_moved_put_in_and_taken_away(board: TraceBoard) -> None:
    calibrate(board)
    click(board, (500, 500), (900, 500), (900, 900), (500, 900), (500, 500))
    drag(board, [(900, 500), (950, 480), (1000, 400)])
    assert lines(board)[0][1] == (1000, 400)
    click(board, (700, 900))  # on the line between two points
    assert len(lines(board)[0]) == 5
    QTest.keyClick(board, Key.Key_Delete)
    assert len(lines(board)[0]) == 4
    QTest.keyClick(board, Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert not lines(board)


def test_an_outline_can_be_drawn_without_a_mouse(board: TraceBoard) -> None:
    board.pen.tool = "outline"
    hundred = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(board, Key.Key_A)
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left):
        QTest.keyClick(board, Key.Key_A)
        QTest.keyClick(board, key, hundred)
    QTest.keyClick(board, Key.Key_Return)
    assert len(lines(board)) == 1
    QTest.keyClick(board, Key.Key_N)
    assert board.tracing.chosen == Spot(0, 0)
    QTest.keyClick(board, Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert board.tracing.chosen == Spot(0, 3)


def test_zoom_and_pan_go_on_while_a_line_is_drawn(board: TraceBoard) -> None:
    calibrate(board)
    click(board, (500, 500), (900, 500))
    board.zoom(4, QPointF(on_screen(board, (900, 500))))
    QTest.mousePress(board, Qt.MouseButton.MiddleButton, pos=QPoint(100, 100))
    QTest.mouseMove(board, QPoint(60, 60))
    QTest.mouseRelease(board, Qt.MouseButton.MiddleButton, pos=QPoint(60, 60))
    click(board, (910, 600))
    assert len(open_line(board)) == 3
    assert open_line(board)[2] == pytest.approx((910, 600), abs=0.5)
    assert board.tracing.chosen == Spot(OPEN, 2)


def test_arabic_does_not_mirror_what_is_drawn(board: TraceBoard) -> None:
    board.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    board.pen.tool = "outline"
    click(board, (200, 700), (400, 700))
    assert open_line(board) == ((200, 700), (400, 700))
    seen = board.grab().toImage().pixelColor(150, 350)
    assert (seen.red(), seen.green()) != (198, 150)  # the line lies at the left, where the points are


def test_a_drawing_that_may_only_be_looked_at_is_moved_and_not_changed(board: TraceBoard) -> None:
    board.pen.is_open = False
    before = board.tracing.now
    board.zoom(2)
    left = board.placement.left
    drag(board, [(1000, 700), (1100, 700)])
    assert board.tracing.now == before
    assert board.placement.left != left


def test_a_click_on_a_small_picture_is_known_to_be_less_exact(board: TraceBoard) -> None:
    click(board, (100, 1400), (300, 1400))
    coarse = board.tracing.now.scale[0].px
    board.tracing.use_corners(True)
    board.zoom(8)
    at = board.to_picture(QPointF(400, 300))
    click(board, (at.x(), at.y()))
    assert board.tracing.now.scale[0].px < coarse
