"""Between the password and the work: an own password, statement and training, and what happened meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import AppProblem, Code
from crfapp.base.times import Moment
from crfapp.present.arrival import STATEMENT_TEXT, TRAINING_TEXT
from crfapp.present.new_person import NewPerson, password_problems, password_rules
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES
from crfapp.work.cases import Command
from crfapp.work.own_account import AcceptStatement, NoteTraining, Step, trained_for
from crfapp.work.policy import policy_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.present.entrance import Door
    from crfapp.present.exchange_view import Rule
    from crfapp.present.lane import Lane
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace

Kind = Literal["password", "change", "statement", "training", "both", "told"]
_KINDS: dict[Step, Kind] = {
    Step.PASSWORD: "password",
    Step.STATEMENT: "statement",
    Step.TRAINING: "training",
}
_MOST_TOLD = 4
"""So many moments of wrong passwords are named; how many there were is said in any case."""


@dataclass(frozen=True, slots=True)
class ComingInView:
    """One step. ``text`` is to be read, ``lines`` are facts below it, ``out`` leads back to the login.

    ``problems`` are sentences by field (``current``, ``password``, ``again``); the one under ``""`` stands
    below all. ``place``: which step of how many.
    """

    kind: Kind
    place: tuple[int, int]
    title: str
    text: str
    go: str
    out: str = ""
    lines: tuple[str, ...] = ()
    busy: bool = False
    problems: tuple[tuple[str, str], ...] = ()

    def problem(self, field: str) -> str:
        """The sentence at a field, or nothing."""
        return dict(self.problems).get(field, "")


_DECLARES: dict[Kind, tuple[Command, ...]] = {
    "statement": (AcceptStatement(),),
    "training": (NoteTraining(),),
    "both": (AcceptStatement(), NoteTraining()),
}
"""What accepting a step puts on record."""


class ComingIn:
    """The presenter of the steps. ``done`` is called after the last, ``left`` where somebody will not.

    ``password`` is the one that was just typed: whoever is asked for an own one does not type it again.
    It is dropped with the step. ``change=True``: the person at work wishes another password, which asks
    for the present one.
    """

    def __init__(
        self,
        door: Door,
        lane: Lane,
        workplace: Workplace,
        *,
        password: str = "",
        change: bool = False,
        done: Callable[[], None],
        left: Callable[[], None],
    ) -> None:
        self._door, self._lane, self._at = door, lane, workplace
        self._password, self._done, self._left = password, done, left
        self._show: Callable[[ComingInView], None] = lambda _: None
        arrival = workplace.arrival
        self._reset_by, self._attempts, self._aged = arrival.reset_by, arrival.attempts, arrival.aged
        kinds: list[Kind] = [_KINDS[step] for step in arrival.steps]
        if self._attempts or (self._reset_by and "password" not in kinds):
            kinds.append("told")
        self._kinds: tuple[Kind, ...] = ("change",) if change else _together(kinds)
        self._number, self._declared = 0, list[Command]()
        if self._kinds:
            self.view = self._view()

    @property
    def needed(self) -> bool:
        """Whether there is any step."""
        return bool(self._kinds)

    def watch(self, show: Callable[[ComingInView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def speak(self, say: Texts) -> None:
        """Change the language; sentences in the old one are taken away."""
        self._at.speak(say)
        self._become(self._view())

    def rules(self, password: str, again: str) -> tuple[Rule, ...]:
        """The rules of a password, and which are kept so far."""
        return password_rules(self._as_typed(password, again), self._names(), self._at.texts, self._shortest)

    def choose(self, password: str, again: str, current: str = "") -> None:
        """Take an own password; what is not in order is said beside its field, and nothing changes."""
        if self.view.busy:
            return
        typed, say = self._as_typed(password, again), self._at.texts
        problems = password_problems(typed, self._names(), say, self._shortest)
        if self.view.kind == "change" and not current:
            problems["current"] = say("Type the password that you have now.")
        if problems:
            self._refuse(problems)
            return
        present = current or self._password
        self._become(replace(self.view, busy=True, problems=()))
        self._lane.start(
            lambda _: self._door.set_own_password(present, password),
            done=self._chosen,
            failed=self._not_chosen,
        )

    def accept(self) -> None:
        """Accept what stands there, or go on from what was told."""
        try:
            for command in _DECLARES.get(self.view.kind, ()):
                if command not in self._declared:  # the other one may have failed, and is tried again
                    self._at.send(command)
                    self._declared.append(command)
        except AppProblem as problem:
            self._refuse({"": " ".join(problem_text(problem, self._at.texts))})
            return
        self._go_on()

    def refuse(self) -> None:
        """The person will not, or not now: they leave as they came."""
        self._password = ""
        self._left()

    def _chosen(self, _: None) -> None:
        self._password = ""
        self._go_on()

    def _not_chosen(self, problem: AppProblem) -> None:
        say, code = self._at.texts, problem.code
        at_current = code in (Code.WRONG_LOGIN, Code.LOCKED_OUT)
        place = "password" if code.name.startswith("PASSWORD") else "current" if at_current else ""
        sentence = " ".join(problem_text(problem, say))
        if code is Code.WRONG_LOGIN:
            sentence = say("This is not the password that you have now.")
        if place == "current" and self.view.kind == "password":
            place = ""  # nothing was typed there: it is the password that opened the door
        self._refuse({place: sentence})

    def _go_on(self) -> None:
        self._number += 1
        if self._number >= len(self._kinds):
            self._done()
        else:
            self._become(self._view())

    def _refuse(self, problems: dict[str, str]) -> None:
        self._become(replace(self.view, busy=False, problems=tuple(problems.items())))

    def _become(self, view: ComingInView) -> None:
        self.view = view
        self._show(view)

    @property
    def _shortest(self) -> int:
        return policy_of(self._at.tables).shortest

    def _as_typed(self, password: str, again: str) -> NewPerson:
        actor = self._at.actor
        return NewPerson(actor.name, actor.login, password=password, again=again)

    def _names(self) -> tuple[str, ...]:
        return self._at.study.head.study, self._at.site.code, self._at.site.name

    def _view(self) -> ComingInView:
        say, kind = self._at.texts, self._kinds[self._number]
        place = (self._number + 1, len(self._kinds))
        if kind == "statement":
            title, text = say("Your electronic signature"), say(STATEMENT_TEXT)
            return ComingInView(kind, place, title, text, say("I accept"), say("I do not accept: log out"))
        if kind == "training":
            title, text = say("Your training"), say(TRAINING_TEXT)
            go, out = say("I confirm"), say("I was not trained: log out")
            return ComingInView(kind, place, title, text, go, out, self._trained())
        if kind == "both":
            title, text = say("Your electronic signature and your training"), say(STATEMENT_TEXT)
            go, out = say("I accept and confirm both"), say("Not both: log out")
            return ComingInView(kind, place, title, text, go, out, (say(TRAINING_TEXT), *self._trained()))
        if kind == "told":
            title, text = say("Since your last visit"), ""
            return ComingInView(kind, place, title, text, say("Go on"), "", self._told())
        out = say("Back") if kind == "change" else say("Not now: log out")
        title, text = say("Choose your own password"), self._why(kind)
        return ComingInView(kind, place, title, text, say("Set the password"), out)

    def _trained(self) -> tuple[str, ...]:
        say = self._at.texts
        version = isolated(trained_for(self._at.desk.software))
        return (
            say("Role: {role}", role=say(ROLES[self._at.actor.role.value])),
            say("Version of the program: {version}", version=version),
        )

    def _why(self, kind: Kind) -> str:
        say = self._at.texts
        if kind == "change":
            return say("From the next login on, only the new one opens the records.")
        if self._reset_by:
            return say(
                "{name} reset your password. What you came in with opens the records this once; nobody but"
                " you knows the one that you choose now.",
                name=isolated(self._reset_by),
            )
        if self._aged:
            return say("By the rules of the site your password has grown old. Choose another one.")
        return say(
            "The password that you were given is known to somebody else. Nobody but you knows the one that"
            " you choose now."
        )

    def _told(self) -> tuple[str, ...]:
        say, lines = self._at.texts, list[str]()
        if self._attempts:
            count = sum(attempt.times for attempt in self._attempts)
            when = say.listed(self._moment(attempt.at) for attempt in self._attempts[-_MOST_TOLD:])
            more = "…, " if len(self._attempts) > _MOST_TOLD else ""
            lines.append(
                say.many(
                    "{count} wrong password was typed with your user name ({when}).",
                    "{count} wrong passwords were typed with your user name ({when}).",
                    count,
                    when=f"{more}{when}",
                )
            )
            lines.append(say("If it was not you, tell the investigator and choose another password."))
        if self._reset_by:
            lines.append(say("Your password was reset by {name}.", name=isolated(self._reset_by)))
        return tuple(lines)

    def _moment(self, at: str) -> str:
        local = Moment.at(datetime.fromisoformat(at).astimezone(UTC), self._at.now.zone).local
        return f"{self._at.texts.short_date(local.date())} {isolated(f'{local:%H:%M}')}"


def _together(kinds: Sequence[Kind]) -> tuple[Kind, ...]:
    """Two declarations that stand side by side are read on one page, and recorded one by one all the same."""
    if "statement" not in kinds or "training" not in kinds:
        return tuple(kinds)
    return tuple("both" if kind == "statement" else kind for kind in kinds if kind != "training")
