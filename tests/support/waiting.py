"""Waiting for what another program does, without sleeping: the condition decides, not the clock."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSE_SECONDS = 0.02


def wait_until(condition: Callable[[], object], *, what: str, seconds: float = 10.0) -> None:
    """Ask the condition until it holds; AssertionError that names ``what`` if it does not in time.

    For foreign processes and files. Inside a Qt test use ``qtbot.waitUntil``, which keeps the window alive.
    """
    pause = threading.Event()
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        pause.wait(PAUSE_SECONDS)
