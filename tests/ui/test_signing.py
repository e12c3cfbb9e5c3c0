"""The Signing page by keyboard: what waits, what changed since, gone through form by form, and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import LockRow
from crfapp.present.address import Address
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.signing_page import SigningPage
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.signing import SigningWindowPage
from crfapp.work.locking import AskUnlock
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.signers import password_of
from tests.support.signing_ward import HADDAD, MANAGER, MONITOR, SigningWard
from tests.support.site_of import workplace
from tests.support.spoken import without_name, without_ring

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu
    from pytestqt.qtbot import QtBot

    from crfapp.ui.signing.dialog import SignatureDialog
from crfapp.ui.signing.page import Wish
from crfapp.ui.widgets import Button


class Desk:
    """The page of Dr Haddad, at a ward where something waits."""

    def __init__(self, qtbot: QtBot, ward: SigningWard, language: str = "en") -> None:
        dress_application(language)
        self.ward, self.qtbot, self.shell = ward, qtbot, ShellAlone()
        at = workplace(ward, language, HADDAD)
        self.page = SigningWindowPage(SigningPage(at), self.shell, at.texts)
        put_on_screen(qtbot, self.page)

    def key(self, key: Qt.Key) -> None:
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)

    def opens(self, number: int = 0) -> None:
        """Go to a line by keyboard and open it."""
        first = self.page.list.waiting.rows[0]
        self.qtbot.waitUntil(first.isVisible)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        for _ in range(number):
            self.key(Qt.Key.Key_Down)
        self.key(Qt.Key.Key_Return)

    def signs(self, *typed: tuple[str, str]) -> list[str]:
        """Press the button to sign; type each pair of login and password. What the dialog said in between."""
        said: list[str] = []
        pending = list(typed)

        def answer() -> None:
            dialog = cast("SignatureDialog", QApplication.activeModalWidget())
            login, password = pending.pop(0)
            line = dialog.login.control
            assert isinstance(line, QLineEdit)
            if not said:
                assert (line.text(), dialog.secret.line.text()) == ("", ""), "nothing is filled in beforehand"
            line.clear()
            QTest.keyClicks(line, login)
            QTest.keyClicks(dialog.secret.line, password)
            QTest.keyClick(dialog.secret.line, Qt.Key.Key_Return)
            if pending:
                said.append(dialog.refused)
                answer()

        QTimer.singleShot(0, answer)
        self.key(Qt.Key.Key_Return)
        return said


@pytest.fixture
def ward() -> SigningWard:
    ward = SigningWard()
    ward.fill()
    return ward


@pytest.fixture
def desk(qtbot: QtBot) -> Callable[[SigningWard], Desk]:
    return lambda ward: Desk(qtbot, ward)


@pytest.mark.req("REQ-303", "REQ-311")
def test_a_form_is_gone_through_and_signed_with_both_typed_anew(
    ward: SigningWard, desk: Callable[[SigningWard], Desk]
) -> None:
    here = desk(ward)
    here.opens()
    assert not here.page.review.bar.sign.isEnabled(), "not before it was gone through"
    here.key(Qt.Key.Key_Return)
    assert here.page.review.bar.sign.hasFocus()
    here.signs(("haddad", password_of("haddad")))
    (row,) = ward.signatures("valid")
    assert (row.scope, row.login) == (Scope(*ward.dm), "haddad")
    assert here.page.stack.currentWidget() is here.page.list


@pytest.mark.req("REQ-303")
def test_a_wrong_password_is_said_and_counted_and_nothing_is_signed(
    ward: SigningWard, desk: Callable[[SigningWard], Desk]
) -> None:
    here = desk(ward)
    here.opens()
    here.key(Qt.Key.Key_Return)
    said = here.signs(("haddad", "wrong"), ("odeh", password_of("odeh")), ("haddad", password_of("haddad")))
    assert "1 wrong attempt here" in said[0]
    assert "2 wrong attempts here" in said[1]
    assert len(ward.signatures("valid")) == 1
    assert ward.signer.wrong == ["haddad"], "another's login is not even tried"


@pytest.mark.req("REQ-305", "REQ-311")
def test_what_is_shown_again_is_exactly_what_changed(
    ward: SigningWard, desk: Callable[[SigningWard], Desk]
) -> None:
    ward.sign(Scope(*ward.dm), "REVIEWED")
    ward.enter(ward.dm, W="62", reason="weighed again")
    here = desk(ward)
    assert [tile.accessibleName() for tile in here.page.list.tiles][:2] == [
        "Not signed yet: 1",
        "Changed since: 1",
    ]
    here.opens()
    (card,) = here.page.review.cards
    assert [(line.question, line.changed, line.why) for line in card.form.lines] == [
        ("W", True, "weighed again")
    ]
    assert "61.5" in card.form.lines[0].then
    assert "62.0" in card.form.lines[0].now
    here.key(Qt.Key.Key_Escape)
    assert here.page.stack.currentWidget() is here.page.list


@pytest.mark.req("REQ-307")
def test_what_stands_in_the_way_is_listed_with_the_way_there(
    ward: SigningWard, desk: Callable[[SigningWard], Desk]
) -> None:
    ward.enter(ward.dm, AGE="80", reason="passport seen")
    here = desk(ward)
    here.opens()
    here.key(Qt.Key.Key_Return)
    assert not here.page.review.bar.sign.isEnabled()
    (review,) = [here.page._presenter.review(line) for line in here.page._open]
    assert len(review.hindrances) == 1
    assert review.hindrances[0].address.form == "DM"


def test_something_that_changes_meanwhile_is_shown_anew(
    ward: SigningWard, desk: Callable[[SigningWard], Desk]
) -> None:
    here = desk(ward)
    here.opens()
    ward.enter(ward.dm, W="62", reason="weighed again")
    here.key(Qt.Key.Key_Return)
    assert "changed" in here.page.review.bar.left.text()
    assert not here.page.review.bar.sign.isEnabled()
    here.key(Qt.Key.Key_Return)
    assert here.page.review.bar.sign.isEnabled()


@pytest.mark.req("REQ-311")
def test_several_are_signed_together_each_with_an_event_of_its_own(
    ward: SigningWard, desk: Callable[[SigningWard], Desk]
) -> None:
    for number in range(2):
        visit = ward.start(ward.enrol(), "V_SCR", f"2025-01-0{6 + number}")
        ward.enter(FormKey(*visit, "DM", 1), SEX="M")
    here = desk(ward)
    (several,) = [
        button for button in here.page.list.waiting.findChildren(Button) if "all 3" in button.text()
    ]
    several.setFocus()
    here.key(Qt.Key.Key_Space)
    assert len(here.page.review.cards) == 3
    for _ in range(3):
        assert not here.page.review.bar.sign.isEnabled()
        here.key(Qt.Key.Key_Return)
    here.signs(("haddad", password_of("haddad")))
    kinds = [link.kind for link in ward.ledger.links[-6:]]
    assert kinds.count("signed") == 3
    assert len(ward.signatures("valid")) == 3


@pytest.mark.req("REQ-607")
def test_who_asks_to_unlock_waits_here_for_the_investigator(
    ward: SigningWard, desk: Callable[[SigningWard], Desk]
) -> None:
    scope = Scope(*ward.dm)
    ward.sign(scope, "REVIEWED")
    ward.verify(ward.dm, "W")
    ward.lock(scope)
    ward.bus.send(AskUnlock(scope=scope, reason="a value is wrong"), MANAGER)
    here = desk(ward)
    (wish,) = here.page.list.findChildren(Wish)
    assert here.page.badge() == 2, "the casebook, and the wish"
    assert "V_SCR · " in wish.banner.accessibleName(), "many visits have the same form"
    wish.agree.setFocus()
    here.key(Qt.Key.Key_Space)
    row = ward.ledger.tables.get(LockRow, *scope)
    assert row is not None
    assert row.state == "open"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_has_a_name_and_a_ring(qtbot: QtBot, ward: SigningWard, language: str) -> None:
    here = Desk(qtbot, ward, language)
    assert without_name(here.page.widget) == []
    assert without_ring(here.page.list) == []
    here.opens()
    assert without_name(here.page.widget) == []


@pytest.mark.req("REQ-311")
def test_a_form_longer_than_the_window_is_gone_through_to_its_end(
    ward: SigningWard, desk: Callable[[SigningWard], Desk]
) -> None:
    log = FormKey(ward.subject, "V_LOG", 1, "AE", 1)
    for number in range(40):
        row = ward.add_row(log, "EVENTS")
        ward.enter(log, row, AETERM=f"event {number}")
    here = desk(ward)
    number = next(n for n, line in enumerate(here.page.list._view.lines) if line.scope.form == "AE")  # type: ignore[union-attr]
    here.opens(number)
    bar = here.page.review.area.verticalScrollBar()
    here.qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() <= here.page.review.cards[0].y(), "it is read from its beginning"
    here.key(Qt.Key.Key_Return)
    assert not here.page.review.bar.sign.isEnabled(), "the end was not in sight"
    assert bar.value() > here.page.review.cards[0].y()
    for _ in range(6):
        if not here.page.review.bar.sign.isEnabled():
            here.key(Qt.Key.Key_Return)
    assert here.page.review.bar.sign.isEnabled()


@pytest.mark.req("REQ-607")
def test_a_form_is_frozen_from_its_head_by_keyboard_and_then_takes_no_answer(
    qtbot: QtBot, ward: SigningWard
) -> None:
    dress_application()
    at = workplace(ward, actor=MONITOR)
    page = CasebookWindowPage(CasebookPage(at), ShellAlone(), at.texts)
    put_on_screen(qtbot, page)
    page.open(Address("casebook", *ward.dm))
    head = page.view.form.head
    qtbot.waitUntil(head.hold.isVisible)
    head.hold.setFocus()
    QTest.keyClick(head.hold, Qt.Key.Key_Space)
    menu = cast("QMenu", QApplication.activePopupWidget())
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert head.prompt is not None
    QTest.keyClicks(head.prompt.line, "interim look")
    QTest.keyClick(head.prompt.line, Qt.Key.Key_Return)
    assert head.held.text() == "frozen"
    assert "Greta Weber" in head.note.text()
    spoken = {line.look.name: line.accessibleName() for line in page.view.visits.entries if line.look.held}
    assert spoken == {"DM": "DM, complete, frozen"}, "the list of visits shows the lock, with words"
    nurse = workplace(ward)
    page = CasebookWindowPage(CasebookPage(nurse), ShellAlone(), nurse.texts)
    put_on_screen(qtbot, page)
    page.open(Address("casebook", *ward.dm))
    assert page.view.form.entry is not None
    assert "Frozen by" in page.view.form.entry.closed.replace("\u2068", "").replace("\u2069", "")
    assert not page.view.form.head.reopen.isVisible()
