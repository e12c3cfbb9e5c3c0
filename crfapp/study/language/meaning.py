"""What an expression means: a function of the scope it is asked in, built once from its tree.

A condition is True, False or None; None is also every value that is missing. A tree that was
checked without fault gives no exception, whatever the values are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from crfapp.study.language.aggregates import AGGREGATES
from crfapp.study.language.comparing import PLAIN, SIGNS, among
from crfapp.study.language.functions import FUNCTIONS
from crfapp.study.language.narrowing import demand_of
from crfapp.study.language.numbers import OPERATIONS, negative
from crfapp.study.language.references import Ref, Source
from crfapp.study.language.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Junction,
    Listing,
    Literal,
    Membership,
    Minus,
    Node,
    Not,
    Reference,
    walk,
)
from crfapp.study.types import Value

if TYPE_CHECKING:
    from datetime import date

    from crfapp.base.times import Moment

Answer = Value | bool
"""What an expression gives: a value, a condition, or None where it is missing."""


class Row(Protocol):
    """One row of an aggregate; answers references whose ``row`` is set."""

    def value(self, ref: Ref, /) -> Value:
        """The row's item, else the once-item of its form; None where missing."""

    def missing_reason(self, ref: Ref, /) -> str | None:
        """The missing code (ND, UNK ...) that stands instead of an answer."""


class Scope(Row, Protocol):
    """The place an expression is asked in: a form, perhaps at one of its rows."""

    def rows(self, source: Source, /) -> Sequence[Row]:
        """The rows of a source in their order; none where it does not exist yet."""

    def rows_holding(self, source: Source, item: str, value: Value, /) -> Sequence[Row]:
        """Of the rows of everybody those that can hold this value at an item, in their order; others too."""

    def today(self) -> date:
        """The day at the site."""

    def now(self) -> Moment:
        """The moment at the site."""


Meaning = Callable[[Any], Any]
Bind = Callable[[Ref], Callable[[Any], Value] | None]
"""May give a shorter way to a reference's value; a row's reference is then asked of the row."""


