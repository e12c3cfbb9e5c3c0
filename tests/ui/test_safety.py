"""The Safety page on the screen: a serious event from the answer that says so to the report that went out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import NoticeRow
from crfapp.present.address import Address
from crfapp.present.notice_desk import MadeNotice
from crfapp.present.safety_page import SafetyPage, SafetyParts
from crfapp.present.texts import ISOLATES
from crfapp.ui.safety import SafetyWindowPage
from crfapp.work.cases import Topic
from crfapp.work.linking_signs import LinkSign
from crfapp.work.roles import Actor, Role
from tests.support.examples.recipients import agreed
from tests.support.here_and_now import HereAndNow
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.spoken import without_name, without_ring
from tests.support.ward import Ward

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from crfapp.present.lane import Steps
    from crfapp.present.notice_desk import NoticeWish

HADDAD = Actor("haddad", "Dr Sami Haddad", Role.INVESTIGATOR, "Cell Therapy Center")


class FakeNotices:
    """Notes what was to be made."""

    def __init__(self) -> None:
        self.wishes: list[NoticeWish] = []

    def make(self, wish: NoticeWish, _steps: Steps) -> MadeNotice:
        self.wishes.append(wish)
        package = ("p-1", "nct_JO01_0001.pgp") if wish.recipient else ("", "")
        return MadeNotice(wish.target, "ab" * 32, 3, *package)


class Desk:
    """The page at a ward with one event in its log, serious unless another is meant."""

    def __init__(self, qtbot: QtBot, *, language: str = "en", serious: bool = True) -> None:
        dress_application(language)
        self.ward = Ward()
        self.ae = FormKey(self.ward.subject, "V_LOG", 1, "AE", 1)
        self.event = self.ward.add_row(self.ae, "EVENTS")
        self.ward.enter(self.ae, self.event, AETERM="Urticaria", AEDAY="2025-01-05", AEONGO="Y", AEGR="3")
        if serious:
            self.ward.enter(self.ae, self.event, AESER="Y")
        self.shell, self.notices = ShellAlone(HereAndNow()), FakeNotices()
        at = workplace(self.ward, language, HADDAD)
        parts = SafetyParts(self.shell.lane, self.notices, Path("/home/rania"))
        self.page = SafetyWindowPage(SafetyPage(at, parts), self.shell, at.texts)
        self.ward.bus.listen(lambda outcome: self.page.refresh(outcome.topics))
        put_on_screen(qtbot, self.page)

    def words(self) -> str:
        shown = [label.text() for label in self.page.widget.findChildren(QLabel) if label.isVisible()]
        return "\n".join(shown).translate(ISOLATES)

    def rows(self, card: str) -> list[str]:
        return [row.accessibleName().translate(ISOLATES) for row in getattr(self.page.body, card).rows]

    def fills(self, **told: str) -> None:
        form = self.page.body.card.form
        for key, text in told.items():
            control = form.questions[key].control
            if key == "how":
                control.choose(control.codes.index(text))  # type: ignore[attr-defined]
            else:
                control.setText(text)  # type: ignore[attr-defined]
        form.go.click()


@pytest.mark.req("REQ-920")
def test_from_the_answer_to_the_report_that_went_out(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    agreed(desk.ward)
    assert "AE 1: Urticaria" in desk.rows("owed")[0]
    assert "24 h 0 min left" in desk.rows("owed")[0]
    assert "The study names no safety desk of the sponsor" in desk.words()
    desk.page.make_notice()
    (wish,) = desk.notices.wishes
    assert (wish.number, wish.languages) == (0, ("en",))
    assert wish.recipient
    assert "Encrypted package in the outbox" in desk.words()
    desk.page.body.card.send.click()
    desk.fills(aware="08:30", sent="09:05", told_to="Ms Naber, safety desk", how="PHONE")
    (noted,) = desk.ward.ledger.tables.find(NoticeRow)
    assert (noted.how, noted.told_to, noted.package) == ("PHONE", "Ms Naber, safety desk", "p-1")
    assert "Follow-up 1" in desk.rows("owed")[0]
    assert "First report" in desk.rows("sent")[0]
    assert "to Ms Naber, safety desk" in desk.rows("sent")[0]


@pytest.mark.req("REQ-920")
def test_what_is_refused_stands_at_its_question_and_nothing_is_recorded(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.page.body.card.begin.click()
    desk.page.body.card.send.click()
    desk.fills(aware="08:30", sent="23:30", told_to="Ms Naber", how="PHONE")
    form = desk.page.body.card.form
    assert "cannot have gone out in the future" in form.questions["sent"].refused
    assert form.questions["told_to"].control.text() == "Ms Naber"  # type: ignore[attr-defined]
    assert desk.ward.ledger.tables.find(NoticeRow) == []


def test_without_a_recipient_the_pdf_is_made_and_it_says_that_no_package_was(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.page.make_notice()
    assert [wish.recipient for wish in desk.notices.wishes] == [""]
    assert "no package was made" in desk.words()


@pytest.mark.req("REQ-920")
def test_once_overdue_it_says_so(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.ward.clock.later(hours=26)
    desk.page.shown()
    assert "overdue by 2 h 0 min" in desk.rows("owed")[0]


def test_events_are_narrowed_and_opened(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    other = desk.ward.add_row(desk.ae, "EVENTS")
    desk.ward.enter(desk.ae, other, AETERM="Headache", AEDAY="2025-01-05", AEONGO="N", AEGR="1")
    desk.page.shown()
    assert len(desk.rows("events")) == 2
    desk.page.body.events.filter.choose(1)
    assert ["Urticaria" in row for row in desk.rows("events")] == [True]
    desk.page.body.events.filter.choose(0)
    desk.page.body.events.rows[1].click()
    assert (desk.shell.went[-1].form, desk.shell.went[-1].row) == ("AE", other)


def test_the_events_are_read_again_only_when_something_was_recorded(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    presenter = desk.page._presenter
    before = presenter.view().events
    desk.page.refresh({Topic.PHOTOGRAPHS})
    presenter.refresh()
    assert presenter.view().events is before
    desk.ward.enter(desk.ae, desk.ward.add_row(desk.ae, "EVENTS"), AETERM="Rash")
    assert ["Rash" in line.title for line in presenter.view().events] == [False, True]


def test_the_signs_over_the_visits_tell_none_from_not_asked(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    ward, area = desk.ward, desk.ward.area()
    for number, scores in enumerate(({"CLRED": "2", "CLPAIN": "1"}, {"CLRED": "0"}), 1):
        visit = ward.start(ward.subject, "V_UNS", "2025-01-05", number)
        checklist = FormKey(*visit, "CL", 1)
        ward.enter(checklist, CLDONE="Y")
        ward.enter(checklist, area, **scores)
    first = FormKey(ward.subject, "V_UNS", 1, "CL", 1)
    ward.send(LinkSign(key=first, row=area, item="CLRED", link="same", event_row=desk.event))
    desk.page.shown()
    table = desk.page.body.signs.table
    assert table is not None
    rows = [row.accessibleName().translate(ISOLATES) for row in table.rows]
    assert rows == ["T01 Clred, 2, AE 1, 0", "T01 Clpain, 1, ·"]
    table.rows[1].click()
    assert (desk.shell.went[-1].form, desk.shell.went[-1].item) == ("CL", "CLPAIN")


def test_an_empty_page_says_what_would_stand_here(qtbot: QtBot) -> None:
    dress_application()
    ward, shell = Ward(), ShellAlone(HereAndNow())
    at = workplace(ward, actor=HADDAD)
    page = SafetyWindowPage(SafetyPage(at, SafetyParts(shell.lane, None, Path("/home"))), shell, at.texts)
    put_on_screen(qtbot, page)
    assert page.body.empty.isVisible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_control_has_a_name_and_shows_the_keyboard(qtbot: QtBot, language: str) -> None:
    desk = Desk(qtbot, language=language)
    desk.page.body.card.begin.click()
    desk.page.body.card.send.click()
    assert without_name(desk.page.widget) == []
    assert without_ring(desk.page.widget) == []


def test_f9_is_named_among_the_keys_and_the_lines_open_by_keyboard(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    assert "F9" in {line.keys for line in SafetyWindowPage.keys(desk.page)}
    desk.page.body.owed.rows[0].setFocus()
    control = QApplication.focusWidget()
    assert control is not None
    QTest.keyClick(control, Qt.Key.Key_Return)
    assert desk.page.address() == Address("safety", *desk.ae, row=desk.event, item="SAE")
