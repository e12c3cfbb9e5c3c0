"""A display of its own for a test that shows a real window: Xvfb, and xdotool to look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = ("Xvfb", "xdotool")


def why_no_display() -> str | None:
    """What is missing to show a window, in words; None if it is all there."""
    missing = [program for program in NEEDED if shutil.which(program) is None]
    return f"not installed: {', '.join(missing)}" if missing else None


@contextmanager
def virtual_display(size: str = "1400x900x24") -> Iterator[str]:
    """The name of a fresh display (``:7``), gone when the block ends."""
    reading, writing = os.pipe()
    # without -noreset it begins anew whenever its last client leaves, and refuses the next one meanwhile
    command = ["Xvfb", "-noreset", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as said:
            number = said.readline().strip()  # it says the number when it can be connected to
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def visible_windows(display: str, pid: int) -> dict[str, str]:
    """The windows that a process shows: id -> title."""
    found = _asked(display, "search", "--onlyvisible", "--pid", str(pid)).split()
    return {window: _asked(display, "getwindowname", window).strip() for window in found}


def _asked(display: str, *words: str) -> str:
    environment = {**os.environ, "DISPLAY": display}
    return subprocess.run(
        ["xdotool", *words], env=environment, capture_output=True, text=True, timeout=20, check=False
    ).stdout
