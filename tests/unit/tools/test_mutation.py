"""The tool that counts mutants finds tests that find nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.mutants import Module

ROOT = Path(__file__).parents[3]

DOSES = """\
class Doses:
    def __init__(self, given):
        self.given = given

    def enough(self, planned):
        \"\"\"Whether all were given.\"\"\"
        return self.given >= planned
"""
ASKS = """\
from doses import Doses


def test_it():
    assert Doses(2).enough(2)
    assert not Doses(1).enough(2)
"""
ASKS_NOTHING = "from doses import Doses\n\n\ndef test_it():\n    Doses(2).enough(2)\n"
COUNT = """\
import json
from pathlib import Path
from tools.mutation import Target, measure

target = Target("doses", ("doses.py",), ("test_doses.py",))
count = measure(target, Path.cwd(), sample=99, seed=1, known=frozenset())
Path("count.json").write_text(json.dumps([count.tried, count.killed, count.survived]))
"""


def counted(folder: Path, tests: str) -> tuple[int, int, list[str]]:
    (folder / "doses.py").write_text(DOSES, encoding="utf-8")
    (folder / "test_doses.py").write_text(tests, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n", encoding="utf-8")
    told = [sys.executable, "-B", "-c", COUNT]
    bare = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(told, cwd=folder, env=bare, check=True, capture_output=True)
    tried, killed, survived = json.loads((folder / "count.json").read_text(encoding="utf-8"))
    return tried, killed, survived


@pytest.mark.req("REQ-723")
def test_tests_that_assert_nothing_let_mutants_survive_and_those_that_do_kill_them(tmp_path: Path) -> None:
    tried, killed, _ = counted(tmp_path, ASKS)
    assert (tried, killed) == (3, 3)  # the assignment left out, another comparison, no answer
    tried, killed, survived = counted(tmp_path, ASKS_NOTHING)
    assert (tried, killed) == (3, 1)  # without the assignment it cannot even run
    assert any("self.given >= planned -> self.given > planned" in name for name in survived)


def test_a_mutant_is_one_change_with_a_name_of_its_own() -> None:
    source = "def late(day, due):\n    return not day or day < due + 1\n"
    names = [mutant.name for mutant in Module("late.py", source).mutants]
    assert len(set(names)) == len(names)
    assert {
        "late: not day -> day",
        "late: not day or day < due + 1 -> not day and day < due + 1",
        "late: day < due + 1 -> day <= due + 1",
        "late: due + 1 -> due - 1",
        "late: 1 -> 2",
        "late: return not day or day < due + 1 -> return None",
    } == set(names)
