"""The types of the expression language, and what it asks of whoever knows the study's names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from crfapp.study.language.references import Ref, RefKind, Source
from crfapp.study.types import ItemType, Kind


class Type(StrEnum):
    """What a part of an expression stands for; the value is the word used in sentences."""

    NUMBER = "a number"
    TEXT = "a text"
    CODE = "a code"
    CODES = "a set of codes"
    DATE = "a date"
    PDATE = "a partial date"
    TIME = "a time of day"
    MOMENT = "a moment"
    TRUTH = "a condition"
    ROW = "a row"
    THING = "a picture or signature"
    LIST = "a list"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """A type with what is known of its values.

    ``codes``: the only values it can have (the codelist's codes; for a quoted text that text), None
    where any is possible. ``codelist``: its name. ``rows_of``: the form a row belongs to.
    """

    type: Type
    codes: frozenset[str] | None = None
    codelist: str = ""
    rows_of: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a reference means nothing: a sentence, the name that is wrong, and the names there are."""

    reason: str
    wrong: str = ""
    known: tuple[str, ...] = ()


class Names(Protocol):
    """What a study's names mean at the place where an expression stands."""

    def resolve(self, ref: Ref, /) -> TypeInfo | Unknown:
        """The type of what is pointed at; :func:`builtin_type` answers for what the language knows."""

    def resolve_rows(self, source: Source, /) -> Unknown | None:
        """None where such rows exist."""


_BUILTIN: dict[tuple[RefKind, str], TypeInfo] = {
    (RefKind.VISIT, "DATE"): TypeInfo(Type.DATE),
    (RefKind.VISIT, "OFFSET"): TypeInfo(Type.NUMBER),
    (RefKind.VISIT, "DAY"): TypeInfo(Type.NUMBER),
    (RefKind.VISIT, "WINDOW"): TypeInfo(Type.CODE, frozenset({"EARLY", "IN", "LATE"}), "window status"),
    (RefKind.VISIT, "OID"): TypeInfo(Type.TEXT),
    (RefKind.VISIT, "N"): TypeInfo(Type.NUMBER),
    (RefKind.VISIT, "PLANNED"): TypeInfo(Type.DATE),
    (RefKind.SITE, "CODE"): TypeInfo(Type.TEXT),
    (RefKind.SITE, "ZONE"): TypeInfo(Type.TEXT),
    (RefKind.SITE, "WEEKEND"): TypeInfo(Type.TEXT),
    (RefKind.SITE, "CLOSED"): TypeInfo(Type.TEXT),
    (RefKind.SUBJECT, "ID"): TypeInfo(Type.TEXT),
    (RefKind.ROW, "KEY"): TypeInfo(Type.ROW),
    (RefKind.ROW, "NUMBER"): TypeInfo(Type.NUMBER),
}


def builtin_type(ref: Ref) -> TypeInfo | None:
    """The type of VISIT, SITE, SUBJECT and ROW attributes; None for items and parameters."""
    return _BUILTIN.get((ref.kind, ref.item))


_YES_NO = TypeInfo(Type.CODE, frozenset({"Y", "N"}), "NY")
_ITEM_TYPES = {
    Kind.TEXT: Type.TEXT,
    Kind.LONGTEXT: Type.TEXT,
    Kind.BARCODE: Type.TEXT,
    Kind.BODYSITE: Type.TEXT,
    Kind.INTEGER: Type.NUMBER,
    Kind.DECIMAL: Type.NUMBER,
    Kind.SCALE: Type.NUMBER,
    Kind.DATE: Type.DATE,
    Kind.PARTIALDATE: Type.PDATE,
    Kind.TIME: Type.TIME,
    Kind.DATETIME: Type.MOMENT,
    Kind.CHOICE: Type.CODE,
    Kind.CHOICES: Type.CODES,
    Kind.ROWREF: Type.ROW,
    Kind.PHOTO: Type.THING,
    Kind.SIGNATURE: Type.THING,
}


def type_of_item(item: ItemType, codelist: str = "", codes: frozenset[str] | None = None) -> TypeInfo | None:
    """The type of an item's answer; None for a note, which has no answer."""
    if item.kind is Kind.YESNO:
        return _YES_NO
    kind = _ITEM_TYPES.get(item.kind)
    return None if kind is None else TypeInfo(kind, codes, codelist, item.rows_of or "")
