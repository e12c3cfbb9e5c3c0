"""The site's rules for passwords and sessions, with their versions, and the letter about signatures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.ledger.events import PolicySet
from crfapp.ledger.state import PersonRow, PolicyRow
from crfapp.present.acts import Act, ActState, AskedField, act_sentence, day_words, place_of, typed_day
from crfapp.present.texts import N_, isolated
from crfapp.work.notices import letter_filed
from crfapp.work.policy import LIMITS, FileLetter, SetPolicy, policy_of
from crfapp.work.roles import RIGHTS, Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.ledger.chain import Record
    from crfapp.present.workplace import Workplace

RULE_WORDS: dict[str, str] = {
    "shortest": N_("Shortest password, in characters"),
    "password_days": N_("Days until a password grows old (0: never)"),
    "attempts": N_("Wrong passwords until an account is locked out"),
    "idle_minutes": N_("Minutes without a touch until the window locks"),
    "session_hours": N_("Hours until everybody logs in anew"),
    "sign_both": N_("Each signature asks for user name and password"),
    "sign_days": N_("Days from a visit until it is to be signed"),
    "silent_days": N_("Days without a receipt until it is said"),
}
LETTER = N_(
    "To whom it may concern\n\n"
    "{site} ({code}) takes part in the study {study}. We hereby declare that the electronic signatures that"
    " our staff give in its records are intended to be the legally binding equivalent of their handwritten"
    " signatures.\n\n"
    "Those who may sign at present: {people}.\n\n"
    "Place, date and handwritten signature of the responsible investigator:"
)
_NUMBERS = tuple(LIMITS)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of the rules: when and by whom it was set, what changed, and why."""

    number: str
    when: str
    who: str
    what: str
    more: str
    why: str


@dataclass(frozen=True, slots=True)
class RulesView:
    """The rules in force by name, the act that changes them, versions from the newest, and the letter."""

    rules: tuple[tuple[str, str], ...]
    versions: tuple[VersionLine, ...]
    letter: str
    filed: str
    is_filed: bool
    state: ActState = field(default_factory=ActState)
    letter_state: ActState = field(default_factory=ActState)


