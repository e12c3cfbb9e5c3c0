"""What the machine notes about a site, outside the site's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import EnvironmentProblem
from crfapp.store.machine import MachineNotes, state_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_each_site_has_notes_of_its_own_and_a_key_leaves_the_others_alone() -> None:
    notes = MachineNotes("s1")
    assert notes.read() == {}
    notes.write({"anchor": {"node": "ws-1", "seq": 7}})
    notes.write({"attempts": {"rania": 2}})
    assert MachineNotes("s1").read() == {"anchor": {"node": "ws-1", "seq": 7}, "attempts": {"rania": 2}}
    assert MachineNotes("s2").read() == {}


@pytest.mark.parametrize("found", [b"", b"[]", b'{"notes": 7}', b"\xff\xfe", b'{"format": 1}'])
def test_damaged_notes_count_as_none_and_can_be_written_again(state: Path, found: bytes) -> None:
    MachineNotes("s1").write({"anchor": 1})
    [file] = state.iterdir()
    file.write_bytes(found)
    assert MachineNotes("s1").read() == {}
    MachineNotes("s1").write({"anchor": 2})
    assert MachineNotes("s1").read() == {"anchor": 2}


def test_no_site_id_leads_out_of_the_folder(state: Path) -> None:
    MachineNotes("../../etc/x").write({"anchor": 1})
    assert [file.parent for file in state.iterdir()] == [state]


def test_a_machine_that_takes_no_notes_says_so(state: Path) -> None:
    state.write_bytes(b"a file stands where the folder should be")
    assert MachineNotes("s1").read() == {}
    with pytest.raises(EnvironmentProblem):
        MachineNotes("s1").write({"anchor": 1})


def test_without_a_named_folder_the_notes_lie_where_the_system_keeps_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CRFAPP_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "kept"))
    monkeypatch.setattr("sys.platform", "linux")
    assert state_folder() == tmp_path / "kept" / "crfapp"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert state_folder() == tmp_path / "local" / "crfapp" / "state"
