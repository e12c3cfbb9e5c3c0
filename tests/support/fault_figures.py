"""What the tests of faults found, as figures: a file for each; ``python -m tools.faults`` makes them a page.

A short run is part of ``make test``; ``make faults`` sets ``CRFAPP_FAULTS=full`` and counts to the end.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

FULL = os.environ.get("CRFAPP_FAULTS", "") == "full"
FOLDER = Path(__file__).parents[2] / "build" / "faults"


def many(short: int, full: int) -> int:
    """How often to try: ``short`` in an everyday run, ``full`` where the figures are wanted."""
    return full if FULL else short


@dataclass(frozen=True)
class Figure:
    """What one fault did to the program, and to its sabotaged twin.

    ``goal`` is a number of the list of faults (T-01). ``what`` says the fault and the work it struck, in a
    few words. Of ``tried`` tries ``bad`` broke the promise (an acknowledged value lost, a refusal without
    words, a crash): always 0, or the test fails. ``twin`` says which safeguard the twin is without; of its
    ``twin_tried`` tries ``twin_bad`` broke the promise: more than 0, or the fault injects nothing.
    ``more`` is what else was counted, in words.
    """

    goal: str
    what: str
    tried: int
    bad: int
    twin: str = ""
    twin_tried: int = 0
    twin_bad: int = 0
    more: str = ""


def note(figure: Figure) -> None:
    """Leave the figure for the page; a later one of the same fault takes its place."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", f"{figure.goal} {figure.what}".lower()).strip("-")[:120]
    told = {**asdict(figure), "full": FULL}
    (FOLDER / f"{name}.json").write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
