"""A lesion is put on the body map, by mouse and by keyboard, and sides are never taken for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.body_map import BodyMap as MapPresenter
from crfapp.ui.casebook.asking import ReasonPrompt
from crfapp.ui.casebook.map_panel import MapPanel
from tests.support.real_casebook import RealCasebook
from tests.ui.fields.typing_by_hand import clicks, presses, types

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.present.body_view import Spot, Weighed
    from crfapp.ui.body import BodyMap

FOREARM = "SKIN OF THE FOREARM"


class Registry:
    """The study areas of one subject on the screen: C01 on the right forearm, and one that is new."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, language: str = "en") -> None:
        self.site = RealCasebook(language=language)
        self.qtbot = qtbot
        self.key = FormKey(*self.site.begin("V_SCR", "2025-01-05"), "LESDEF", 1)
        self.control = self.area(LESROLE="CONTROL", LESLOC=FOREARM, LESLAT="RIGHT")
        self.row = self.area(LESROLE="TREATED")
        qtbot.addWidget(self.site.show(qapp, "dark" if language == "ar" else "light"))
        self.site.turn_to(self.key)

    def area(self, **answers: str) -> str:
        row = self.site.clinic.add_row(self.key, "AREAS")
        self.site.clinic.enter(self.key, row, **answers)
        return row

    def open_at(self, item: str) -> BodyMap:
        """Go to a question and open the map with the keyboard."""
        form = self.site.view.form
        assert form.jump(Cell(self.row, item))
        form.canvas.settle()
        presses(self.qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        form.canvas.settle()
        return self.panel.map

    @property
    def panel(self) -> MapPanel:
        [panel] = [p for p in self.site.view.form.findChildren(MapPanel) if p.isVisible()]
        return panel

    def click(self, region: str, letter: str = "F") -> None:
        shown = self.panel.map
        QTest.mouseMove(shown, shown.point_of(region, letter).toPoint())
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.point_of(region, letter).toPoint())

    def answer(self, item: str) -> str | None:
        return self.site.clinic.value(self.key, item, self.row)

    def answers(self) -> tuple[str | None, ...]:
        return tuple(self.answer(item) for item in ("LESLOC", "LESLAT", "LESMAP"))


@pytest.fixture
def registry(qtbot: QtBot, qapp: QApplication) -> Registry:
    return Registry(qtbot, qapp)


@pytest.mark.req("REQ-414")
def test_one_click_answers_site_side_and_position(registry: Registry) -> None:
    registry.open_at("LESLOC")
    registry.click("forearm-left")
    site, side, at = registry.answers()
    assert (site, side) == (FOREARM, "LEFT")
    assert at is not None
    x, y, view = at.split(",")
    assert view == "F"
    assert int(x) > 600, "the subject's left is on our right, as of somebody who faces us"
    assert 350 < int(y) < 550
    assert registry.site.editor(f"{registry.row}/LESLOC").raw() == FOREARM, "the list says the same"
    here = registry.panel.map.view.here
    assert here is not None
    assert here.spot is not None


@pytest.mark.req("REQ-414")
def test_seen_from_behind_left_is_on_the_left(registry: Registry) -> None:
    registry.open_at("LESLOC")
    registry.click("buttock-left", "B")
    site, side, at = registry.answers()
    assert (site, side) == ("SKIN OF THE BUTTOCK", "LEFT")
    assert at is not None
    assert int(at.split(",")[0]) < 500
    assert at.endswith(",B")


def test_the_keyboard_goes_from_region_to_region_and_enter_chooses(registry: Registry) -> None:
    shown = registry.open_at("LESLAT")
    assert QApplication.focusWidget() is shown
    said = [shown.accessibleDescription()]
    for _ in range(2):
        QTest.keyClick(shown, Qt.Key.Key_Down)
        said.append(shown.accessibleDescription())
    assert said[0] == "Scalp, Right – From the front"
    assert len(set(said)) == 3, "a screen reader says every region anew"
    QTest.keyClick(shown, Qt.Key.Key_Return)
    site, side, at = registry.answers()
    assert any(said[-1].startswith(name) for name in registry.panel.map.view.regions.values())
    assert None not in (site, side, at)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not [p for p in registry.site.view.form.findChildren(MapPanel) if p.isVisible()]
    focused = registry.site.view.form.question_in_focus()
    assert focused is not None
    assert focused.cell == Cell(registry.row, "LESLAT"), "the keyboard is back at the question"


def asked_before_recording(registry: Registry) -> bool:
    """A marker on the other arm is asked about, and nothing is recorded meanwhile."""
    registry.site.clinic.enter(registry.key, registry.row, LESLOC=FOREARM, LESLAT="LEFT")
    registry.open_at("LESMAP")
    registry.click("forearm-right")
    return registry.panel.question is not None and registry.answer("LESMAP") is None


