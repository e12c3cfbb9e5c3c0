"""What holds for every test: no display, no machine's own time zone or notes, no unknown requirement."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[1] / "docs" / "validation" / "requirements.txt"

# before anything imports Qt
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# what the machine notes about sites is the run's own, and goes with it
_STATE = tempfile.mkdtemp(prefix="crfapp-state-")
atexit.register(shutil.rmtree, _STATE, ignore_errors=True)
os.environ["CRFAPP_STATE"] = _STATE

# A zone that no site of ours is in: what reads the machine's zone where it should ask the site's
# comes out 12 hours and 45 minutes wrong, on every machine alike.
os.environ["TZ"] = "<+1245>-12:45"
if hasattr(time, "tzset"):
    time.tzset()


def known_requirements() -> frozenset[str]:
    """The numbers that a mark may name."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines if line and not line.startswith("#"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fail the run when a test names a requirement that is not on the list, or names none."""
    known = known_requirements()
    wrong = []
    for item in items:
        for mark in item.iter_markers("req"):
            unknown = [str(number) for number in mark.args if number not in known]
            if unknown or not mark.args:
                wrong.append(f"{item.nodeid}: {', '.join(unknown) or 'no number'}")
    if wrong:
        raise pytest.UsageError(f"not in {REQUIREMENTS.name}: " + "; ".join(wrong))
