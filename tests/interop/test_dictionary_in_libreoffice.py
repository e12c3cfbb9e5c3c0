"""A statistician opens the data dictionary with a program that had no part in making it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from crfapp.bootstrap.papers import write_dictionary
from crfapp.cli.parts import PaperWish
from tests.support.libreoffice import running_libreoffice, why_absent
from tests.support.playing import shipped_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.libreoffice import LibreOffice

pytestmark = pytest.mark.interop


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibreOffice]:
    absent = why_absent()
    if absent is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(absent)
        print(f"not tested: {absent}")  # noqa: T201 - a test left out says so
        pytest.skip(absent)
    with running_libreoffice(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_item_and_check_is_there_and_no_expression_is_a_formula(
    office: LibreOffice, tmp_path: Path, language: str
) -> None:
    study, out = shipped_study("nct06813027"), tmp_path / "dictionary.xlsx"
    write_dictionary(study, PaperWish(out, language))
    sheets = office.cells(out, "", "Items", "Checks")
    items = {str(cell[1]) for row in sheets["Items"] for cell in row if cell}
    assert {oid for form in study.forms for oid in study.items(form)} <= items
    checks = {str(cell[1]) for row in sheets["Checks"] for cell in row if cell}
    assert {check.check for form in study.pack.forms for check in form.checks} <= checks
    kinds = {cell[0] for name in ("Items", "Checks") for row in sheets[name] for cell in row if cell}
    assert kinds <= {"text", "number"}
