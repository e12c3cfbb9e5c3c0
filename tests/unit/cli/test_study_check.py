"""What a study author reads after ``crfapp study check``, and what the schema command leaves behind."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from crfapp.bootstrap.parts import AppParts
from crfapp.cli.commands import build

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).parents[3]
TINY = ROOT / "tests" / "packs" / "tiny"
WELL, NOT_WELL = 0, 1


def crfapp(*words: object) -> Result:
    return CliRunner().invoke(build(AppParts()), [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """The small study: a check turned round, one German text and a language's file gone."""
    folder = Path(shutil.copytree(TINY, tmp_path / "spoilt"))
    care, german = folder / "forms" / "CARE.yaml", folder / "i18n" / "de.yaml"
    text = care.read_text(encoding="utf-8").replace("fires: TOTAREA > P", "fires: TOTAREA <= P")
    care.write_text(text, encoding="utf-8")
    text = german.read_text(encoding="utf-8").replace("  DM.KIT: Packung\n", "")
    german.write_text(text, encoding="utf-8")
    (folder / "i18n" / "ar.yaml").unlink()
    return folder


def test_a_study_without_fault_says_how_much_was_tried() -> None:
    result = crfapp("study", "check", TINY)
    assert (result.exit_code, result.stdout.splitlines()) == (
        WELL,
        ["5 checks tried in 20 situations", "0 errors, 0 warnings"],
    )


def test_faults_come_line_by_line_then_untranslated_texts_groups_and_the_count(spoilt: Path) -> None:
    result = crfapp("study", "check", spoilt)
    lines = result.stdout.splitlines()
    assert result.exit_code == NOT_WELL
    assert "The check fires although it stands under 'passes'" in result.stdout
    assert "de: 1 texts not translated" in lines
    assert any(line.startswith("  forms/DM.yaml:") and line.endswith(" items DM.KIT") for line in lines)
    assert "  and 78 more; --json names them all" in lines
    assert lines[-4:] == [
        "Errors: 4 x PACK-081 otherwise judged",
        "Warnings: 2 x PACK-070 not translated",
        "5 checks tried in 20 situations",
        "4 errors, 2 warnings",
    ]


def test_programs_are_told_the_same_and_every_untranslated_text(spoilt: Path) -> None:
    told = json.loads(crfapp("study", "check", spoilt, "--json").stdout)
    assert (told["errors"], told["warnings"], told["checks_tried"], told["situations_tried"]) == (4, 2, 5, 20)
    assert told["codes"] == {"PACK-070": 2, "PACK-081": 4}
    assert [one["name"] for one in told["untranslated"]["de"]] == ["DM.KIT"]
    assert len(told["untranslated"]["ar"]) == 88
    assert len(told["faults"]) == 6


def test_the_schemas_that_lie_in_the_resources_are_those_that_the_command_writes(tmp_path: Path) -> None:
    assert crfapp("study", "schema", "--out", tmp_path / "new" / "schemas").exit_code == WELL
    written = {path.name: path.read_bytes() for path in (tmp_path / "new" / "schemas").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (ROOT / "resources" / "schemas").iterdir()}
    assert len(written) == 4
