"""Asking and answering in the casebook, by keyboard: the monitor asks, the nurse answers or corrects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from crfapp.form.graph import Cell
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import QueryNoteRow, QueryRow
from crfapp.present.casebook_page import CasebookPage
from crfapp.ui.casebook.page import CasebookView
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.fields import FieldEditor
from crfapp.ui.widgets import Words
from crfapp.ui.widgets.message import LinkButton
from crfapp.work.queries import RaiseQuery
from crfapp.work.roles import Actor, Role
from tests.support.clinic import RANIA
from tests.support.page_on_screen import ShellAlone
from tests.support.site_of import workplace
from tests.support.ward import Ward
from tests.ui.fields.typing_by_hand import focused, presses, types

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WEBER = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
CTRL = Qt.KeyboardModifier.ControlModifier
WEIGHT = Cell("", "W")


class Desk:
    """Somebody's casebook of one subject, open at the demography."""

    def __init__(self, qtbot: QtBot, ward: Ward, actor: Actor) -> None:
        self.qtbot, self.ward = qtbot, ward
        at = workplace(ward, actor=actor)
        self.view = CasebookView(CasebookPage(at), at.texts)
        qtbot.addWidget(self.view)
        self.view.resize(1092, 752)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        assert self.view.show_subject(ward.subject)
        self.view.open_form(ward.dm)

    def query(self) -> QueryRow:
        return max(self.ward.ledger.tables.find(QueryRow), key=lambda row: row.seq)

    def sign_at(self, cell: Cell) -> tuple[str, str]:
        entry = self.view.form.entry
        assert entry is not None
        return entry.questions[cell].status()

    def words_in_sight(self) -> list[str]:
        labels = self.view.inspector.findChildren(Words)
        return [one.text().replace("\u2068", "").replace("\u2069", "") for one in labels if one.isVisible()]


@pytest.fixture
def ward() -> Ward:
    made = Ward()
    made.enter(made.dm, SEX="F", W="61.5", AGE="70")
    return made


@pytest.mark.usefixtures("lit_screen")
class TestTheMonitor:
    @pytest.mark.req("REQ-601", "REQ-602")
    def test_f2_asks_about_the_question_in_focus_and_comes_back_to_it(self, qtbot: QtBot, ward: Ward) -> None:
        desk = Desk(qtbot, ward, WEBER)
        assert desk.view.form.jump(WEIGHT)
        editor = focused()
        presses(qtbot, Qt.Key.Key_F2)
        assert isinstance(focused(), QPlainTextEdit)
        types(qtbot, "Source says 65.1")
        presses(qtbot, Qt.Key.Key_Return, CTRL)
        row = desk.query()
        assert (row.scope, row.item, row.state) == (Scope(*ward.dm), "W", "open")
        assert focused() is editor
        assert desk.sign_at(WEIGHT) == ("query", "query open")
        assert "Source says 65.1" in desk.words_in_sight()

    def test_what_says_nothing_is_refused_beside_the_words_which_stay(self, qtbot: QtBot, ward: Ward) -> None:
        desk = Desk(qtbot, ward, WEBER)
        desk.view.form.jump(WEIGHT)
        presses(qtbot, Qt.Key.Key_F2)
        types(qtbot, "?!")
        presses(qtbot, Qt.Key.Key_Return, CTRL)
        assert not ward.ledger.tables.find(QueryRow)
        box = focused()
        assert isinstance(box, QPlainTextEdit)
        assert box.toPlainText() == "?!"
        assert any("too short" in words for words in desk.words_in_sight())

    def test_words_begun_are_there_again_after_looking_elsewhere(self, qtbot: QtBot, ward: Ward) -> None:
        desk = Desk(qtbot, ward, WEBER)
        desk.view.form.jump(WEIGHT)
        presses(qtbot, Qt.Key.Key_F2)
        types(qtbot, "Source says")
        presses(qtbot, Qt.Key.Key_Escape)
        desk.view.form.jump(Cell("", "H"))
        desk.view.form.jump(WEIGHT)
        presses(qtbot, Qt.Key.Key_F2)
        types(qtbot, " 65.1")
        presses(qtbot, Qt.Key.Key_Return, CTRL)
        assert ward.ledger.tables.find(QueryNoteRow)[0].text == "Source says 65.1"

    @pytest.mark.parametrize("level", ["form", "visit", "casebook"])
    def test_a_form_a_visit_and_the_casebook_are_asked_about_as_a_whole(
        self, qtbot: QtBot, ward: Ward, level: str
    ) -> None:
        at = workplace(ward, actor=WEBER)
        page = CasebookWindowPage(CasebookPage(at), ShellAlone(), at.texts)
        qtbot.addWidget(page.view)
        with qtbot.waitActive(page.view):
            page.view.show()
            page.view.activateWindow()
        page.view.show_subject(ward.subject)
        action = next(one for one in page.actions() if one.key == f"ask-{level}")
        action.run()
        types(qtbot, "Where is the source?")
        presses(qtbot, Qt.Key.Key_Return, CTRL)
        assert ward.ledger.tables.find(QueryRow)[0].scope.level == level

    def test_the_button_at_the_head_asks_about_the_form(self, qtbot: QtBot, ward: Ward) -> None:
        desk = Desk(qtbot, ward, WEBER)
        desk.view.form.head.query.setFocus()
        presses(qtbot, Qt.Key.Key_Space)
        types(qtbot, "Whose form is this?")
        presses(qtbot, Qt.Key.Key_Return, CTRL)
        assert (desk.query().form, desk.query().item) == ("DM", "")
        assert desk.view.form.head.query.toolTip() == "query open"
        spoken = [line.look.spoken for line in desk.view.visits.entries if line.look.on]
        assert spoken == ["DM, in progress, query open"]

    @pytest.mark.req("REQ-602", "REQ-504")
    def test_nothing_that_the_keyboard_or_the_mouse_can_do_changes_an_answer(
        self, qtbot: QtBot, ward: Ward
    ) -> None:
        ward.area()
        before = len(ward.ledger.links)
        desk = Desk(qtbot, ward, WEBER)
        for key in (ward.dm, ward.ld):
            desk.view.open_form(key)
            try_everything(desk)
        assert ward.ledger.links[before:] == []
        assert not [one for one in desk.view.form.findChildren(LinkButton) if one.isVisible()]

    @pytest.mark.req("REQ-602")
    def test_the_same_keys_change_answers_in_the_nurses_hands(self, qtbot: QtBot, ward: Ward) -> None:
        """The twin: what is tried above would be recorded, if anything were."""
        ward.area()
        before = len(ward.ledger.links)
        desk = Desk(qtbot, ward, RANIA)
        try_everything(desk)
        assert "value-recorded" in {link.kind for link in ward.ledger.links[before:]}


