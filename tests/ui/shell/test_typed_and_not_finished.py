"""Two people at one workstation: nothing that one of them typed is ever taken for the other's."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from crfapp.present.address import Address
from crfapp.present.unfinished import Unfinished, read_back, written
from crfapp.ui.preferences import Preferences
from crfapp.ui.shell.frame import Frame
from tests.support.entrance_fakes import PASSWORDS, FakeDoor

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.login import Leaving
    from crfapp.ui.entrance.login_page import LoginPage
    from tests.support.window_fakes import FakePage
    from tests.ui.shell.clinic_window import ClinicWindow

pytestmark = pytest.mark.req("REQ-212", "REQ-213")

SWITCHES = 1000
PATIENCE_MS = 20_000
LETTERS = {"rania": "abcdefgh", "admin": "12345678"}
"""What each of the two types: a text tells by itself whose it is."""

WAYS: tuple[Leaving, ...] = ("idle", "idle", "lock", "switch", "limit")


class Workstation:
    """The window in the hands of two people; what was recorded is written down with the person then inside.

    ``standing`` is what each has typed and not left, to the character; ``wrong`` grows where the window
    shows somebody anything else.
    """

    def __init__(self, clinic_window: ClinicWindow) -> None:
        self._window = clinic_window.window
        self._bench = clinic_window.bench
        self._chance = random.Random(2025)  # noqa: S311 - the same each time
        self.inside = ""
        self.recorded: list[tuple[str, str]] = []
        self.standing = dict.fromkeys(LETTERS, "")
        self.wrong: list[tuple[str, str, str]] = []

    @property
    def page(self) -> FakePage:
        return self._bench.pages["today"]

    def day(self, switches: int) -> None:
        """They take turns as it happens; each types, sometimes leaves the field, and goes in some way."""
        for _ in range(switches):
            self._comes_in(self._chance.choice(tuple(LETTERS)))
            for _ in range(self._chance.randint(0, 2)):
                self._types()
            self._goes(self._chance.choice(WAYS))

    def strangers(self) -> list[tuple[str, str]]:
        """Texts recorded in the name of somebody who did not type all of it."""
        return [(who, text) for who, text in self.recorded if not set(text) <= set(LETTERS[who])]

    def _comes_in(self, login: str) -> None:
        page = cast("LoginPage", self._window.centralWidget())
        page.name.setText(login)
        page.password.line.setText(PASSWORDS[login])
        page.enter.click()
        until(lambda: isinstance(self._window.centralWidget(), Frame))
        self.inside = login
        shown = self.page.line.text()
        if shown != self.standing[login]:
            self.wrong.append((login, shown, self.standing[login]))

    def _types(self) -> None:
        letters = "".join(self._chance.choices(LETTERS[self.inside], k=self._chance.randint(1, 3)))
        line = self.page.line
        line.setFocus()
        line.end(False)
        QTest.keyClicks(line, letters)
        self.standing[self.inside] += letters

    def _goes(self, how: Leaving) -> None:
        page = self.page
        self._window.lock(how)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.recorded += [(page.workplace.actor.login, text) for text in page.saved]
        if how not in ("idle", "limit"):
            self.standing[self.inside] = ""  # the field was left, as one leaves a field


def until(holds: Callable[[], bool]) -> None:
    """Let the window live until something holds; a thousand waits of pytest-qt's would take minutes."""
    waited = QElapsedTimer()
    waited.start()
    while not holds():
        assert waited.elapsed() < PATIENCE_MS, "the window did not get there"
        QTest.qWait(1)


@pytest.fixture
def workstation(closed: ClinicWindow) -> Workstation:
    """One light page for each who comes in."""
    closed.bench.titles = ("Today",)
    closed.open()
    return Workstation(closed)


def test_a_thousand_changes_of_user_take_nothing_for_the_other_persons(workstation: Workstation) -> None:
    workstation.day(SWITCHES)
    assert workstation.wrong == []
    assert workstation.strangers() == []
    assert {login for login, _ in workstation.recorded} == set(LETTERS)
    assert len(workstation.recorded) > SWITCHES / 10


