"""docs/study-authors.md is enough to write a pack: what stands there is read, checked and played."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from typer.testing import CliRunner

from crfapp.bootstrap.parts import AppParts
from crfapp.cli.commands import build
from crfapp.journeys.told import read_journey
from crfapp.study.checks import Check
from crfapp.study.definition import OID
from crfapp.study.language import Fault, parse
from crfapp.study.model import CodeList, Item, Section, StudyHead, Visit
from crfapp.study.pack import Loaded, load_pack
from crfapp.study.pack.yaml_text import read_yaml
from crfapp.study.schema_words import KEYS
from crfapp.study.study import Study
from crfapp.study.types import Kind
from tests.support.playing import PlayingClinic

PAGE = (Path(__file__).parents[3] / "docs" / "study-authors.md").read_text(encoding="utf-8")
FENCES: list[tuple[str, str]] = re.findall(r"^```yaml ?(\S*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PACK = {name: text for name, text in FENCES if "/" in name}
EXAMPLES = [(name, text) for name, text in FENCES if name and "/" not in name]
KINDS: dict[str, Any] = {
    "item": tuple[Item, ...],
    "section": tuple[Section, ...],
    "visit": tuple[Visit, ...],
    "check": tuple[Check, ...],
    "codelists": dict[OID, CodeList],
}
EXPRESSIONS = re.compile(r"^(when|is|fires|that|keeps|due|where|consent|end|death)$")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of the page, in a folder."""
    folder = tmp_path_factory.mktemp("page")
    for name, text in PACK.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "bp-walk"


@pytest.fixture(scope="module")
def loaded(pack: Path) -> Loaded:
    return load_pack(pack)


def test_the_study_of_the_page_has_no_fault_in_any_language(loaded: Loaded) -> None:
    assert list(map(str, loaded.faults)) == []
    assert loaded.untranslated == {"de": ()}
    assert loaded.checks_tried == 4
    assert loaded.situations_tried > 12


def test_its_journey_is_met_to_the_last_expectation(loaded: Loaded, pack: Path) -> None:
    assert loaded.pack is not None
    journey = read_journey((pack / "journeys" / "first.yaml").read_text(encoding="utf-8"), "first.yaml")
    clinic = PlayingClinic(Study(loaded.pack), journey.site["zone"], journey.people)
    played = clinic.play(journey)
    assert [f"{u.line}: expected {u.expected}; seen {u.seen}" for u in played.unmet] == []
    assert played.met == 14


def test_what_the_page_types_does_what_it_says(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pack.parent)
    app = build(AppParts())
    checked = CliRunner().invoke(app, ["study", "check", "bp-walk"])
    assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (0, "0 errors, 0 warnings")
    played = CliRunner().invoke(app, ["play", "bp-walk/journeys/first.yaml"])
    assert (played.exit_code, played.stderr) == (0, "")
    assert "14 expectations met, 0 not" in played.stdout


def test_the_same_journey_with_one_wrong_figure_is_not_met(loaded: Loaded, pack: Path) -> None:
    assert loaded.pack is not None
    text = (pack / "journeys" / "first.yaml").read_text(encoding="utf-8").replace('"-9.5"', '"-9.4"')
    journey = read_journey(text, "first.yaml")
    played = PlayingClinic(Study(loaded.pack), journey.site["zone"], journey.people).play(journey)
    assert len(played.unmet) == 1


@pytest.mark.parametrize(("kind", "text"), EXAMPLES, ids=lambda found: found[:30])
def test_every_example_is_taken_as_it_stands(kind: str, text: str) -> None:
    document = read_yaml("page.yaml", text if kind in {"head", "codelists"} else f"all:\n{text}")
    assert [str(fault) for fault in document.faults] == []
    if kind == "head":
        TypeAdapter(StudyHead).validate_python(read_yaml("", PACK["bp-walk/study.yaml"]).data | document.data)
    else:
        assert TypeAdapter(KINDS[kind]).validate_python(document.data.get("all", document.data))
    wrong = {said: str(tree) for said in expressions(document.data) if isinstance(tree := parse(said), Fault)}
    assert wrong == {}


def expressions(data: Any, key: str = "") -> list[str]:
    """Every expression below some plain data."""
    if isinstance(data, dict):
        inside = {name: "is" if key == "set" else name for name in data}
        return [said for name, value in data.items() for said in expressions(value, inside[name])]
    if isinstance(data, list):
        return [said for value in data for said in expressions(value, key)]
    return [data] if isinstance(data, str) and EXPRESSIONS.match(key) and "{" not in data else []


def test_every_key_of_the_format_and_every_type_stands_on_the_page() -> None:
    named = set(re.findall(r"`([a-z_]+)(?:\([^`]*\))?`", PAGE)) | set(re.findall(r"\b([a-z_]+):", PAGE))
    keys = {key for words in KEYS.values() for key in words} - {"answers"}  # the long form of a situation
    assert keys - named == set()
    assert {kind.value for kind in Kind} - named == set()


def test_the_names_of_the_commands_are_those_of_the_program() -> None:
    commands = set(re.findall(r"^\| `crfapp (study [a-z]+|play)\b", PAGE, re.MULTILINE))
    assert {"study check", "study show", "study schema", "play"} <= commands
