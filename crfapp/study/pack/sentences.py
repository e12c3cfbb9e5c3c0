"""What pydantic found, said in the words of a pack."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crfapp.study.faults import PackCode, Path
from crfapp.study.pack.stand_ins import fields_at
from crfapp.study.places import step_into

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAIRS = frozenset({"hard", "soft", "window"})
_PLAIN_LISTS = _PAIRS | {"allows", "expects", "missing", "by", "who", "at", "modes", "languages"}
"""Keys whose list holds texts or numbers, not definitions."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that does not fit the model; ``path`` leads to the key that is to be changed."""

    path: Path
    code: PackCode
    text: str
    todo: str = ""


def misfit(data: Any, kind: Any, detail: Mapping[str, Any]) -> Misfit:
    """One pydantic error as a misfit of ``data``, which should be a ``kind``."""
    loc, what = tuple(detail["loc"]), str(detail["type"])
    if loc and loc[-1] == "[key]":
        return _bad_name(loc[:-1], str(loc[-2]))
    path = loc if what == "missing" else _existing(data, loc)
    if path and isinstance(path[-1], int) and path[-2] in _PLAIN_LISTS:
        return _bad_entry(data, path, what)
    return _by_type(data, kind, path, detail)


def _by_type(data: Any, kind: Any, path: Path, detail: Mapping[str, Any]) -> Misfit:
    match detail["type"]:
        case "missing":
            return Misfit(path, PackCode.MISSING_KEY, f"The key '{path[-1]}' is missing.")
        case "extra_forbidden":
            return Misfit(path, PackCode.UNKNOWN_KEY, _unknown_key(str(path[-1]), fields_at(kind, path[:-1])))
        case "string_pattern_mismatch":
            return _bad_name(path, str(detail["input"]))
        case "value_error":
            return _contradiction(data, path, str(detail["ctx"]["error"]))
        case _:
            return _wrong_value(path, str(detail["type"]), detail)


def _existing(data: Any, loc: Path) -> Path:
    """The location as far as it is in the data: pydantic adds the arms of unions."""
    path: Path = ()
    for step in loc:
        there = isinstance(data, dict) and step in data
        there = there or (isinstance(data, list) and isinstance(step, int) and step < len(data))
        if not there:
            break
        data, path = step_into(data, step), (*path, step)
    return path


def _unknown_key(key: str, known: Mapping[str, object]) -> str:
    return f"Unknown key '{_short(key)}'{_meant(key, known)}"


def _meant(word: str, known: Mapping[str, object] | list[str]) -> str:
    close = difflib.get_close_matches(word[:64], list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else "."


def _bad_name(path: Path, name: str) -> Misfit:
    match path[-1]:
        case "check":
            todo = "Write it like LM-01: letters or digits, a hyphen, letters or digits, all capital."
            return Misfit(path, PackCode.BAD_OID, f"'{_short(name)}' cannot be the id of a check.", todo)
        case "study":
            todo = "Use small letters, digits and hyphens, a letter first, 2 to 40 characters."
            return Misfit(path, PackCode.BAD_OID, f"'{_short(name)}' cannot be the name of a study.", todo)
        case _:
            return Misfit(path, PackCode.BAD_OID, f"'{_short(name)}' cannot be an OID.")


def _contradiction(data: Any, path: Path, sentence: str) -> Misfit:
    holder = data
    for step in path:
        holder = step_into(holder, step)
    if isinstance(holder, dict) and "item" in holder:
        path = (*path, "type")
    sentence = f"{sentence[:1].upper()}{sentence[1:400]}."
    if "not an item type" not in sentence and "wrong measure" not in sentence:
        return Misfit(path, PackCode.CONTRADICTION, sentence)
    cut = str(step_into(holder, "type")).count("(") > str(step_into(holder, "type")).count(")")
    todo = "Put the type in quotes: in braces a comma ends the value." if cut else ""
    return Misfit(path, PackCode.WRONG_VALUE, sentence, todo)


def _bad_entry(data: Any, path: Path, what: str) -> Misfit:
    """A list of plain values that has a wrong entry, or too few."""
    field = path[:-1]
    if field[-1] in _PAIRS:
        text = f"'{field[-1]}' needs exactly two ends: [from, to]."
        if what != "missing":
            ends = "whole numbers" if field[-1] == "window" else "numbers or expressions"
            text = f"The ends of '{field[-1]}' must be {ends}."
        return Misfit(field, PackCode.WRONG_VALUE, text)
    entry = data
    for step in path:
        entry = step_into(entry, step)
    return Misfit(field, PackCode.WRONG_VALUE, f"'{field[-1]}' has an entry that is {_kind_of(entry)}.")


_WANTED = {
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number of usual size",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "tuple_type": "a list like [A, B]",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}


def _wrong_value(path: Path, what: str, detail: Mapping[str, Any]) -> Misfit:
    key, value = str(path[-1]) if path else "file", detail["input"]
    if what == "literal_error":
        expected = str(detail["ctx"]["expected"])
        meant = _meant(str(value), [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")])
        return Misfit(path, PackCode.NOT_ONE_OF, f"'{key}' must be {expected}, not {_kind_of(value)}{meant}")
    if what == "too_long":
        return Misfit(path, PackCode.WRONG_VALUE, f"'{key}' needs exactly two ends: [from, to].")
    if what in ("string_too_long", "string_too_short"):
        limits = detail["ctx"]
        limit = limits.get("max_length", limits.get("min_length"))
        word = "at most" if what == "string_too_long" else "at least"
        return Misfit(path, PackCode.WRONG_VALUE, f"'{key}' needs {word} {limit} characters.")
    wanted = "true, false or a condition" if key == "required" else _WANTED.get(what, "something else")
    if path and isinstance(path[-1], int):
        return Misfit(path, PackCode.WRONG_VALUE, f"An entry of the list must be {wanted}.")
    return Misfit(path, PackCode.WRONG_VALUE, f"'{key}' must be {wanted}, not {_kind_of(value)}.")


def _kind_of(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return "a list"
        case dict():
            return "keys with values"
        case _:
            return f"'{_short(str(value))}'"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - a line's worth
