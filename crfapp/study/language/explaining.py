"""Why an expression came out as it did: what it read, what decided it, and its text with the values in place.

For "shown because SEX = F" and for "AREA = round(pi / 4 * 14.0 * 10.0, 1) = 110.0".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crfapp.base.dates import PartialDate
from crfapp.study.language.kinds import Type
from crfapp.study.language.meaning import Answer, Scope, compile_expression
from crfapp.study.language.rendering import render
from crfapp.study.language.tree import (
    Aggregate,
    Call,
    Conditional,
    Junction,
    Listing,
    Literal,
    Node,
    Not,
    Reference,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.study.language.meaning import Bind

_CLOCK = ("today", "now")


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was read, and what it said. An aggregate stands for itself with its result."""

    node: Node
    value: Answer


def because(tree: Node, scope: Scope, bind: Bind | None = None) -> tuple[Told, ...]:
    """What made a condition come out as it did, in the order of the text, each once.

    Of an ``and`` that is false only the parts that are false are told, of an ``or`` that is true only those
    that are true; where the result is missing, only what has no value.
    """
    told = _told(_deciding(tree, scope, bind), scope, bind)
    if compile_expression(tree, bind)(scope) is None:
        return tuple(one for one in told if one.value is None) or tuple(told)
    return tuple(told)


def filled(tree: Node, scope: Scope, bind: Bind | None = None) -> Node:
    """The expression with values instead of names; of a choice only the branch that was taken."""
    match tree:
        case Reference() | Aggregate():
            return _literal(compile_expression(tree, bind)(scope), tree)
        case Call(function) if function in _CLOCK:
            return _literal(compile_expression(tree, bind)(scope), tree)
        case Conditional():
            truth = compile_expression(tree.condition, bind)(scope)
            if truth is None:
                return tree
            return filled(tree.then if truth else tree.otherwise, scope, bind)
        case _:
            return _with_parts(tree, lambda part: filled(part, scope, bind))


def _deciding(tree: Node, scope: Scope, bind: Bind | None) -> tuple[Node, ...]:
    """The smallest conditions that gave the result."""
    match tree:
        case Junction():
            truth = compile_expression(tree, bind)(scope)
            alike = [part for part in tree.parts if compile_expression(part, bind)(scope) is truth]
            return tuple(one for part in alike for one in _deciding(part, scope, bind))
        case Not():
            return _deciding(tree.operand, scope, bind)
        case Conditional():
            truth = compile_expression(tree.condition, bind)(scope)
            taken = () if truth is None else (tree.then if truth else tree.otherwise,)
            return tuple(one for part in (tree.condition, *taken) for one in _deciding(part, scope, bind))
        case _:
            return (tree,)


def _told(trees: tuple[Node, ...], scope: Scope, bind: Bind | None) -> list[Told]:
    found: dict[str, Told] = {}
    for tree in trees:
        for part in _readings(tree):
            text = render(part)
            if text not in found:
                found[text] = Told(part, compile_expression(part, bind)(scope))
    return list(found.values())


def _readings(node: Node) -> list[Node]:
    if isinstance(node, Reference | Aggregate) or (isinstance(node, Call) and node.function in _CLOCK):
        return [node]
    return [told for part in node.parts for told in _readings(part)]


def _with_parts(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with each of its parts changed."""
    changed: dict[str, Any] = {}
    for name in ("operand", "choices"):
        if hasattr(node, name):
            changed[name] = change(getattr(node, name))
    if not changed and node.parts:
        changed["parts"] = tuple(map(change, node.parts))
    return replace(node, **changed) if changed else node


def _literal(value: Answer, node: Node) -> Node:
    """A value as somebody would write it into the expression."""
    at = node.at
    match value:
        case tuple():
            return Listing(tuple(_literal(one, node) for one in value), at)
        case bool():
            return Literal(Type.TRUTH, value, at)
        case int() | Decimal():
            return Literal(Type.NUMBER, Decimal(value), at)
        case date() | PartialDate() | None:
            return Literal(Type.DATE, value, at)
        case _:
            return Literal(Type.TEXT, str(value), at)
