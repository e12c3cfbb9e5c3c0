"""Readers judge by keyboard what they see; an investigator opens, closes, and takes the results."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from crfapp.bootstrap.reading_pages import ReadingsAtHand, reading_pages
from crfapp.bootstrap.window import Rooms
from crfapp.ledger.state import SubjectRow
from crfapp.present.palette import WorkplacePlaces
from crfapp.present.photo_room import PhotoRoom
from crfapp.present.reading_opening import ReadingOpening
from crfapp.present.reading_page import ReadingPage
from crfapp.ui.reading import ReadingWindowPage
from crfapp.work.readings import judged, order_for, readings
from tests.support.here_and_now import HereAndNow
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.reading_clinic import ONE, OTHER, THIRD, DrawnPictures, ReadingClinic
from tests.support.site_of import workplace
from tests.support.spoken import without_name
from tests.support.tracing_ward import LINA
from tests.ui.fields.typing_by_hand import presses, types

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.work.roles import Actor


class Seat:
    """Somebody in front of the reading desk."""

    def __init__(self, qtbot: QtBot, clinic: ReadingClinic, actor: Actor, language: str = "en") -> None:
        dress_application(language)
        self.qtbot, self.clinic = qtbot, clinic
        clinic.by(actor)
        self.at = workplace(clinic, language, actor)
        self.pictures = DrawnPictures()
        room = PhotoRoom(self.pictures, HereAndNow(), self.at.texts)  # type: ignore[arg-type]  # only looked at
        self.shell = ShellAlone()
        presenter = ReadingPage(self.at, room, ReadingsAtHand(self.at))
        home = clinic.home
        self.page = ReadingWindowPage(presenter, ReadingOpening(self.at), self.shell, self.at.texts, home)
        put_on_screen(qtbot, self.page)

    def press(self, key: Qt.Key) -> None:
        presses(self.qtbot, key)

    def say(self, percent: str) -> None:
        """Type a percent and go on."""
        types(self.qtbot, percent)
        self.press(Qt.Key.Key_Return)

    def words(self) -> str:
        """Everything that can be read or heard on the page."""
        found = []
        for widget in self.page.widget.findChildren(QWidget):
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
                found.append(widget.text())
        return " ".join(found)


def hidden_from_readers(clinic: ReadingClinic) -> set[str]:
    """Whatever would tell whose lesion it is, or when it was photographed."""
    numbers = {row.number for row in clinic.ledger.tables.find(SubjectRow)}
    ids = {part for chosen in clinic.chosen for part in (chosen.subject, chosen.target)}
    return numbers | ids | {"T01", "V_SCR", "V_UNS", "Screening", "Any day", "2025", "Hand", "Left"}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> ReadingClinic:
    clinic = ReadingClinic()
    clinic.home = tmp_path_factory.mktemp("home")
    clinic.by(LINA).send(clinic.opening())
    return clinic


@pytest.fixture
def clinic(tmp_path: Path) -> ReadingClinic:
    made = ReadingClinic()
    made.home = tmp_path
    made.by(LINA).send(made.opening())
    return made


@pytest.mark.req("REQ-931")
def test_a_reader_judges_all_cases_by_keyboard_and_learns_nothing_of_whose_they_are(
    qtbot: QtBot, clinic: ReadingClinic
) -> None:
    seat = Seat(qtbot, clinic, ONE)
    assert seat.page.badge() == 4
    seat.press(Qt.Key.Key_Return)  # the button that is due has the keyboard
    sitting = seat.page.sitting
    assert seat.page.body.currentWidget() is sitting
    hidden = hidden_from_readers(clinic)
    for number, percent in enumerate(("55", "40", "0", "90"), start=1):
        assert sitting.place.text() == f"Case {number} of 4"
        assert sitting.pair.earlier.picture is not None
        assert sitting.pair.later.picture is not None
        assert not [word for word in hidden if word in seat.words()]
        seat.say(percent)
    assert seat.page.body.currentWidget() is seat.page.list
    assert seat.page.badge() == 0
    order = order_for(clinic.reading, ONE.login)
    said = {one.case.case: one.answers[0] for one in judged(clinic.desk, clinic.reading)}
    assert [said[case] for case in order] == ["55", "40", "0", "90"]
    assert not without_name(seat.page.widget)


def test_a_page_that_named_the_subject_would_be_found_out(
    qtbot: QtBot, opened: ReadingClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check above reads what is shown: a name that slips in is seen by it."""
    number = opened.ledger.tables.find(SubjectRow)[0].number
    monkeypatch.setattr("crfapp.present.reading_sitting._question", lambda *_: f"How does {number} look?")
    seat = Seat(qtbot, opened, ONE)
    seat.press(Qt.Key.Key_Return)
    assert [word for word in hidden_from_readers(opened) if word in seat.words()] == [number]


