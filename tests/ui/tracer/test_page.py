"""A nurse traces the area at a visit; a second person does it blind; an investigator decides."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from math import pi
from typing import TYPE_CHECKING, Any, cast

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PySide6.QtGui import QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.bootstrap.photo_pages import WholeFiles
from crfapp.ledger.state import OutlineRow
from crfapp.present.address import Address
from crfapp.present.compare_photographs import ComparePage
from crfapp.present.photo_room import PhotoRoom
from crfapp.present.tracer_page import TracerPage
from crfapp.ui.tracer import TracerWindowPage
from crfapp.work.outlines_apart import apart, in_force
from tests.support.here_and_now import HereAndNow
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.spoken import without_name
from tests.support.strokes import click, drag, ellipse, on_screen, skin, with_patch
from tests.support.tracing_ward import LINA, SAMI, TracingWard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.present.compare_view import CompareView
    from crfapp.present.photo_desk import PhotoDesk
    from crfapp.work.roles import Actor

PER_MM = 20.0
LESION = ellipse((1000, 700), (140, 100), turned=20, count=120)
AREA = pi * 140 * 100 / PER_MM**2
Key = Qt.Key


@cache
def _picture() -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"bmp")).write(with_patch(skin(2000, 1500), LESION))
    return bytes(buffer.data().data())


class Cabinet:
    """The site's photographs; ``gone`` are damaged."""

    def __init__(self) -> None:
        self.gone: set[str] = set()

    def whole(self, photograph: str) -> bytes:
        if photograph in self.gone:
            raise EnvironmentProblem(Code.NOT_A_SITE)
        return _picture()


@pytest.fixture
def clinic() -> TracingWard:
    dress_application()
    return TracingWard()


