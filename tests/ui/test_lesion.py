"""The page of a lesion: found from the map, read from top to bottom, every figure led back to its source."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.present.lesion_page import LesionPage
from crfapp.present.palette import Palette, WorkplacePlaces
from crfapp.ui.lesion import LesionWindowPage
from crfapp.work.targets import targets_of
from tests.support.page_on_screen import dress_application
from tests.support.playing import FORMS, journey_of, played
from tests.support.site_of import workplace
from tests.support.spoken import without_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.support.playing import PlayingClinic

VITILIGO = "nct06813027/journeys/jo01-003"
WOUND = "abcb5-cvu/journeys/tc-20-wound-split"
REOPENED = "abcb5-cvu/journeys/tc-19-wound-reopened"


@cache
def _after(journey: str) -> PlayingClinic:
    return played(journey_of(FORMS / f"{journey}.yaml"))[1]


class Frame:
    """The frame, which remembers where somebody was sent."""

    lane = None

    def __init__(self) -> None:
        self.went: list[Address] = []
        self.page: LesionWindowPage | None = None

    def go(self, to: Address) -> None:
        self.went.append(to)
        if to.page == "lesion" and self.page is not None:
            self.page.open(to)

    def turn_to(self, part: str, to: Address) -> None:
        raise AssertionError((part, to))

    def tell(self, problem: object) -> None:
        raise AssertionError(problem)

    def recount(self) -> None:
        """Nothing is counted here."""


class Room:
    """Photographs that come at once, and are no pictures; it remembers what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def small(self, photograph: str, side: int, told: Callable[[bytes], None]) -> None:
        assert side > 0
        self.asked.append(photograph)
        told(b"")


class Screen:
    """The lesions of one subject on the screen."""

    def __init__(self, qtbot: QtBot, journey: str, label: str = "", language: str = "en") -> None:
        dress_application()
        self.clinic = _after(journey)
        rows = self.clinic.ledger.tables.find(SubjectRow)
        self.subject = max(rows, key=lambda row: len(targets_of(self.clinic.desk, row.subject))).subject
        self.rows = {one.label: one.row for one in targets_of(self.clinic.desk, self.subject)}
        self.at = workplace(self.clinic, language)
        self.frame, self.room = Frame(), Room()
        self.page = LesionWindowPage(LesionPage(self.at), self.frame, self.at.texts, self.room)  # type: ignore[arg-type]
        self.frame.page = self.page
        qtbot.addWidget(self.page.widget)
        self.page.widget.resize(1092, 752)
        with qtbot.waitExposed(self.page.widget):
            self.page.widget.show()
        self.page.open(Address("lesion", self.subject, row=self.rows.get(label, "")))
        self.page.widget.activateWindow()
        self.page.shown()

    def cells(self) -> dict[str, str]:
        """The table of visits: what a screen reader says of each row, by its visit."""
        rows = self.page.course.table.rows
        return {plain(row.accessibleName()).split(",")[0]: plain(row.accessibleName()) for row in rows}

    def sources(self) -> list[str]:
        return [plain(row.words.text()) for row in self.page.course.sources.lines]


def plain(text: str) -> str:
    """Without the signs that keep parts in their direction."""
    return "".join(letter for letter in text if letter not in "\u2066\u2067\u2068\u2069\u200e\u200f")


def test_a_press_on_a_sign_of_the_map_opens_the_lesion(qtbot: QtBot) -> None:
    screen = Screen(qtbot, VITILIGO)
    shown = screen.page.registry.map
    assert shown is not None
    at = shown.point_of_mark(screen.rows["T02"]).toPoint()
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=at)
    assert screen.page.address() == Address("lesion", screen.subject, row=screen.rows["T02"])
    assert plain(screen.page.course.head.name.text()) == "T02"
    assert screen.page.body.currentWidget() is screen.page.course


def test_arrows_go_from_lesion_to_lesion_and_enter_opens(qtbot: QtBot) -> None:
    screen = Screen(qtbot, VITILIGO)
    shown = screen.page.registry.map
    assert shown is not None
    assert QApplication.focusWidget() is shown
    assert plain(shown.accessibleDescription()) == "C01, control, Forearm, Right"
    QTest.keyClick(shown, Qt.Key.Key_Right)
    assert plain(shown.accessibleDescription()) == "T01, treated, Forearm, Left"
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert screen.page.address().row == screen.rows["T01"]


@pytest.mark.req("REQ-931")
def test_every_visit_says_state_size_area_and_what_was_given(qtbot: QtBot) -> None:
    told = Screen(qtbot, VITILIGO, "T01").cells()
    last = told["Month 6 – end of study"]
    for part in (
        "14 Jul 2025",
        "present",
        "6.0 mm × 4.0 mm",
        "18.8 mm²",
        "diameters",
        "82.9 %",
        "85 %",
        "Marked",
    ):
        assert part in last, part
    first = told["Injection 1 (week 0)"]
    assert "1: 4 / 0.40 mL" in first
    assert "AE 1 Injection site erythema" in first, "the event stands where it began"
    assert "AE" not in last


