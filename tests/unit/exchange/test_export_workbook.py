"""A whole workbook: progress runs forward, the file opens, cancelling leaves nothing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.export_workbook import WHOLE, export_workbook, file_name
from crfapp.exchange.office_encryption import decrypt
from crfapp.exchange.workbook_reading import read_cells
from tests.support.site_of import example_site, site_data

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD = "salt lake at noon, 1907"


@pytest.mark.req("REQ-809")
def test_the_whole_site_leaves_in_one_checked_file(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    target = tmp_path / file_name("nct06813027", "JO01", "20250112-1024")
    report = export_workbook(
        site_data(example_site(), "ar"), target, PASSWORD, progress=lambda *step: told.append(step)
    )
    assert report.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert report.subjects == 3
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1] == (WHOLE, WHOLE, "done")
    assert {total for _, total, _ in told} == {WHOLE}
    cells = read_cells(decrypt(target, PASSWORD))
    assert report.sheets == len(cells)


def test_cancelling_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def until_half(done: int, _total: int, _step: str) -> None:
        if done > WHOLE // 2:
            raise RefusedError(Code.CANCELLED)

    with pytest.raises(RefusedError) as refused:
        export_workbook(site_data(example_site()), tmp_path / "a.xlsx", PASSWORD, progress=until_half)
    assert refused.value.code is Code.CANCELLED
    assert list(tmp_path.iterdir()) == []