class Tracer:
    """Somebody at the Tracer page of one area."""

    def __init__(
        self, qtbot: QtBot, clinic: TracingWard, actor: Actor | None = None, language: str = "en"
    ) -> None:
        self.clinic, self.shell, self.pictures = clinic, ShellAlone(), Cabinet()
        if actor is not None:
            clinic.by(actor)
        at = workplace(clinic, language)
        self.at = at
        self.room = PhotoRoom(cast("PhotoDesk", self.pictures), HereAndNow(), at.texts)
        self.presenter = TracerPage(at, self.room)
        self.page = TracerWindowPage(self.presenter, self.shell, at.texts)
        self.body, self.board = self.page.body, self.page.body.board
        clinic.bus.listen(lambda outcome: self.page.refresh(outcome.topics))
        put_on_screen(qtbot, self.page)
        self.open()

    def open(self, **more: Any) -> None:
        self.page.open(Address("tracer", *self.clinic.place(), **more))
        self.page.shown()

    def calibrate(self) -> None:
        click(self.board, (200, 1400), (1200, 1400))
        self.body.scale.length.setFocus()
        QTest.keyClicks(self.body.scale.length, "50")
        QTest.keyClick(self.body.scale.length, Key.Key_Return)

    def trace(self, points: list[tuple[float, float]] | None = None) -> None:
        self.calibrate()
        self.board.zoom(2)
        drag(self.board, points or LESION)

    def save(self, reason: str = "") -> None:
        if reason:
            QTest.keyClicks(self.body.reason, reason)
        QTest.keyClick(self.board, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def words(self) -> str:
        shown = [label.text() for label in self.body.findChildren(QLabel) if label.isVisible()]
        return "\n".join(shown).translate(dict.fromkeys(map(ord, "\u2066\u2068\u2069")))


@pytest.mark.req("REQ-931")
def test_the_area_that_is_seen_while_it_is_drawn_is_the_one_that_is_recorded(
    qtbot: QtBot, clinic: TracingWard
) -> None:
    tracer = Tracer(qtbot, clinic)
    assert "T01" in tracer.words()
    assert "Click the two ends of a known length, such as 50 mm of the ruler: 0 of 2." in tracer.words()
    tracer.trace()
    seen = tracer.presenter.figures()
    assert float(seen.area.strip("\u2066\u2069").split()[0]) == pytest.approx(AREA, rel=0.01)
    assert "mm²" in seen.area
    assert seen.uncertainty
    tracer.save()
    recorded = clinic.recorded()
    assert recorded is not None
    assert recorded in seen.area
    assert recorded == tracer.body.figures.area.text().strip("\u2066\u2069").split()[0]
    row = in_force(clinic.desk, clinic.place())
    assert row is not None
    assert (row.photograph, row.purpose, row.blind) == (clinic.photograph, "value", 0)
    assert "Saved:" in tracer.words()
    assert not tracer.presenter.is_unsaved


def test_a_new_outline_takes_the_place_of_ones_own_with_a_reason(qtbot: QtBot, clinic: TracingWard) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.trace()
    tracer.save()
    before = clinic.recorded()
    again = Tracer(qtbot, clinic)
    assert again.presenter.tracing.now.lines  # one goes on from what stands there
    assert not again.body.save.isEnabled()
    click(again.board, LESION[0])
    QTest.keyClick(again.board, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    again.save()
    assert clinic.recorded() == before
    assert again.body.reason_question.isVisible()
    again.save("the border reaches further")
    after = clinic.recorded()
    assert after is not None
    assert before is not None
    assert Decimal(after) > Decimal(before)
    assert len(clinic.ledger.tables.find(OutlineRow)) == 2


@pytest.mark.req("REQ-414")
def test_a_second_person_sees_neither_the_first_outline_nor_its_area(
    qtbot: QtBot, clinic: TracingWard
) -> None:
    first = Tracer(qtbot, clinic)
    first.trace()
    first.save()
    recorded = clinic.recorded()
    second = Tracer(qtbot, clinic, SAMI)
    assert second.presenter.view.mode == "second"
    assert first_is_hidden(second, recorded)
    second.trace()
    assert first_is_hidden(second, recorded, but_own=True)
    second.save()
    pair = apart(clinic.desk, clinic.place())
    assert pair is not None
    assert (pair.second.login, pair.second.blind) == ("sami", 1)
    assert clinic.recorded() == recorded  # a second outline gives no value
    assert "The areas differ by" in second.words()
    assert len(second.presenter.view.outlines) == 2


def first_is_hidden(tracer: Tracer, area: str | None, *, but_own: bool = False) -> bool:
    """Whether nothing on the page tells the first outline or its area; the second one's own may be alike."""
    view = tracer.presenter.view
    told = "" if but_own else tracer.words()
    return not view.outlines and not view.ghost and not tracer.presenter.ghost() and str(area) not in told


@pytest.mark.req("REQ-414")
def test_a_page_that_showed_the_first_outline_to_the_second_person_would_be_found(
    qtbot: QtBot, clinic: TracingWard, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Tracer(qtbot, clinic)
    first.trace()
    first.save()
    monkeypatch.setattr(
        "crfapp.present.tracer_outlines.TracerOutlines.mode",
        lambda _self, *, anew: "again" if anew else "watch",
    )
    assert not first_is_hidden(Tracer(qtbot, clinic, SAMI), clinic.recorded())


def compared(tracer: Tracer) -> CompareView:
    """What the Compare page shows to the same person of the same lesion."""
    page = ComparePage(tracer.at, tracer.room, WholeFiles())
    place = tracer.clinic.place()
    page.open(Address("compare", place.subject, row=place.row))
    return page.view()


def tells_first(view: CompareView) -> bool:
    """Whether an outline or an area stands on the Compare page."""
    return any(visit.outline or visit.ghost or visit.measured for visit in view.visits)


@pytest.mark.req("REQ-414")
def test_whoever_traces_blind_does_not_see_the_first_outline_beside_other_visits_either(
    qtbot: QtBot, clinic: TracingWard
) -> None:
    first = Tracer(qtbot, clinic)
    first.trace()
    first.save()
    assert tells_first(compared(first))
    second = Tracer(qtbot, clinic, SAMI)
    blind = compared(second)
    assert not tells_first(blind)
    assert "second person" in blind.blind
    second.trace()
    second.save()
    assert tells_first(compared(second))
    assert not compared(second).blind


@pytest.mark.req("REQ-414")
def test_a_tracer_that_did_not_remember_who_traces_blind_would_be_found(
    qtbot: QtBot, clinic: TracingWard, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Tracer(qtbot, clinic)
    first.trace()
    first.save()
    monkeypatch.setattr(TracerPage, "_remember_blind", lambda *_told, **_more: None)
    assert tells_first(compared(Tracer(qtbot, clinic, SAMI)))


@pytest.mark.req("REQ-414")
def test_an_investigator_sees_both_outlines_and_says_which_one_counts(
    qtbot: QtBot, clinic: TracingWard
) -> None:
    first = Tracer(qtbot, clinic)
    first.trace()
    first.save()
    second = Tracer(qtbot, clinic, SAMI)
    second.trace(ellipse((1000, 700), (180, 130), turned=20, count=120))
    second.save()
    judge = Tracer(qtbot, clinic, LINA)
    assert judge.presenter.view.mode == "watch"
    assert "An investigator decides which one counts." in judge.words()
    assert len(judge.board.others) == 2
    button = judge.body.compared.choose[1]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert judge.body.compared.question.refused  # not without a reason
    QTest.keyClicks(judge.body.compared.reason, "the border under Wood's lamp")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    row = in_force(clinic.desk, clinic.place())
    assert row is not None
    assert row.login == "sami"
    assert "It was decided which one counts." in judge.words()


@pytest.mark.req("REQ-212")
def test_a_drawing_that_is_not_saved_survives_a_lock(qtbot: QtBot, clinic: TracingWard) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.calibrate()
    click(tracer.board, *LESION[:60:10])
    drawn = tracer.presenter.tracing.now
    [text] = tracer.page.set_aside()
    assert not tracer.presenter.is_unsaved
    after = Tracer(qtbot, clinic)
    assert not after.page.put_back([text])
    assert after.presenter.tracing.now == drawn
    assert after.presenter.length == "50"
    assert "This drawing was not saved yet." in after.words()
    click(after.board, *LESION[60::10], LESION[0])
    after.save()
    assert clinic.recorded() is not None


def test_leaving_asks_beside_the_photograph_and_keeps_what_is_drawn(
    qtbot: QtBot, clinic: TracingWard
) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.trace()
    tracer.body.back.click()
    assert "The drawing is not saved." in tracer.words()
    assert not tracer.shell.went
    tracer.body.left.emit("later")
    assert tracer.shell.went[-1].page == "casebook"
    other = clinic.area("CONTROL")
    tracer.page.open(Address("tracer", *clinic.place()._replace(row=other)))
    assert not tracer.presenter.tracing.now.lines
    tracer.open()
    assert tracer.presenter.tracing.now.lines
    tracer.body.left.emit("discard")
    assert not tracer.presenter.tracing.now.lines


def test_what_cannot_be_saved_yet_is_said_when_one_leaves_with_saving(
    qtbot: QtBot, clinic: TracingWard
) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.calibrate()
    click(tracer.board, *LESION[:60:10])
    tracer.body.back.click()
    tracer.body.left.emit("save")
    assert not tracer.shell.went
    assert "Close the line" in tracer.presenter.view.problem
    assert clinic.recorded() is None


def test_leaving_with_saving_records_it(qtbot: QtBot, clinic: TracingWard) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.trace()
    tracer.body.back.click()
    tracer.body.left.emit("save")
    assert clinic.recorded() is not None
    assert tracer.shell.went[-1].item == "PLAN"


def test_the_earlier_outline_lies_over_by_both_calibrations(qtbot: QtBot, clinic: TracingWard) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.trace()
    tracer.save()
    drawn = tracer.presenter.tracing.now.lines[0]
    later = clinic.seen("2025-04-12", 2)
    clinic.photographed(later, "b2")
    at_m3 = Tracer(qtbot, clinic)
    at_m3.page.open(Address("tracer", *clinic.place(later)))
    assert at_m3.body.tools.ghost.isVisible()
    assert not at_m3.presenter.ghost()
    # the same ruler, seen half as large and somewhere else
    click(at_m3.board, (500, 1000), (1000, 1000))
    at_m3.body.scale.typed.emit("50")
    [ghost] = at_m3.presenter.ghost()
    assert len(ghost) == len(drawn)
    for was, now in zip(drawn, ghost, strict=True):
        assert now == pytest.approx((750 + (was.x - 700) / 2, 1000 + (was.y - 1400) / 2), abs=2)
    QTest.keyClick(at_m3.board, Key.Key_G)
    assert not at_m3.board.ghost


def test_the_side_of_the_card_is_offered_as_it_was_typed_last(qtbot: QtBot, clinic: TracingWard) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.body.scale.by_corners.emit(True)
    click(tracer.board, (200, 1000), (600, 1000), (600, 1400), (200, 1400))
    tracer.body.scale.typed.emit("20")
    tracer.body.tools.use("outline")
    drag(tracer.board, LESION)
    tracer.save()
    assert clinic.recorded() is not None
    later = clinic.seen("2025-04-12", 2)
    clinic.photographed(later, "b2")
    again = Tracer(qtbot, clinic)
    again.page.open(Address("tracer", *clinic.place(later)))
    assert again.presenter.length == "20"
    assert again.presenter.tracing.now.corners


def test_a_scale_clicked_in_a_small_picture_asks_to_be_clicked_larger(
    qtbot: QtBot, clinic: TracingWard
) -> None:
    tracer = Tracer(qtbot, clinic)
    click(tracer.board, (200, 1400), (400, 1400))
    QTest.keyClicks(tracer.body.scale.length, "10")
    assert "zoom in" in tracer.body.hint.text()
    tracer.board.zoom(8, QPointF(on_screen(tracer.board, (300, 1400))))
    click(tracer.board, (200, 1400), (400, 1400))
    assert "zoom in" not in tracer.body.hint.text()


def test_the_scale_asks_for_the_side_of_a_card_and_for_the_length_of_a_ruler(
    qtbot: QtBot, clinic: TracingWard
) -> None:
    tracer = Tracer(qtbot, clinic)
    scale = tracer.body.scale
    assert scale.question.label.text() == "Known length in mm"
    scale.way.choose(1)
    assert scale.question.label.text() == scale.length.accessibleName() == "Side of the card in mm"


def test_a_scale_that_says_nothing_is_refused_where_it_is_drawn(qtbot: QtBot, clinic: TracingWard) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.body.scale.by_corners.emit(True)
    click(tracer.board, (200, 1000), (400, 1000), (600, 1000), (800, 1000))
    tracer.body.scale.typed.emit("20")
    tracer.body.tools.use("outline")
    drag(tracer.board, LESION)
    assert "The calibration gives no scale." in tracer.words()
    assert not tracer.body.save.isEnabled()


def test_a_line_that_crosses_itself_is_said_and_cannot_be_saved(qtbot: QtBot, clinic: TracingWard) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.calibrate()
    click(tracer.board, (600, 400), (1400, 1000), (1400, 400), (600, 1000), (600, 400))
    assert "touches or crosses itself" in tracer.words()
    tracer.save()
    assert clinic.recorded() is None


def is_shown(tracer: Tracer) -> bool:
    """Whether there is a photograph on the board."""
    return tracer.board.picture is not None


def test_a_photograph_that_cannot_be_read_is_said(qtbot: QtBot, clinic: TracingWard) -> None:
    tracer = Tracer(qtbot, clinic)
    tracer.pictures.gone.add(clinic.photograph)
    other = clinic.photographed(clinic.first, "c3")
    tracer.body.photographs.chosen.emit(other)
    assert is_shown(tracer)
    tracer.body.photographs.chosen.emit(clinic.photograph)
    assert not is_shown(tracer)
    assert tracer.presenter.view.problem


def test_without_a_photograph_the_page_says_what_to_do(qtbot: QtBot, clinic: TracingWard) -> None:
    later = clinic.seen("2025-04-12", 2)
    tracer = Tracer(qtbot, clinic)
    tracer.page.open(Address("tracer", *clinic.place(later)))
    assert "There is no photograph of this lesion at this visit." in tracer.words()
    assert not tracer.body.save.isVisible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_control_has_a_name(qtbot: QtBot, clinic: TracingWard, language: str) -> None:
    dress_application(language)
    tracer = Tracer(qtbot, clinic, language=language)
    tracer.trace()
    assert float(tracer.presenter.figures().area.strip("\u2066\u2069").split()[0]) == pytest.approx(
        AREA, rel=0.01
    )
    assert without_name(tracer.body) == []
    dress_application()
