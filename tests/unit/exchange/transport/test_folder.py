"""A stick or a share: whoever looks sees a whole package or none, and nothing is ever overwritten."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.problems import AppProblem, Code
from crfapp.exchange.transport import Laid, fetch, look, put, route_of
from crfapp.exchange.transport.folder import FolderPlace
from crfapp.exchange.transport.laying import lay, part_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.req("REQ-801", "REQ-806")

NAME = "JO01-sponsor-0012.pgp"
CONTENT = bytes(range(256)) * 3000


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "outbox").mkdir()
    file = tmp_path / "outbox" / NAME
    file.write_bytes(CONTENT)
    return file


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def refused(act: Callable[[], object]) -> AppProblem:
    with pytest.raises(AppProblem) as caught:
        act()
    return caught.value


def test_a_package_is_put_there_and_fetched_on_the_other_side(
    package: Path, stick: Path, tmp_path: Path
) -> None:
    route = route_of(str(stick))
    assert put(package, route) == Laid()
    assert [file.name for file in stick.iterdir()] == [NAME]
    assert look(route) == (NAME,)
    fetch(NAME, route, tmp_path / "inbox.pgp")
    assert (tmp_path / "inbox.pgp").read_bytes() == CONTENT


def test_once_more_is_no_harm_and_another_one_of_the_name_is_refused(package: Path, stick: Path) -> None:
    route = route_of(stick.as_uri())
    put(package, route)
    assert put(package, route) == Laid(already=True)
    for other in (CONTENT[:-1] + b"x", CONTENT + b"x", CONTENT[:-1], b""):
        (stick / NAME).write_bytes(other)
        assert refused(lambda: put(package, route)).code is Code.ROUTE_TAKEN
        assert (stick / NAME).read_bytes() == other


@settings(max_examples=30, deadline=None)
@given(kept=st.integers(0, len(CONTENT)), spoiled=st.booleans())
def test_what_broke_off_is_gone_on_from_if_it_is_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, kept: int, spoiled: bool
) -> None:
    base = tmp_path_factory.mktemp("resume")
    (base / "stick").mkdir()
    package = base / NAME
    package.write_bytes(CONTENT)
    left = b"\xff" + CONTENT[1:kept] if spoiled and kept else CONTENT[:kept]
    (base / "stick" / part_name(NAME)).write_bytes(left)
    assert put(package, route_of(str(base / "stick"))).resumed == (0 if spoiled else kept)
    assert (base / "stick" / NAME).read_bytes() == CONTENT
    assert not (base / "stick" / part_name(NAME)).exists()


def test_a_remainder_longer_than_the_package_is_none_of_it(package: Path, stick: Path) -> None:
    (stick / part_name(NAME)).write_bytes(CONTENT + b"more")
    assert put(package, route_of(str(stick))) == Laid()
    assert (stick / NAME).read_bytes() == CONTENT


def test_what_is_under_way_or_hidden_is_nobodys_reply(stick: Path) -> None:
    for name in (part_name(NAME), ".DS_Store", "~lock", "a\nb", "reply.pgp"):
        (stick / name).write_bytes(b"x")
    (stick / "folder.pgp").mkdir()
    (stick / "link.pgp").symlink_to(stick / "reply.pgp")
    assert look(route_of(str(stick))) == ("reply.pgp",)


def test_where_no_stick_is_plugged_in_nothing_is_made_in_its_place(package: Path, tmp_path: Path) -> None:
    """Else the package would lie on the computer itself, and count as sent."""
    route = route_of(str(tmp_path / "stick"))
    problem = refused(lambda: put(package, route))
    assert (problem.code, problem.facts["why"]) == (Code.ROUTE_FAILS, "no such folder")
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize("name", ["../outbox/x", "/etc/passwd", "..", "", "a\\b", "C:x", ".hidden"])
def test_a_name_never_leads_out_of_the_folder(stick: Path, tmp_path: Path, name: str) -> None:
    assert refused(lambda: fetch(name, route_of(str(stick)), tmp_path / "x")).code is Code.PACKAGE_UNKNOWN


def test_what_is_too_long_leaves_nothing_behind(package: Path, stick: Path, tmp_path: Path) -> None:
    put(package, route_of(str(stick)))
    problem = refused(lambda: fetch(NAME, route_of(str(stick)), tmp_path / "got", most=1000))
    assert problem.code is Code.PACKAGE_TOO_LARGE
    assert not list(tmp_path.glob("got*"))


class BadStick(FolderPlace):
    """Keeps one byte otherwise than it was told, as worn ones do."""

    def write(self, name: str, begin: int, source: BinaryIO) -> None:
        super().write(name, begin, source)
        path = self._folder / name
        path.write_bytes(path.read_bytes()[:-1] + b"?")


class BadStickUnread(BadStick):
    """The twin: the same stick, and nobody reads back."""

    def lay(self, file: Path) -> Laid:
        with file.open("rb") as source:
            self.write(file.name, 0, source)
        return Laid()


def test_a_stick_that_keeps_other_bytes_is_found_out(package: Path, stick: Path) -> None:
    problem = refused(lambda: lay(BadStick(stick), package))
    assert problem.code is Code.ROUTE_FAILS
    assert list(stick.iterdir()) == []


def test_without_reading_back_it_would_not_be(package: Path, stick: Path) -> None:
    BadStickUnread(stick).lay(package)
    assert (stick / NAME).read_bytes() != CONTENT


def test_a_full_stick_is_named_and_the_rest_goes_when_there_is_room(package: Path, stick: Path) -> None:
    """A limit on the length of files stands for a disk with no room left."""
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from crfapp.base.problems import AppProblem\n"
        "from crfapp.exchange.transport import put, route_of\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try: put(Path(sys.argv[1]), route_of(sys.argv[2]))\n"
        "except AppProblem as problem: print(problem.code.value)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, package, stick], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == (Code.ROUTE_FULL.value, "")
    assert [file.name for file in stick.iterdir()] == [part_name(NAME)]
    assert look(route_of(str(stick))) == ()
    assert put(package, route_of(str(stick))).resumed > 0
    assert (stick / NAME).read_bytes() == CONTENT
