"""What holds for every test: no display, no machine's own time zone or notes, no unknown requirement.

A full run leaves its results under ``build/``, where ``tools/traceability.py`` reads them.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import json
import os
import shutil
import tempfile
import time
from itertools import count
from pathlib import Path

import pytest

from crfapp import __version__

OUTCOMES = "build/test-results.json"
"""Where a full run leaves how each test came out, from the project's folder; never committed."""
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

_MACHINES = count(1)


@pytest.fixture(autouse=True)
def _machine_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that copies a site's folder works on two machines, not on a site put back."""
    monkeypatch.setenv("CRFAPP_STATE", f"{_STATE}/{next(_MACHINES)}")


def pytest_collection_finish() -> None:
    """What was imported stays to the end: not looked through again and again for what could be freed.

    With the usual thresholds a quarter of a run's processor time went into that.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


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


# ---- what came of a full run

_outcomes: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep how a test came out: it passed if nothing of it failed, before, in or after it."""
    if report.failed or (report.when == "call" and _outcomes.get(report.nodeid) != "failed"):
        _outcomes[report.nodeid] = report.outcome
    elif report.skipped:
        _outcomes[report.nodeid] = "skipped"


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Leave the results of a run of everything; those of a part would pass for more than they are."""
    gc.collect()
    gc.freeze()  # pytest looks for what nobody freed five times more
    config = session.config
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    chosen = config.getoption("keyword") or config.getoption("markexpr") or config.getoption("deselect")
    ended = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and len(_outcomes) > 0
    a_part = hasattr(config, "workerinput")  # of a run on several cores: the first process hears of all
    if not whole or chosen or not ended or a_part or config.getoption("collectonly"):
        return
    told = {
        "version": __version__,
        "ended": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "sources": sources_hash(config.rootpath),
        "outcomes": _outcomes,
    }
    place = config.rootpath / OUTCOMES
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps(told, indent=1), encoding="utf-8")


def sources_hash(root: Path) -> str:
    """SHA-256 over the program, the packs and the tests: says whether results are those of these sources."""
    told = hashlib.sha256()
    for folder in ("crfapp", "forms", "tests"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                told.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()