def test_with_one_drawer_for_everybody_the_same_day_would_end_otherwise(
    closed: ClinicWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: what is kept is handed to whoever comes in next."""
    monkeypatch.setattr(FakeDoor, "keep", lambda door, typed: door.drawers.update(all=typed))
    monkeypatch.setattr(FakeDoor, "kept", lambda door: door.drawers.get("all", ""))
    closed.bench.titles = ("Today",)
    closed.open()
    workstation = Workstation(closed)
    workstation.day(40)
    assert workstation.wrong
    assert workstation.strangers()


def test_without_setting_aside_half_an_answer_would_be_recorded_or_lost(
    workstation: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sabotage: the window goes with whatever stands in its fields."""
    monkeypatch.setattr(Frame, "set_aside", lambda _frame: [])
    workstation.day(40)
    assert workstation.wrong


def test_what_is_half_typed_when_nobody_is_there_is_not_recorded_and_comes_back(
    clinic_window: ClinicWindow,
) -> None:
    clinic_window.comes_in()
    page = clinic_window.bench.pages["today"]
    page.line.setFocus()
    QTest.keyClicks(page.line, "84 /")
    clinic_window.window.lock("idle")
    clinic_window.qtbot.waitUntil(lambda: clinic_window.door.left == ["idle"])
    assert page.saved == []
    clinic_window.qtbot.waitUntil(lambda: not clinic_window.window.findChildren(QLineEdit, "gone"))
    clinic_window.comes_in()
    back = clinic_window.bench.pages["today"]
    assert back is not page
    assert back.line.text() == "84 /"
    QTest.keyClicks(back.line, " 60")
    QTest.keyClick(back.line, Qt.Key.Key_Return)
    assert back.saved == ["84 / 60"]
    clinic_window.window.doorway.remember()
    assert clinic_window.door.drawers == {"rania": ""}


def test_what_stands_in_a_field_is_kept_while_it_is_typed(clinic_window: ClinicWindow) -> None:
    """The plug may be pulled: what was typed until some seconds ago waits for the next start."""
    clinic_window.comes_in()
    page = clinic_window.bench.pages["today"]
    page.line.setFocus()
    QTest.keyClicks(page.line, "84 /")
    until(
        lambda: (
            read_back(clinic_window.door.drawers.get("rania", "")) == (Unfinished(page.address(), "84 /"),)
        )
    )
    assert page.saved == []
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    until(lambda: clinic_window.door.drawers["rania"] == "")


def test_what_was_typed_when_the_program_was_closed_waits_for_its_next_start(
    closed: ClinicWindow,
) -> None:
    closed.open()
    closed.comes_in()
    typed = Unfinished(Address("today"), "half a sent")
    closed.door.drawers["rania"] = written([typed])
    closed.window.lock("logout")
    closed.comes_in("admin")
    assert closed.bench.pages["today"].line.text() == ""
    closed.window.lock("logout")
    closed.comes_in("rania")
    assert closed.bench.pages["today"].line.text() == "half a sent"


def test_another_language_makes_the_pages_anew_and_loses_nothing(clinic_window: ClinicWindow) -> None:
    clinic_window.comes_in()
    page = clinic_window.bench.pages["today"]
    page.line.setFocus()
    QTest.keyClicks(page.line, "84")
    page.line.blockSignals(True)  # leaving it does not record it, as where it is refused
    clinic_window.window.prefer(Preferences(language="ar"))
    assert clinic_window.bench.pages["today"] is not page
    assert clinic_window.bench.pages["today"].line.text() == "84"


@pytest.mark.parametrize("kept", ["", "{", "[1]", '[{"at": {"nowhere": 1}, "typed": "x"}]', '[{"at": {}}]'])
def test_what_cannot_be_read_is_nothing(kept: str) -> None:
    assert read_back(kept) == ()
