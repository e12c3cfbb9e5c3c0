"""The pack format as JSON Schema (draft 7), for editors: completion, a line of help, and the first mistakes.

It takes what the loader takes, with its short forms, of YAML that an editor has read: a plain ``1`` or
``0.10`` is a number there, and a text for the loader.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from crfapp.study.definition import OID
from crfapp.study.model import CodeList, Form, StudyHead, Translation
from crfapp.study.schema_words import KEYS
from crfapp.study.types import Kind

FILES: dict[str, Any] = {
    "study": StudyHead,
    "form": Form,
    "codelists": dict[OID, CodeList],
    "translation": Translation,
}
"""The definition behind each kind of file."""

Schema = dict[str, Any]
_ABOUT = {
    "study": "study.yaml: identity, languages, numbering, parameters and schedule of a study.",
    "form": "One form of a study pack.",
    "codelists": "codelists.yaml: the code lists of a study pack by their OID.",
    "translation": "The texts of a study pack in one more language, by OID.",
}
_TEXT = {"type": ["string", "number"]}
_OID = {"type": "string", "pattern": "^[A-Z][A-Z0-9_]{0,31}$"}
_EXPRESSION = {**_TEXT, "minLength": 1, "maxLength": 2000}
_TYPE = rf"^({'|'.join(Kind)})(\([^()]*\))?$"


def schema_of(file: str) -> Schema:
    """The schema of one kind of file: study, form, codelists or translation."""
    made = TypeAdapter(FILES[file]).json_schema(ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    if "properties" in made:
        definitions[FILES[file].__name__] = made
    for name, found in definitions.items():
        _explain(name, found)
    whole = _plain(
        {**made, "definitions": {name: found for name, found in definitions.items() if found is not made}}
    )
    _short_forms(whole["definitions"])
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **whole,
        "title": f"{file}.schema.json",
        "description": _ABOUT[file],
    }


def schema_text(file: str) -> str:
    """The schema as the file holds it."""
    return json.dumps(schema_of(file), ensure_ascii=False, indent=1) + "\n"


def _explain(name: str, found: Schema) -> None:
    """A line of help at each key; at the definition what it is."""
    found["description"] = " ".join(found.get("description", "").replace("``", "`").split())
    for key, described in found.get("properties", {}).items():
        described.pop("title", None)
        described["description"] = KEYS[name][key]
        if described.get("default", 0) in (None, [], {}):
            del described["default"]


def _plain(schema: Any) -> Any:
    """What an editor reads of plain YAML, in the words of draft 7."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _plain(part) for key, part in schema.items()}
    if found.get("type") == "string" and not {"pattern", "enum", "const"} & found.keys():
        found |= _TEXT
    if "prefixItems" in found:
        found["items"] = found.pop("prefixItems")
    if "patternProperties" in found:
        found["additionalProperties"] = False
    return found


def _short_forms(definitions: dict[str, Schema]) -> None:
    """What may be written shorter, as the definitions read it."""
    for name, short in (("Rule", _EXPRESSION), ("Anchor", _OID), ("VisitForm", _OID)):
        if name in definitions:
            whole = definitions[name]
            definitions[name] = {"description": whole.pop("description"), "anyOf": [short, whole]}
    if "Item" in definitions:
        items = definitions["Item"]["properties"]
        items["type"]["pattern"], items["type"]["type"] = _TYPE, "string"
        for key in ("must", "should"):
            several = {"type": "array", "items": items[key].pop("items")}
            items[key].pop("type")
            items[key]["anyOf"] = [several["items"], several]
    if "Situation" in definitions:
        definitions["Situation"]["additionalProperties"] = _TEXT
