"""A real centre in the real window: what came of its sites, their records, and what goes back to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QLabel

from crfapp.base.problems import AppProblem
from crfapp.bootstrap.centre.at_hand import CentreAtHand
from crfapp.bootstrap.centre.door import CentreDoor
from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.playing import known_password
from crfapp.bootstrap.window import window_parts
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import LockAskedRow, QueryRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.centre_giving import CentreCards
from crfapp.present.holding import Holding
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace
from crfapp.ui.centre import BackToCentre, CentreWindowPage
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.shell.frame import Frame
from crfapp.ui.shell.main_window import MainWindow
from crfapp.work.entry import RecordAnswer
from crfapp.work.queries import RaiseQuery
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.centre_and_sites import MANAGER, JoinedSite, RealCentre
from tests.support.quick_site import QUICK, QuickSite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.present.centre_page import CentrePage

WAIT_MS = 30_000


class CentreWindow:
    """The window on a centre's folder, with its data manager in."""

    def __init__(self, qtbot: QtBot, centre: RealCentre) -> None:
        self.qtbot, self.jobs = qtbot, JobRunner()
        parts = window_parts(centre.folder, centre.clock)
        self.door = cast("CentreDoor", parts.door)
        self.door.cost = QUICK
        kept = replace(parts, remember=lambda _: None, backup=lambda: None)
        self.window = MainWindow(kept, self.jobs, Preferences())
        self.window.resize(1280, 800)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        login = self.window.centralWidget()
        assert isinstance(login, LoginPage)
        login.name.setText(MANAGER)
        qtbot.waitUntil(login.enter.isEnabled)
        login.password.line.setText(known_password(MANAGER))
        login.enter.click()
        self.until(lambda: isinstance(self.window.centralWidget(), Frame))

    @property
    def frame(self) -> Frame:
        return cast("Frame", self.window.centralWidget())

    @property
    def page(self) -> CentreWindowPage:
        return next(page for page in self.frame.pages if isinstance(page, CentreWindowPage))

    @property
    def presenter(self) -> CentrePage:
        return self.page._presenter

    @property
    def workplace(self) -> Workplace:
        """What whoever is in works on now."""
        session = self.window.doorway.session
        assert session is not None
        return session.workplace

    def takes(self, *files: Path) -> list[str]:
        """Take in files; what came of each."""
        presenter = self.page.body.arriving._presenter
        self.page.open(Address("centre", item="arriving"))
        presenter.take_in(files)
        self.until(lambda: not presenter.view.running and presenter.view.results)
        self.rest()
        self.page.open(Address("centre", item="sites"))
        return [line.grade for line in presenter.view.results]

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=WAIT_MS)

    def rest(self) -> None:
        """Until nothing is going on at the Centre page, and its sites are listed."""
        self.until(lambda: not self.presenter.view.running and self.presenter.view.lines)

    def look_near(self) -> None:
        """Press the first site of the list."""
        self.page.body.sites.list.rows[0].click()
        self.until(lambda: not self.presenter.view.running and self.presenter.view.chosen is not None)

    def open_records(self) -> None:
        """Go from the card into the records of the site."""
        self.page.body.sites.card.open.click()
        self.until(lambda: any(isinstance(page, BackToCentre) for page in self.frame.pages))

    def back(self) -> None:
        self.frame.go(Address("centre"))
        self.until(lambda: any(isinstance(page, CentreWindowPage) for page in self.frame.pages))
        self.rest()

    def words(self) -> str:
        shown = [label.text() for label in self.window.findChildren(QLabel) if label.isVisible()]
        return "\n".join(shown).replace("\u2068", "").replace("\u2069", "")

    def leave(self) -> None:
        self.window.close()


@pytest.fixture
def centre(tmp_path: Path) -> RealCentre:
    return RealCentre(tmp_path / "centre")


@pytest.fixture
def joined(tmp_path: Path, centre: RealCentre) -> JoinedSite:
    return JoinedSite(QuickSite(tmp_path / "site"), centre)


@pytest.fixture
def at(qtbot: QtBot, centre: RealCentre, joined: JoinedSite) -> Iterator[CentreWindow]:
    """The window after the site's first package."""
    answer(joined, "F")
    take_in(centre, joined.pack())
    made = CentreWindow(qtbot, centre)
    made.rest()
    yield made
    made.leave()


def answer(joined: JoinedSite, typed: str, reason: str = "") -> FormKey:
    """The site's first casebook has an answer, or another one."""
    with joined.site.as_person("rania") as at:
        if not at.tables.find(SubjectRow):
            at.send(EnrolSubject())
            subject = at.tables.find(SubjectRow)[0].subject
            at.send(StartVisit(key=VisitKey(subject, "V_SCR", 1), date="2025-01-05"))
        key = FormKey(at.tables.find(SubjectRow)[0].subject, "V_SCR", 1, "DM", 1)
        at.send(RecordAnswer(key=key, item="SEX", typed=typed, reason=reason))
    return key


def take_in(centre: RealCentre, file: Path) -> None:
    with centre.open() as at:
        assert at.take_in(file).outcome == "new"


