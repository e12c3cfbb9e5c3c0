"""A day in the app by each person, driven on the real window: ``python -m tools.days ROLE... --demo DEMO``.

``docs/days/<role>.yaml`` is the script: its prose is what a person reads (``docs/days/<role>.md`` is made of
it by ``--page``), its acts are what this does in the person's place, on a copy of a demo site. Each step may
leave a picture, in every look asked for. What a step expects and does not find is printed, and the exit
status is 1: a script that no longer fits the window is noticed.

A step::

    - say: Open today's page of injections.          # what the person does
      see: Everybody who comes today stands there.   # what has to be seen
      do:
        - go: {page: casebook, subject: JO01-003, visit: V_SCR, form: DM, item: SEX}  # or subject: here
        - press: Ctrl+Return
        - type: "{password}"       # {password} and {login} of who is in; {scratch} a folder for files
        - click: Complete          # the words on a button, in English; found in the window's language
        - focus: User name         # a field by its accessible name, in English
        - wait: 1500               # milliseconds, where something takes its time
        - enter: weber             # lock, and come in as somebody else
      expect: ["Saved {time}"]     # texts of the program in English; {…} stands for anything
      picture: injection-day
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from crfapp.bootstrap.demo import FLAGSHIP
from crfapp.bootstrap.ground import SystemClock, forms_folder
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD, known_password
from crfapp.bootstrap.screens import Found, subjects_of
from crfapp.bootstrap.window import texts_in, window_parts
from crfapp.present.address import Address
from crfapp.present.texts import ISOLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.ui.picturing import Look
    from crfapp.ui.shell.main_window import MainWindow

DAYS = Path(__file__).parents[1] / "docs" / "days"
ROLES = ("nurse", "investigator", "monitor", "data-manager", "administrator")
_TICK_MS = 160
_PATIENCE = 150
"""So many looks at a running job before going on without its end."""

_WANT_TEXT = ("text", "accessibleName", "toolTip")


def script_of(role: str) -> dict[str, Any]:
    """What a role's day is, as written."""
    read: dict[str, Any] = yaml.safe_load((DAYS / f"{role}.yaml").read_text(encoding="utf-8"))
    return read


def page_of(script: Mapping[str, Any]) -> str:
    """The day as a person reads it."""
    lines = [f"# {script['title']}", "", str(script["about"]).strip(), ""]
    for number, step in enumerate(script["steps"], start=1):
        lines.append(f"{number}. {str(step['say']).strip()}")
        if step.get("see"):
            lines.append(f"   *Seen:* {str(step['see']).strip()}")
    return "\n".join(lines) + "\n"


_VITALS = "forms/vs.yaml"
_RESTED = '{item: VSREST, ask: Minutes of rest before, type: integer, when: VSPERF == "Y", source: D}'
AMENDMENTS = {
    "amendment": [
        ("study.yaml", "version: 1.0.0", "version: 1.1.0"),
        (_VITALS, "      - item: SYSBP_VSORRES", f"      - {_RESTED}\n      - item: SYSBP_VSORRES"),
    ],
    "no-amendment": [
        ("study.yaml", "version: 1.0.0", "version: 1.1.0"),
        (_VITALS, "type: integer", "type: text"),
    ],
}
"""Packs that scripts choose: folder -> what is another in it than in the study of the demo."""


