"""A pack as one byte string: what is hashed, named by every event, and kept for ever.

Independent of how the YAML is written: keys sorted, defaults left out, forms in the order of their OIDs.
Where the order of keys says something (fixed rows, accepted units) they are written as pairs. A default
of the model may therefore never change its meaning; a new key needs a default that means "as before".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crfapp.base.canonical import canonical
from crfapp.study.model import Pack

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1


def pack_content(pack: Pack) -> bytes:
    """Canonical bytes of a pack; decimals stand as text."""
    data = pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["forms"] = sorted(data["forms"], key=lambda form: str(form["form"]))
    for holder, key in _ordered(data):
        holder[key] = [[name, value] for name, value in holder[key].items()]
    return canonical({"format": FORMAT, "pack": data})


def pack_from(content: bytes) -> Pack:
    """The pack of such bytes; ValueError where they are not a pack of a known format."""
    whole = json.loads(content)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ValueError("not the content of a study pack of a known format")
    data = whole["pack"]
    for holder, key in _ordered(data):
        holder[key] = dict(holder[key])
    return Pack.model_validate(data)


def _ordered(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every mapping whose order is part of the meaning, by what holds it."""
    for form in data["forms"]:
        for section in form["sections"]:
            if "fixed" in (section.get("rows") or {}):
                yield section["rows"], "fixed"
            yield from ((item, "units") for item in section["items"] if "units" in item)
