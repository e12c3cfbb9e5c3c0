"""The Study page leads to a preview of every form, in which nothing is recorded and every reason is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.present.preview_page import Preview
from crfapp.present.study_page import StudyPage
from crfapp.present.texts import ISOLATES, Texts
from crfapp.ui.fields import FieldEditor
from crfapp.ui.fields.note import NoteEditor
from crfapp.ui.preview import PreviewWindowPage
from crfapp.ui.preview.why_panel import ReasonBlock
from crfapp.ui.preview.window import PreviewWindow
from crfapp.ui.study import StudyWindowPage
from tests.support.clinic import Clinic
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.playing import shipped_study
from tests.support.site_of import workplace
from tests.support.spoken import without_name, without_ring
from tests.support.tiny import tiny_study
from tests.ui.fields.typing_by_hand import focused, presses, types
from tools.messages import TRANSLATIONS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.study.study import Study
    from crfapp.ui.preview.view import PreviewView

FIRST = date(2025, 1, 5)


def texts(language: str) -> Texts:
    return Texts(language, TRANSLATIONS)


class Desk:
    """The preview of a study, the tiny one unless another is meant, on the screen of its author."""

    def __init__(self, qtbot: QtBot, language: str = "en", study: Study | None = None) -> None:
        dress_application(language)
        self.qtbot = qtbot
        self.preview = Preview(study or tiny_study(), FIRST, texts, texts(language))
        self.page = PreviewWindowPage(lambda: self.preview, texts(language))
        put_on_screen(qtbot, self.page)

    @property
    def view(self) -> PreviewView:
        view = self.page.body.view
        assert view is not None
        return view

    def turn_to(self, visit: str, form: str) -> None:
        self.page.open(Address("preview", visit=visit, form=form))

    def answer(self, item: str, typed: str, row: str = "") -> None:
        assert self.view.form.jump(Cell(row, item))
        types(self.qtbot, typed)
        presses(self.qtbot, Qt.Key.Key_Return)

    def looks_at(self, item: str) -> None:
        assert self.view.form.jump(Cell("", item))
        self.qtbot.waitUntil(lambda: self.page.address().item == item)

    def reasons(self) -> list[str]:
        """What stands above the tabs."""
        why = self.view.inspector.why
        blocks = [why.itemAt(place).widget() for place in range(why.count())]  # type: ignore[union-attr]
        return [block.accessibleName().translate(ISOLATES) for block in blocks]  # type: ignore[union-attr]

    def listed(self) -> list[str]:
        """What the open tab lists."""
        panel = self.view.inspector
        found = panel.findChildren(ReasonBlock)
        held = [panel.why.itemAt(place).widget() for place in range(panel.why.count())]  # type: ignore[union-attr]
        return [b.accessibleName().translate(ISOLATES) for b in found if b not in held and b.isVisible()]


@pytest.fixture
def desk(qapp: object, qtbot: QtBot) -> Desk:
    assert qapp is not None
    return Desk(qtbot)


@pytest.mark.parametrize("study", ["nct06813027", "abcb5-cvu", "als-msc"])
@pytest.mark.parametrize("language", ["en", "ar", "de"])
def test_what_an_investigator_will_sign_can_be_read(
    qapp: object, qtbot: QtBot, study: str, language: str
) -> None:
    """The declaration is a note: words to read, not a value that the program works out."""
    assert qapp is not None
    of = shipped_study(study)
    desk = Desk(qtbot, language, of)
    visit = next(iter(of.visits_of("SIGN")))
    desk.turn_to(visit, "SIGN")
    desk.view.form.canvas.settle()
    note = desk.view.form.findChild(FieldEditor, "SGSTMT")
    assert isinstance(note, NoteEditor)
    qtbot.waitUntil(note.isVisible)
    assert note.words.text() == of.texts(language).item("SIGN", "SGSTMT")
    assert note.words.height() >= note.words.heightForWidth(note.words.width())


def test_a_mark_of_the_matrix_opens_the_form_at_that_visit(qtbot: QtBot) -> None:
    dress_application()
    at, shell = workplace(Clinic(shipped_study("nct06813027"))), ShellAlone()
    page = StudyWindowPage(StudyPage(at), shell, at.texts)
    widget = put_on_screen(qtbot, page)
    assert without_name(widget) == []
    assert without_ring(widget) == []
    assert page.body.confirm.isVisible()
    presses(qtbot, Qt.Key.Key_Return)
    page.body.preview.click()
    assert shell.went[-1] == Address("preview")
    matrix = page.body.matrix
    matrix.setFocus()
    matrix.setCurrentIndex(matrix.model().index(0, 0))
    presses(qtbot, Qt.Key.Key_Down)
    presses(qtbot, Qt.Key.Key_Return)
    assert shell.went[-1] == Address("preview", visit="V_SCR", form="SV")
    matrix.setCurrentIndex(matrix.model().index(0, 1))
    before = len(shell.went)
    presses(qtbot, Qt.Key.Key_Return)
    assert len(shell.went) == before, "the visit does not hold that form"


def test_everything_in_the_preview_has_a_name_and_shows_the_keyboard(desk: Desk) -> None:
    desk.turn_to("V_SCR", "DM")
    desk.answer("SEX", "2")
    assert without_name(desk.page.widget) == []
    assert without_ring(desk.page.widget) == []


def test_the_panel_says_why_a_question_is_there_and_what_the_answer_led_to(desk: Desk) -> None:
    desk.turn_to("V_SCR", "DM")
    desk.view.inspector.show_tab("hidden")
    desk.looks_at("SEX")
    assert desk.listed() == ["hidden, Pregnant, Hidden because “Sex” has no answer."]
    desk.answer("SEX", "1")
    desk.looks_at("PREG")
    assert desk.reasons() == ["shown, Shown because “Sex” = Female."]
    assert desk.listed() == []
    desk.view.inspector.show_tab("steps")
    assert desk.listed() == ["shown, Pregnant, Shown because “Sex” = Female."]


def test_f1_helps_and_f3_which_knows_no_history_turns_to_what_happened(desk: Desk) -> None:
    desk.turn_to("V_SCR", "DM")
    desk.looks_at("NAME")
    presses(desk.qtbot, Qt.Key.Key_F1)
    assert desk.view.inspector.tabs["help"].isChecked()
    presses(desk.qtbot, Qt.Key.Key_F3)
    assert desk.view.inspector.tabs["steps"].isChecked()


def test_another_language_turns_the_form_round_and_keeps_answers_and_place(desk: Desk) -> None:
    desk.turn_to("V_SCR", "DM")
    desk.answer("SEX", "1")
    desk.looks_at("PREG")
    body = desk.page.body
    body.languages.choose(body.languages.codes.index("ar"))
    assert desk.view.form.isRightToLeft()
    assert not desk.view.inspector.isRightToLeft()
    assert desk.page.address().form == "DM"
    assert desk.view.form.head.title.text() == tiny_study().texts("ar").form("DM")
    desk.looks_at("PREG")
    assert desk.reasons() == ["shown, Shown because “Sex” = Female."]


def test_starting_over_empties_the_forms_and_stays_where_one_was(desk: Desk) -> None:
    desk.turn_to("V_SCR", "DM")
    desk.answer("SEX", "1")
    desk.page.body.over.click()
    assert desk.page.address().form == "DM"
    page = desk.preview.casebook.form(desk.preview.casebook.trial.key("V_SCR", "DM"))
    assert page.state(Cell("", "SEX")).text == ""


def test_a_visit_begins_when_one_turns_to_it_and_the_list_shows_its_day(desk: Desk) -> None:
    desk.view.open_visit("V_W4", 1)
    key = desk.view.key
    assert key is not None
    assert key == FormKey(desk.preview.casebook.trial.subject, "V_W4", 1, "SV", 1)
    assert desk.preview.casebook.visits()[2].date_text == "16 Feb"
    assert desk.preview.casebook.trial.desk.today == date(2025, 2, 16)


def test_where_there_is_little_room_the_visits_come_when_they_are_asked_for(desk: Desk) -> None:
    widget = desk.page.widget
    widget.resize(840, 700)
    body = desk.page.body
    desk.qtbot.waitUntil(lambda: body.visits.isVisible())
    assert desk.view.inspector.isVisible()
    assert not desk.view.visits.isVisible()
    body.visits.click()
    assert desk.view.visits.isVisible()
    assert not desk.view.inspector.isVisible()
    body.visits.click()
    assert desk.view.inspector.isVisible()


def test_the_window_of_an_author_shows_the_named_form(qtbot: QtBot) -> None:
    dress_application("ar")
    preview = Preview(tiny_study(), FIRST, texts, texts("ar"))
    window = PreviewWindow(preview, Address("preview", form="CARE"))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    view = window.page.body.view
    assert view is not None
    assert view.key is not None
    assert (view.key.visit, view.key.form) == ("V_BASE", "CARE")
    assert "NCT00000000" in window.windowTitle()
    assert focused() is not None
    assert without_name(window) == []
    dress_application()
