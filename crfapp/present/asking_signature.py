"""What stands in the dialog in which somebody signs, and what is done with what they type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import N_, isolated
from crfapp.present.words import ROLES
from crfapp.work.own_signatures import (
    DELEGATION,
    MONITORING,
    SignDelegation,
    SignMonitoring,
    own_statement,
)
from crfapp.work.signing import Sign, asks_login

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.ledger.keys import Scope
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command

_TITLES = {MONITORING: N_("Sign the record of the visit"), DELEGATION: N_("Sign the delegation")}


@dataclass(frozen=True, slots=True)
class SignatureAsked:
    """What the dialog shows: the statement's paragraphs in full, what it means, of what, who signs.

    ``asks_login``: whether the login is typed as well as the password. Nothing is filled in beforehand.
    """

    title: str
    meaning: str
    of: tuple[str, ...]
    statement: tuple[str, ...]
    who: str
    asks_login: bool


@dataclass(frozen=True, slots=True)
class ToSign:
    """One thing about to be signed: where, with which meaning, and the content that was shown."""

    scope: Scope
    meaning: str
    content: str


class SignatureRequest:
    """A signature that somebody is asked for. The window shows ``view`` and gives back what was typed."""

    def __init__(
        self, at: Workplace, view: SignatureAsked, commands: Callable[[str, str], Sequence[Command]]
    ) -> None:
        self.view = view
        self._at = at
        self._commands = commands
        self.wrong = 0

    def give(self, login: str, password: str) -> str:
        """Sign; empty when everything is signed, else the sentence that says why not.

        Several things are signed one after the other: what comes before a refusal stays signed.
        """
        try:
            for command in self._commands(login, password):
                self._at.send(command)
        except AppProblem as problem:
            return self._refused(problem)
        return ""

    def _refused(self, problem: AppProblem) -> str:
        say = self._at.texts
        sentence = " ".join(part for part in problem_text(problem, say) if part)
        if problem.code in (Code.WRONG_LOGIN, Code.SIGN_LOGIN):
            self.wrong += 1
            counted = say.many("{count} wrong attempt here.", "{count} wrong attempts here.", self.wrong)
            return f"{sentence} {counted}"
        return sentence


def ask_for(at: Workplace, what: Sequence[ToSign], of: Sequence[str], statement: str) -> SignatureRequest:
    """Ask for signatures of forms, visits or a casebook that have one meaning; ``of`` names them."""
    meaning, language = what[0].meaning, at.texts.language
    view = SignatureAsked(
        title=at.texts("Sign"),
        meaning=at.study_texts.meaning(meaning),
        of=tuple(of),
        statement=tuple(statement.splitlines()),
        who=_who(at),
        asks_login=asks_login(at.desk, at.actor.login),
    )

    def commands(login: str, password: str) -> list[Command]:
        typed = {"login": login, "password": password, "language": language}
        return [Sign(scope=one.scope, meaning=one.meaning, content=one.content, **typed) for one in what]

    return SignatureRequest(at, view, commands)


def ask_for_monitoring(at: Workplace, monitoring: str, of: str) -> SignatureRequest:
    """Ask a monitor to sign the record of a visit that has ended; ``of`` names it."""
    return _own(at, MONITORING, of, lambda typed: SignMonitoring(monitoring=monitoring, **typed))


def ask_for_delegation(at: Workplace, delegation: str, of: str) -> SignatureRequest:
    """Ask an investigator to sign a delegation; ``of`` names person and duties."""
    return _own(at, DELEGATION, of, lambda typed: SignDelegation(delegation=delegation, **typed))


def _own(
    at: Workplace, meaning: str, of: str, command: Callable[[dict[str, str]], Command]
) -> SignatureRequest:
    view = SignatureAsked(
        title=at.texts(_TITLES[meaning]),
        meaning="",
        of=(of,),
        statement=tuple(own_statement(meaning, at.texts).splitlines()),
        who=_who(at),
        asks_login=asks_login(at.desk, at.actor.login),
    )

    def commands(login: str, password: str) -> list[Command]:
        return [command({"login": login, "password": password, "language": at.texts.language})]

    return SignatureRequest(at, view, commands)


def _who(at: Workplace) -> str:
    role = at.texts(ROLES.get(at.actor.role.value, at.actor.role.value))
    return at.texts("{name}, {role}", name=isolated(at.actor.name), role=role)