@pytest.mark.req("REQ-414")
def test_a_marker_on_the_other_side_is_asked_about_first(registry: Registry) -> None:
    assert asked_before_recording(registry)
    question = registry.panel.question
    assert question is not None
    words = question.text.text().replace("\u2068", "").replace("\u2069", "")
    assert words == "This is Forearm, Right, but Forearm, Left is recorded. Which is right?"
    clicks(registry.qtbot, question.links[1])
    assert registry.answers() == (FOREARM, "LEFT", None), "what was answered stays"
    registry.click("forearm-right")
    assert registry.panel.question is not None
    clicks(registry.qtbot, registry.panel.question.links[0])
    [prompt] = [p for p in registry.site.view.form.findChildren(ReasonPrompt) if p.isVisible()]
    assert registry.answer("LESLAT") == "LEFT", "a saved answer changes with a reason only"
    prompt.line.setFocus()
    types(registry.qtbot, "looked again")
    presses(registry.qtbot, Qt.Key.Key_Return)
    assert registry.answer("LESLAT") == "RIGHT"
    assert registry.answer("LESMAP") is not None


def test_without_the_question_a_wrong_side_would_be_recorded(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sabotaged twin: a map that does not compare; the check above notices."""
    compare = MapPresenter.weigh

    def blind(self: MapPresenter, cell: Cell, spot: Spot) -> Weighed:
        return compare(self, cell, spot)._replace(asks="")

    monkeypatch.setattr(MapPresenter, "weigh", blind)
    assert not asked_before_recording(Registry(qtbot, qapp))


def test_the_map_is_not_mirrored_with_the_language(qtbot: QtBot, qapp: QApplication) -> None:
    arabic = Registry(qtbot, qapp, "ar")
    shown = arabic.open_at("LESLOC")
    left, right = shown.point_of("forearm-left", "F"), shown.point_of("forearm-right", "F")
    assert left.x() > right.x()
    arabic.click("forearm-left")
    assert arabic.answers()[:2] == (FOREARM, "LEFT")


def test_the_other_lesions_stand_on_the_map_with_name_and_role(registry: Registry) -> None:
    shown = registry.open_at("LESLOC")
    [control] = shown.view.others
    assert (control.label, control.kind) == ("C01", "control")
    assert "control" in control.words
    assert "Forearm, Right" in control.words.replace("\u2068", "").replace("\u2069", "")


def test_opening_the_map_moves_nothing_that_is_above_it(registry: Registry) -> None:
    form = registry.site.view.form
    assert form.jump(Cell(registry.row, "LESROLE"))
    form.canvas.settle()
    form.area.verticalScrollBar().setValue(form.area.verticalScrollBar().value() + 120)
    assert form.jump(Cell(registry.row, "LESLOC"))
    form.canvas.settle()
    question = form.question_in_focus()
    assert question is not None
    editor = question.editor
    window = registry.site.view
    slot = form.canvas.slots[form.canvas.index_of(editor)]
    free = form.area.viewport().height() - (slot.top - form.area.verticalScrollBar().value())
    before = editor.mapTo(window, editor.rect().topLeft()).y()
    presses(registry.qtbot, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    form.canvas.settle()
    after = editor.mapTo(window, editor.rect().topLeft()).y()
    room = registry.panel.height() + 100
    assert after == before or free < room, "only where there is no room below does the page scroll"


def test_the_map_goes_with_the_row_that_is_taken_out(registry: Registry) -> None:
    registry.open_at("LESLOC")
    entry = registry.site.view.form.entry
    assert entry is not None
    assert entry.take(entry.page.void_row("AREAS", registry.row, "entered twice"))
    registry.row = registry.control
    assert registry.open_at("LESLOC").view.here is not None, "and opens at another one"


def test_an_answer_changed_elsewhere_moves_the_sign(registry: Registry) -> None:
    shown = registry.open_at("LESLOC")
    before = registry.panel.map.view.chosen
    entry = registry.site.view.form.entry
    assert entry is not None
    assert entry.take(entry.page.leave(Cell(registry.row, "LESLOC"), "SKIN OF THE KNEE"))
    assert shown.view.chosen != before
    assert "knee-left" in shown.view.chosen


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_closed_form_shows_the_map_and_takes_nothing(
    language: str, qtbot: QtBot, qapp: QApplication
) -> None:
    registry = Registry(qtbot, qapp, language)
    registry.site.view.form.entry.closed = "complete"  # type: ignore[union-attr]
    form = registry.site.view.form
    assert form.jump(Cell(registry.row, "LESLOC"))
    question = form.question_in_focus()
    assert question is not None
    question.wishes.maps.toggle(question)
    form.canvas.settle()
    registry.click("forearm-left")
    assert registry.answers() == (None, None, None)
