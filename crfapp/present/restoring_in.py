"""Putting a site to work again out of a copy, on a workstation that has none: where, which, what opens it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code
from crfapp.present.backup_standing import copy_day
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.entrance import Door, Offered, Restored, Restorer
    from crfapp.present.lane import Lane
    from crfapp.present.texts import Texts


class RestoreStep(StrEnum):
    """Where it stands."""

    PLACE = "place"
    KEY = "key"
    DONE = "done"


FIELDS: dict[RestoreStep, tuple[str, ...]] = {
    RestoreStep.PLACE: ("folder",),
    RestoreStep.KEY: ("copy", "login", "password", "paper", "reason"),
    RestoreStep.DONE: (),
}
_WANTED = {
    "folder": N_("Choose the folder with the backups: on the stick, the other disk, or the share."),
    "copy": N_("Choose a backup."),
    "login": N_("Type your user name at the site; you have to be its administrator."),
    "reason": N_("Say why the site is restored; it is kept for ever."),
}
_ONE_KEY = N_("Type either your password or what stands on paper.")
_SECRETS = ("password", "paper")
_PLACES = {
    Code.NO_COPY_THERE: "folder",
    Code.WRONG_LOGIN: "password",
    Code.WRONG_RECOVERY: "paper",
    Code.SHARE_MISTYPED: "paper",
    Code.SHARES_TOO_FEW: "paper",
    Code.SHARES_MIXED: "paper",
    Code.NOT_ALLOWED: "login",
    Code.REASON_NEEDED: "reason",
}


@dataclass(frozen=True, slots=True)
class RestoreView:
    """What the page shows. ``problems`` are sentences by field; the one under ``""`` stands below all."""

    step: RestoreStep = RestoreStep.PLACE
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    busy: bool = False
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    told: str = ""


class RestoringIn:
    """The presenter. Passwords and paper are handed on and kept no longer than the page stands."""

    def __init__(self, restorer: Restorer, lane: Lane, say: Texts) -> None:
        self._restorer, self._lane, self._say = restorer, lane, say
        self._show: Callable[[RestoreView], None] = lambda _: None
        self._offered: Offered | None = None
        self.view = RestoreView()
        self.door: Door | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What is asked at this step."""
        return FIELDS[self.view.step]

    def watch(self, show: Callable[[RestoreView], None]) -> None:
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
        """To the folder again; what was typed there stays."""
        if not self.view.busy and self.view.step is RestoreStep.KEY:
            self._become(step=RestoreStep.PLACE, problems={})

    def go_on(self) -> None:
        """One step on, where this one is in order; else each refusal stands beside its field."""
        if self.view.busy or self.view.step is RestoreStep.DONE:
            return
        problems = self._problems_here()
        if problems:
            self._become(problems=problems)
            return
        self._become(busy=True, problems={})
        if self.view.step is RestoreStep.PLACE:
            folder = Path(self._value("folder")).expanduser()
            self._lane.start(lambda _: self._restorer.look(folder), done=self._looked, failed=self._refused)
        else:
            name, login, reason = (self._value(one) for one in ("copy", "login", "reason"))
            key = (login, self._value("password"), self._value("paper").strip())
            self._lane.start(
                lambda _: self._restorer.restore(name, key, reason), done=self._restored, failed=self._refused
            )

    def _problems_here(self) -> dict[str, str]:
        missing = {
            name: self._say(_WANTED[name])
            for name in self.fields
            if name in _WANTED and not self._value(name).strip()
        }
        if "password" in self.fields and bool(self._value("password")) == bool(self._value("paper").strip()):
            missing["password"] = self._say(_ONE_KEY)
        return missing

    def _looked(self, offered: Offered) -> None:
        choices = tuple((name, self._copy_words(name, day)) for name, day in offered.copies)
        values = {**self.view.values, "copy": choices[0][0]}
        self._become(busy=False, step=RestoreStep.KEY, label=offered.label, choices=choices, values=values)

    def _copy_words(self, name: str, day: str) -> str:
        return copy_day(self._say, day or name)

    def _restored(self, restored: Restored) -> None:
        self.door, say = restored.door, self._say
        told = [
            say.many("{count} event was restored.", "{count} events were restored.", restored.events),
            say("This workstation has a new name, so no number is given twice."),
        ]
        if restored.missing:
            told.append(
                say.many(
                    "{count} later event is known to be missing: take in a package of another workstation.",
                    "{count} later events are known to be missing: take in a package of another workstation.",
                    restored.missing,
                )
            )
        if restored.photographs_lost:
            told.append(
                say.many(
                    "{count} photograph did not lie beside the backup.",
                    "{count} photographs did not lie beside the backup.",
                    restored.photographs_lost,
                )
            )
        kept = {name: text for name, text in self.view.values.items() if name not in _SECRETS}
        self._become(busy=False, step=RestoreStep.DONE, values=kept, told=" ".join(told))

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