@pytest.mark.req("REQ-931")
def test_a_percentage_leads_back_to_the_item_that_holds_it(qtbot: QtBot) -> None:
    screen = Screen(qtbot, VITILIGO, "T01")
    told = screen.sources()
    assert told[0] == "Area 18.8 mm²: worked out from the diameters 6.0 mm and 4.0 mm."
    assert told[1] == "Change 82.9 %: calculated against 110.0 mm² at Screening / baseline, 5 Jan 2025."
    link = screen.page.course.sources.lines[1].link
    assert link is not None
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    where = FormKey(screen.subject, "V_M6", 1, "LESM", 1)
    assert screen.frame.went[-1] == Address("casebook", *where, screen.rows["T01"], "AREACHG")


def test_a_press_on_a_visit_says_where_its_figures_come_from(qtbot: QtBot) -> None:
    screen = Screen(qtbot, VITILIGO, "T01")
    QTest.mouseClick(screen.page.course.table.rows[0], Qt.MouseButton.LeftButton)
    told = screen.sources()
    assert told[0] == "Area 110.0 mm²: worked out from the diameters 14.0 mm and 10.0 mm."
    assert not [words for words in told if words.startswith("Change")]


def test_the_parts_of_a_wound_count_together_and_lead_to_each_other(qtbot: QtBot) -> None:
    screen = Screen(qtbot, WOUND, "W1")
    head = screen.page.course.head
    assert [plain(link.text()) for link in head.kin] == ["split into W1a", "split into W1b"]
    told = screen.sources()
    assert "Counted together with W1a, W1b." in told
    assert any(words.startswith("Change 71.0 %: calculated against 12.4 cm²") for words in told)
    assert "3.6 cm² in parts" in screen.cells()["Week 6"]
    QTest.mouseClick(head.kin[0], Qt.MouseButton.LeftButton)
    assert plain(head.name.text()) == "W1a"
    assert [plain(link.text()) for link in head.kin] == ["split off from W1"]


def test_a_wound_that_closed_and_opened_says_so_at_each_visit(qtbot: QtBot) -> None:
    told = Screen(qtbot, REOPENED, "W2").cells()
    states = {
        visit: next(s for s in ("present", "healed", "reopened") if s in words)
        for visit, words in told.items()
        if any(s in words for s in ("present", "healed", "reopened"))
    }
    assert list(states.values()) == ["present", "healed", "healed", "reopened", "healed"]


def test_the_plot_has_areas_doses_and_events(qtbot: QtBot) -> None:
    plot = Screen(qtbot, VITILIGO, "T01").page.course.plot
    assert plot is not None
    [line] = plot.view.lines
    assert [(point.x, point.y) for point in line.points] == [(0, 110.0), (28, 91.9), (98, 49.5), (190, 18.8)]
    marks = [(mark.x, plain(mark.words)) for mark in plot.view.marks]
    assert [words for _, words in marks if words.startswith("Dose")] == ["Dose 1", "Dose 2", "Dose 3"]
    assert (7, "AE 1") in marks


def test_photographs_of_all_visits_stand_in_one_view_and_the_view_can_be_switched(qtbot: QtBot) -> None:
    screen = Screen(qtbot, VITILIGO, "T01")
    strip = screen.page.course.strip
    assert list(strip.views) == ["VIS", "WOOD"]
    assert strip.at == "VIS"
    assert len(strip.thumbs) == 4
    first = set(screen.room.asked)
    QTest.mouseClick(strip.views["WOOD"], Qt.MouseButton.LeftButton)
    assert strip.at == "WOOD"
    assert not first & set(screen.room.asked[len(first) :]), "other photographs"
    QTest.mouseClick(strip.thumbs[0], Qt.MouseButton.LeftButton)
    assert screen.frame.went[-1].item == "PHIMG"


def test_alt_and_an_arrow_go_to_the_neighbour(qtbot: QtBot) -> None:
    screen = Screen(qtbot, VITILIGO, "T01")
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert plain(screen.page.course.head.name.text()) == "T02"


def test_typing_a_lesions_name_finds_it(qtbot: QtBot) -> None:
    screen = Screen(qtbot, VITILIGO)
    palette = Palette(WorkplacePlaces(screen.at), Address("casebook", screen.subject), ())
    wanted = Address("lesion", screen.subject, row=screen.rows["T02"])
    assert wanted in [hit.address for hit in palette.hits("T02")]
    assert Address("lesion", screen.subject) in [hit.address for hit in palette.hits("lesions")]


def test_a_subject_without_lesions_says_where_they_are_registered(qtbot: QtBot) -> None:
    screen = Screen(qtbot, VITILIGO)
    other = screen.clinic.enrol()
    screen.page.open(Address("lesion", other))
    body = screen.page.registry
    assert body.empty.isVisible()
    assert plain(body.empty.words.text()) == "Nothing is registered yet. It is done in the form Study areas."
    QTest.mouseClick(body.empty.button, Qt.MouseButton.LeftButton)
    assert screen.frame.went[-1].form == "LESDEF"


@pytest.mark.parametrize("language", ["en", "ar", "de"])
def test_every_control_has_a_name(language: str, qtbot: QtBot) -> None:
    for label in ("", "T01"):
        screen = Screen(qtbot, VITILIGO, label, language)
        assert not without_name(screen.page.widget)
