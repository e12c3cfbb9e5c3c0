"""T-63: nothing of the tests is in the program that is handed out, and no way to take a safeguard away."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.support.built_program import built_program, hooks_in
from tests.support.fault_figures import Figure, note

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.interop, pytest.mark.slow]


def test_nothing_of_the_tests_is_in_the_built_program(tmp_path: Path) -> None:
    """The twin is a program with which tests came along."""
    built = built_program(tmp_path)
    found = hooks_in(built)
    files = sum(path.is_file() for path in built.rglob("*"))
    inside = next(path.parent for path in built.rglob("base_library.zip"))
    (inside / "tests" / "faults").mkdir(parents=True)
    (inside / "crfapp_more").mkdir()
    (inside / "crfapp_more" / "manner.py").write_text("from tests.support import site_at_work\n")
    shutil.copy(__file__, inside / "tests" / "faults" / "x.py")
    planted = hooks_in(built)
    words = "the list of what is packed"
    note(Figure("T-63", "tests in the built program", files, len(found), words, 3, len(planted)))
    assert found == []
    assert len(planted) == 3
