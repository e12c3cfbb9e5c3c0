"""What the model knows of a key, and what stands in for a value that did not fit."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from crfapp.study.faults import Path

STAND_IN = "SPOILED"
"""Fits an OID and a text."""

_STAND_INS: dict[str, Any] = {
    "items": [],
    "sections": [],
    "visits": [],
    "forms": [],
    "codes": [],
    "visit_items": {},
    "level": "Q",
    "kind": "log",
    "type": "text",
    "study": "unnamed",
    "check": "X-0",
    "factor": "1",
    "that": "true",
    "fires": "false",
    "from": "2000-01-01",
}


def stand_in(key: str) -> Any:
    """A value that fits a required key."""
    return copy.copy(_STAND_INS.get(key, STAND_IN))


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]


def fields_at(kind: Any, path: Path) -> dict[str, FieldInfo]:
    """The keys that the definitions at ``path`` inside ``kind`` can have, as the pack writes them."""
    fields = _fields(_models(kind))
    for step in path:
        if isinstance(step, str) and step in fields:
            fields = _fields(_models(fields[step].annotation))
    return fields


def _fields(models: list[type[BaseModel]]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for model in models for name, info in model.model_fields.items()}
