"""A little study and its answers: the names that tests resolve, and the scope that they ask."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crfapp.base.dates import PartialDate
from crfapp.base.times import Moment
from crfapp.study.language import (
    Fault,
    Ref,
    Source,
    Type,
    TypeInfo,
    Unknown,
    builtin_type,
    check,
    compile_expression,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.study.language import Node

NY = TypeInfo(Type.CODE, frozenset({"Y", "N"}), "NY")
NUMBER, TEXT, DATE, PDATE = (TypeInfo(kind) for kind in (Type.NUMBER, Type.TEXT, Type.DATE, Type.PDATE))
MOMENT, TIME, ROW = TypeInfo(Type.MOMENT), TypeInfo(Type.TIME), TypeInfo(Type.ROW)

TYPES = {
    "AGE": NUMBER,
    "A": NUMBER,
    "B": NUMBER,
    "C": NUMBER,
    "SEX": TypeInfo(Type.CODE, frozenset({"F", "M"}), "SEX"),
    "SMOKES": NY,
    "ICLANG": TypeInfo(Type.CODE, frozenset({"ar", "en"}), "LANG"),
    "LTRED": TypeInfo(Type.CODE, frozenset("01234"), "LT04"),
    "AUTOHX": TypeInfo(Type.CODES, frozenset({"NONE", "THYR", "AA"}), "AUTOD"),
    "TERM": TEXT,
    "CONC": TEXT,
    "STDAT": PDATE,
    "ENDAT": PDATE,
    "VISDAT": DATE,
    "TIM": TIME,
    "STDTM": MOMENT,
    "ENDTM": MOMENT,
    "PHIMG": TypeInfo(Type.THING),
    "AELNK": TypeInfo(Type.ROW, rows_of="LESDEF"),
    **dict.fromkeys(("LMLEN", "LMWID", "LMPLAN", "RPPCT", "WEIGHT", "HEIGHT", "TOTAREA"), NUMBER),
    "LMSTAT": TypeInfo(Type.CODE, frozenset({"PRESENT", "RESOLVED", "MERGED"}), "LESSTAT"),
    "P.MAX_AREA_MM2": NUMBER,
    "P.PROHIBITED": TypeInfo(Type.CODES),
    "SV.VISDAT": DATE,
    "LESM@BASE.AREA": NUMBER,
    "ECEV@PREV.STDTM": MOMENT,
    "ABOVE.STDTM": MOMENT,
}
ROW_TYPES = {
    "AESER": NY,
    "ESVOL": NUMBER,
    "ESINJ": NY,
    "LESROLE": TypeInfo(Type.CODE, frozenset({"TREATED", "CONTROL", "OTHER"}), "LESROLE"),
    "ICTYPE": TypeInfo(Type.CODE, frozenset({"MAIN", "PHOTO"}), "ICTYPE"),
    "DSSTDAT": DATE,
    "IETESTCD": TEXT,
    "IEORRES": NY,
    "TERM": TEXT,
    "CMAENO": ROW,
}
SOURCES = ("AE", "CM", "MH", "ECSITE", "LESDEF", "IC", "CRIT", "LT", "ECEV")


class StudyOfTests:
    """Knows the names above, and nothing else."""

    def resolve(self, ref: Ref, /) -> TypeInfo | Unknown:
        known = ROW_TYPES if ref.row else TYPES
        name = ref.item if ref.row else str(ref)
        wrong = Unknown(f"There is no item {name}.", name, tuple(known))
        return builtin_type(ref) or known.get(name) or wrong

    def resolve_rows(self, source: Source, /) -> Unknown | None:
        return (
            None if source.name in SOURCES else Unknown(f"There are no rows {source}.", source.name, SOURCES)
        )


class Answers:
    """Answers by the reference's text; rows by their source's text, each again a set of answers."""

    def __init__(self, rows: Any = None, **answers: Any) -> None:
        self._answers = answers
        self._rows = rows or {}

    def value(self, ref: Ref, /) -> Any:
        return self._answers.get(ref.item if ref.row else str(ref))

    def missing_reason(self, ref: Ref, /) -> str | None:
        return self._answers.get(f"{ref.item}?")

    def rows(self, source: Source, /) -> Sequence[Answers]:
        return [Answers(**answers) for answers in self._rows.get(str(source), ())]

    def rows_holding(self, source: Source, _item: str, _value: Any, /) -> Sequence[Answers]:
        return self.rows(source)

    def today(self) -> date:
        return date(2025, 1, 12)

    def now(self) -> Moment:
        return Moment.parse("2025-01-12T11:20+03:00[Asia/Amman]")


def tree_of(text: str) -> Node:
    tree = parse(text)
    assert not isinstance(tree, Fault), f"{text}: {tree}"
    return tree


def faults_of(text: str, want: Type | TypeInfo | None = None) -> list[Fault]:
    tree = parse(text)
    return [tree] if isinstance(tree, Fault) else check(tree, StudyOfTests(), want)


def answer(text: str, rows: Any = None, **answers: Any) -> Any:
    """What the expression gives, after it was checked without fault."""
    assert faults_of(text) == [], text
    return compile_expression(tree_of(text))(Answers(rows, **answers))


def dec(text: str) -> Decimal:
    return Decimal(text)


def day(text: str) -> date | PartialDate:
    """A full date where all is known, as items hold it."""
    partial = PartialDate.parse(text)
    return partial.lo if partial.complete else partial


def moment(text: str) -> Moment:
    return Moment.parse(text)
