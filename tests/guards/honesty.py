"""Finds tests that cannot fail, wait by the clock, replace parts by mocks, or leave without saying why."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.guards.sources import Source

CLAIMS = ("assert", "check", "expect", "verify", "must", "is_refused", "reads", "raises", "warns", "fail")
WAITS_THAT_CLAIM = ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "wait_until", "wait_for")
LEAVING = {"skip", "skipif", "xfail", "importorskip"}

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


def dishonest(source: Source) -> list[str]:
    """Every offence in one test file, each as ``file:line: what``."""
    found = list(_without_assertion(source))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            found += [f"{source.name}:{node.lineno}: {what}" for what in _said_of_call(node)]
        elif isinstance(node, ast.Import | ast.ImportFrom) and _is_mock(node):
            found.append(f"{source.name}:{node.lineno}: unittest.mock: write a fake for the port")
        elif isinstance(node, ast.ImportFrom) and node.module == "time" and "sleep" in _imported(node):
            found.append(f"{source.name}:{node.lineno}: sleep: wait for what should happen")
        elif isinstance(node, AnyFunction | ast.ClassDef):
            found += [f"{source.name}:{mark.lineno}: {what}" for mark, what in _bare_marks(node)]
    return found


def _without_assertion(source: Source) -> Iterator[str]:
    functions = {node.name: node for node in ast.walk(source.tree) if isinstance(node, AnyFunction)}
    claiming = {name for name, node in functions.items() if _claims(node)}
    grown = True
    while grown:  # a test may leave the claim to a function of the same file
        more = {name for name, node in functions.items() if _calls(node) & claiming} - claiming
        claiming |= more
        grown = bool(more)
    for name, node in functions.items():
        if name.startswith("test_") and name not in claiming:
            yield f"{source.name}:{node.lineno}: {name} asserts nothing"


def _claims(node: AnyFunction) -> bool:
    if any(isinstance(inner, ast.Assert) for inner in ast.walk(node)):
        return True
    return any(name.startswith(CLAIMS) or name in WAITS_THAT_CLAIM for name in _calls(node))


def _calls(node: ast.AST) -> set[str]:
    return {_last_name(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def _said_of_call(node: ast.Call) -> Iterator[str]:
    match node.func:
        case ast.Attribute(value=ast.Name(id="time"), attr="sleep"):
            yield "sleep: wait for what should happen"
        case ast.Attribute(value=ast.Name(id="qtbot"), attr="wait"):
            yield "qtbot.wait is a sleep: use waitUntil or waitSignal"
        case ast.Attribute(value=ast.Name(id="pytest") | ast.Attribute(attr="mark"), attr=how):
            if how in LEAVING and not _gives_reason(node, how):
                yield f"{how} without a reason"
        case _:
            return


def _gives_reason(node: ast.Call, how: str) -> bool:
    if any(word.arg in {"reason", "msg"} for word in node.keywords):
        return True
    in_words = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    return in_words and how in {"skip", "xfail"} and bool(node.args)


def _bare_marks(node: AnyFunction | ast.ClassDef) -> Iterator[tuple[ast.expr, str]]:
    for mark in node.decorator_list:
        if isinstance(mark, ast.Attribute) and mark.attr in LEAVING:
            yield mark, f"{mark.attr} without a reason"


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    return {alias.name for alias in node.names}


def _is_mock(node: ast.Import | ast.ImportFrom) -> bool:
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    if module == "unittest":
        return "mock" in _imported(node)
    return any(re.match(r"(unittest\.)?mock(\.|$)", name) for name in {module, *_imported(node)})
