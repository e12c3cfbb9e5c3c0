"""A person at the keyboard of a real X server without a screen: real keys, and no mouse at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.support.display import why_no_display
from tests.support.waiting import wait_until

START_SECONDS = 20
CALM = 4
"""So many looks at a program in a row must find it doing nothing before it counts as waiting for a key."""


def why_absent() -> str | None:
    """What is missing to drive a window by its keyboard, in words; None if it is all there."""
    if shutil.which("setxkbmap") is None:
        return "not installed: setxkbmap"
    return why_no_display() if Path("/proc/self/task").is_dir() else "this system has no /proc"


class Hands:
    """A person at the keyboard of a display, in front of one program. There is no mouse."""

    def __init__(self, name: str, program: subprocess.Popen[bytes]) -> None:
        self._program = program
        self._display = {**os.environ, "DISPLAY": name}

    def press(self, *keys: str) -> None:
        """Press keys or chords one after the other, named as X names them; then see what comes of it."""
        self.send(*keys)
        self.look()

    def send(self, *keys: str) -> None:
        """Press keys and look away: the program may end over them."""
        self._run("xdotool", "key", "--delay", "1", *keys)

    def type(self, text: str) -> None:
        """Type what stands on the keyboard; then see what comes of it."""
        self._run("xdotool", "type", "--delay", "1", "--", text)
        self.look()

    def enter(self, text: str) -> None:
        """Type something and go on with Enter."""
        self.type(text)
        self.press("Return")

    def use_keyboard(self, layout: str, variant: str = "") -> None:
        """Switch to another country's keyboard, as the system's own switch does."""
        self._run("setxkbmap", "-layout", layout, "-variant", variant)
        self.look()

    def look(self) -> None:
        """Wait until the program has done everything that was asked and sits waiting for the next key."""
        before, calm = "", 0

        def waits() -> bool:
            nonlocal before, calm
            assert self._program.poll() is None, f"the program ended: {self._program.returncode}"
            now, resting = _activity(self._program.pid)
            calm = calm + 1 if resting and now == before else 0
            before = now
            return calm >= CALM

        wait_until(waits, what="the program to come to rest", seconds=60)

    def _run(self, *words: str) -> None:
        subprocess.run(words, env=self._display, check=True, capture_output=True, timeout=30)


def _activity(process: int) -> tuple[str, bool]:
    """The processor time that the threads of a process have had, and whether all of them sleep."""
    spent, states = [], set()
    for task in sorted(Path(f"/proc/{process}/task").iterdir()):
        try:
            fields = (task / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # a thread that has just ended
            return "", False
        states.add(fields[0])
        spent.append(f"{task.name}:{fields[11]}+{fields[12]}")
    return " ".join(spent), states == {"S"}


def give_keyboard(name: str, title: str) -> None:
    """Wait for a window and give it the keyboard: there is no window manager that would."""

    def given() -> bool:
        words = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}$", "windowfocus", "--sync"]
        asked = subprocess.run(
            words, env={**os.environ, "DISPLAY": name}, capture_output=True, check=False, timeout=30
        )
        return asked.returncode == 0

    wait_until(given, what=f"the window {title}", seconds=START_SECONDS)
