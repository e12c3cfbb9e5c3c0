"""Beginning a second workstation or an own copy: the invitation and its code, then who is there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.entrance import Door, Invited, Joiner
    from crfapp.present.lane import Lane
    from crfapp.present.texts import Texts


class JoinStep(StrEnum):
    """Where the joining stands."""

    FILE = "file"
    WHO = "who"
    DONE = "done"


_WANTED = {
    "file": N_("Choose the invitation that was made on the first workstation."),
    "code": N_("Type the code that was shown with the invitation."),
    "login": N_("Type your user name at the site."),
    "password": N_("Type your password at the site."),
    "new": N_("Choose a password for this copy."),
    "again": N_("The two passwords differ. Type it again."),
}
_SECRETS = ("code", "password", "new", "again")
_PLACES = {
    Code.INVITATION_CODE: "code",
    Code.INVITATION_WRONG: "file",
    Code.WRONG_LOGIN: "password",
    Code.PASSWORD_TOO_SHORT: "new",
    Code.PASSWORD_TOO_COMMON: "new",
    Code.PASSWORD_FROM_NAMES: "new",
}


@dataclass(frozen=True, slots=True)
class JoinView:
    """What the page shows. ``problems`` are sentences by field; the one under ``""`` stands below all.

    ``invited`` is what the invitation says, once its code opened it.
    """

    step: JoinStep = JoinStep.FILE
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    busy: bool = False
    invited: Invited | None = None


class JoiningIn:
    """The presenter. Codes and passwords are handed on and kept no longer than the page stands."""

    def __init__(self, joiner: Joiner, lane: Lane, say: Texts) -> None:
        self._joiner, self._lane, self._say = joiner, lane, say
        self._show: Callable[[JoinView], None] = lambda _: None
        self.view = JoinView()
        self.door: Door | None = None

    def watch(self, show: Callable[[JoinView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def speak(self, say: Texts) -> None:
        """Change the language; sentences in the old one are taken away."""
        self._say = say
        self._become(problems={})

    def write(self, name: str, text: str) -> None:
        """Take a field as it stands; the page is not redrawn, and the field's old problem is forgotten."""
        problems = {at: said for at, said in self.view.problems.items() if at != name}
        self.view = replace(self.view, values={**self.view.values, name: text}, problems=problems)

    def back(self) -> None:
        """To the invitation again; what was typed there stays."""
        if not self.view.busy and self.view.step is JoinStep.WHO:
            self._become(step=JoinStep.FILE, problems={}, invited=None)

    def go_on(self) -> None:
        """One step on, where this one is in order; else each refusal stands beside its field."""
        if self.view.busy or self.view.step is JoinStep.DONE:
            return
        problems = self._problems_here()
        if problems:
            self._become(problems=problems)
        elif self.view.step is JoinStep.FILE:
            file, code = Path(self._value("file")).expanduser(), self._value("code")
            self._start(lambda: self._joiner.open(file, code), self._opened)
        else:
            who = (self._value("login"), self._value("password"), self._value("new"))
            self._start(lambda: self._joiner.join(*who), self._joined)

    @property
    def fields(self) -> tuple[str, ...]:
        """What is asked at this step."""
        if self.view.step is JoinStep.FILE:
            return "file", "code"
        if self.view.step is JoinStep.DONE:
            return ()
        own = self.view.invited is not None and bool(self.view.invited.copy_of)
        return ("login", "password", "new", "again") if own else ("login", "password")

    def _problems_here(self) -> dict[str, str]:
        missing = {name: self._say(_WANTED[name]) for name in self.fields if not self._value(name)}
        if "again" in self.fields and self._value("again") != self._value("new"):
            missing["again"] = self._say(_WANTED["again"])
        return missing

    def _start(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._become(busy=True, problems={})
        self._lane.start(lambda _: work(), done=done, failed=self._refused)

    def _opened(self, invited: Invited) -> None:
        values = dict(self.view.values)
        if invited.copy_of:
            values["login"] = invited.copy_of
        self._become(busy=False, step=JoinStep.WHO, values=values, invited=invited)

    def _joined(self, door: Door) -> None:
        self.door = door
        kept = {name: text for name, text in self.view.values.items() if name not in _SECRETS}
        self._become(busy=False, step=JoinStep.DONE, values=kept)

    def _refused(self, problem: AppProblem) -> None:
        place = _PLACES.get(problem.code, "")
        place = place if place in self.fields else ""
        self._become(busy=False, problems={place: " ".join(problem_text(problem, self._say))})

    def _value(self, name: str) -> str:
        text = self.view.values.get(name, "")
        return text if name in _SECRETS else text.strip()

    def _become(self, **changed: object) -> None:
        self.view = replace(self.view, **changed)  # type: ignore[arg-type]  # the fields of the view
        self._show(self.view)
