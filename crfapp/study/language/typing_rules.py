"""Which types go together: what may be compared, joined and passed on."""

from __future__ import annotations

from crfapp.study.language.faults import nearest
from crfapp.study.language.kinds import Type, TypeInfo

OPEN = frozenset({Type.UNKNOWN, Type.MISSING})
"""Types that go with everything: what could not be told, and ``missing``."""
ANY_TYPE = TypeInfo(Type.UNKNOWN)

_FAMILIES = {
    Type.NUMBER: "numbers",
    Type.TEXT: "words",
    Type.CODE: "words",
    Type.ROW: "words",
    Type.DATE: "days",
    Type.PDATE: "days",
    Type.TIME: "times",
    Type.MOMENT: "moments",
    Type.TRUTH: "conditions",
    Type.CODES: "sets",
    Type.THING: "things",
}
_ORDERED = frozenset({"numbers", "days", "times", "moments"})
_WORDS = frozenset({Type.TEXT, Type.CODE})
_REPAIRS: dict[tuple[Type, Type], str] = {
    (Type.MOMENT, Type.DATE): "Write date_of(...) around the moment.",
    (Type.MOMENT, Type.PDATE): "Write date_of(...) around the moment.",
    (Type.MOMENT, Type.TIME): "Write time_of(...) around the moment.",
    (Type.CODE, Type.NUMBER): "Write number(...) around the code.",
    (Type.TEXT, Type.NUMBER): "Write number(...) around the text, or leave the quotes out.",
    (Type.CODES, Type.TEXT): 'Ask with in: "CODE" in ITEM.',
    (Type.CODES, Type.CODE): 'Ask with in: "CODE" in ITEM.',
    (Type.DATE, Type.NUMBER): "Count with days(from, to), or move a date with add_days(date, number).",
    (Type.PDATE, Type.NUMBER): "Take lo(...) or hi(...), and count with days(from, to).",
    (Type.DATE, Type.TEXT): 'Write a date as date("2025-01-05").',
    (Type.PDATE, Type.TEXT): 'Write a date as date("2025-01").',
    (Type.PDATE, Type.DATE): "Say which end is meant: lo(...) or hi(...).",
    (Type.ROW, Type.NUMBER): "Compare row numbers: r.ROW.NUMBER.",
}
_CONVERSIONS: dict[tuple[Type, Type], str] = {
    (Type.CODE, Type.TRUTH): 'Compare it, as in ITEM == "Y".',
    (Type.TEXT, Type.TRUTH): "Compare it, or ask given(...).",
    (Type.NUMBER, Type.TRUTH): "Compare it, as in ITEM > 0.",
    (Type.TRUTH, Type.CODE): 'Write "Y" if ... else "N".',
    (Type.TRUTH, Type.NUMBER): "Count with count(...), or write 1 if ... else 0.",
    (Type.NUMBER, Type.TEXT): "Write text(...) around the number.",
    (Type.NUMBER, Type.CODE): "Write text(...) around the number.",
    (Type.DATE, Type.TEXT): "Write text(...) around the date.",
    (Type.PDATE, Type.TEXT): "Write text(...) around the date.",
}


def repair(have: Type, want: Type) -> str:
    """What to write where one type stands and another is needed; empty where nothing is known."""
    return _REPAIRS.get((have, want)) or _REPAIRS.get((want, have), "")


def conversion(have: Type, want: Type) -> str:
    """What to write around a value of one type to get another; empty where nothing is known."""
    return _CONVERSIONS.get((have, want)) or repair(have, want)


def comparable(a: TypeInfo, b: TypeInfo) -> bool:
    """Whether two types can be equal."""
    if a.type in OPEN or b.type in OPEN:
        return True
    if a.type is b.type is Type.ROW and a.rows_of and b.rows_of:
        return a.rows_of == b.rows_of
    family = _FAMILIES.get(a.type)
    return family is not None and family == _FAMILIES.get(b.type)


def ordered(a: TypeInfo) -> bool:
    """Whether a type has a before and after."""
    return a.type in OPEN or _FAMILIES.get(a.type) in _ORDERED


def never_equal(a: TypeInfo, b: TypeInfo) -> str:
    """The value that one side can have and the other never, as a sentence; empty where they can meet."""
    if a.codes is None or b.codes is None or a.codes & b.codes:
        return ""
    literal, other = (a, b) if a.type is Type.TEXT else (b, a)
    wrong = ", ".join(sorted(literal.codes or ())[:3])
    name = f"codelist {other.codelist}" if other.codelist else "the other side"
    return f"{wrong!r} is not in {name}."


def closest_code(a: TypeInfo, b: TypeInfo) -> str:
    """Advice for a misspelled code."""
    literal, other = (a, b) if a.type is Type.TEXT else (b, a)
    codes = sorted(other.codes or ())
    some = ", ".join(codes[:12]) + (" ..." if len(codes) > 12 else "")  # noqa: PLR2004 - a line's worth
    return nearest(min(literal.codes or {""}), codes, f"Its codes: {some}.")


def either(a: TypeInfo, b: TypeInfo) -> TypeInfo | None:
    """The type of what is one or the other; None where the two do not go together."""
    if a.type in OPEN:
        return a if b.type is Type.MISSING else b
    if b.type in OPEN or a == b:
        return a
    if a.type in _WORDS and b.type in _WORDS:
        return _either_word(a, b)
    if _FAMILIES.get(a.type) == _FAMILIES.get(b.type) == "days":
        return TypeInfo(Type.PDATE)
    return TypeInfo(a.type) if a.type is b.type else None


def _either_word(a: TypeInfo, b: TypeInfo) -> TypeInfo:
    codes = None if a.codes is None or b.codes is None else a.codes | b.codes
    kind = Type.CODE if a.type is b.type is Type.CODE else Type.TEXT
    return TypeInfo(kind, codes, a.codelist if a.codelist == b.codelist else "")


def fits(have: TypeInfo, want: TypeInfo) -> bool:
    """Whether a value of one type may be recorded where another is wanted, codes aside."""
    if have.type in OPEN or want.type in OPEN or have.type is want.type:
        return True
    words = _FAMILIES.get(have.type) == _FAMILIES.get(want.type) == "words"
    return words or (have.type is Type.DATE and want.type is Type.PDATE)