class Day:
    """One person's day in one look; all is done from the event loop, so that a dialog stops nothing."""

    def __init__(self, script: Mapping[str, Any], site: Path, look: Look, out: Path) -> None:
        from crfapp.ui.jobs import JobRunner
        from crfapp.ui.picturing import preferences_of
        from crfapp.ui.shell.main_window import MainWindow

        self.script, self.look, self.out = script, look, out
        self.login = str(script["login"])
        self.say = texts_in(look.language)
        self.known: dict[str, Found] = subjects_of(site.parent / "site", known_password("rania"))
        self.jobs = JobRunner()
        self.window: MainWindow = MainWindow(
            window_parts(site, SystemClock()), self.jobs, preferences_of(look)
        )
        self.missed: list[str] = []
        self.acts: deque[Callable[[], None]] = deque()
        self.looks = 0

    def live(self) -> list[str]:
        """From the first step to the last; what was expected and not there."""
        from PySide6.QtCore import QEventLoop, QTimer

        from crfapp.ui.running import HEIGHT, WIDTH

        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        self.window.activateWindow()
        self.acts.extend(self._all_acts())
        loop = QEventLoop()
        self.acts.append(loop.quit)
        QTimer.singleShot(_TICK_MS, self._tick)
        loop.exec()
        self.window.close()
        self.jobs.stop()
        return self.missed

    def _tick(self) -> None:
        from PySide6.QtCore import QTimer

        if self.jobs.busy and self.looks < _PATIENCE:
            self.looks += 1
            QTimer.singleShot(_TICK_MS, self._tick)
            return
        self.looks = 0
        if self.acts:
            act = self.acts.popleft()
            QTimer.singleShot(_TICK_MS, self._tick)  # before the act: it may open a dialog that waits
            act()

    def _all_acts(self) -> Iterator[Callable[[], None]]:
        if self.script.get("begin") != "nothing":
            yield from self._coming_in(self.login)
        for number, step in enumerate(self.script["steps"], start=1):
            for act in step.get("do", ()):
                ((what, wanted),) = act.items()
                yield from self._acts_of(what, wanted, number)
            for text in step.get("expect", ()):
                yield partial(self._expect, text, number)
            if step.get("picture"):
                yield from [lambda: None] * 2  # long work may have eaten the time in which a page is laid out
                yield partial(self._picture, f"{number:02d}-{step['picture']}")

    def _acts_of(self, what: str, wanted: Any, number: int) -> Iterator[Callable[[], None]]:
        simple: dict[str, Callable[[Any], None]] = {
            "type": self._type,
            "go": self._go,
            "click": partial(self._find, what, number),
            "focus": partial(self._find, what, number),
            "size": lambda size: self.window.resize(*size),
        }
        if what == "wait":
            yield from [lambda: None] * (int(wanted) // _TICK_MS)
        elif what == "press":
            for keys in wanted if isinstance(wanted, list) else [wanted]:
                yield partial(self._press, str(keys))
        elif what == "enter":
            yield partial(self.window.lock, "switch")
            yield from self._coming_in(str(wanted))
        else:
            yield partial(simple[what], wanted)

    def _coming_in(self, login: str) -> Iterator[Callable[[], None]]:
        def enter() -> None:
            from PySide6.QtCore import Qt
            from PySide6.QtTest import QTest
            from PySide6.QtWidgets import QLineEdit

            self.login = login
            for line in self.window.findChildren(QLineEdit):
                if line.isVisible() and line.isEnabled():
                    secret = line.echoMode() == QLineEdit.EchoMode.Password
                    line.setFocus()
                    line.clear()
                    QTest.keyClicks(line, self.password if secret else login)
                    QTest.keyClick(line, Qt.Key.Key_Return)

        yield lambda: None
        yield enter
        yield partial(self._until_in, 4 * _PATIENCE)

    def _until_in(self, more: int) -> None:
        """A password takes its time; whoever has steps to take first is not waited for for ever."""
        from crfapp.ui.shell.frame import Frame

        if more and not isinstance(self.window.centralWidget(), Frame):
            self.acts.appendleft(partial(self._until_in, more - 1))

    @property
    def password(self) -> str:
        """Of whoever is in."""
        return ADMINISTRATOR_PASSWORD if self.login == ADMINISTRATOR else known_password(self.login)

    def _front(self) -> QWidget:
        from PySide6.QtWidgets import QApplication

        return QApplication.activeModalWidget() or self.window

    def _target(self) -> QWidget:
        from PySide6.QtWidgets import QApplication

        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._front()

    def _press(self, keys: str) -> None:
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        chord = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(self._target(), chord.key(), chord.keyboardModifiers())

    def _type(self, text: str) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClicks(self._target(), self._filled(text))

    def _filled(self, text: str) -> str:
        return text.format(password=self.password, login=self.login, scratch=self.out)

    def _go(self, to: dict[str, Any]) -> None:
        from crfapp.ui.shell.frame import Frame

        found = self.known.get(str(to.get("subject", "")))
        if found is not None:
            to = {
                **to,
                "subject": found.subject,
                "row": found.lesions.get(to.get("row", ""), to.get("row", "")),
            }
        frame = self.window.centralWidget()
        if isinstance(frame, Frame):
            if to.get("subject") == "here":
                to["subject"] = frame.address.subject
            frame.go(Address(**to))
        else:
            self.missed.append(f"nobody is in: cannot go to {to}")

    def _find(self, what: str, number: int, wanted: str) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QAbstractButton

        self._front().activateWindow()  # a dialog that closed leaves no window active offscreen
        pattern = self._pattern(wanted)
        for widget, texts in self._said():
            fits = isinstance(widget, QAbstractButton) if what == "click" else widget.focusPolicy()
            if fits and widget.isEnabled() and any(pattern.fullmatch(text) for text in texts):
                if what == "click":
                    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
                else:
                    widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.missed.append(f"step {number}: nothing to {what}: {wanted}")

    def _expect(self, wanted: str, number: int) -> None:
        pattern = self._pattern(wanted)
        if not any(pattern.search(text) for _, texts in self._said() for text in texts):
            self.missed.append(f"step {number}: not seen: {wanted}")

    def _pattern(self, wanted: str) -> re.Pattern[str]:
        """A text of the program in the window's language; ``{…}`` stands for anything."""
        said = self.say(wanted).translate(ISOLATES).replace("&", "")
        parts = [re.escape(part) for part in re.split(r"\{[^}]*\}", said)]
        return re.compile(".*".join(parts), re.DOTALL)

    def _said(self) -> Iterator[tuple[QWidget, list[str]]]:
        """Every widget that is to be seen, with what it says."""
        from PySide6.QtWidgets import QWidget

        for widget in self._front().findChildren(QWidget):
            if widget.isVisible():
                said = [
                    getattr(widget, name)() for name in _WANT_TEXT if callable(getattr(widget, name, None))
                ]
                yield widget, [str(text).translate(ISOLATES).replace("&", "") for text in said if text]

    def _picture(self, name: str) -> None:
        from PySide6.QtWidgets import QApplication

        self.out.mkdir(parents=True, exist_ok=True)
        self.window.grab().save(str(self.out / f"{name}.png"))
        for over in {self._front(), QApplication.activePopupWidget()} - {self.window, None}:
            if over is not None:
                over.grab().save(str(self.out / f"{name}-over.png"))


def lay_out(folder: Path) -> None:
    """What a script needs beside a site: a stick, an empty folder, a letter, an amendment and a pack that is
    none."""
    for name in ("stick", "empty"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "letter.txt").write_text("A letter, and no package.\n", encoding="utf-8")
    for name, changes in AMENDMENTS.items():
        shutil.copytree(forms_folder() / FLAGSHIP, folder / name, dirs_exist_ok=True)
        for file, before, after in changes:
            place = folder / name / file
            place.write_text(place.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")


def main(roles: Sequence[str], demo: Path, out: Path, looks: Sequence[str]) -> int:
    """Live the days; the number of things that were expected and not there."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from crfapp.ui.picturing import Look, quiet_platform
    from crfapp.ui.running import application

    application()
    quiet_platform()
    missed = 0
    for role in roles:
        for text in looks:
            language, theme, scale = text.split("-")
            look = Look(language, "dark" if theme == "dark" else "light", int(scale) / 100)
            folder = out / role / look.name
            with tempfile.TemporaryDirectory() as scratch:
                script = script_of(role)
                # what the machine knows of a site, and what somebody likes: a copy's own each time
                os.environ["CRFAPP_STATE"] = str(Path(scratch) / "state")
                os.environ["XDG_CONFIG_HOME"] = str(Path(scratch) / "config")
                begins = str(script.get("begin", "site"))
                for name in {"site", begins} - {"nothing"}:
                    shutil.copytree(demo / name, Path(scratch) / name)
                lay_out(folder)
                for line in Day(script, Path(scratch) / begins, look, folder).live():
                    sys.stdout.write(f"{role} {look.name}: {line}\n")
                    missed += 1
    return missed


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A day in the app by each person, on the real window.")
    parser.add_argument("roles", nargs="*", default=ROLES)
    parser.add_argument("--demo", type=Path, help="a folder that `crfapp demo` made; it is copied")
    parser.add_argument("--out", type=Path, default=Path("days"), help="where the pictures go")
    parser.add_argument("--looks", nargs="+", default=["en-light-100", "ar-dark-100"])
    parser.add_argument("--page", action="store_true", help="write docs/days/<role>.md and no more")
    return parser.parse_args()


if __name__ == "__main__":
    asked = _read_arguments()
    if asked.page:
        for name in asked.roles:
            (DAYS / f"{name}.md").write_text(page_of(script_of(name)), encoding="utf-8")
    elif len(asked.roles) * len(asked.looks) > 1:  # a process each: no window of before goes on in another
        each = [(role, look) for role in asked.roles for look in asked.looks]
        run = [sys.executable, "-m", "tools.days", "--demo", str(asked.demo), "--out", str(asked.out)]
        ends = [subprocess.call([*run, role, "--looks", look]) for role, look in each]  # noqa: S603
        sys.exit(any(ends))
    else:
        sys.exit(bool(main(asked.roles, asked.demo, asked.out.resolve(), asked.looks)))
