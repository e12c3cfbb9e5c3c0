"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.exchange.whole_file import put_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_the_file_is_there_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    assert put_whole(target, b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert target.read_bytes() == b"abc"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(AppProblem) as refused:
        put_whole(target, b"new")
    assert refused.value.code is Code.EXPORT_EXISTS
    assert target.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AppProblem) as refused:
        put_whole(tmp_path / "none" / "a.pdf", b"new")
    assert (refused.value.code, refused.value.facts["folder"]) == (
        Code.FOLDER_REFUSED,
        str(tmp_path / "none"),
    )


def test_a_disk_that_fills_up_keeps_no_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(AppProblem) as refused:
        put_whole(tmp_path / "a.pdf", b"new")
    assert refused.value.code is Code.DISK_FULL
    assert list(tmp_path.iterdir()) == []
