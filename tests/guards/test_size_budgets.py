"""Small by budget: whatever outgrows it is named with file and line, all at once."""

from __future__ import annotations

import ast

import pytest

from tests.guards.budgets import over_budget
from tests.guards.sources import Source, sources_under


def test_everything_is_within_budget() -> None:
    offences = [offence for source in sources_under("crfapp") for offence in over_budget(source)]
    assert offences == [], "\n" + "\n".join(offences)


def long_function(lines: int) -> str:
    return "def f():\n" + "    x = 1\n" * (lines - 1)


def long_class(lines: int) -> str:
    return "class C:\n" + "    x = 1\n" * (lines - 1)


def many_methods(count: int) -> str:
    return "class C:\n    def _own(self): ...\n" + "".join(f"    def m{n}(self): ...\n" for n in range(count))


@pytest.mark.parametrize(
    ("name", "within", "beyond", "said"),
    [
        ("a.py", long_function(40), long_function(41), "a.py:1: f has 41 lines (40)"),
        ("a.py", long_class(200), long_class(201), "a.py:1: class C has 201 lines (200)"),
        ("a.py", many_methods(15), many_methods(16), "a.py:1: class C has 16 public methods (15)"),
        ("a.py", "x = 1\n" * 400, "x = 1\n" * 401, "a.py:1: module has 401 lines (400)"),
        (
            "ui/main_window.py",
            "x = 1\n" * 150,
            "x = 1\n" * 151,
            "ui/main_window.py:1: module has 151 lines (150)",
        ),
        (
            "a.py",
            "def f(self, a, b, c, d, e): ...",
            "def f(a, b, c, d, e, g): ...",
            "a.py:1: f takes 6 positional",
        ),
        (
            "a.py",
            "def f(a, b, *, c, d, e, g, h): ...",
            "def f(a, b, *, c, d, e, g, h, i): ...",
            "a.py:1: f takes 8",
        ),
    ],
)
def test_the_limit_passes_and_one_more_is_named(name: str, within: str, beyond: str, said: str) -> None:
    assert over_budget(Source(name, within, ast.parse(within))) == []
    assert any(offence.startswith(said) for offence in over_budget(Source(name, beyond, ast.parse(beyond))))
