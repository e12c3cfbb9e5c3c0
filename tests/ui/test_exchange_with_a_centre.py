"""A real site and a real centre, and everything between them done on the Exchange page, without the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crfapp.bootstrap.package_desk import PackagesAtHand
from crfapp.exchange.cards import read_site_card, write_card
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import QueryRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.arriving import Arriving
from crfapp.present.exchange_parts import ExchangeParts
from crfapp.present.packages_page import Packages
from crfapp.present.peers import compares_keys
from crfapp.present.recipients_page import Recipients
from crfapp.present.route_setting import RouteSetting
from crfapp.ui.exchange import ExchangeWindowPage
from crfapp.ui.jobs import JobRunner
from crfapp.work.entry import RecordAnswer
from crfapp.work.queries import RaiseQuery
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.centre_and_sites import RealCentre
from tests.support.page_on_screen import dress_application, put_on_screen
from tests.support.quick_site import QuickSite

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.present.workplace import Workplace

WAIT_MS = 60_000


class AtThePage:
    """Somebody who came in at the site and stands at the Exchange page."""

    def __init__(self, qtbot: QtBot, site: QuickSite, login: str, folder: Path) -> None:
        self.qtbot, self.runner = qtbot, JobRunner()
        self._in: AbstractContextManager[Workplace] = site.as_person(login)
        at = self._in.__enter__()
        opened = site.door.site
        assert opened is not None
        desk, lane = PackagesAtHand(opened, at.actor), self.runner.lane(self.runner)
        routes = RouteSetting(at, lane, desk.routes)
        recipients = Recipients(at, desk, routes) if compares_keys(at) else None
        parts = ExchangeParts(
            packages=Packages(at, lane, desk), arriving=Arriving(at, lane, desk), recipients=recipients
        )
        self.at, self.parts = at, parts
        self.page = ExchangeWindowPage(parts, at.texts, folder)
        at.listen(lambda outcome: self.page.refresh(outcome.topics))
        put_on_screen(qtbot, self.page)

    def turn(self, section: str) -> None:
        self.page.open(Address("exchange", item=section))

    def press(self) -> None:
        """Press what has the keyboard."""
        control = QApplication.focusWidget()
        assert control is not None
        QTest.keyClick(control, Qt.Key.Key_Space)

    def wait_for(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.words(), timeout=WAIT_MS)

    def words(self) -> str:
        shown = [label.text() for label in self.page.widget.findChildren(QLabel) if label.isVisible()]
        return "\n".join(shown).replace("\u2068", "").replace("\u2069", "")

    def leave(self) -> None:
        self.runner.stop()
        self.page.widget.close()
        self._in.__exit__(None, None, None)  # only after the work that reads the site has ended


@pytest.fixture
def centre(tmp_path: Path) -> RealCentre:
    return RealCentre(tmp_path / "centre")


@pytest.fixture
def site(tmp_path: Path) -> QuickSite:
    dress_application()
    made = QuickSite(tmp_path / "site")
    made.settle("rania", "haddad")
    return made


def introduce(qtbot: QtBot, site: QuickSite, centre: RealCentre, tmp_path: Path) -> None:
    """The two cards change hands; one proposes, the other compares and agrees."""
    theirs, ours = tmp_path / "centre.json", tmp_path / "site.json"
    with centre.open() as at:
        write_card(at.card, theirs)
        code = at.card.compared
    admin = AtThePage(qtbot, site, "admin", tmp_path)
    admin.turn("recipients")
    assert admin.parts.recipients is not None
    admin.parts.recipients.give_card(ours)
    admin.parts.recipients.read(theirs)
    admin.wait_for("  ".join(code.split()))
    form = admin.page.body.recipients.card.form
    form.questions["profile"].control.show_value("sponsor")  # type: ignore[attr-defined]
    form.go.click()
    assert "Done: Propose this recipient." in admin.words()
    admin.leave()
    with centre.open("admin") as at:
        at.add(read_site_card(ours))
    khalil = AtThePage(qtbot, site, "haddad", tmp_path)
    assert khalil.page.badge() == 1
    khalil.turn("recipients")
    khalil.press()  # the first line of the list
    assert QApplication.focusWidget() is khalil.page.body.recipients.card.acts["agree"]
    khalil.press()
    for typed in ("0000", code[-4:].lower()):
        line = QApplication.focusWidget()
        assert line is not None
        line.clear()  # type: ignore[attr-defined]
        QTest.keyClicks(line, typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert "Done: Compare and agree." in khalil.words()
    khalil.leave()


def begin_a_casebook(at: Workplace) -> FormKey:
    at.send(EnrolSubject())
    subject = at.tables.find(SubjectRow)[0].subject
    at.send(StartVisit(key=VisitKey(subject, "V_SCR", 1), date="2025-01-05"))
    key = FormKey(subject, "V_SCR", 1, "DM", 1)
    at.send(RecordAnswer(key=key, item="SEX", typed="F"))
    return key


@pytest.mark.req("REQ-402", "REQ-801", "REQ-805", "REQ-806", "REQ-810")
def test_a_package_there_and_a_reply_back(
    qtbot: QtBot, site: QuickSite, centre: RealCentre, tmp_path: Path
) -> None:
    introduce(qtbot, site, centre, tmp_path)
    rania = AtThePage(qtbot, site, "rania", tmp_path)
    key = begin_a_casebook(rania.at)
    [card] = rania.page.body.packages.peers.values()
    assert card.go.hasFocus()
    rania.press()
    rania.wait_for("No place is set for it, so save it to a stick.")
    stick = tmp_path / "stick"
    stick.mkdir()
    assert rania.parts.packages is not None
    rania.parts.packages.look_inside()
    rania.wait_for("events.jsonl")
    rania.parts.packages.carry(stick)
    rania.wait_for("Copied: ")
    with centre.open() as at:
        [file] = stick.iterdir()
        assert at.take_in(file).outcome == "new"
        with at.part(at.sites()[0].site) as part:
            part.bus.send(RaiseQuery(scope=Scope(*key), item="SEX", text="Is this right?"), at.actor)
        reply = at.reply(at.sites()[0].site)[0].path
    torn = tmp_path / "torn.pgp"
    torn.write_bytes(reply.read_bytes()[:-40])
    rania.turn("arriving")
    rania.parts.arriving.take_in([torn, reply])  # type: ignore[union-attr]
    rania.wait_for("1 new query")
    assert "Set aside: torn.pgp" in rania.words()
    assert [row.state for row in rania.at.tables.find(QueryRow)] == ["open"]
    rania.turn("packages")
    assert "package 1, 5 Jan 2025" in rania.words()
    rania.wait_for("Everything is confirmed.")
    rania.leave()


@pytest.mark.req("REQ-802", "REQ-806")
def test_over_a_shared_folder_one_press_sends_and_one_press_fetches(
    qtbot: QtBot, site: QuickSite, centre: RealCentre, tmp_path: Path
) -> None:
    introduce(qtbot, site, centre, tmp_path)
    shared = tmp_path / "shared"
    shared.mkdir()
    admin = AtThePage(qtbot, site, "admin", tmp_path)
    admin.turn("recipients")
    admin.press()
    admin.page.body.recipients.card.acts["route"].click()
    form = admin.page.body.recipients.card.form
    assert form.questions["url"].control.hasFocus()
    QTest.keyClicks(form.questions["url"].control, str(shared))
    form.go.click()
    admin.wait_for("Set, and the place can be reached.")
    admin.leave()
    rania = AtThePage(qtbot, site, "rania", tmp_path)
    key = begin_a_casebook(rania.at)
    rania.press()
    rania.wait_for("Made and sent: Package 1 for Evia data centre.")
    with centre.open() as at:
        [file] = shared.iterdir()
        assert at.take_in(file).outcome == "new"
        with at.part(at.sites()[0].site) as part:
            part.bus.send(RaiseQuery(scope=Scope(*key), item="SEX", text="Is this right?"), at.actor)
        made, node = at.reply(at.sites()[0].site)
        at.bring(at.sites()[0].site, made, node, shared)
    rania.turn("arriving")
    rania.page.body.arriving.card.look.click()
    rania.wait_for("1 new query")
    rania.page.body.arriving.card.look.click()
    rania.wait_for("There was nothing new.")
    rania.turn("packages")
    assert [line.icon for line in rania.parts.packages.view.outbox] == ["complete"]  # type: ignore[union-attr]
    rania.leave()
