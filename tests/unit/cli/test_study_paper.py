"""Printing a pack and writing its dictionary from the command line: what is made, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from crfapp.bootstrap.parts import AppParts
from crfapp.cli.commands import build

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from typer.testing import Result

PACKS = Path(__file__).parents[2] / "packs"
TINY, TWENTY_ERRORS = PACKS / "tiny", PACKS / "twenty-errors"
WELL, NOT_WELL, WRONG_CALL = 0, 1, 2
COMMANDS = ("print", "dictionary")


def study(*words: object) -> Result:
    silent = {name: None for name in os.environ if name.startswith("CRFAPP_")}
    typed = ["study", *map(str, words)]
    return CliRunner().invoke(build(AppParts()), typed, env=silent, catch_exceptions=False)


def test_a_pack_is_printed_blank_and_annotated_as_two_files(qtbot: QtBot, tmp_path: Path) -> None:
    assert qtbot is not None
    blank, annotated = tmp_path / "crf.pdf", tmp_path / "acrf.pdf"
    assert study("print", TINY, "--out", blank).exit_code == WELL
    told = study("print", TINY, "--out", annotated, "--annotated", "--language", "ar")
    assert told.exit_code == WELL
    assert told.stdout.startswith(f"{annotated}: ")
    assert blank.read_bytes().startswith(b"%PDF-1.4")
    assert b"/Lang (en)" in blank.read_bytes()
    assert b"/Lang (ar)" in annotated.read_bytes()
    assert sorted(tmp_path.iterdir()) == [annotated, blank]


def test_the_dictionary_is_a_plain_workbook(tmp_path: Path) -> None:
    out = tmp_path / "dictionary.xlsx"
    told = study("dictionary", TINY, "--out", out)
    assert (told.exit_code, told.stderr) == (WELL, "")
    assert told.stdout.startswith(f"{out}: 8 sheets, ")
    assert load_workbook(out)["Study"]["B2"].value == "A small study of patches that fade"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pack_with_errors_is_refused_with_its_faults(command: str, tmp_path: Path) -> None:
    told = study(command, TWENTY_ERRORS, "--out", tmp_path / "out")
    assert told.exit_code == NOT_WELL
    assert "study.yaml:" in told.stdout
    assert told.stdout.splitlines()[-1].startswith("20 errors")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_there_is_not_overwritten(command: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("mine")
    told = study(command, TINY, "--out", out)
    assert (told.exit_code, told.stderr[:6]) == (NOT_WELL, "R-501 ")
    assert out.read_text() == "mine"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_not_there_is_named(command: str, qtbot: QtBot, tmp_path: Path) -> None:
    assert qtbot is not None
    told = study(command, TINY, "--out", tmp_path / "none" / "out")
    assert (told.exit_code, told.stderr[:6]) == (NOT_WELL, "E-110 ")
    assert "none" in told.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_language_that_the_pack_does_not_speak_is_a_wrong_call(command: str, tmp_path: Path) -> None:
    told = study(command, TINY, "--out", tmp_path / "out", "--language", "fr")
    assert told.exit_code == WRONG_CALL
    assert "en, ar, de" in told.stderr


def test_a_form_that_is_not_there_is_refused(tmp_path: Path) -> None:
    told = study("print", TINY, "--out", tmp_path / "out.pdf", "--form", "DM", "--form", "XX")
    assert (told.exit_code, told.stderr[:6]) == (NOT_WELL, "R-204 ")
    assert list(tmp_path.iterdir()) == []
