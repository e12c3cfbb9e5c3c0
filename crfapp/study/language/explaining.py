"""Why a condition came out as it did: what it read, for "shown because SEX = F"."""

from __future__ import annotations

from crfapp.study.language.meaning import Answer, Scope, compile_expression
from crfapp.study.language.rendering import render
from crfapp.study.language.tree import Aggregate, Node, Reference


def explain(tree: Node, scope: Scope) -> list[tuple[str, Answer]]:
    """Each reference as written with its value, in the order of the text, each once.

    An aggregate stands for itself with its result; the rows inside are not listed.
    """
    found: dict[str, Answer] = {}
    for part in _told(tree):
        text = render(part)
        if text not in found:
            found[text] = compile_expression(part)(scope)
    return list(found.items())


def _told(node: Node) -> list[Node]:
    if isinstance(node, Reference | Aggregate):
        return [node]
    return [told for part in node.parts for told in _told(part)]
