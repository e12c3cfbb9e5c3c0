"""The real window in a program of its own, with a nurse who does what a test tells her."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from tests.support.real_site import surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Seen:
    """What stands in the field, and whether it is recorded; the sentences below it; codes of the bands above.

    ``saved`` are the words of the status bar, ``seconds`` how long the window was busy with the last key.
    """

    field: str
    shown: str
    said: tuple[str, ...]
    bands: tuple[str, ...]
    saved: str
    seconds: float

    @property
    def recorded(self) -> bool:
        return self.field != "" and self.field == self.shown


class ToldWindow:
    """Opened on a site whose nurse logs in; ``prefix`` is put before the command."""

    def __init__(self, site: Path, home: Path, prefix: Sequence[str] = (), *look: str) -> None:
        self._said_besides = (home.parent / f"{home.name}.err").open("w", encoding="utf-8")
        state = {"CRFAPP_STATE": str(home / "machine"), "QT_QPA_PLATFORM": "offscreen"}
        self._program = subprocess.Popen(
            [*prefix, sys.executable, "-m", "tests.faults.window_program", str(site), *look],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said_besides,
            env=surroundings(home, **state),
            text=True,
        )
        self.seen = self._next()

    @property
    def pid(self) -> int:
        return self._program.pid

    def type(self, item: str, text: str) -> Seen:
        return self._told(f"type {item} {text}")

    def enter(self) -> Seen:
        return self._told("enter")

    def be_patient(self, milliseconds: int) -> Seen:
        return self._told(f"patience {milliseconds}")

    def picture(self, file: Path) -> Seen:
        return self._told(f"picture {file}")

    def close(self) -> bool:
        """Whether it closed in peace."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write("quit\n")
        self._program.stdin.close()
        told = json.loads(self._program.stdout.readline() or "{}")
        self._program.stdout.close()
        return bool(told.get("closed")) and self._program.wait(60) == 0

    def _told(self, line: str) -> Seen:
        assert self._program.stdin is not None
        self._program.stdin.write(line + "\n")
        self._program.stdin.flush()
        self.seen = self._next()
        return self.seen

    def _next(self) -> Seen:
        assert self._program.stdout is not None
        line = self._program.stdout.readline()
        assert line, "the window ended"
        told: dict[str, Any] = json.loads(line)
        return Seen(
            told["field"],
            told["shown"],
            tuple(told["said"]),
            tuple(told["bands"]),
            told["saved"],
            told["seconds"],
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._program.poll() is None:
            self._program.kill()
            self._program.wait()
        for pipe in (self._program.stdin, self._program.stdout, self._said_besides):
            if pipe is not None and not pipe.closed:
                pipe.close()
