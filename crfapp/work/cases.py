"""The declaration of a use case: its command, the right it needs, what it touches, when it wants a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from crfapp.ledger.events import Event
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor, Right


class Topic(StrEnum):
    """Kinds of things that change; a page refreshes when one of its own did."""

    SITE = "site"
    PEOPLE = "people"
    SESSION = "session"
    SUBJECTS = "subjects"
    VISITS = "visits"
    ANSWERS = "answers"
    FORMS = "forms"
    EXPORTS = "exports"
    QUERIES = "queries"
    VERIFICATION = "verification"
    SIGNATURES = "signatures"
    LOCKS = "locks"
    TRAIL = "trail"
    PACKAGES = "packages"
    CONFLICTS = "conflicts"
    PHOTOGRAPHS = "photographs"
    OUTLINES = "outlines"
    READINGS = "readings"
    SAFETY = "safety"
    BACKUPS = "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Base of all commands: plain data, told by a person. ``reason`` is why, where it is asked for."""

    reason: str = ""


C = TypeVar("C", bound=Command)
Handler = Callable[[Any, "Desk", "Actor"], "Iterator[Event]"]


@dataclass(frozen=True, slots=True)
class UseCase:
    """What is declared about a command."""

    command: type[Command]
    needs: Right
    touches: frozenset[Topic]
    needs_reason: Callable[[Any, Desk], bool]
    handler: Handler


USE_CASES: dict[type[Command], UseCase] = {}


def _no_reason(_command: Command, _desk: Desk) -> bool:
    return False


def use_case(
    command: type[C],
    *,
    needs: Right,
    touches: tuple[Topic, ...],
    needs_reason: Callable[[C, Desk], bool] = _no_reason,
) -> Callable[[Callable[[C, Desk, Actor], Iterator[Event]]], Callable[[C, Desk, Actor], Iterator[Event]]]:
    """Register the handler of a command with its rules."""

    def declare(
        handler: Callable[[C, Desk, Actor], Iterator[Event]],
    ) -> Callable[[C, Desk, Actor], Iterator[Event]]:
        USE_CASES[command] = UseCase(command, needs, frozenset(touches), needs_reason, handler)
        return handler

    return declare
