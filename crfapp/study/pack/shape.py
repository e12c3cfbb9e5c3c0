"""Plain data into definitions: every misfit reported once, in our words, and set aside for the rest.

What does not fit is replaced by a harmless stand-in, so that the other rules of the pack can still be
looked at; ``spoiled`` paths and ``broken`` names say about what nothing more should be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from crfapp.study.faults import MOST_FAULTS, TODO, PackCode, PackFault, Path
from crfapp.study.pack.sentences import Misfit, misfit
from crfapp.study.pack.stand_ins import STAND_IN, fields_at, stand_in
from crfapp.study.places import Lines, place_of, step_into

_PASSES = 12
_HOLDING = frozenset({"items", "sections"})
_TELLING = _HOLDING | {"item", "type", "codes", "form", "section", "visit", "rows"}
"""Keys without which a name cannot be used."""
_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_NAMING = ("item", "check", "section", "visit", "form")


@dataclass
class RawPack:
    """The whole pack as plain data below ``head``, ``codelists``, ``forms`` and ``translations``."""

    data: dict[str, Any] = field(default_factory=lambda: {"forms": [], "translations": {}})
    lines: Lines = field(default_factory=Lines)
    spoiled: set[Path] = field(default_factory=set)
    broken: set[str] = field(default_factory=lambda: {STAND_IN})
    faults: list[PackFault] = field(default_factory=list)
    names_lost: bool = False

    def silent(self, path: Path) -> bool:
        """Whether something at or around this path was already reported."""
        return any(path[:length] in self.spoiled for length in range(len(path) + 1))

    def ignores(self, path: Path, about: str) -> bool:
        """Whether a fault follows from what was reported: it stands there, or is about a broken name.

        Where names were lost, nobody can say what a translation stands for.
        """
        if self.names_lost and path[0] == "translations":
            return True
        return self.silent(path) or not self.broken.isdisjoint(_NAME.findall(about))


def shape(raw: RawPack, prefix: Path, kind: Any) -> Any:
    """The definition of the data at ``prefix``, stand-ins where needed; None where nothing can be made."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    for _ in range(_PASSES):
        data = _at(raw.data, prefix)
        try:
            return adapter.validate_python(data)
        except ValidationError as error:
            if error.error_count() > MOST_FAULTS:
                text = f"The file has {error.error_count()} mistakes; they are not listed."
                where, todo = raw.lines.where(prefix), TODO[PackCode.TOO_MANY]
                raw.faults.append(PackFault(*where, PackCode.TOO_MANY, "", text, todo))
                return None
            misfits = [misfit(data, kind, detail) for detail in error.errors(include_url=False)]
            for found in misfits:
                _take_up(raw, prefix, kind, found)
    return None


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = step_into(data, step)
    return data


def _take_up(raw: RawPack, prefix: Path, kind: Any, found: Misfit) -> None:
    path = prefix + found.path
    if not raw.silent(path):
        place, todo = place_of(raw.data, path), found.todo or TODO[found.code]
        raw.faults.append(PackFault(*raw.lines.where(path), found.code, place, found.text, todo))
        if found.code is not PackCode.UNKNOWN_KEY and (path[-1] in _TELLING or isinstance(path[-1], int)):
            _mark_broken(raw, path)
    if found.code is not PackCode.UNKNOWN_KEY:
        raw.spoiled.add(path)
    if found.code is PackCode.BAD_OID or (found.code is PackCode.MISSING_KEY and path[-1] in _NAMING):
        raw.names_lost = True
        raw.broken.add(str(_at(raw.data, path)).upper())
    _repair(_at(raw.data, prefix), kind, found)


def _mark_broken(raw: RawPack, path: Path) -> None:
    """Remember the name of what was misfit, so that uses of it are not reported too.

    Where it is not known what is missing, that is the name of everything around it.
    """
    whole = path[-1] in _HOLDING or isinstance(path[-1], int)
    for length in range(len(path), 0, -1):
        holder, step = _at(raw.data, path[:length]), str(path[length - 1])
        names = [step] if step.isupper() else []
        if isinstance(holder, dict):
            names += [holder[key] for key in _NAMING if isinstance(holder.get(key), str)]
        raw.broken.update(names)
        if names and not whole:
            return


def _repair(data: Any, kind: Any, found: Misfit) -> None:
    """Take the misfit out of the data, or put a stand-in there."""
    if not found.path:
        return
    holder, key = _at(data, found.path[:-1]), found.path[-1]
    if isinstance(holder, list) and isinstance(key, int):
        holder[key] = {}
    elif isinstance(holder, dict) and isinstance(key, str):
        known = fields_at(kind, found.path[:-1]).get(key)
        if known is None or not known.is_required():
            holder.pop(key, None)
        else:
            holder[key] = stand_in(key)
        if key == "type" and "item" in holder:
            _make_plain(holder)


def _make_plain(item: dict[str, Any]) -> None:
    """Nothing is said about what hangs on a type that is not known."""
    for key in ("codes", "unit", "units", "range", "allows", "expects"):
        item.pop(key, None)
