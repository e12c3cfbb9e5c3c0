"""An editor that reads a pack with its schema completes it, explains it, and takes what the loader takes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import BaseModel

from crfapp.study import checks, model, signing, targets
from crfapp.study.schema_words import KEYS
from crfapp.study.schemas import FILES, schema_of, schema_text
from tests.unit.study.conftest import PACKS

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "resources" / "schemas"
SHIPPED = sorted(path.parent for path in (ROOT / "forms").glob("*/study.yaml"))


class EditorLoader(yaml.SafeLoader):
    """Reads plain scalars as editors do, by the core schema of YAML 1.2: ``No`` and a date stay texts."""


EditorLoader.yaml_implicit_resolvers = {}


for tag, pattern in (
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("null", r"~|null|Null|NULL|"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=EditorLoader)  # noqa: S506 - a SafeLoader


def kind_of(path: Path) -> str:
    return {"forms": "form", "i18n": "translation"}.get(path.parent.name, path.stem)


def misfits(data: Any, kind: str) -> list[str]:
    checker = jsonschema.Draft7Validator(schema_of(kind))
    return [f"{'/'.join(map(str, error.path))}: {error.message[:120]}" for error in checker.iter_errors(data)]


def files_of(pack: Path) -> list[Path]:
    return [
        pack / "study.yaml",
        pack / "codelists.yaml",
        *pack.glob("forms/*.yaml"),
        *pack.glob("i18n/*.yaml"),
    ]


@pytest.mark.parametrize("file", FILES)
def test_the_schemas_that_lie_here_are_those_of_the_model(file: str) -> None:
    assert (COMMITTED / f"{file}.schema.json").read_text(encoding="utf-8") == schema_text(file)
    jsonschema.Draft7Validator.check_schema(json.loads(schema_text(file)))


@pytest.mark.parametrize("pack", [*SHIPPED, PACKS / "tiny"], ids=lambda pack: pack.name)
def test_every_file_of_a_pack_without_fault_fits_its_schema(pack: Path) -> None:
    found = {path.name: wrong for path in files_of(pack) if (wrong := misfits(read(path), kind_of(path)))}
    assert found == {}


def test_every_key_of_the_format_is_explained_and_no_other() -> None:
    models = {
        name: found
        for name, found in (vars(checks) | vars(model) | vars(signing) | vars(targets)).items()
        if isinstance(found, type) and issubclass(found, BaseModel) and found.model_fields
    }
    del models["Pack"]
    keys = {
        name: {info.alias or key for key, info in one.model_fields.items()} for name, one in models.items()
    }
    assert {name: set(words) for name, words in KEYS.items()} == keys
    assert all(len(words) < 120 for texts in KEYS.values() for words in texts.values())


def test_short_forms_are_taken_as_the_loader_takes_them() -> None:
    item = {"item": "AGE", "ask": "Age", "type": "integer"}
    for must in ("AGE > 1", {"that": "AGE > 1"}, ["AGE > 1", {"that": "AGE > 2", "say": "No"}]):
        form = {"form": "DM", "title": "X", "sections": [{"section": "A", "title": "A", "items": [item]}]}
        form["sections"][0]["items"] = [{**item, "must": must}]  # type: ignore[index]
        assert misfits(form, "form") == []
        assert model.Form.model_validate(form).sections[0].items[0].must


MISTAKES = [
    ("forms/DM.yaml", "sdv: critical", "sdv: critcal"),
    ("forms/DM.yaml", "required: true", "requird: true"),
    ("forms/DM.yaml", "type: longtext(500)", "type: longtxt(500)"),
    ("forms/DM.yaml", "item: REMARK", "item: remark"),
    ("forms/DM.yaml", "check: TN-01", "check: TN1"),
    ("forms/DM.yaml", "soft: [90, 180]", "soft: [90]"),
    ("forms/DM.yaml", "level: Q", "level: X"),
    ("study.yaml", "kind: scheduled\n    day: 28", "kind: planned\n    day: 28"),
    ("study.yaml", "window: [-3, 3]", "window: [early, late]"),
    ("codelists.yaml", "MODE:", "mode:"),
    ("i18n/de.yaml", "visits:", "visit:"),
]


@pytest.mark.parametrize(("file", "old", "new"), MISTAKES)
def test_a_mistake_that_the_loader_reports_is_marked_in_the_editor_too(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    text = (PACKS / "tiny" / file).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / Path(file).parent.name / Path(file).name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert len(misfits(read(path), kind_of(path))) == 1
