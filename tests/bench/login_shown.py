"""From the start of the process until the login window is painted, offscreen and on a real X server.

Beside it stands what an empty Qt window costs from the same interpreter. The runs take turns; the first
of each, which warms the disk's cache, does not count.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.support.display import virtual_display, why_no_display
from tests.support.real_site import flagship_site, surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUNDS = 9
PROGRAM = Path(__file__).with_name("_first_paint.py")
GOAL_MS = 500


def start(around: Mapping[str, str], *words: str) -> float:
    """Milliseconds from the start of the process to its first painted window."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *words], env=around, capture_output=True, text=True, check=True
    )
    return 1000 * (float(done.stdout) - begin)


def figures(taken: list[float]) -> dict[str, float]:
    """Median and range."""
    return {"median": round(median(taken), 1), "min": round(min(taken), 1), "max": round(max(taken), 1)}


def measure(rounds: int = ROUNDS) -> dict[str, object]:
    """Milliseconds, by platform."""
    found: dict[str, object] = {"unit": "ms", "rounds": rounds, "goal": GOAL_MS}
    absent = why_no_display()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        flagship_site(folder / "site")
        with nullcontext("") if absent else virtual_display() as screen:
            platforms = {"offscreen": ""} if absent else {"offscreen": "", "xcb": screen}
            for platform, display in platforms.items():
                around = surroundings(folder / "home", QT_QPA_PLATFORM=platform, DISPLAY=display)
                ours: list[float] = []
                bare: list[float] = []
                for _ in range(rounds + 1):
                    ours.append(start(around, str(folder / "site")))
                    bare.append(start(around))
                found[platform] = {"login": figures(ours[1:]), "empty_qt_window": figures(bare[1:])}
    return found


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
