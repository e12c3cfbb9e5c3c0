"""Coded answers as they are typed: the code, or its words in the person's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.form.reading import Field, Manner, Offer, Reading, Unreadable
from crfapp.form.typed_text import folded
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

_YES_NO = ("Y", "N")
_BETWEEN = re.compile("[;؛]")
SEPARATOR = ";"
"""Stands between the codes of a multiple choice."""


def read_choice(typed: str, field: Field, _manner: Manner) -> Reading | Unreadable:
    """Read one code of the codelist (or its label); NOT_A_CODE, with offers where two have that label."""
    found = _named(typed, _codes(field), field)
    if len(found) == 1:
        return Reading(found[0], found[0])
    return Unreadable(Code.NOT_A_CODE, tuple(Offer(code, Code.NOT_A_CODE) for code in found))


def read_choices(typed: str, field: Field, _manner: Manner) -> Reading | Unreadable:
    """Read codes separated by ``;``: in the codelist's order, each once. NOT_A_CODE tells which part."""
    chosen: set[str] = set()
    parts = [part for part in _BETWEEN.split(typed) if folded(part)]
    for position, part in enumerate(parts, start=1):
        found = _named(part, field.codes, field)
        if len(found) != 1:
            return Unreadable(Code.NOT_A_CODE, facts={"position": position})
        chosen.add(found[0])
    if not chosen:
        return Unreadable(Code.NOT_A_CODE)
    value = tuple(code for code in field.codes if code in chosen)
    return Reading(value, SEPARATOR.join(value))


def read_row(typed: str, field: Field, _manner: Manner) -> Reading | Unreadable:
    """Read the key of a row that exists (or its label); UNKNOWN_ROW otherwise."""
    found = _named(typed, field.rows, field)
    if len(found) == 1:
        return Reading(found[0], found[0])
    return Unreadable(Code.UNKNOWN_ROW, tuple(Offer(key, Code.UNKNOWN_ROW) for key in found))


def shown_choice(canonical: str, field: Field) -> str:
    """Labels where they lead back to the same codes, else the codes themselves."""
    codes = canonical.split(SEPARATOR) if field.type.kind is Kind.CHOICES else [canonical]
    known = field.rows if field.type.kind is Kind.ROWREF else _codes(field)
    return f"{SEPARATOR} ".join(_label(code, known, field) for code in codes)


def _label(code: str, known: tuple[str, ...], field: Field) -> str:
    label = field.labels.get(code, code)
    certain = not _BETWEEN.search(label) and _named(label, known, field) == (code,)
    return label if certain else code


def _codes(field: Field) -> tuple[str, ...]:
    return field.codes or (_YES_NO if field.type.kind is Kind.YESNO else ())


def _named(typed: str, codes: tuple[str, ...], field: Field) -> tuple[str, ...]:
    """The codes that a word names: the code exactly, else the code in other capitals, else the label."""
    if typed in codes:
        return (typed,)
    word = folded(typed)
    return _same(word, codes, codes) or _same(word, codes, (field.labels.get(code, "") for code in codes))


def _same(word: str, codes: tuple[str, ...], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code, name in zip(codes, names, strict=True) if word and folded(name) == word)
