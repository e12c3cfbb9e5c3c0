"""The canonical text of a tree: single spaces, double quotes, no bracket that changes nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crfapp.base.dates import PartialDate
from crfapp.study.language.numbers import PI
from crfapp.study.language.parser import ADD, AND, COMPARE, MINUS, MULTIPLY, NOT, OR
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
)

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOSEST, _TIGHTEST = OR - 1, MINUS + 1
_POWERS: dict[type[Any], int] = {
    Conditional: _LOOSEST,
    Not: NOT,
    Comparison: COMPARE,
    Membership: COMPARE,
    Minus: MINUS,
}


def render(tree: Node) -> str:
    """Text that parses to the same tree."""
    return _RENDERED[type(tree)](tree)


def _power(node: Node) -> int:
    """How tightly a node holds together; what needs no brackets anywhere is tightest."""
    match node:
        case Junction(word):
            return OR if word == "or" else AND
        case Arithmetic(signs):
            return ADD if signs[0] in "+-" else MULTIPLY
        case _:
            return _POWERS.get(type(node), _TIGHTEST)


def _at_least(node: Node, power: int) -> str:
    text = render(node)
    return text if _power(node) >= power else f"({text})"


def _literal(node: Literal) -> str:
    match node.value:
        case None:
            return "missing"
        case bool(truth):
            return "true" if truth else "false"
        case Decimal() as number:
            return "pi" if number == PI else str(number)
        case date() | PartialDate() as day:
            return f'date("{day}")'
        case str(text):
            escaped = text.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'


def _chain(signs: tuple[str, ...], parts: tuple[Node, ...], power: int) -> str:
    texts = [_at_least(part, power + 1) for part in parts]
    pieces = [texts[0]]
    for sign, text in zip(signs, texts[1:], strict=True):
        pieces += [sign, text]
    return " ".join(pieces)


def _junction(node: Junction) -> str:
    return _chain((node.word,) * (len(node.parts) - 1), node.parts, _power(node))


def _membership(node: Membership) -> str:
    word = "in" if node.wanted else "not in"
    return f"{_at_least(node.operand, ADD)} {word} {_at_least(node.choices, ADD)}"


def _conditional(node: Conditional) -> str:
    then, condition = _at_least(node.then, OR), _at_least(node.condition, OR)
    return f"{then} if {condition} else {render(node.otherwise)}"


def _aggregate(node: Aggregate) -> str:
    kept = "" if node.where is None else f" if {render(node.where)}"
    return f"{node.function}({render(node.element)} for {node.row} in {node.source}{kept})"


def _separated(parts: tuple[Node, ...]) -> str:
    return ", ".join(map(render, parts))


_RENDERED: dict[type[Any], Callable[[Any], str]] = {
    Literal: _literal,
    Reference: lambda node: str(node.ref),
    Listing: lambda node: f"[{_separated(node.parts)}]",
    Minus: lambda node: f"-{_at_least(node.operand, MINUS)}",
    Not: lambda node: f"not {_at_least(node.operand, NOT)}",
    Junction: _junction,
    Comparison: lambda node: _chain(node.signs, node.parts, COMPARE),
    Membership: _membership,
    Arithmetic: lambda node: _chain(node.signs, node.parts, _power(node)),
    Conditional: _conditional,
    Call: lambda node: f"{node.function}({_separated(node.parts)})",
    Aggregate: _aggregate,
}
