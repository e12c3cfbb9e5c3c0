"""The room that is kept back on the disk of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.store.reserve import FILE, SIZE, Reserve

if TYPE_CHECKING:
    from pathlib import Path


def test_it_holds_real_blocks_and_gives_them_back(tmp_path: Path) -> None:
    reserve = Reserve(tmp_path)
    assert reserve.make()
    assert (tmp_path / FILE).stat().st_blocks * 512 >= SIZE
    assert reserve.give_up()
    assert reserve.spent
    assert not (tmp_path / FILE).exists()
    assert not reserve.give_up()


def test_one_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"short")
    assert Reserve(tmp_path).make()
    assert (tmp_path / FILE).stat().st_size == SIZE


def test_a_folder_that_is_gone_has_none_and_nobody_is_stopped(tmp_path: Path) -> None:
    assert not Reserve(tmp_path / "gone").make()
