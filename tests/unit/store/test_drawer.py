"""What a person typed and did not finish lies sealed, for them alone."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.base.problems import AppProblem, Code
from crfapp.store.drawer import FOLDER, Drawer

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.req("REQ-212", "REQ-213")

KEY, OTHER_KEY = bytes(range(32)), bytes(32)


def drawer(folder: Path, login: str = "rania", site: str = "s1", key: bytes = KEY) -> Drawer:
    return Drawer(folder, site, key, login)


@given(text=st.text(max_size=40))
def test_it_comes_back_to_the_character(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    drawer(folder).keep(text)
    assert drawer(folder).kept() == text


def test_nobody_reads_it_on_the_disk_and_nobody_else_gets_it(tmp_path: Path) -> None:
    drawer(tmp_path).keep("anaphylaxis, 8")
    (file,) = (tmp_path / FOLDER).iterdir()
    assert b"anaphylaxis" not in file.read_bytes()
    assert "rania" not in file.name
    for other in (drawer(tmp_path, "admin"), drawer(tmp_path, site="s2"), drawer(tmp_path, key=OTHER_KEY)):
        assert other.kept() == ""


def test_a_file_that_is_given_another_persons_name_opens_for_nobody(tmp_path: Path) -> None:
    drawer(tmp_path).keep("anaphylaxis")
    (hers,) = (tmp_path / FOLDER).iterdir()
    drawer(tmp_path, "admin").keep("mine")
    his = next(file for file in (tmp_path / FOLDER).iterdir() if file != hers)
    shutil.copy(hers, his)
    assert drawer(tmp_path, "admin").kept() == ""
    assert drawer(tmp_path).kept() == "anaphylaxis"


def test_an_empty_text_empties_it(tmp_path: Path) -> None:
    drawer(tmp_path).keep("8")
    drawer(tmp_path).keep("")
    assert not list((tmp_path / FOLDER).iterdir())


def test_a_disk_that_takes_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    with pytest.raises(AppProblem) as refused:
        drawer(tmp_path).keep("8")
    assert refused.value.code is Code.DISK_FAILS