class Rules:
    """The presenter of both cards."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._show: Callable[[RulesView], None] = lambda _: None
        self.view = self._looked_at(RulesView((), (), "", "", is_filed=False))

    def watch(self, show: Callable[[RulesView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again."""
        self._become(self._looked_at(self.view))

    def begin(self) -> None:
        """Open the form that puts other rules in force."""
        at, say = self._at, self._at.texts
        row = policy_of(at.tables)
        fields = [
            AskedField(
                name,
                say(RULE_WORDS[name]),
                "code",
                str(getattr(row, name)),
                say("{low} to {high}", low=LIMITS[name][0], high=LIMITS[name][1]),
            )
            for name in _NUMBERS
        ]
        both = (("1", say("Yes")), ("0", say("No: the password alone after the first one of a session")))
        fields.append(
            AskedField("sign_both", say(RULE_WORDS["sign_both"]), "choice", str(row.sign_both), choices=both)
        )
        fields.append(AskedField("reason", say("Why?")))
        note = say("They hold from now on for everybody; what was done before stays as it was.")
        self._state(
            ActState(act=Act("rules", say("Change the rules"), say("Put in force"), tuple(fields), note))
        )

    def put_away(self) -> None:
        """Close it."""
        self._state(ActState())

    def carry_out(self, values: Mapping[str, str]) -> None:
        """Put the rules in force; what is no number or out of range is said at its field."""
        say, problems = self._at.texts, dict[str, str]()
        numbers: dict[str, int] = {}
        for name in _NUMBERS:
            typed = values.get(name, "").strip()
            if typed.isdecimal():
                numbers[name] = int(typed)
            else:
                problems[name] = say("Type a whole number.")
        if problems:
            self._state(replace(self.view.state, problems=tuple(problems.items())))
            return
        command = SetPolicy(
            **numbers, sign_both=values.get("sign_both") != "0", reason=values.get("reason", "").strip()
        )
        try:
            outcome = self._at.send(command)
        except AppProblem as problem:
            self._state(replace(self.view.state, problems=((self._place(problem), self._words(problem)),)))
            return
        done = say("The rules are in force.") if outcome.events else say("Nothing was changed.")
        self.view = replace(self.view, state=ActState(done=done))
        self.refresh()

    def begin_letter(self) -> None:
        """Open the form that says when the letter was filed."""
        say = self._at.texts
        day = AskedField("day", say("Filed on"), "code", remark=say("For example 12 Jan 2025."))
        act = Act("letter", say("The letter was filed"), say("Record the day"), (day,))
        self._letter(ActState(act=act))

    def put_letter_away(self) -> None:
        """Close it."""
        self._letter(ActState())

    def file_letter(self, values: Mapping[str, str]) -> None:
        """Record the day on which it was filed."""
        say = self._at.texts
        try:
            day = typed_day(self._at, values.get("day", ""))
            if not day:
                raise RefusedError(Code.NOT_A_DATE)
            self._at.send(FileLetter(date=day))
        except AppProblem as problem:
            words = self._words(problem)
            if problem.code is Code.NOT_A_DATE:
                words = say("Type the day on which the letter was filed; it cannot be still to come.")
            self._letter(replace(self.view.letter_state, problems=(("day", words),)))
            return
        self.view = replace(self.view, letter_state=ActState(done=say("The day is on record.")))
        self.refresh()

    def _looked_at(self, view: RulesView) -> RulesView:
        at, say = self._at, self._at.texts
        row = policy_of(at.tables)
        rules = tuple((say(RULE_WORDS[name]), self._shown(name, getattr(row, name))) for name in RULE_WORDS)
        day = letter_filed(at.desk)
        words = say("Filed on {day}.", day=day_words(at, day)) if day else say("Not filed.")
        return replace(
            view, rules=rules, versions=self._versions(), letter=self._text(), filed=words, is_filed=bool(day)
        )

    def _versions(self) -> tuple[VersionLine, ...]:
        before = PolicyRow("site", "")
        lines: list[VersionLine] = []
        for number, record in enumerate(self._at.events.records(kinds={PolicySet.kind}), start=1):
            event = record.event
            if isinstance(event, PolicySet):
                lines.append(self._version(number, record, event, before))
                told = {name: int(getattr(event, name)) for name in RULE_WORDS}
                before = PolicyRow("site", "", **told)
        return tuple(reversed(lines))

    def _version(self, number: int, record: Record, event: PolicySet, before: PolicyRow) -> VersionLine:
        say = self._at.texts
        changed = [
            f"{say(words)}: {self._shown(name, getattr(event, name))}"
            for name, words in RULE_WORDS.items()
            if int(getattr(event, name)) != getattr(before, name)
        ]
        when = day_words(self._at, record.envelope.at)
        what, more = (changed or [say("as before")])[0], "; ".join(changed[1:])
        return VersionLine(str(number), when, record.envelope.name, what, more, event.reason or "")

    def _shown(self, name: str, value: int) -> str:
        say = self._at.texts
        if name == "sign_both":
            return say("Yes") if value else say("No")
        return say("never") if name == "password_days" and not value else isolated(str(value))

    def _text(self) -> str:
        at, signing = self._at, {role.value for role, rights in RIGHTS.items() if Right.SIGN in rights}
        people = at.texts.listed(
            row.name for row in at.tables.find(PersonRow, ended=0) if row.role in signing
        )
        site = at.site
        return at.texts(
            LETTER, site=site.name, code=site.code, study=at.study.head.study, people=people or "–"
        )

    def _place(self, problem: AppProblem) -> str:
        rule = str(problem.facts.get("rule", ""))
        return rule or place_of(problem.code, self.view.state.act)

    def _words(self, problem: AppProblem) -> str:
        return act_sentence(problem, self._at.texts)

    def _state(self, state: ActState) -> None:
        self._become(replace(self.view, state=state))

    def _letter(self, state: ActState) -> None:
        self._become(replace(self.view, letter_state=state))

    def _become(self, view: RulesView) -> None:
        self.view = view
        self._show(view)
