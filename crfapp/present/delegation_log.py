"""The delegation log: who has which duties, from when to when, given by whom (REQ-206)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.state import DutyRow, PersonRow, SignatureRow
from crfapp.present.access_words import RIGHT_WORDS, duties_words
from crfapp.present.acts import Act, ActState, AskedField, act_sentence, day_words, place_of, typed_day
from crfapp.present.words import ROLES
from crfapp.work.delegation import DelegateDuties, EndDelegation, duties_for, is_in_force
from crfapp.work.roles import Right, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command

_PLACES: Mapping[Code, str] = {
    Code.NOT_A_DATE: "start",
    Code.DAYS_CROSSED: "end",
    Code.DUTY_OUTSIDE_ROLE: "duties",
    Code.UNKNOWN_PERSON: "login",
}
ENDS_SOON = 7
"""Days ahead in which the end of a duty is worth a mark."""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One line of the log; ``state`` says whether it holds today, with its tone."""

    delegation: str
    name: str
    role: str
    duties: str
    start: str
    end: str
    by: str
    signed: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class LogView:
    """The log, newest lines that hold first. ``may``: whether this person delegates.

    ``unsigned``: lines that this person gave and has not signed yet, newest first, with their words.
    """

    lines: tuple[DutyLine, ...]
    may: bool
    unsigned: tuple[tuple[str, str], ...] = ()
    state: ActState = field(default_factory=ActState)