def try_everything(desk: Desk) -> None:
    """Type, choose, paste, cut, undo, drop, mark as missing, repeat, add, complete: at every question."""
    entry, qtbot = desk.view.form.entry, desk.qtbot
    assert entry is not None
    QApplication.clipboard().setText("99")
    reached = [cell for cell in list(entry.questions) if desk.view.form.jump(cell)]
    for cell in reached:
        desk.view.form.jump(cell)
        for letter in "1", "n", "t", "v", "=", "7":
            types(qtbot, letter)
        for chord in (Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z, Qt.Key.Key_Y):
            presses(qtbot, chord, CTRL)
        for key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_F6):
            presses(qtbot, key)
        _choose_first(qtbot)
        _drop(focused())
        presses(qtbot, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Return):
        presses(qtbot, key, CTRL)
    for editor in desk.view.form.findChildren(FieldEditor):
        _drop(editor)


def _choose_first(qtbot: QtBot) -> None:
    """The first of the codes for a missing answer, where they are offered."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        qtbot.keyClick(popup, Qt.Key.Key_1)  # type: ignore[no-untyped-call]  # pytest-qt's
        popup.close()


def _drop(widget: QWidget) -> None:
    """Drop a text that was dragged from elsewhere."""
    data = QMimeData()
    data.setText("88")
    where = QPointF(widget.rect().center())
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, none))


@pytest.mark.usefixtures("lit_screen")
class TestTheNurse:
    @pytest.fixture
    def asked(self, ward: Ward) -> Ward:
        ward.bus.send(RaiseQuery(scope=Scope(*ward.dm), item="W", text="Source says 65.1"), WEBER)
        return ward

    @pytest.mark.req("REQ-601")
    def test_f2_answers_what_is_open_at_the_question(self, qtbot: QtBot, asked: Ward) -> None:
        desk = Desk(qtbot, asked, RANIA)
        desk.view.form.jump(WEIGHT)
        editor = focused()
        presses(qtbot, Qt.Key.Key_F2)
        types(qtbot, "Page 4 says 61.5")
        presses(qtbot, Qt.Key.Key_Return, CTRL)
        assert desk.query().state == "answered"
        assert desk.sign_at(WEIGHT) == ("query", "query answered")
        assert focused() is editor

    @pytest.mark.req("REQ-601", "REQ-111")
    def test_the_correction_that_was_asked_for_is_the_answer(self, qtbot: QtBot, asked: Ward) -> None:
        desk = Desk(qtbot, asked, RANIA)
        desk.view.form.jump(WEIGHT)
        types(qtbot, "65.1")
        presses(qtbot, Qt.Key.Key_Return)
        types(qtbot, "digits swapped")
        presses(qtbot, Qt.Key.Key_Return)
        change = [r.event for r in asked.records() if isinstance(r.event, ValueRecorded)][-1]
        assert (change.value, change.query) == ("65.1", desk.query().query)
        assert desk.query().state == "answered"
        desk.view.form.jump(WEIGHT)
        presses(qtbot, Qt.Key.Key_F2)
        assert "Changed from 61.5 to 65.1" in desk.words_in_sight()

    def test_the_nurse_finds_no_lines_for_questions_of_her_own(self, qtbot: QtBot, ward: Ward) -> None:
        desk = Desk(qtbot, ward, RANIA)
        assert not desk.view.form.head.query.isVisible()
        desk.view.form.jump(WEIGHT)
        editor = focused()
        presses(qtbot, Qt.Key.Key_F2)
        assert focused() is editor
        assert "Nobody has asked about this." in desk.words_in_sight()

    def test_shift_f2_goes_to_the_query_on_its_page(self, qtbot: QtBot, asked: Ward) -> None:
        at, shell = workplace(asked, actor=RANIA), ShellAlone()
        page = CasebookWindowPage(CasebookPage(at), shell, at.texts)
        qtbot.addWidget(page.view)
        with qtbot.waitActive(page.view):
            page.view.show()
            page.view.activateWindow()
        page.view.show_subject(asked.subject)
        page.view.open_form(asked.dm, WEIGHT)
        presses(qtbot, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
        assert [(to.page, to.form, to.item) for to in shell.went] == [("queries", "DM", "W")]
