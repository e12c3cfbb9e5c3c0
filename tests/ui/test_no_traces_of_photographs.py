"""After a session with photographs nothing outside the site's folder tells of them (REQ-933)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.photo_ward import picture
from tests.ui.a_session_with_photographs import CANARY, SMALL

ROOT = Path(__file__).parents[2]
TELLING = (CANARY.encode(), CANARY.encode("utf-16-le"), b"JO01-00", b"\xff\xd8\xff", b"\x89PNG\r\n")
"""The name of the camera's folder and file, a subject's number, how a JPEG and a PNG begin."""


class Left(NamedTuple):
    """What a session said, and the files it left behind that tell of somebody."""

    said: str
    files: tuple[str, ...]


def after_a_session(folder: Path, how: str) -> Left:
    """Let somebody work in a home of their own, and look through everything that was written there."""
    home, given = folder / "home", folder / "given"
    (given / CANARY).mkdir(parents=True)
    (given / "sheets").mkdir()
    (given / CANARY / f"{CANARY}.jpg").write_bytes(picture(7, **SMALL))
    own = {"HOME": home, "TMPDIR": folder / "tmp", "XDG_RUNTIME_DIR": folder / "run"}
    own |= {f"XDG_{name}_HOME": home / name.lower() for name in ("CONFIG", "CACHE", "DATA", "STATE")}
    for place in own.values():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {
        name: value for name, value in os.environ.items() if name not in {"DISPLAY", "PYTEST_CURRENT_TEST"}
    }
    kept |= {name: str(place) for name, place in own.items()} | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.ui.a_session_with_photographs", str(given), how]
    done = subprocess.run(
        command, cwd=ROOT, env=kept, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    found = [
        str(file.relative_to(folder))
        for place in (home, folder / "tmp", folder / "run")
        for file in sorted(place.rglob("*"))
        if _tells(file)
    ]
    return Left(done.stdout, tuple(found))


def _tells(file: Path) -> bool:
    if CANARY in file.name:
        return True
    return file.is_file() and any(sign in file.read_bytes() for sign in TELLING)


@pytest.mark.req("REQ-933")
def test_nothing_is_left_in_lists_of_recent_files_titles_caches_and_temporary_files(tmp_path: Path) -> None:
    left = after_a_session(tmp_path, "whole")
    assert left.files == ()
    for secret in (CANARY, "JO01"):
        assert secret not in left.said  # the titles of all windows


def test_a_dialog_that_remembers_is_found_out(tmp_path: Path) -> None:
    assert after_a_session(tmp_path, "sabotaged").files
