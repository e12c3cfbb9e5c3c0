"""What a restore copies into a new site never takes the place of a file that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.store.copy_place import copy_file

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    source, target = tmp_path / "copy.db", tmp_path / "ledger.db"
    source.write_bytes(b"the copy")
    target.write_bytes(b"the records")
    with pytest.raises(EnvironmentProblem) as refused:
        copy_file(source, target)
    assert refused.value.code is Code.DISK_FAILS
    assert target.read_bytes() == b"the records"


def test_of_a_copy_that_failed_nothing_is_left(tmp_path: Path) -> None:
    target = tmp_path / "ledger.db"
    with pytest.raises(EnvironmentProblem):
        copy_file(tmp_path / "gone.db", target)
    assert not target.exists()
