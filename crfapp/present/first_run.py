"""The first-run assistant: study and site, administrator, recovery sheet; one calm step after another."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.passwords import SHORTEST
from crfapp.base.problems import AppProblem, Code
from crfapp.present.entrance import Door, NewSite, PackOffer, Sheet
from crfapp.present.new_person import LOGIN, LOGIN_WANTED
from crfapp.present.problem_texts import code_text, problem_text
from crfapp.present.texts import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crfapp.present.entrance import Founder
    from crfapp.present.lane import Lane
    from crfapp.present.texts import Texts


class Step(StrEnum):
    """Where the assistant stands. SHEET and TEST are two sides of the third step."""

    SITE = "site"
    PERSON = "person"
    SHEET = "sheet"
    TEST = "test"
    DONE = "done"


FIELDS: dict[Step, tuple[str, ...]] = {
    Step.SITE: ("pack", "code", "name", "zone"),
    Step.PERSON: ("person", "login", "password", "again"),
    Step.SHEET: (),
    Step.TEST: ("typed",),
    Step.DONE: (),
}
_SECRETS = ("password", "again", "typed")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,11}")

_WANTED = {
    "pack": N_("Choose the study of this site."),
    "code": N_("Type the site's code: 2 to 12 letters, digits or hyphens, for example JO01."),
    "name": N_("Type the name of the site."),
    "zone": N_("Choose the time zone from the list."),
    "person": N_("Type the name of the administrator."),
    "login": LOGIN_WANTED,
    "again": N_("The two passwords differ. Type it again."),
    "typed": N_("Type the four lines of the sheet."),
}


@dataclass(frozen=True, slots=True)
class FirstRunView:
    """What the page shows. ``problems`` are sentences by field; the one under ``""`` stands below all."""

    step: Step = Step.SITE
    offers: tuple[PackOffer, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    busy: bool = False
    sheet: Sheet | None = None


class FirstRun:
    """The presenter. ``folder`` is where the site will be; ``zones`` are the names that may be chosen.

    ``zone`` is that of the machine: it stands in its field to be looked at, where it is one of them.
    """

    def __init__(
        self, founder: Founder, lane: Lane, say: Texts, *, folder: Path, zones: Sequence[str], zone: str = ""
    ) -> None:
        self._founder, self._lane, self._say = founder, lane, say
        self._folder, self._zones = folder, frozenset(zones)
        self._show: Callable[[FirstRunView], None] = lambda _: None
        offers = tuple(founder.packs())
        known = {"pack": str(offers[0].folder)} if len(offers) == 1 else {}
        if zone in self._zones:
            known["zone"] = zone
        self.view = FirstRunView(offers=offers, values=known)
        self.door: Door | None = None

    def watch(self, show: Callable[[FirstRunView], None]) -> None:
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
        """One step back; what was typed stays."""
        steps = list(Step)
        if self.view.busy or self.view.step in (Step.SITE, Step.DONE):
            return
        self._become(step=steps[steps.index(self.view.step) - 1], problems={})

    def go_on(self) -> None:
        """One step on, where this one is in order; else each refusal stands beside its field."""
        if self.view.busy:
            return
        problems = self.problems_here()
        if problems:
            self._become(problems=problems)
        elif self.view.step is Step.PERSON:
            self._prepare()
        elif self.view.step is Step.TEST:
            self._finish()
        else:
            steps = list(Step)
            self._become(step=steps[steps.index(self.view.step) + 1], problems={})

    def problems_here(self) -> dict[str, str]:
        """What is not in order at this step, by field."""
        said = {name: self._problem(name, self._value(name)) for name in FIELDS[self.view.step]}
        return {name: sentence for name, sentence in said.items() if sentence}

    def password_advice(self) -> tuple[bool, str]:
        """Whether the password is good enough, and the sentence that says so or what is missing."""
        typed = len(unicodedata.normalize("NFC", self.view.values.get("password", "")))
        if not typed:
            return False, ""
        code = self._founder.password_problem(self._new_site())
        if not code:
            return True, self._say("Good: long, and not one that is guessed early.")
        if code == Code.PASSWORD_TOO_SHORT.value and typed < SHORTEST:
            more = SHORTEST - typed
            return False, self._say.many("{count} more character.", "{count} more characters.", more)
        return False, " ".join(code_text(Code(code), {}, self._say))

    def _value(self, name: str) -> str:
        text = self.view.values.get(name, "")
        if name in _SECRETS:
            return text
        text = unicodedata.normalize("NFC", text).strip()
        plain = name in ("code", "login")  # they stand in numbers and file names, so digits are ASCII
        return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text) if plain else text

    def _problem(self, name: str, text: str) -> str:
        if name == "password":
            return self._password_problem(text)
        in_order = {
            "zone": text in self._zones,
            "code": bool(_CODE.fullmatch(text)),
            "login": bool(LOGIN.fullmatch(text)),
            "again": text == self.view.values.get("password", ""),
        }
        return "" if in_order.get(name, bool(text.strip())) else self._say(_WANTED[name])

    def _password_problem(self, password: str) -> str:
        if not password:
            return self._say("Type a password.")
        code = self._founder.password_problem(self._new_site())
        return " ".join(code_text(Code(code), {}, self._say)) if code else ""

    def _prepare(self) -> None:
        new = self._new_site()
        self._become(busy=True, problems={})
        self._lane.start(lambda _: self._founder.prepare(new), done=self._prepared, failed=self._refused)

    def _prepared(self, sheet: Sheet) -> None:
        self._become(busy=False, sheet=sheet, step=Step.SHEET)

    def _finish(self) -> None:
        typed = self._value("typed")
        self._become(busy=True, problems={})
        self._lane.start(lambda _: self._founder.finish(typed), done=self._finished, failed=self._refused)

    def _finished(self, door: Door) -> None:
        self.door = door
        kept = {name: text for name, text in self.view.values.items() if name not in _SECRETS}
        self._become(busy=False, sheet=None, values=kept, step=Step.DONE)

    def _refused(self, problem: AppProblem) -> None:
        at = {Code.WRONG_RECOVERY: "typed", Code.LOGIN_TAKEN: "login"}.get(problem.code, "")
        at = at if at in FIELDS[self.view.step] else ""
        self._become(busy=False, problems={at: " ".join(problem_text(problem, self._say))})

    def _new_site(self) -> NewSite:
        value = self._value
        return NewSite(
            folder=self._folder,
            pack=Path(value("pack")),
            code=value("code"),
            name=value("name"),
            zone=value("zone"),
            login=value("login"),
            person=value("person"),
            password=value("password"),
        )

    def _become(self, **changed: object) -> None:
        self.view = replace(self.view, **changed)  # type: ignore[arg-type]  # the fields of the view
        self._show(self.view)