class DelegationLog:
    """The presenter. A line that holds is pressed to end it; a new one first asks for whom it is."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._show: Callable[[LogView], None] = lambda _: None
        self._ending = ""
        self._login = ""
        self.view = self._looked_at(LogView((), workplace.actor.may(Right.OVERSEE)))

    def watch(self, show: Callable[[LogView], None]) -> None:
        """Have the page told of every change, beginning with how things stand."""
        self._show = show
        show(self.view)

    def refresh(self) -> None:
        """Look again."""
        self._become(self._looked_at(self.view))

    def begin(self) -> None:
        """Ask to whom duties are to be given."""
        say = self._at.texts
        people = self._people()
        if not self.view.may:
            return
        if not people:
            self._state(ActState(done=say("Nobody at the site can be given duties yet.")))
            return
        choices = tuple((row.login, f"{row.name} · {say(ROLES[row.role])}") for row in people)
        who = AskedField("login", say("To whom?"), "choice", choices=choices)
        self._state(ActState(act=Act("who", say("Delegate duties"), say("Next"), (who,))))

    def begin_end(self, delegation: str) -> None:
        """Ask with which day a line is to end."""
        row, say = self._at.tables.get(DutyRow, delegation), self._at.texts
        today = self._at.today
        if row is None or not self.view.may or (row.end and row.end < today.isoformat()):
            return
        self._ending = delegation
        day = AskedField(
            "end",
            say("Last day"),
            "code",
            today.isoformat(),
            say("Yesterday ({day}) ends it at once.", day=say.date(today - timedelta(days=1))),
        )
        line = self._line(row)
        title = say("End: {name}, {duties}", name=line.name, duties=line.duties)
        self._state(ActState(act=Act("end", title, say("End these duties"), (day, _reason(say("Why?"))))))

    def put_away(self) -> None:
        """Close it."""
        self._state(ActState())

    def carry_out(self, values: Mapping[str, str]) -> None:
        """Go on to what is asked next, or write the line."""
        act, say = self.view.state.act, self._at.texts
        if act is None:
            return
        if act.key == "who":
            self._ask_duties(values.get("login", ""))
            return
        try:
            self._at.send(self._command(act.key, values))
        except AppProblem as problem:
            places = {**_PLACES, Code.NOT_A_DATE: "end"} if act.key == "end" else _PLACES
            place = place_of(problem.code, act, places)
            sentence = act_sentence(problem, say)
            self._state(replace(self.view.state, problems=((place, sentence),)))
            return
        done = say("The duties end with this day.") if act.key == "end" else say("The duties are in the log.")
        self._become(self._looked_at(replace(self.view, state=ActState(done=done))))

    def _ask_duties(self, login: str) -> None:
        say = self._at.texts
        row = next((row for row in self._people() if row.login == login), None)
        if row is None:
            problem = (("login", say("Choose a person.")),)
            self._state(replace(self.view.state, problems=problem))
            return
        self._login = login
        duties = tuple((duty.name, say(RIGHT_WORDS[duty])) for duty in duties_for(Role(row.role)))
        fields = (
            AskedField("duties", say("Duties"), "choices", choices=duties),
            AskedField(
                "start", say("From"), "code", self._at.today.isoformat(), say("For example 12 Jan 2025.")
            ),
            AskedField("end", say("To"), "code", remark=say("The last day; empty for no end.")),
        )
        note = say("From the first line on, the log alone says which of these duties this person has.")
        title = say("Delegate duties to {name}", name=row.name)
        self._state(ActState(act=Act("delegate", title, say("Delegate"), fields, note)))

    def _command(self, key: str, values: Mapping[str, str]) -> Command:
        reason = values.get("reason", "").strip()
        if key == "end":
            return EndDelegation(
                delegation=self._ending, end=typed_day(self._at, values.get("end", "")), reason=reason
            )
        return DelegateDuties(
            login=self._login,
            duties=tuple(name for name in values.get("duties", "").split(";") if name),
            start=typed_day(self._at, values.get("start", "")),
            end=typed_day(self._at, values.get("end", "")),
        )

    def _people(self) -> list[PersonRow]:
        """Who can be given duties: people of the conduct with an open account, but oneself."""
        own = self._at.actor.login
        rows = [row for row in self._at.tables.find(PersonRow, ended=0) if row.login != own]
        return sorted((row for row in rows if _is_of_conduct(row)), key=lambda row: row.name.casefold())

    def _looked_at(self, view: LogView) -> LogView:
        today, own = self._at.today.isoformat(), self._at.actor.login
        rows = sorted(self._at.tables.find(DutyRow), key=lambda row: (row.start, row.at), reverse=True)
        rows.sort(key=lambda row: bool(row.end) and row.end < today)
        lines = tuple(self._line(row) for row in rows)
        words = {line.delegation: f"{line.name}: {line.duties}" for line in lines}
        own_open = [row for row in rows if row.by == own and not (row.end and row.end < today)]
        own_open.sort(key=lambda row: row.at, reverse=True)
        unsigned = tuple(
            (row.delegation, words[row.delegation]) for row in own_open if not self._signature(row)
        )
        return replace(view, lines=lines, unsigned=unsigned)

    def _signature(self, row: DutyRow) -> SignatureRow | None:
        """The signature of whoever gave the duties, as long as it stands."""
        found = self._at.tables.find(SignatureRow, about=row.delegation, login=row.by, state="valid")
        return found[-1] if found else None

    def _line(self, row: DutyRow) -> DutyLine:
        at, say = self._at, self._at.texts
        person, by = at.tables.get(PersonRow, row.login), at.tables.get(PersonRow, row.by)
        state, tone = self._standing(row)
        return DutyLine(
            row.delegation,
            person.name if person is not None else row.login,
            say(ROLES[person.role]) if person is not None else "",
            duties_words(row.duties.split(","), say),
            day_words(at, row.start),
            day_words(at, row.end),
            by.name if by is not None else row.by,
            say("signed") if self._signature(row) else say("not signed"),
            state,
            tone,
        )

    def _standing(self, row: DutyRow) -> tuple[str, str]:
        say, today = self._at.texts, self._at.today
        if is_in_force(row, today.isoformat()):
            if row.end and date.fromisoformat(row.end) <= today + timedelta(days=ENDS_SOON):
                return say("ends soon"), "warn"
            return say("in force"), "ok"
        return (say("ended"), "muted") if row.end and row.end < today.isoformat() else (say("later"), "muted")

    def _state(self, state: ActState) -> None:
        self._become(replace(self.view, state=state))

    def _become(self, view: LogView) -> None:
        self.view = view
        self._show(view)


def _reason(words: str) -> AskedField:
    return AskedField("reason", words)


def _is_of_conduct(row: PersonRow) -> bool:
    return bool(duties_for(Role(row.role))) and Role(row.role) in (Role.NURSE, Role.INVESTIGATOR)
