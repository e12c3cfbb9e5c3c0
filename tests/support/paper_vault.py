"""Passwords on paper: what presenters of people need of a vault, and a lane that works at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import AppProblem, Code, IntegrityProblem
from crfapp.ledger.state import PersonRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.clinic import Clinic

SECRET = "7KQ2-M0XR-9TBC"


class HereAndNow:
    """A lane that does the work at once, or keeps it where ``later``."""

    def __init__(self) -> None:
        self.later = False
        self.waiting: list[Callable[[], None]] = []

    def step(self, done: int, total: int, what: str) -> None:
        """Nobody looks."""

    def start(
        self,
        work: Callable[[Any], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[AppProblem], None],
        title: str = "",
    ) -> Callable[[], None]:
        del title

        def act() -> None:
            try:
                result = work(self)
            except AppProblem as problem:
                failed(problem)
            else:
                done(result)

        self.waiting.append(act)
        if not self.later:
            self.waiting.pop()()
        return lambda: None


@dataclass
class PaperVault:
    """Passwords by login, of which the ledger is asked at every change whether it knows the account."""

    clinic: Clinic
    passwords: dict[str, str] = field(default_factory=lambda: {"admin": "known"}, repr=False)
    problem: AppProblem | None = None
    damaged: bool = False
    kept_out: set[str] = field(default_factory=set)

    def holders(self) -> frozenset[str]:
        if self.damaged:
            raise IntegrityProblem(Code.VAULT_DAMAGED, file="vault.json", copy="good")
        return frozenset(self.passwords)

    def give(self, login: str, password: str) -> None:
        assert self.clinic.ledger.tables.get(PersonRow, login) is not None, "a way in without a record"
        if self.problem is not None:
            raise self.problem
        self.passwords[login] = password

    def locked(self) -> frozenset[str]:
        return frozenset(self.kept_out)

    def reset(self, login: str) -> str:
        if self.problem is not None:
            raise self.problem
        self.passwords[login] = SECRET
        self.kept_out.discard(login)
        return SECRET

    def unlock(self, login: str) -> None:
        self.kept_out.discard(login)

    def close(self, login: str) -> None:
        del self.passwords[login]
