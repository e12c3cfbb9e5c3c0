"""Reading the names of an expression: references, rows and their sources."""

from __future__ import annotations

from crfapp.study.language.faults import FaultKind, RefusedText, Span, nearest, refuse
from crfapp.study.language.references import ATTRIBUTES, MANY, Ref, RefKind, Source
from crfapp.study.language.tokens import KEYWORDS, Cursor, Token, TokenKind
from crfapp.study.language.tree import Reference

_HEADS = {kind.value: kind for kind in RefKind if kind not in (RefKind.ITEM, RefKind.CLOCK)}
_ELSEWHERE = {"True": "true", "False": "false", "None": "missing", "null": "missing", "NULL": "missing",
              "AND": "and", "OR": "or", "NOT": "not", "IN": "in"}  # fmt: skip


class NameReader:
    """Reads references; knows the rows that enclosing aggregates have named."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._rows: dict[str, Source] = {}

    def open_row(self, row: Token, source: Source) -> None:
        """Make a row's name and origin known while its aggregate is read."""
        name = row.spelling
        if row.kind is not TokenKind.NAME or not name.islower() or name in KEYWORDS:
            advice = "Use a small letter, as in: for r in AE."
            raise refuse(FaultKind.UNKNOWN_ROW, row.at, f"{name!r} cannot name a row.", advice)
        if name in self._rows:
            advice = "Use another letter for the inner rows."
            raise refuse(FaultKind.UNKNOWN_ROW, row.at, f"{name!r} names a row already.", advice)
        self._rows[name] = source

    def close_row(self, name: str) -> None:
        """Forget a row's name."""
        del self._rows[name]

    def source(self) -> Source:
        """``AE``, ``LESM@ALL``, ``ECEV@V_INJ1.ECSITE``."""
        name = self._name("the form or section whose rows are meant")
        if name in _HEADS:
            raise self._refused_here(f"{name} has no rows.", "Name a form or a row section.")
        visit = self._visit()
        section = self._name("the row section") if self._cursor.accept(".") else ""
        return Source(name, visit, section)

    def reference(self) -> Reference:
        """Any name that stands for a value."""
        start = self._cursor.ahead.at.start
        word = self._cursor.ahead.spelling
        ref = self._of_row() if word[:1].islower() or word in _ELSEWHERE else self._of_form("", None)
        return Reference(ref, Span(start, self._cursor.behind.at.end))

    def _of_row(self) -> Ref:
        token = self._cursor.take()
        name = token.spelling
        if name not in self._rows:
            raise _unknown_row(token, self._rows)
        source = self._rows[name]
        if not self._cursor.accept("."):
            return Ref(RefKind.ROW, "KEY", row=name, source=source)
        return self._of_form(name, source)

    def _of_form(self, row: str, source: Source | None) -> Ref:
        head = self._name("an item")
        if head in _HEADS and not (row and head not in ("VISIT", "ROW", "SUBJECT")):
            return self._attribute(_HEADS[head], row, source)
        visit = self._visit()
        if visit in MANY:
            advice = f"Use an aggregate, as in: max(r.ITEM for r in {head}@{visit})."
            raise self._refused_here(f"{visit} names many forms, not one.", advice)
        if visit and not self._cursor.sees("."):
            raise self._cursor.unexpected(f"Name the item, as in {head}@{visit}.ITEM.")
        if not self._cursor.accept("."):
            return Ref(RefKind.ITEM, head, row=row, source=source)
        return Ref(RefKind.ITEM, self._name("the item"), head, visit, row, source)

    def _attribute(self, kind: RefKind, row: str, source: Source | None) -> Ref:
        visit = self._visit() if kind is RefKind.VISIT else ""
        self._cursor.expect(".", f", as in {kind.value}.{ATTRIBUTES.get(kind, ('NAME',))[0]}")
        item = self._name("what is asked")
        known = ATTRIBUTES.get(kind)
        if known and item not in known:
            sentence = f"{kind.value} has no {item}."
            raise self._refused_here(sentence, nearest(item, known, f"It has {', '.join(known)}."))
        return Ref(kind, item, visit=visit, row=row, source=source)

    def _visit(self) -> str:
        return self._name("the visit") if self._cursor.accept("@") else ""

    def _name(self, purpose: str) -> str:
        token = self._cursor.ahead
        if token.kind is not TokenKind.NAME or token.spelling in KEYWORDS:
            raise self._cursor.unexpected(f"Name {purpose} here.")
        if not token.spelling.isupper():
            advice = f"Write {token.spelling.upper()}: names of the study are in capitals."
            raise refuse(FaultKind.UNKNOWN_NAME, token.at, f"{token.spelling!r} is not a name.", advice)
        return self._cursor.take().spelling

    def _refused_here(self, sentence: str, advice: str) -> RefusedText:
        return refuse(FaultKind.UNKNOWN_NAME, self._cursor.behind.at, sentence, advice)


def _unknown_row(token: Token, rows: dict[str, Source]) -> RefusedText:
    name = token.spelling
    if name in _ELSEWHERE:
        return refuse(FaultKind.UNEXPECTED, token.at, f"{name!r} is not known.", f"Write {_ELSEWHERE[name]}.")
    otherwise = f"Write {name.upper()} if an item is meant; a row is named by: for {name} in FORM."
    advice = nearest(name, rows, otherwise)
    return refuse(FaultKind.UNKNOWN_ROW, token.at, f"No row is named {name!r} here.", advice)
