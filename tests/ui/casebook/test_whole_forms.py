"""A form entered for the wrong subject, and one filled on paper first, put right at the head of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import PaperRow
from crfapp.present.board import Board
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.today_page import TodayPage
from crfapp.ui.casebook.act_panels import MovePanel
from crfapp.ui.casebook.page import CasebookView
from crfapp.work.roles import Actor, Role
from tests.support.examples.whole_forms import DIMA
from tests.support.site_of import workplace
from tests.support.ward import Ward
from tests.ui.fields.typing_by_hand import presses, types

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from crfapp.ui.widgets.message import LinkButton


class Desk:
    """The casebook of the ward's first subject on the screen of whoever is at work."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.ward = Ward()
        self.ward.enter(self.ward.dm, SEX="F", CB="no", AGE="29", W="61.5", H="164")
        self.other: VisitKey = self.ward.start(self.ward.enrol(), "V_SCR", "2025-01-05")

    def sits(self, actor: Actor, key: FormKey) -> CasebookView:
        at = workplace(self.ward, actor=actor)
        view = CasebookView(CasebookPage(at), at.texts)
        self.qtbot.addWidget(view)
        view.resize(1092, 752)
        with self.qtbot.waitExposed(view):
            view.show()
        view.activateWindow()
        view.show_subject(key.subject)
        view.open_form(key)
        return view

    def waiting(self, actor: Actor) -> list[str]:
        """What Today says is to be done about moves, without the signs of direction."""
        at = workplace(self.ward, actor=actor)
        return [plain(line.title) for line in TodayPage(at, Board(at)).view().owed]


@pytest.fixture
def desk(qtbot: QtBot, lit_screen: QApplication) -> Desk:
    assert lit_screen is not None
    return Desk(qtbot)


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def notes(view: CasebookView) -> list[str]:
    return [plain(note.text.text()) for note in view.form.head.acts.notes if note.isVisible()]


def links(view: CasebookView) -> dict[str, LinkButton]:
    return {link.text(): link for note in view.form.head.acts.notes for link in note.links}


def choose(qtbot: QtBot, view: CasebookView, act: str) -> None:
    """Open the list of acts by its button and take one."""
    acts = view.form.head.acts
    acts.more.setFocus()
    presses(qtbot, Qt.Key.Key_Space)
    menu = acts.more.findChild(QMenu)
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.objectName() == act).trigger()
    menu.close()


@pytest.mark.req("REQ-412")
def test_the_nurse_asks_the_data_manager_agrees_and_the_nurse_moves_it(desk: Desk, qtbot: QtBot) -> None:
    ward = desk.ward
    view = desk.sits(ward.actor, ward.dm)
    choose(qtbot, view, "move")
    panel = view.form.head.acts.panel
    assert isinstance(panel, MovePanel)
    types(qtbot, "002")
    presses(qtbot, Qt.Key.Key_Return)
    assert "5 answers of this form will be withdrawn here" in panel.happens.text()
    types(qtbot, "file of the patient before")
    presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Space)
    (asked,) = notes(view)
    assert asked.startswith("Rania Haddad asks to move this form to JO01-002 · V_SCR")
    assert links(view) == {}  # she does not agree to her own wish
    assert desk.waiting(ward.actor) == []

    (line,) = desk.waiting(DIMA)
    assert line == "JO01-001 · DM was entered for the wrong subject: agree or not"
    theirs = desk.sits(DIMA, ward.dm)
    links(theirs)["Agree"].click()
    assert ward.value(ward.dm, "W") == "61.5"
    assert desk.waiting(ward.actor) == ["JO01-001 · DM can be moved now: it was agreed to"]

    again = desk.sits(ward.actor, ward.dm)
    links(again)["Move it now"].click()
    (moved,) = notes(again)
    assert moved.startswith("What stood here was entered for the wrong subject and moved to JO01-002")
    assert again.form.head.pill.text() == "moved away"
    assert desk.waiting(ward.actor) == []
    there = FormKey(*desk.other, "DM", 1)
    (came,) = notes(desk.sits(ward.actor, there))
    assert came.startswith("These answers were entered for JO01-001")
    assert ward.value(there, "W") == "61.5"


def test_a_place_that_is_not_waiting_is_refused_beside_the_line(desk: Desk, qtbot: QtBot) -> None:
    view = desk.sits(desk.ward.actor, desk.ward.dm)
    choose(qtbot, view, "move")
    types(qtbot, "somebody else")
    presses(qtbot, Qt.Key.Key_Return)
    types(qtbot, "why not")
    presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Space)
    panel = view.form.head.acts.panel
    assert isinstance(panel, MovePanel)
    assert panel.refusal.isVisible()
    presses(qtbot, Qt.Key.Key_Escape)  # takes back what was typed in the line
    presses(qtbot, Qt.Key.Key_Escape)
    assert view.form.head.acts.panel is None
    assert notes(view) == []


def test_whoever_does_not_agree_says_why(desk: Desk, qtbot: QtBot) -> None:
    ward = desk.ward
    ward.desk.forget_forms()
    at = workplace(ward)
    place = f"{desk.other.subject}|V_SCR|1"
    CasebookPage(at).form(ward.dm).acts.ask_move(place, "the wrong file")
    view = desk.sits(DIMA, ward.dm)
    links(view)["Do not agree…"].click()
    types(qtbot, "ask the patient first")
    presses(qtbot, Qt.Key.Key_Return)
    (said,) = notes(view)
    assert said.startswith("Dima Saleh did not agree to move this form to JO01-002")
    assert ward.value(ward.dm, "W") == "61.5"


@pytest.mark.req("REQ-413")
def test_a_form_from_paper_says_so_at_its_head(desk: Desk, qtbot: QtBot) -> None:
    ward = desk.ward
    view = desk.sits(ward.actor, ward.dm)
    choose(qtbot, view, "paper")
    for text in ("Rania Haddad", "2025-01-05 08:30", "no electricity"):
        types(qtbot, text)
        presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Space)
    (said,) = notes(view)
    assert said.startswith(
        "Transcribed from paper. Observed by Rania Haddad, 5 Jan 2025 08:30. Entered late: no"
    )
    row = ward.ledger.tables.get(PaperRow, *ward.dm)
    assert row is not None
    assert row.observed == "2025-01-05T08:30"


def test_who_only_reads_is_offered_nothing(desk: Desk) -> None:
    view = desk.sits(DIMA, desk.ward.dm)
    assert view.form.head.acts.more.isHidden()
    assert not view.form.head.acts.isVisible()


@pytest.mark.req("REQ-414")
def test_a_colleague_types_what_the_source_says_and_a_difference_is_asked(desk: Desk, qtbot: QtBot) -> None:
    ward = desk.ward
    ward.enter(ward.dm, LEN="50")
    mine = desk.sits(ward.actor, ward.dm)
    assert notes(mine) == ["Waits for a second person: Len"]
    assert links(mine) == {}
    assert desk.waiting(ward.actor) == ["JO01-001 · Answers wait for a second person"]
    view = desk.sits(Actor("omar", "Omar Said", Role.NURSE, "CTC"), ward.dm)
    links(view)["Check with the source…"].click()
    types(qtbot, "51")
    presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Space)
    assert notes(view) == []
    assert ward.value(ward.dm, "LEN") == "50.0"
    assert ward.findings(ward.dm) == [("", "LEN", "SECOND:LEN")]
