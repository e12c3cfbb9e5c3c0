"""Pictures of the window: for the README, for whoever judges a change, for the tests' eyes."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, Qt, QTimer, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from crfapp.ui.jobs import JobRunner
from crfapp.ui.preferences import Preferences
from crfapp.ui.running import HEIGHT, WIDTH, application
from crfapp.ui.shell.frame import Frame
from crfapp.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from crfapp.present.address import Address
    from crfapp.ui.shell.parts import WindowParts
    from crfapp.ui.theme import ThemeName

_KEYS = {
    "Ctrl+K": (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
    "?": (Qt.Key.Key_Question, Qt.KeyboardModifier.NoModifier),
    "F1": (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
}
_SETTLES_MS = 120
_OPENS_MS = 600
_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Look:
    """One way the window can look; ``name`` ends the file names."""

    language: str
    theme: ThemeName
    scale: float

    @property
    def name(self) -> str:
        """``en-light-100``."""
        return f"{self.language}-{self.theme}-{round(self.scale * 100)}"


@dataclass(frozen=True, slots=True)
class Station:
    """One place to take a picture of; ``keys`` are typed there first (``Ctrl+K``, ``?``, ``F1``)."""

    name: str
    at: Address
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Tour:
    """What one person goes round."""

    login: str
    password: str
    stations: tuple[Station, ...]


def picture_site(parts: WindowParts, tours: Sequence[Tour], looks: Iterable[Look], out: Path) -> list[Path]:
    """Everybody logs in and goes round; one picture a station and look, and of the locked door."""
    application()
    quiet_platform()
    out.mkdir(parents=True, exist_ok=True)
    window = _window(parts)
    taken: list[Path] = []
    for look in looks:
        window.prefer(preferences_of(look))
        taken.append(_take(window, out / f"login-{look.name}.png"))
        for tour in tours:
            _log_in(window, tour.login, tour.password)
            for station in tour.stations:
                taken.append(_at(window, station, out / f"{station.name}-{look.name}.png"))
            window.lock()
        taken.append(_take(window, out / f"locked-{look.name}.png"))
    window.close()
    return taken


def picture_first_run(parts: WindowParts, looks: Iterable[Look], out: Path) -> list[Path]:
    """The first page that a new workstation shows."""
    application()
    quiet_platform()
    out.mkdir(parents=True, exist_ok=True)
    window = _window(parts)
    taken: list[Path] = []
    for look in looks:
        window.prefer(preferences_of(look))
        taken.append(_take(window, out / f"first-run-{look.name}.png"))
    window.close()
    return taken


def _window(parts: WindowParts) -> MainWindow:
    jobs = JobRunner()
    window = MainWindow(parts, jobs, Preferences())
    jobs.setParent(window)
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.activateWindow()
    settle()
    return window


def preferences_of(look: Look) -> Preferences:
    """What somebody would have chosen to see the window in a look."""
    return replace(Preferences(), language=look.language, theme=look.theme, scale=look.scale)


def _at(window: MainWindow, station: Station, path: Path) -> Path:
    frame = window.centralWidget()
    if isinstance(frame, Frame):
        frame.go(station.at)
    settle()
    if station.keys:
        QTest.keyClick(_target(window, station.keys), *_key(station.keys))
    taken = _take(window, path)
    if station.keys:
        focused = QApplication.focusWidget() or window
        QTest.keyClick(focused, Qt.Key.Key_Escape)
    return taken


def _target(window: MainWindow, keys: str) -> QWidget:
    """Help is the page's where no question is in focus; other keys are the window's."""
    frame = window.centralWidget()
    return frame if keys == "F1" and isinstance(frame, Frame) else window


def _key(text: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    return _KEYS[text]


def _log_in(window: MainWindow, login: str, password: str) -> None:
    """By keyboard, as a person does; whoever locked before is asked for the password alone."""
    for _attempt in range(_PATIENCE):
        if isinstance(window.centralWidget(), Frame):
            return
        lines = [line for line in window.findChildren(QLineEdit) if line.isVisible() and line.isEnabled()]
        for line in lines:
            secret = line.echoMode() == QLineEdit.EchoMode.Password
            line.setFocus()
            line.clear()
            QTest.keyClicks(line, password if secret else login)
            QTest.keyClick(line, Qt.Key.Key_Return)
        settle(_OPENS_MS)


def _take(window: MainWindow, path: Path) -> Path:
    settle()
    for _ in range(_PATIENCE):  # what is looked up in the meantime belongs into the picture
        if all(jobs.idle for jobs in window.findChildren(JobRunner)):
            break
        settle(_OPENS_MS)
    window.grab().save(str(path))
    return path


def quiet_platform() -> None:
    """Keep Qt's offscreen platform from saying at each window what it cannot do."""
    qInstallMessageHandler(_quiet)


def _quiet(_kind: object, _context: object, text: str) -> None:
    if "propagateSizeHints" not in text:
        sys.stderr.write(text + "\n")


def settle(milliseconds: int = _SETTLES_MS) -> None:
    """Let the window do what it has to do."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