def test_the_earlier_photograph_is_on_the_left_also_where_words_go_from_the_right(
    qtbot: QtBot, opened: ReadingClinic
) -> None:
    seat = Seat(qtbot, opened, ONE, "ar")
    seat.press(Qt.Key.Key_Return)
    pair = seat.page.sitting.pair
    assert seat.page.widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert pair.earlier.geometry().right() < pair.later.geometry().left()
    case = next(one for one in opened.reading.cases if one.case == order_for(opened.reading, ONE.login)[0])
    assert case.earlier in seat.pictures.asked
    assert case.later in seat.pictures.asked


def test_classes_are_chosen_by_digit(qtbot: QtBot, clinic: ReadingClinic) -> None:
    clinic.by(LINA).send(clinic.opening(question="class", title="Classes"))
    reading = next(one for one in readings(clinic.desk) if one.question == "class")
    seat = Seat(qtbot, clinic, ONE)
    row = next(one for one in seat.page.list.rows if one.line.reading == reading.reading)
    row.acts["read"].click()
    for digit in "3151":
        seat.say(digit)
    order = order_for(reading, ONE.login)
    said = {one.case.case: one.answers[0] for one in judged(clinic.desk, reading)}
    assert [said[case] for case in order] == ["MODERATE", "MINIMAL", "EXCELLENT", "MINIMAL"]


