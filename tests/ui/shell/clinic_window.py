"""A whole window on fakes, driven as a person drives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.study.pack import load_pack
from crfapp.study.study import Study
from crfapp.ui.entrance.login_page import LoginPage
from crfapp.ui.first_run.assistant import Assistant
from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.shell.frame import Frame
from crfapp.ui.shell.main_window import MainWindow
from tests.support.clinic import Clinic
from tests.support.entrance_fakes import PASSWORDS, FakeDoor

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.support.window_fakes import Workbench

F = TypeVar("F", bound=QWidget)
TINY = Path(__file__).parents[2] / "packs" / "tiny"


def tiny_clinic() -> Clinic:
    """A clinic on the small pack."""
    loaded = load_pack(TINY)
    assert loaded.pack is not None
    return Clinic(Study(loaded.pack))


@dataclass
class ClinicWindow:
    """One window, its runner and everything a test asks afterwards."""

    qtbot: QtBot
    bench: Workbench
    door: FakeDoor
    preferences: Preferences = field(default_factory=Preferences)
    window: MainWindow = field(init=False)
    jobs: JobRunner = field(init=False)

    def open(self) -> None:
        self.jobs = JobRunner()
        self.window = MainWindow(self.bench.parts(), self.jobs, self.preferences)
        self.window.resize(1280, 800)
        with self.qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def _face(self, kind: type[F]) -> F:
        self.qtbot.waitUntil(lambda: isinstance(self.window.centralWidget(), kind))
        return cast("F", self.window.centralWidget())

    @property
    def login(self) -> LoginPage:
        return self._face(LoginPage)

    @property
    def frame(self) -> Frame:
        return self._face(Frame)

    @property
    def assistant(self) -> Assistant:
        return self._face(Assistant)

    def types(self, login: str, password: str) -> None:
        """Somebody types both and presses Enter."""
        page = self.login
        page.name.setText(login)
        self.qtbot.waitUntil(page.enter.isEnabled)
        page.password.line.setFocus()
        page.password.line.clear()
        QTest.keyClicks(page.password.line, password)
        QTest.keyClick(page.password.line, Qt.Key.Key_Return)

    def comes_in(self, login: str = "rania") -> Frame:
        self.types(login, PASSWORDS[login])
        return self.frame

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key on the window, wherever the keyboard is."""
        focused = QApplication.focusWidget()
        QTest.keyClick(focused or self.window, key, modifier)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