def compile_expression(tree: Node, bind: Bind | None = None) -> Callable[[Scope], Answer]:
    """The meaning of a parsed tree."""
    return _build(tree, _Place(bind or (lambda _ref: None)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: the rows that are named around it, outermost first."""

    bind: Bind
    rows: tuple[str, ...] = ()


class _Frame:
    """The scope of an aggregate's inside: the scope outside, and the rows in hand."""

    __slots__ = ("outside", "rows")

    def __init__(self, outside: Scope, rows: tuple[Row, ...]) -> None:
        self.outside = outside
        self.rows = rows


def _build(node: Node, place: _Place) -> Meaning:
    meaning = _BUILT[type(node)](node, place)
    if isinstance(node, Arithmetic | Call) and all(_fixed(part) for part in walk(node)):
        result = meaning(None)
        return lambda _scope: result
    return meaning


def _fixed(node: Node) -> bool:
    if isinstance(node, Call):
        return FUNCTIONS[node.function].meaning is not None
    return not isinstance(node, Reference | Aggregate)


def _outside(meaning: Meaning, place: _Place) -> Meaning:
    """A meaning that asks the scope itself, wherever it stands."""
    return (lambda frame: meaning(frame.outside)) if place.rows else meaning


def _of_row(meaning: Meaning, row: str, place: _Place) -> Meaning:
    level = place.rows.index(row)
    return lambda frame: meaning(frame.rows[level])


def _literal(node: Literal, _place: _Place) -> Meaning:
    value = _constant(node)
    return lambda _scope: value


def _constant(node: Literal) -> Any:
    """The value as items hold it: a whole number is an int, which compares faster."""
    value = node.value
    if isinstance(value, Decimal) and value.as_tuple().exponent == 0:
        return int(value)
    return value


def _reference(node: Reference, place: _Place) -> Meaning:
    ref = node.ref
    ask = place.bind(ref) or (lambda scope: scope.value(ref))
    return _of_row(ask, ref.row, place) if ref.row else _outside(ask, place)


def _listing(node: Listing, place: _Place) -> Meaning:
    parts = [_build(part, place) for part in node.parts]
    return lambda scope: [part(scope) for part in parts]


def _minus(node: Minus, place: _Place) -> Meaning:
    operand = _build(node.operand, place)

    def meaning(scope: Any) -> Any:
        value = operand(scope)
        return None if value is None else negative(value)

    return meaning


def _not(node: Not, place: _Place) -> Meaning:
    operand = _build(node.operand, place)

    def meaning(scope: Any) -> bool | None:
        truth = operand(scope)
        return None if truth is None else not truth

    return meaning


def _junction(node: Junction, place: _Place) -> Meaning:
    parts = [_build(part, place) for part in node.parts]
    decides = node.word == "or"
    if len(parts) == 2:  # noqa: PLR2004 - the usual case, without a loop
        return _pair(parts[0], parts[1], decides)

    def meaning(scope: Any) -> bool | None:
        result: bool | None = not decides
        for part in parts:
            truth: bool | None = part(scope)
            if truth is decides:
                return decides
            if truth is None:
                result = None
        return result

    return meaning


def _pair(left: Meaning, right: Meaning, decides: bool) -> Meaning:
    def meaning(scope: Any) -> bool | None:
        first: bool | None = left(scope)
        if first is decides:
            return decides
        second: bool | None = right(scope)
        if second is decides:
            return decides
        return None if first is None or second is None else not decides

    return meaning


def _comparison(node: Comparison, place: _Place) -> Meaning:
    parts = [_build(part, place) for part in node.parts]
    steps = [_compared(parts[i], sign, parts[i + 1], node.parts[i + 1]) for i, sign in enumerate(node.signs)]
    return steps[0] if len(steps) == 1 else _all_of(steps)


def _all_of(steps: list[Meaning]) -> Meaning:
    def meaning(scope: Any) -> bool | None:
        result: bool | None = True
        for step in steps:
            truth = step(scope)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    return meaning


def _compared(left: Meaning, sign: str, right: Meaning, right_node: Node) -> Meaning:
    simple, general = SIGNS[sign]
    plain = PLAIN
    if isinstance(right_node, Literal) and right_node.value is not None:
        return _compared_with(left, sign, _constant(right_node))

    def meaning(scope: Any) -> bool | None:
        a = left(scope)
        if a is None:
            return None
        b = right(scope)
        if type(a) is type(b) and type(a) in plain:
            return simple(a, b)
        return general(a, b)

    return meaning


def _compared_with(left: Meaning, sign: str, constant: Any) -> Meaning:
    simple, general = SIGNS[sign]
    kind = type(constant) if type(constant) in PLAIN else None

    def meaning(scope: Any) -> bool | None:
        value = left(scope)
        if type(value) is kind:
            return simple(value, constant)
        return general(value, constant)

    return meaning


def _membership(node: Membership, place: _Place) -> Meaning:
    operand, choices = _build(node.operand, place), _build(node.choices, place)
    wanted = node.wanted

    def meaning(scope: Any) -> bool | None:
        found = among(operand(scope), choices(scope))
        return None if found is None else found is wanted

    return meaning


def _arithmetic(node: Arithmetic, place: _Place) -> Meaning:
    first, *rest = [_build(part, place) for part in node.parts]
    steps = [(OPERATIONS[sign], part) for sign, part in zip(node.signs, rest, strict=True)]

    def meaning(scope: Any) -> Any:
        result = first(scope)
        for operation, part in steps:
            if result is None:
                return None
            value = part(scope)
            if value is None:
                return None
            result = operation(result, value)
        return result

    return meaning


def _conditional(node: Conditional, place: _Place) -> Meaning:
    then, condition, otherwise = (_build(part, place) for part in node.parts)

    def meaning(scope: Any) -> Any:
        truth = condition(scope)
        if truth is None:
            return None
        return then(scope) if truth else otherwise(scope)

    return meaning


def _call(node: Call, place: _Place) -> Meaning:
    function = FUNCTIONS[node.function]
    if function.meaning is None:
        return _asked_of_scope(node, place)
    apply, parts = function.meaning, [_build(part, place) for part in node.parts]
    if not function.strict:
        return lambda scope: apply(*[part(scope) for part in parts])

    def meaning(scope: Any) -> Any:
        values = [part(scope) for part in parts]
        return None if None in values else apply(*values)

    return meaning


def _asked_of_scope(node: Call, place: _Place) -> Meaning:
    match node:
        case Call("missing_reason", (Reference(ref),)):
            asked: Meaning = lambda scope: scope.missing_reason(ref)  # noqa: E731 - one of three alike
            return _of_row(asked, ref.row, place) if ref.row else _outside(asked, place)
        case Call("today"):
            return _outside(lambda scope: scope.today(), place)
        case _:
            return _outside(lambda scope: scope.now(), place)


def _aggregate(node: Aggregate, place: _Place) -> Meaning:
    inside = _Place(place.bind, (*place.rows, node.row))
    fold = AGGREGATES[node.function].fold
    element = (lambda _frame: 1) if node.function == "count" else _build(node.element, inside)
    where = None if node.where is None else _build(node.where, inside)
    rows_of, nested = _rows_of(node, place), bool(place.rows)

    def elements(outside: Scope, rows: tuple[Row, ...]) -> Iterator[Any]:
        for row in rows_of(outside):
            frame = _Frame(outside, (*rows, row))
            if where is None or where(frame) is True:
                yield element(frame)

    if nested:
        return lambda frame: fold(elements(frame.outside, frame.rows))
    return lambda scope: fold(elements(scope, ()))


def _rows_of(node: Aggregate, place: _Place) -> Callable[[Scope], Sequence[Row]]:
    """The rows that an aggregate looks at: all of its source, or only those that hold what it demands."""
    source, demand = node.source, demand_of(node)
    if demand is None:
        return lambda scope: scope.rows(source)
    item, wanted = demand[0], _build(demand[1], _Place(place.bind))

    def holding(scope: Scope) -> Sequence[Row]:
        value = wanted(scope)
        return () if value is None else scope.rows_holding(source, item, value)

    return holding


_BUILT: dict[type[Any], Callable[[Any, _Place], Meaning]] = {
    Literal: _literal,
    Reference: _reference,
    Listing: _listing,
    Minus: _minus,
    Not: _not,
    Junction: _junction,
    Comparison: _comparison,
    Membership: _membership,
    Arithmetic: _arithmetic,
    Conditional: _conditional,
    Call: _call,
    Aggregate: _aggregate,
}
