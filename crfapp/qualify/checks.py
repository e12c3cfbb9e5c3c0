"""What a check is: what it shows, on a made-up site in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import AppProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tried:
    """What was expected and what was seen, in short; ``kept`` is the whole of it, hashed as evidence."""

    expected: str
    seen: str
    kept: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One function of the program that is tried: the requirement it shows, its name, how."""

    id: str
    requirement: str
    name: str
    run: Callable[[Path], Tried]


def refused(act: Callable[[], object]) -> str:
    """The code with which something is refused; ``done`` where it is not."""
    try:
        act()
    except AppProblem as problem:
        return problem.code.value
    return "done"
