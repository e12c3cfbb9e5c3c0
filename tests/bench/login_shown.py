"""From the start of the process until the login window is painted, offscreen and on a real X server.

Beside it stands what an empty Qt window costs from the same interpreter. The runs take turns; the first
of each, which warms the disk's cache and compiles what an installed program brings compiled, does not count.
``cpu`` is the processor time of the whole process: other programs on the machine do not lengthen it as much.
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

from tests.bench._kept import Kept, Limit
from tests.support.display import virtual_display, why_no_display
from tests.support.real_site import flagship_site, surroundings

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUNDS = 9
PROGRAM = Path(__file__).with_name("_first_paint.py")
GOAL_MS = 500
FIGURES = tuple(
    Kept(
        f"start of the process to the login painted, {words}",
        f"{platform}/login/{figure}",
        "ms",
        Limit(f"{platform}/empty_qt_window/{figure}", "an empty Qt window"),
        goal=GOAL_MS,
        compared=figure == "cpu",  # a wait for a core is nobody's fault here
    )
    for platform, figure, words in (
        ("offscreen", "median", "offscreen"),
        ("offscreen", "cpu", "processor time, offscreen"),
        ("xcb", "median", "on an X server"),
    )
)


def start(around: Mapping[str, str], *words: str) -> tuple[float, float]:
    """Milliseconds of wall and of the processor from the start of the process to its first painted window."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(PROGRAM), *words], env=around, capture_output=True, text=True, check=True
    )
    there, used = map(float, done.stdout.split())
    return 1000 * (there - begin), 1000 * used


def both(runs: list[tuple[float, float]]) -> dict[str, float]:
    """Median and range of wall time, and the median of processor time."""
    wall, cpu = zip(*runs, strict=True)
    return {**figures(list(wall)), "cpu": round(median(cpu), 1)}


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
                compiled = {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
                shown_on = {"QT_QPA_PLATFORM": platform, "DISPLAY": display}
                around = surroundings(folder / "home", **shown_on, **compiled)
                ours: list[tuple[float, float]] = []
                bare: list[tuple[float, float]] = []
                for _ in range(rounds + 1):
                    ours.append(start(around, str(folder / "site")))
                    bare.append(start(around))
                found[platform] = {"login": both(ours[1:]), "empty_qt_window": both(bare[1:])}
    return found


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
