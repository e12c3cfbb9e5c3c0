"""Looking after a site: an account for somebody new, verified copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from crfapp.base.problems import AppProblem, Code
from crfapp.base.times import Moment
from crfapp.ledger.state import PersonRow
from crfapp.present.acts import typed_day
from crfapp.present.administration_view import AdministrationView
from crfapp.present.clinic_days import ClinicDaysCard
from crfapp.present.clock_card import ClockCard
from crfapp.present.new_person import OFFERED_ROLES, password_problems, password_rules, person_problems
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES
from crfapp.work.people import AddPerson, GivePassword
from crfapp.work.policy import policy_of
from crfapp.work.roles import Right, Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crfapp.present.exchange_view import Rule
    from crfapp.present.lane import Lane, Steps
    from crfapp.present.new_person import NewPerson
    from crfapp.present.people import Keys
    from crfapp.present.workplace import Workplace
    from crfapp.work.backups import NoteBackup
    from crfapp.work.cases import Command

_OLD = timedelta(days=2)
_PLACES = {
    Code.LOGIN_TAKEN: "login",
    Code.ROLES_CONFLICT: "role",
    Code.DAYS_CROSSED: "valid_to",
    Code.NOT_A_DATE: "valid_from",
}
"""At which field of the form a refusal stands."""


class Copies(Protocol):
    """Verified copies of the records."""

    def newest(self) -> datetime | None:
        """When the newest was made; None where there is none."""

    def make(self) -> NoteBackup:
        """Make one and walk it, and give what is to be put on record of it; long work, on the lane.

        DISK_FULL, DISK_FAILS, CHAIN_BROKEN.
        """


class Administration:
    """The presenter of the Administration page. Passwords are handed on and kept nowhere.

    An account is on record before its password opens anything: there is never a way in that the ledger
    does not know. Where the password cannot be kept then, the account waits for it without one.
    """

    def __init__(self, workplace: Workplace, lane: Lane, keys: Keys, copies: Copies) -> None:
        self._at, self._lane, self._keys, self._copies = workplace, lane, keys, copies
        self._show: Callable[[AdministrationView], None] = lambda _: None
        self.may = workplace.actor.may(Right.ADMINISTER)
        self.clinic_days = ClinicDaysCard(workplace)
        self.clock = ClockCard(workplace)
        words, tone = self._age()
        self.view = AdministrationView(words, tone)

    @property
    def site_name(self) -> str:
        """For whom most people here work."""
        return self._at.site.name

    @property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """The roles that can be given, with their names."""
        return tuple((role, self._at.texts(ROLES[role])) for role in OFFERED_ROLES)

    def watch(self, show: Callable[[AdministrationView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again at the copies."""
        words, tone = self._age()
        self._become(copy=words, copy_tone=tone)

    def waiting_count(self) -> int:
        """How many accounts wait for a password, or for somebody to let them try again."""
        try:
            locked = self._keys.locked()
        except AppProblem:
            return 0  # the list of people says what is wrong with the vault
        holders, rows = self._holders(), self._at.tables.find(PersonRow, ended=0)
        return sum(row.login not in holders or row.login in locked for row in rows)

    def rules(self, new: NewPerson) -> tuple[Rule, ...]:
        """The rules of the password, and which of them are kept so far."""
        return password_rules(new.tidied(), self._names(), self._at.texts, self._shortest)

    def choose(self, login: str) -> None:
        """Give a password to an account that has none; an empty login turns to somebody new."""
        if not self.view.adding and login not in self._holders():
            self._become(waiting=login, problems={}, done="")

    def add(self, new: NewPerson) -> None:
        """Give an account with its password, or the password alone where the account waits for it.

        What is not in order is said beside its field, and nothing is written.
        """
        if self.view.adding or not self.may:
            return
        new, waiting, say = new.tidied(), self.view.waiting, self._at.texts
        if waiting:
            new = replace(new, login=waiting, name=self._name_of(waiting))
        problems = {} if waiting else person_problems(new, say)
        problems |= password_problems(new, self._names(), say, self._shortest)
        if problems:
            self._become(problems=problems, done="")
            return
        self._become(adding=True, problems={}, done="")
        try:
            command: Command = GivePassword(login=waiting) if waiting else self._account(new)
            self._at.send(command)
        except AppProblem as problem:
            place = _PLACES.get(problem.code, "")
            self._become(adding=False, problems={place: " ".join(problem_text(problem, say))})
            return
        self._let_in(new)

    def copy_now(self) -> None:
        """Make a verified copy while people go on working."""
        if self.view.copying or not self.may:
            return
        say = self._at.texts

        def work(steps: Steps) -> NoteBackup:
            steps.step(0, 0, say("copying and checking every link"))
            return self._copies.make()

        self._become(copying=True, copy_problem="")
        self._lane.start(work, done=self._copied, failed=self._not_copied, title=say("Backup"))

    def _account(self, new: NewPerson) -> AddPerson:
        return AddPerson(
            login=new.login,
            name=new.name,
            role=Role(new.role),
            organisation=new.organisation,
            valid_from=typed_day(self._at, new.valid_from),
            valid_to=typed_day(self._at, new.valid_to),
        )

    def _let_in(self, new: NewPerson) -> None:
        login, password = new.login, new.password
        self._lane.start(
            lambda _: self._keys.give(login, password),
            done=lambda _: self._added(new.name, login),
            failed=lambda problem: self._without_password(login, problem),
        )

    def _added(self, name: str, login: str) -> None:
        done = self._at.texts(
            "{name} can log in as {login}. Tell them the password in person.",
            name=isolated(name),
            login=isolated(login),
        )
        self._become(adding=False, waiting="", problems={}, done=done)

    def _without_password(self, login: str, problem: AppProblem) -> None:
        say = self._at.texts
        words = say(
            "The account {login} is on record, but its password could not be kept, so nobody can log in"
            " with it. Set the password again here.",
            login=isolated(login),
        )
        said = " ".join((words, *problem_text(problem, say)))
        self._become(adding=False, waiting=login, problems={"": said})

    def _copied(self, made: NoteBackup) -> None:
        try:
            self._at.send(made)
        except AppProblem as problem:
            self._not_copied(problem)
            return
        words, tone = self._age()
        self._become(copying=False, copy=words, copy_tone=tone)

    def _not_copied(self, problem: AppProblem) -> None:
        self._become(copying=False, copy_problem=" ".join(problem_text(problem, self._at.texts)))

    def _holders(self) -> frozenset[str]:
        """Who has a password; everybody where the vault cannot be read, so that nobody is accused."""
        try:
            return self._keys.holders()
        except AppProblem:
            return frozenset(row.login for row in self._at.tables.find(PersonRow))

    def _name_of(self, login: str) -> str:
        row = self._at.tables.get(PersonRow, login)
        return row.name if row is not None else login

    @property
    def _shortest(self) -> int:
        return policy_of(self._at.tables).shortest

    def _names(self) -> tuple[str, ...]:
        return self._at.study.head.study, self._at.site.code, self._at.site.name

    def _age(self) -> tuple[str, str]:
        """How old the newest copy is, in words, and the tone of that."""
        say, made = self._at.texts, self._copies.newest()
        if made is None:
            return say("There is no verified copy yet."), "warn"
        at = Moment.at(made, self._at.now.zone).local
        when = isolated(f"{say.date(at.date())} {at:%H:%M}")
        age = max(self._at.now.local - at, timedelta())
        words = say("Last verified copy: {when}, {age}.", when=when, age=self._long_ago(age))
        return words, "warn" if age > _OLD else "ok"

    def _long_ago(self, age: timedelta) -> str:
        say, minutes = self._at.texts, int(age.total_seconds()) // 60
        if age.days:
            return say.many("{count} day ago", "{count} days ago", age.days)
        if hours := minutes // 60:
            return say.many("{count} hour ago", "{count} hours ago", hours)
        return say.many("{count} minute ago", "{count} minutes ago", minutes) if minutes else say("just now")

    def _become(self, **changes: object) -> None:
        self.view = replace(self.view, **changes)  # type: ignore[arg-type]  # fields of many kinds
        self._show(self.view)
