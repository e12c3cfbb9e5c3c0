"""Every file that the program writes stands on the page of the data flow (REQ-706)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

pytestmark = pytest.mark.interop

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("writing_program.py")
CALLS = "trace=openat,open,creat,rename,renameat,renameat2,link,linkat"
ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|^\d+ +(rename|link)\w*\(")
SITE = re.compile(r"(?:.*/)?(?:site|ward|\.ward\.joining)/")


def inventory() -> list[str]:
    return ROW.findall((ROOT / "docs" / "data-flow.md").read_text(encoding="utf-8"))


def named(path: str) -> str:
    """A file as the page names it: where it lies, and its name without what it has before it is whole."""
    place, _, rest = path.partition("/")
    if place in ("temp", "state"):
        name = {"temp": "TEMP", "state": "MACHINE"}[place] + "/" + rest
    elif SITE.match(path):
        name = "SITE/" + SITE.sub("", path, count=1)
    else:
        name = "OUT/" + path.rpartition("/")[2]
    name = re.sub(r"/\.([^/]+)\.[0-9a-f]{8}\.part$", r"/\1", name)
    return re.sub(r"\.(new|part)(?=$|-wal$|-shm$|-journal$)", "", name)


def unknown(written: set[str], pages: list[str]) -> set[str]:
    return {name for name in written if not any(fnmatchcase(name, row) for row in pages)}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What a whole run wrote, by the calls that it made."""
    if shutil.which("strace") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("strace is not here")
        print("not tested: strace is not here")  # noqa: T201 - a test left out says so
        pytest.skip("strace is not here")
    place = tmp_path_factory.mktemp("written") / "all"
    place.mkdir()
    trace = place.with_name("trace")
    command = ["strace", "-f", "-qq", "-s", "400", "-o", str(trace), "-e", CALLS]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, sys.executable, str(PROGRAM), str(place)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: set[str] = set()
    outside: set[str] = set()
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if not WRITES.search(line) or re.search(r"= -1 E|O_DIRECTORY|/dev/|/proc/", line):
            continue
        for path in re.findall(r'"([^"]+)"', line):
            inside = path.startswith(f"{place}/")
            (found if inside else outside).add(path.removeprefix(f"{place}/"))
    assert outside == set(), "something is written elsewhere"
    return {named(path) for path in found if not (place / path).is_dir() and not path.endswith(".joining")}


@pytest.mark.req("REQ-706")
def test_every_file_that_is_written_stands_on_the_page(written: set[str]) -> None:
    assert len(written) > 30
    assert unknown(written, inventory()) == set()


@pytest.mark.req("REQ-706")
def test_a_file_that_the_page_does_not_name_is_found(written: set[str]) -> None:
    """The twin: the page without one of its rows."""
    without = [row for row in inventory() if row != "SITE/photos/*"]
    assert {name.rpartition("/")[0] for name in unknown(written, without)} == {"SITE/photos"}
