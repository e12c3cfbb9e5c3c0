"""Counts what the budgets of the house limit. Complexity is counted by ruff (C901)."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.guards.sources import Source

FUNCTION_LINES = 40
POSITIONAL_ARGUMENTS = 5
ARGUMENTS = 7
CLASS_LINES = 200
PUBLIC_METHODS = 15
MODULE_LINES = 400
MAIN_WINDOW_LINES = 150

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


def over_budget(source: Source) -> list[str]:
    """Every offence in one file, each as ``file:line: what it has (what it may have)``."""
    found = list(_module(source))
    for node in ast.walk(source.tree):
        if isinstance(node, AnyFunction):
            found += _function(source, node)
        elif isinstance(node, ast.ClassDef):
            found += _class(source, node)
    return found


def _module(source: Source) -> Iterator[str]:
    limit = MAIN_WINDOW_LINES if source.name.endswith("main_window.py") else MODULE_LINES
    lines = len(source.text.splitlines())
    if lines > limit:
        yield f"{source.name}:1: module has {lines} lines ({limit})"


def _function(source: Source, node: AnyFunction) -> Iterator[str]:
    place = f"{source.name}:{node.lineno}: {node.name}"
    lines = _lines(node)
    if lines > FUNCTION_LINES:
        yield f"{place} has {lines} lines ({FUNCTION_LINES})"
    positional = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
    if positional and positional[0] in {"self", "cls"}:
        positional = positional[1:]
    if len(positional) > POSITIONAL_ARGUMENTS:
        yield f"{place} takes {len(positional)} positional arguments ({POSITIONAL_ARGUMENTS})"
    every = len(positional) + len(node.args.kwonlyargs)
    if every > ARGUMENTS:
        yield f"{place} takes {every} arguments ({ARGUMENTS})"


def _class(source: Source, node: ast.ClassDef) -> Iterator[str]:
    place = f"{source.name}:{node.lineno}: class {node.name}"
    lines = _lines(node)
    if lines > CLASS_LINES and not _is_list_of_names(node):
        yield f"{place} has {lines} lines ({CLASS_LINES})"
    methods = {item.name for item in node.body if isinstance(item, AnyFunction)}
    public = {name for name in methods if not name.startswith("_")}
    if len(public) > PUBLIC_METHODS:
        yield f"{place} has {len(public)} public methods ({PUBLIC_METHODS})"


def _is_list_of_names(node: ast.ClassDef) -> bool:
    """An enumeration of nothing but names does no more for being long."""
    enumerates = any(isinstance(base, ast.Name) and base.id.endswith("Enum") for base in node.bases)
    return enumerates and not any(isinstance(item, AnyFunction) for item in node.body)


def _lines(node: AnyFunction | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
