"""A photograph is looked at, parts of it are blacked out, visits are compared, on the screen and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from crfapp.bootstrap.photo_pages import WholeFiles
from crfapp.ledger.events import PaperMade
from crfapp.ledger.state import MaskRow
from crfapp.pictures.drawn import ellipse
from crfapp.present.address import Address
from crfapp.present.compare_photographs import ComparePage
from crfapp.present.photograph_page import PhotographPage
from crfapp.ui.compare import CompareWindowPage
from crfapp.ui.compare import page as compare_page
from crfapp.ui.photo.reading import as_image
from crfapp.ui.photograph import MaskWindowPage, PhotographWindowPage
from crfapp.work.targets import targets_of
from tests.support.page_on_screen import ShellAlone
from tests.support.photo_ward import PhotoWard, scene

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

Key, Left = Qt.Key, Qt.MouseButton.LeftButton
SMALL = {"width": 900, "height": 675, "per_mm": 6.0}
VISITS = (("V_SCR", "2025-01-05"), ("V_W3", "2025-02-02"), ("V_M3", "2025-04-13"), ("V_M6", "2025-07-13"))
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def ward(qapp: QApplication) -> PhotoWard:
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return PhotoWard()


def show(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(1092, 752)
    widget.show()
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget)


def test_rectangles_are_drawn_previewed_and_recorded_with_a_reason(qtbot: QtBot, ward: PhotoWard) -> None:
    photograph = ward.photograph("V_SCR", "T01", scene())
    at = Address("masking", *ward.key, *ward.place("V_SCR", "T01", "VIS"))
    page = MaskWindowPage(PhotographPage(ward.at, ward.room), ShellAlone(), ward.at.texts)
    show(qtbot, page.body)
    page.open(at)
    page.shown()
    canvas = page.body.canvas
    # by the mouse: over the card, from corner to corner
    begin, end = canvas.to_widget(QPointF(300, 850)).toPoint(), canvas.to_widget(QPointF(700, 1200)).toPoint()
    QTest.mousePress(canvas, Left, NONE, begin)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Left, NONE, end)
    [drawn] = page.hand.boxes
    assert (drawn.x, drawn.y) == pytest.approx((300, 850), abs=5)
    assert (drawn.width, drawn.height) == pytest.approx((400, 350), abs=8)
    # by keys: a second one, moved, stretched, and taken away again
    canvas.setFocus()
    QTest.keyClick(canvas, Key.Key_N)
    before = page.hand.boxes[1]
    QTest.keyClick(canvas, Key.Key_Left)
    QTest.keyClick(canvas, Key.Key_Down, SHIFT)
    moved = page.hand.boxes[1]
    assert moved.x < before.x
    assert moved.height > before.height
    QTest.keyClick(canvas, Key.Key_Delete)
    assert page.hand.boxes == (drawn,)
    # a slip of the hand is no rectangle
    QTest.mouseClick(canvas, Left, NONE, QPoint(10, 60))
    assert page.hand.boxes == (drawn,)
    # nothing is recorded without a reason; the preview is the copy that would leave
    tables = ward.clinic.ledger.tables
    assert tables.get(MaskRow, ward.subject, photograph) is None
    page.preview.click()
    middle = QPoint(drawn.x + drawn.width // 2, drawn.y + drawn.height // 2)
    assert canvas.picture is not None
    assert canvas.picture.pixelColor(middle).name() == "#000000"
    page.prompt.line.setText("a name on the card")
    page.prompt.go.click()
    recorded = tables.get(MaskRow, ward.subject, photograph)
    assert recorded is not None
    assert (recorded.boxes, recorded.reason) == (str([list(drawn)]), "a name on the card")
    assert as_image(ward.desk.copy(photograph, page.hand.boxes)).pixelColor(middle).name() == "#000000"
    assert as_image(ward.desk.whole(photograph)).pixelColor(middle).name() != "#000000"  # the original stays


def test_the_whole_photograph_with_what_was_said_of_it(qtbot: QtBot, ward: PhotoWard) -> None:
    photograph = ward.photograph("V_SCR", "T01", scene(**SMALL))
    shell = ShellAlone()
    page = PhotographWindowPage(PhotographPage(ward.at, ward.room), shell, ward.at.texts)
    show(qtbot, page.body)
    at = Address("photograph", *ward.key, *ward.place("V_SCR", "T01", "VIS"))
    page.open(at)
    assert page.body.canvas.picture is not None
    assert page.body.canvas.picture.width() == 900
    assert photograph in page.hash.text()
    assert "T01" in page.body.where.text()
    assert "0.6" in page._told[0].text.text()  # megapixels, below the limit
    QTest.keyClick(page.body.canvas, Key.Key_Escape)
    assert [to.page for to in shell.went] == ["casebook"]


@pytest.fixture
def treated(ward: PhotoWard) -> PhotoWard:
    """One area over four visits, paler and smaller; traced at the first and the last."""
    for number, (visit, day) in enumerate(VISITS):
        if number:
            ward.begin(visit, day)
        shape = (ellipse(40 - 5 * number, 25 - 3 * number),)
        when = f"{day} 10:00:00".replace("-", ":")
        seen = scene(shapes=shape, grain=number + 1, turned=3 * number, taken=when, **SMALL)
        photograph = ward.photograph(visit, "T01", seen)
        if number in (0, 3):
            ward.trace(visit, "T01", seen, photograph)
    return ward


@pytest.fixture
def compare(qtbot: QtBot, treated: PhotoWard, tmp_path: Path) -> CompareWindowPage:
    treated.at.actor = treated.clinic.people["haddad"]
    page = CompareWindowPage(
        ComparePage(treated.at, treated.room, WholeFiles()), ShellAlone(), treated.at.texts, tmp_path
    )
    show(qtbot, page.body)
    row = next(one.row for one in targets_of(treated.clinic.desk, treated.subject) if one.label == "T01")
    page.open(Address("compare", treated.subject, row=row))
    page.shown()
    return page


def test_visits_are_looked_at_alike(qtbot: QtBot, compare: CompareWindowPage) -> None:
    board = compare.body.board
    shown = [pane.caption.text() for pane in board.shown]
    assert len(shown) == 2
    assert "784.8 mm²" in shown[0]
    assert "smaller" in shown[1]
    assert "5 Jan 2025" in shown[0]
    for number in (Key.Key_2, Key.Key_3):  # four side by side
        QTest.keyClick(compare.body, number)
    assert len(board.shown) == 4
    first = board.panes[0].canvas
    for _ in range(5):
        QTest.keyClick(first, Key.Key_Plus)
    first.pan(QPointF(-40, 25))

    def looks() -> set[tuple[float, ...]]:
        return {tuple(round(part, 6) for part in pane.canvas.look()) for pane in board.shown}

    qtbot.waitUntil(lambda: len(looks()) == 1)  # the panes have taken their places
    assert looks() != {(0.5, 0.5, 1.0)}
    # the baseline's outline lies over the last one with its true size, by the scales of both
    last = board.panes[3].visit
    third = board.panes[2].visit
    assert last is not None
    assert third is not None
    assert (last.fitted, third.fitted) == (True, False)
    xs = [point.x for point in last.ghost[0]]
    assert max(xs) - min(xs) == pytest.approx(40 * 6, rel=0.03)  # 40 mm at 6 pixels each, turned a little
    assert last.grid
    assert "has no scale here" in compare.body.told.text.text()


def test_two_lie_over_each_other_parted_by_a_line(compare: CompareWindowPage) -> None:
    QTest.keyClick(compare.body, Key.Key_S)
    slider = compare.body.board.slider
    assert slider.line.hasFocus()
    above = slider.above
    assert above is not None
    middle = above.mask().boundingRect().left()
    QTest.keyClick(slider.line, Key.Key_Right)
    assert above.mask().boundingRect().left() > middle
    start = slider.line.rect().center()
    QTest.mousePress(slider.line, Left, NONE, start)
    QTest.mouseMove(slider.line, start - QPoint(200, 0))
    assert above.mask().boundingRect().left() < middle
    QTest.keyClick(compare.body, Key.Key_S)
    assert above.mask().isEmpty()
    assert compare.body.board.currentIndex() == 0


def test_the_sheet_holds_copies_with_what_is_masked_black_and_is_on_record(
    compare: CompareWindowPage, treated: PhotoWard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sheet.pdf"
    monkeypatch.setattr(compare_page, "choose_place", lambda *_asked: target)
    compare.make_sheet()
    pdf = target.read_bytes()
    assert pdf.startswith(b"%PDF")
    assert "Made and on record" in compare.body.told.text.text()
    events = [record.event for record in treated.at.events.records(kinds={PaperMade.kind})]
    assert [event.what for event in events if isinstance(event, PaperMade)] == ["comparison: 2"]
    compare.make_sheet()  # what is there is not written over
    assert target.read_bytes() == pdf
    assert compare.body.problem.isVisible()