@pytest.mark.req("REQ-402", "REQ-501", "REQ-607")
def test_from_what_changed_into_the_casebook_where_a_lock_is_asked_and_the_refusal_comes_back(
    at: CentreWindow, joined: JoinedSite, tmp_path: Path
) -> None:
    [line] = at.presenter.view.lines
    assert ("JO01" in line.name[0], line.state) == (True, "in order")
    key = answer(joined, "M", "typing error")
    second, torn = joined.pack(), tmp_path / "torn.pgp"
    torn.write_bytes(second.read_bytes()[:-40])
    assert at.takes(second, torn) == ["ok", "error"]
    assert [line.file for line in at.page.body.arriving._presenter.view.aside] == ["torn.pgp"]
    at.look_near()
    at.page.body.sites.card.delta.compare.click()
    at.rest()
    assert at.presenter.view.chosen is not None
    [changed] = [line for line in at.presenter.view.chosen.delta.lines if line.question == "Sex"]
    assert (changed.before, changed.after) == ("Female", "Male")
    place = at.presenter.view.chosen.delta.lines.index(changed)
    at.page.body.sites.card.delta.table.rows[place].click()
    at.until(lambda: any(isinstance(page, BackToCentre) for page in at.frame.pages))
    at.until(lambda: at.frame.address == Address("casebook", *key, item="SEX"))
    holding = Holding(at.workplace, key)
    assert [act.key for act in holding.acts()] == ["wish:form", "wish:visit", "wish:casebook"]
    assert not holding.do("wish:form", "").refusal
    at.workplace.send(RaiseQuery(scope=Scope(*key), item="SEX", text="Which is right?"))
    assert "asked the site on" in holding.sentence()
    assert [act.key for act in holding.acts()] == ["wish:visit", "wish:casebook"]
    at.back()
    assert not at.door._open
    stick = tmp_path / "stick"
    stick.mkdir()
    at.look_near()
    at.presenter.reply(stick)
    at.until(lambda: at.presenter.view.done)
    at.rest()
    [reply] = stick.iterdir()
    assert joined.receive(reply).declined == 1
    with joined.site.open() as opened:
        assert [row.state for row in opened.desk.tables.find(QueryRow)] == ["open"]
    assert at.takes(joined.pack()) == ["ok"]
    assert at.presenter.view.lines[0].state == "lock refused"
    assert at.presenter.view.chosen is not None
    [lock] = at.presenter.view.chosen.locks
    assert (lock.state, bool(lock.why)) == ("refused", True)
    at.open_records()
    assert "the site refused" in Holding(at.workplace, key).sentence()


@pytest.mark.req("REQ-501")
def test_nothing_of_a_site_is_written_from_its_records_at_the_centre(
    at: CentreWindow, joined: JoinedSite
) -> None:
    at.look_near()
    at.open_records()
    assert [page.key for page in at.frame.pages][:3] == ["centre", "subjects", "casebook"]
    assert "Cell Therapy Center" in at.words()
    workplace = at.workplace
    key = FormKey(workplace.tables.find(SubjectRow)[0].subject, "V_SCR", 1, "DM", 1)
    with pytest.raises(AppProblem, match="R-"):
        workplace.send(RecordAnswer(key=key, item="SEX", typed="M"))
    assert not workplace.tables.find(LockAskedRow)
    home = at.door.site
    assert home is not None
    centre = at.door.centre(home, workplace.actor)
    with pytest.raises(AppProblem, match="E-111"), centre.part(joined.id):
        pass  # a part that somebody works on is open here alone
    at.back()
    with centre.part(joined.id):
        assert not at.door._open


@pytest.mark.req("REQ-402", "REQ-806")
def test_a_silent_site_has_to_be_called_and_the_list_is_narrowed_to_it(at: CentreWindow) -> None:
    at.presenter.narrow(only="call")
    assert at.presenter.view.empty == "No site is like that."
    assert at.page.badge() == 0
    at.presenter.desk._door.site.clock.at = at.presenter.desk._door.site.clock.at.replace(day=20)  # type: ignore[attr-defined]
    at.presenter.refresh()
    at.until(lambda: not at.presenter.view.running)
    assert [line.state for line in at.presenter.view.lines] == ["call the site"]
    assert at.page.badge() == 1
    at.presenter.narrow(only="all", typed="nowhere")
    assert not at.presenter.view.lines
    at.presenter.narrow(typed="therapy")
    at.look_near()
    assert "Nothing came for 15 days. Call the site." in at.words()


@pytest.mark.req("REQ-810")
def test_a_site_is_added_only_with_the_code_that_was_heard(centre: RealCentre, tmp_path: Path) -> None:
    stranger = JoinedSite(QuickSite(tmp_path / "site"), centre, known=False)
    with centre.open("admin") as opened:
        door = CentreDoor(centre.folder, centre.clock, cost=QUICK)
        door.site = opened.home
        texts = Texts("en", translations_folder())
        at = Workplace(opened.home.bus, opened.home.desk, opened.home.events, actor=opened.actor, texts=texts)
        added: list[bool] = []
        cards = CentreCards(at, CentreAtHand(door, opened.actor), lambda: added.append(True))
        cards.read(stranger.card)
        assert "JO01" in cards.view.read
        cards.add("0000 0000 0000 0000 0000")
        assert cards.view.problem
        assert not opened.sites()
        cards.add(cards.view.code.lower().replace(" ", ""))
        assert [one.code for one in opened.sites()] == ["JO01"]
        assert added == [True]
