"""The sections of the Exchange page on screen: by keyboard, by dropping files, every control with a name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot  # noqa: TC002 - the name is looked up when tests are collected

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.ledger import events as ev
from crfapp.present.address import Address
from crfapp.present.arriving import Arriving
from crfapp.present.exchange_parts import ExchangeParts
from crfapp.present.package_desk import Taken
from crfapp.present.packages_page import Packages
from crfapp.present.recipients_page import Recipients
from crfapp.present.route_setting import RouteSetting
from crfapp.ui.exchange import ExchangeWindowPage
from crfapp.work.recipients import SetRoute
from tests.support.clinic import ADMIN
from tests.support.examples.nodes import two_workstations
from tests.support.examples.recipients import KHALIL, SWAPPED, agreed, proposed
from tests.support.fake_packages import FakePackages, FakeRoutes
from tests.support.here_and_now import HereAndNow
from tests.support.page_on_screen import dress_application, put_on_screen
from tests.support.site_of import workplace
from tests.support.spoken import without_name, without_ring
from tests.support.telling import tell
from tests.support.ward import Ward


class Desk:
    """The page at a ward whose sponsor is agreed to, with a second workstation and a new key that waits."""

    def __init__(self, qtbot: QtBot, *, language: str = "en", empty: bool = False) -> None:
        dress_application(language)
        self.ward = Ward()
        self.fake, lane = FakePackages(self.ward), HereAndNow()
        if not empty:
            self.peer = agreed(self.ward)
            self.ward.bus.send(SetRoute(peer=self.peer, url="/media/share"), ADMIN)
            two_workstations(self.ward)
            proposed(self.ward, SWAPPED, self.peer)
            refused = ev.PackageRefused(file="torn.pgp", sha256="cd" * 32, code="R-606")
            tell(self.ward, refused)
            self.fake.quarantine["cd" * 32] = Path("torn.pgp")
        at = workplace(self.ward, language=language, actor=KHALIL)
        recipients = Recipients(at, self.fake, RouteSetting(at, lane, FakeRoutes(self.ward)))
        packages, arriving = Packages(at, lane, self.fake), Arriving(at, lane, self.fake)
        parts = ExchangeParts(packages=packages, arriving=arriving, recipients=recipients)
        self.page = ExchangeWindowPage(parts, at.texts, Path("/home"))
        self.ward.bus.listen(lambda outcome: self.page.refresh(outcome.topics))
        put_on_screen(qtbot, self.page)

    def turn(self, section: str) -> None:
        self.page.open(Address("exchange", item=section))

    def words(self) -> str:
        shown = [label.text() for label in self.page.widget.findChildren(QLabel) if label.isVisible()]
        return "\n".join(shown)


def press(key: Qt.Key = Qt.Key.Key_Space) -> None:
    control = QApplication.focusWidget()
    assert control is not None
    QTest.keyClick(control, key)


@pytest.mark.parametrize("section", ["packages", "arriving", "recipients"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_control_has_a_name_and_shows_the_keyboard(qtbot: QtBot, section: str, language: str) -> None:
    desk = Desk(qtbot, language=language)
    desk.turn(section)
    if section == "recipients":
        press()
        press()
    widget = desk.page.widget
    assert without_name(widget) == []
    assert without_ring(widget) == []


def test_a_package_is_opened_from_the_outbox_and_closed_again_where_it_was(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    body = desk.page.body.packages
    press()
    assert body.done.isVisible()
    body.outbox.rows[0].setFocus()
    press(Qt.Key.Key_Return)
    assert body.card.isVisible()
    body.card.look.click()
    assert "data.xlsx" in desk.words()
    body.card.shut.setFocus()
    press()
    assert not body.card.isVisible()
    assert QApplication.focusWidget() is body.outbox.rows[0]
    desk.fake.failing["make"] = EnvironmentProblem(Code.DISK_FULL)
    body.peers[desk.peer].go.click()
    assert body.problem.isVisible()
    assert not body.done.isVisible()


def test_before_anybody_gets_packages_the_first_step_is_said(qtbot: QtBot) -> None:
    desk = Desk(qtbot, empty=True)
    assert "Nobody gets packages yet" in desk.words()
    assert not hasattr(desk.page.body.packages.nobody, "button")  # an investigator adds nobody


@pytest.mark.req("REQ-805")
def test_files_are_dropped_and_each_has_its_result(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.turn("arriving")
    body = desk.page.body.arriving
    torn = RefusedError(Code.PACKAGE_DAMAGED)
    desk.fake.comes = {
        "a.pgp": Taken("a.pgp", sender="ctr-1", number=2, new=1),
        "b.pgp": Taken("b.pgp", problem=torn),
    }
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/drop/{name}") for name in desk.fake.comes])
    none, left, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    body.dragEnterEvent(enter)
    assert enter.isAccepted()
    body.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    assert [row.accessibleName().split(":")[0] for row in body.results.lines] == ["Taken in", "Set aside"]
    [aside] = body.aside.lines
    assert "R-606" in aside.accessibleName()
    desk.fake.comes["torn.pgp"] = Taken("torn.pgp", sender="ctr-1", number=1, new=3)
    aside.again.setFocus()
    press()
    assert "Taken in" in body.results.lines[0].accessibleName()


@pytest.mark.req("REQ-810")
def test_both_codes_stand_in_large_type_before_a_changed_key_is_agreed_to(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    assert desk.page.badge() == 1
    desk.turn("recipients")
    press()
    card = desk.page.body.recipients.card
    assert card.warning.isVisible()
    assert (card.code.text()[1:5], card.before.text()[1:5]) == ("B2B2", "A1A1")
    assert card.code.size_token == card.before.size_token == "title"
    press()
    line = card.form.questions["heard"].control
    assert line.hasFocus()
    QTest.keyClicks(line, "b2b2")
    press(Qt.Key.Key_Return)
    assert (card.warning.isVisible(), card.before.isVisible()) == (False, False)
    assert desk.page.badge() == 0