def test_whoever_zooms_one_photograph_sees_both_alike(qtbot: QtBot, opened: ReadingClinic) -> None:
    seat = Seat(qtbot, opened, ONE)
    seat.press(Qt.Key.Key_Return)
    pair = seat.page.sitting.pair
    presses(qtbot, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert pair.later.look().zoom > 1.2
    assert pair.earlier.look() == pair.later.look()
    presses(qtbot, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert pair.earlier.look().zoom == pair.later.look().zoom == 1


def test_what_is_no_percent_is_refused_and_the_last_case_can_be_said_otherwise(
    qtbot: QtBot, clinic: ReadingClinic
) -> None:
    seat = Seat(qtbot, clinic, ONE)
    seat.press(Qt.Key.Key_Return)
    sitting = seat.page.sitting
    seat.press(Qt.Key.Key_Return)
    assert sitting.problem.isVisible()
    seat.say("101")
    assert "not on the scale" in sitting.problem.text.text()
    assert sitting.place.text() == "Case 1 of 4"
    sitting.percent.clear()
    seat.say("50")
    assert sitting.again.text() == "Last case: 50 %. Say otherwise"
    presses(qtbot, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert sitting.place.text() == "Case 1 of 4, once more"
    seat.say("45")
    assert sitting.place.text() == "Case 2 of 4"
    assert [one.answers[0] for one in judged(clinic.desk, clinic.reading) if one.answers[0]] == ["45"]


@pytest.mark.req("REQ-931")
def test_a_third_reader_decides_and_the_investigator_sees_what_came_of_it(
    qtbot: QtBot, clinic: ReadingClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    subjects = [chosen.subject for chosen in clinic.chosen]
    clinic.read_all(ONE, dict(zip(subjects, ("55", "40", "0", "90"), strict=True)))
    clinic.read_all(OTHER, dict(zip(subjects, ("60", "41", "10", "60"), strict=True)))
    third = Seat(qtbot, clinic, THIRD)
    assert third.page.badge() == 1
    third.press(Qt.Key.Key_Return)
    assert "90" in third.page.sitting.said.text()
    assert "60" in third.page.sitting.said.text()
    third.say("75")
    assert "Say why" in third.page.sitting.problem.text.text()
    third.page.sitting.reason.setFocus()
    third.say("the rim is pigmented")
    assert third.page.body.currentWidget() is third.page.list
    lead = Seat(qtbot, clinic, LINA)
    assert not lead.page.list.results.isVisible(), "while it goes on, nobody sees what was said"
    lead.page.list.rows[0].acts["close"].click()
    lead.page.list.form.go.click()
    assert clinic.reading.closed
    lead.page.list.rows[0].acts["results"].click()
    words = lead.words()
    assert lead.page.list.results.isVisible()
    assert "ICC(2,1)" in words
    assert "quadratic" in words
    assert "decided by" in words
    target = clinic.home / "reading.csv"
    monkeypatch.setattr("crfapp.ui.reading.page.choose_place", lambda *_more: target)
    lead.page.export()
    lines = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert lines[0][:3] == ["READING", "CASE", "SUBJID"]
    cases = {line[2]: line for line in lines[1:5]}
    assert len(cases) == 4
    decided = next(line for line in cases.values() if line[13] == "Y")
    assert decided[14:18] == ["75", "MODERATE", "tala", "the rim is pigmented"]
    figures = {line[1]: line[2:] for line in lines if len(line) == 6 and line[0] == "Month 6"}
    assert set(figures) == {"ICC(2,1)", "ICC(3,1)", "kappa, linear weights", "kappa, quadratic weights"}
    assert figures["ICC(2,1)"][3] == "4"


def test_an_investigator_opens_a_reading_from_the_photographs_that_are_there(
    qtbot: QtBot, tmp_path: Path
) -> None:
    clinic = ReadingClinic()
    clinic.home = tmp_path
    seat = Seat(qtbot, clinic, LINA)
    seat.page.list.open.click()
    form = seat.page.list.form
    form.go.click()
    assert form.questions["title"].refused
    assert form.questions["visits"].refused
    form.questions["title"].control.setText("Month 6")  # type: ignore[attr-defined]
    form.questions["visits"].control.choose(0)  # type: ignore[attr-defined]
    readers = form.questions["readers"].control
    for login in (ONE.login, OTHER.login):
        readers.choose(readers.codes.index(login))  # type: ignore[attr-defined]
    form.go.click()
    [reading] = readings(clinic.desk)
    assert (reading.title, set(reading.readers)) == ("Month 6", {"rima", "omar"})
    assert {(case.subject, case.earlier, case.later) for case in reading.cases} == {
        (chosen.subject, chosen.earlier, chosen.later) for chosen in clinic.chosen
    }


@pytest.mark.req("REQ-931")
def test_a_rater_has_this_page_alone_and_nothing_leads_to_a_subject(
    qtbot: QtBot, opened: ReadingClinic
) -> None:
    at = workplace(opened, actor=ONE)
    assert at.actor.is_kept_blind
    assert not LINA.is_kept_blind
    pages = reading_pages(at, ShellAlone(), None)
    for page in pages:
        qtbot.addWidget(page.widget)
    assert [page.key for page in pages] == ["reading"]
    shown = Rooms(opened.home, opened.clock).pages(at, ShellAlone(HereAndNow()))
    assert [page.key for page in shown] == ["reading"]
    for page in shown:
        qtbot.addWidget(page.widget)
    assert WorkplacePlaces(at).subjects() == []
    assert WorkplacePlaces(workplace(opened, actor=LINA)).subjects()
