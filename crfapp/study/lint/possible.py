"""Conditions that can never be true: what would have to hold cannot hold at once, or is never asked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from crfapp.study.language import Fault, Node, Ref, RefKind, Scope, TypeInfo, compile_expression, needs, parse
from crfapp.study.language.tree import (
    Call,
    Comparison,
    Junction,
    Listing,
    Literal,
    Membership,
    Not,
    Reference,
)
from crfapp.study.names import StandsIn, StudyNames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.study.study import Study

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class _Some:
    """What an answer can be: one of some texts (None: any), a number between two ends."""

    texts: frozenset[str] | None = None
    low: Decimal = Decimal("-Infinity")
    high: Decimal = Decimal("Infinity")
    open: bool = False

    def both(self, other: _Some) -> _Some:
        """What is allowed by both."""
        texts = self.texts if other.texts is None else other.texts
        if self.texts is not None and other.texts is not None:
            texts = self.texts & other.texts
        low, high = max(self.low, other.low), min(self.high, other.high)
        return _Some(texts, low, high, self.open or other.open)

    def either(self, other: _Some) -> _Some:
        """What is allowed by one of them."""
        known = self.texts is not None and other.texts is not None
        texts = (self.texts or frozenset()) | (other.texts or frozenset()) if known else None
        return _Some(texts, min(self.low, other.low), max(self.high, other.high), self.open and other.open)

    @property
    def nothing(self) -> bool:
        """Whether no answer is left."""
        closed = self.low > self.high or (self.open and self.low == self.high)
        return self.texts == frozenset() or closed


_ANY = _Some()
Holds = dict[Ref, _Some]
"""What answers must be, where a condition is true; each of them must be given."""


class _NeverError(Exception):
    """The condition cannot be true; the text says why."""


def never(study: Study, here: StandsIn, tree: Node) -> str:
    """Why a condition can never be true, as a sentence; empty where it may be."""
    if not needs(tree):
        fixed = compile_expression(tree)(cast("Scope", None)) is True
        return "" if fixed else "The condition is never true, so that this is never shown."
    try:
        _Reader(study, here).asked(tree)
    except _NeverError as why:
        return f"The condition is never true, so that this is never shown: {why}."
    return ""


class _Reader:
    """Reads what must hold at one place of a study; ``seen`` are items whose own condition is being read."""

    def __init__(self, study: Study, here: StandsIn, seen: frozenset[str] = frozenset()) -> None:
        self._study, self._here, self._seen = study, here, seen

    def asked(self, tree: Node) -> Holds:
        """What must hold, with what must hold for every answer to be asked."""
        holds = self.holds(tree)
        for ref in list(holds):
            holds = _all([holds, self._shown(ref)])
        return holds

    def _shown(self, ref: Ref) -> Holds:
        """What must hold for an item of the same form to be shown."""
        places = self._study.items(self._here.form) if self._here.form in self._study.forms else {}
        place = places.get(ref.item)
        if ref.form or ref.item in self._seen or place is None or place.item.when is None:
            return {}
        tree = parse(place.item.when)
        if isinstance(tree, Fault) or place.group not in ("", self._here.group):
            return {}
        inner = _Reader(self._study, StandsIn(self._here.form, place.group), self._seen | {ref.item})
        try:
            if not needs(tree) and never(self._study, self._here, tree):
                raise _NeverError
            return inner.asked(tree)
        except _NeverError:
            raise _NeverError(f"{ref.item} is not shown then") from None

    def holds(self, node: Node) -> Holds:
        """What must hold where a part is true; nothing where that cannot be told."""
        match node:
            case Junction("and", parts):
                return _all(map(self.holds, parts))
            case Junction(_, parts):
                return self._one_of(parts)
            case Comparison(signs, parts):
                pairs = zip(signs, parts[:-1], parts[1:], strict=True)
                return _all(self._compared(*pair) for pair in pairs)
            case Not(Comparison((sign,), (left, right))):
                return self._compared(_OPPOSITE[sign], left, right)
            case _:
                return self._of_one(node)

    def _of_one(self, node: Node) -> Holds:
        match node:
            case Membership(wanted, Reference(ref), Listing(choices)) if _told(ref):
                return {ref: self._among(ref, choices, wanted=wanted)}
            case Membership(True, _, Reference(ref)) | Call("given", (Reference(ref),)) if _told(ref):
                return {ref: _ANY}
            case _:
                return {}

    def _one_of(self, parts: Iterable[Node]) -> Holds:
        found: list[Holds] = []
        why: _NeverError | None = None
        for part in parts:
            try:
                found.append(self.asked(part))
            except _NeverError as error:
                why = error
        if not found and why is not None:
            raise why
        common = set(found[0]).intersection(*found[1:])
        result: Holds = {}
        for ref in common:
            allowed = found[0][ref]
            for other in found[1:]:
                allowed = allowed.either(other[ref])
            result[ref] = allowed
        return result

    def _compared(self, sign: str, left: Node, right: Node) -> Holds:
        if isinstance(left, Literal) and isinstance(right, Reference):
            return self._compared(_MIRRORED[sign], right, left)
        match left, right:
            case Reference(ref), Literal(value=str(text)) if _told(ref):
                return {ref: self._texts(ref, {text}, wanted=sign == "==")}
            case Reference(ref), Literal(value=Decimal() as number) if _told(ref):
                return {ref: _between(sign, number)}
            case _:
                return {
                    part.ref: _ANY
                    for part in (left, right)
                    if isinstance(part, Reference) and _told(part.ref)
                }

    def _among(self, ref: Ref, choices: tuple[Node, ...], *, wanted: bool) -> _Some:
        texts = {part.value for part in choices if isinstance(part, Literal) and isinstance(part.value, str)}
        return self._texts(ref, texts, wanted=wanted) if len(texts) == len(choices) else _ANY

    def _texts(self, ref: Ref, texts: set[str], *, wanted: bool) -> _Some:
        if wanted:
            return _Some(frozenset(texts))
        found = StudyNames(self._study, self._here).resolve(ref)
        codes = found.codes if isinstance(found, TypeInfo) else None
        return _ANY if codes is None else _Some(codes - texts)


def _told(ref: Ref) -> bool:
    """Whether a reference means the same answer wherever it stands in the condition."""
    return ref.kind is RefKind.ITEM and not ref.row


def _between(sign: str, number: Decimal) -> _Some:
    match sign:
        case "==":
            return _Some(low=number, high=number)
        case "<" | "<=":
            return _Some(high=number, open=sign == "<")
        case ">" | ">=":
            return _Some(low=number, open=sign == ">")
        case _:
            return _ANY


def _all(several: Iterable[Holds]) -> Holds:
    """What must hold where all are true; _NeverError where nothing is left for one answer."""
    together: Holds = {}
    for holds in several:
        for ref, allowed in holds.items():
            together[ref] = together.get(ref, _ANY).both(allowed)
            if together[ref].nothing:
                raise _NeverError(f"{ref} would have to be two things at once")
    return together
