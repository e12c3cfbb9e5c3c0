"""Who could do what on a day, replayed from the ledger, and when that was looked through last (REQ-204)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.base.problems import AppProblem
from crfapp.base.times import Moment
from crfapp.present.access_words import rights_words
from crfapp.present.acts import Act, ActState, AskedField, act_sentence, day_words, place_of, typed_day
from crfapp.present.people_lines import validity_words
from crfapp.present.words import ROLES
from crfapp.work.notices import review_due
from crfapp.work.people_then import PEOPLE_KINDS, people_at
from crfapp.work.policy import ReviewAccess
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.work.people_then import PersonThen


_LONGEST = 75
"""So many letters of rights stand in one line."""


@dataclass(frozen=True, slots=True)
class AccessLine:
    """Somebody as they stood on the day. ``valid``: whether the account could be used then.

    ``rights`` go on in ``more`` where they are many; ``duties``: whether the delegation log narrowed them.
    """

    name: str
    login: str
    role: str
    validity: str
    rights: str
    more: str
    duties: str
    valid: bool


@dataclass(frozen=True, slots=True)
class AccessView:
    """The report of one day. ``due``: the sentence about a review that is due; empty where none is."""

    day: str
    title: str
    lines: tuple[AccessLine, ...]
    problem: str = ""
    due: str = ""
    last: str = ""
    may_review: bool = False
    state: ActState = field(default_factory=ActState)


class Access:
    """The presenter. The day begins as today; a past one is shown as it stood at its end."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._show: Callable[[AccessView], None] = lambda _: None
        self._day: date | None = None
        self.view = AccessView("", "", (), may_review=workplace.actor.may(Right.ADMINISTER))

    def watch(self, show: Callable[[AccessView], None]) -> None:
        """Have the page told of every change."""
        self._show = show

    def refresh(self) -> None:
        """Read the ledger again, for the day that is shown."""
        self._turn_to(self._day or self._at.today)

    def choose(self, typed: str) -> None:
        """Turn to a day as it was typed; an empty text is today. What is no day, or not yet, is said."""
        say = self._at.texts
        try:
            iso = typed_day(self._at, typed)
        except AppProblem as problem:
            self._become(replace(self.view, problem=act_sentence(problem, say)))
            return
        day = date.fromisoformat(iso) if iso else self._at.today
        if day > self._at.today:
            self._become(
                replace(self.view, problem=say("This day is still to come. Type today or a day before."))
            )
            return
        self._turn_to(day)

    def begin(self) -> None:
        """Open the form that says that everything was looked through."""
        say = self._at.texts
        found = AskedField(
            "finding", say("What was found?"), remark=say("Leave it empty where everything was in order.")
        )
        note = say(
            "You say that you looked through who may do what, and that it is as it should be, or what is not."
        )
        self._state(
            ActState(act=Act("review", say("Access review"), say("Record the review"), (found,), note))
        )

    def put_away(self) -> None:
        """Close it."""
        self._state(ActState())

    def carry_out(self, values: Mapping[str, str]) -> None:
        """Record the review."""
        say = self._at.texts
        try:
            self._at.send(ReviewAccess(finding=values.get("finding", "").strip()))
        except AppProblem as problem:
            place = place_of(problem.code, self.view.state.act)
            sentence = act_sentence(problem, say)
            self._state(replace(self.view.state, problems=((place, sentence),)))
            return
        self.view = replace(self.view, state=ActState(done=say("The review is on record.")))
        self.refresh()

    def _turn_to(self, day: date) -> None:
        at, say = self._at, self._at.texts
        self._day = None if day == at.today else day
        moment = at.now if self._day is None else _end_of(day, at.site.zone)
        people = people_at(at.events.records(kinds=PEOPLE_KINDS), moment)
        lines = tuple(_line(at, one) for one in sorted(people, key=lambda one: (not one.valid, one.row.name)))
        title = say("Today") if self._day is None else say("At the end of {day}", day=say.long_date(day))
        due = review_due(at.desk)
        overdue = due is not None and due <= at.today
        words = (
            say(
                "Who may do what was to be looked through again by {day}.", day=day_words(at, due.isoformat())
            )
            if due is not None and overdue
            else ""
        )
        next_review = "" if due is None or overdue else say("Next review by {day}.", day=say.date(due))
        self._become(
            replace(
                self.view,
                day=day.isoformat(),
                title=title,
                lines=lines,
                problem="",
                due=words,
                last=next_review,
            )
        )

    def _state(self, state: ActState) -> None:
        self._become(replace(self.view, state=state))

    def _become(self, view: AccessView) -> None:
        self.view = view
        self._show(view)


def _end_of(day: date, zone: str) -> Moment:
    return Moment.at(datetime.combine(day, time.max, ZoneInfo(zone)), zone)


def _line(at: Workplace, one: PersonThen) -> AccessLine:
    say, row = at.texts, one.row
    rights, more = _halves(rights_words(one.rights, say), say)
    return AccessLine(
        name=row.name,
        login=row.login,
        role=say(ROLES[row.role]),
        validity=say("closed") if row.ended else validity_words(at, row),
        rights=rights,
        more=more,
        duties=say("duties by the delegation log") if row.delegated else "",
        valid=one.valid,
    )


def _halves(words: str, say: Texts) -> tuple[str, str]:
    """A long enumeration in two lines, broken at a comma, so that a list shows all of it."""
    cut = words.rfind(say.comma, 0, _LONGEST)
    if len(words) <= _LONGEST or cut < 0:
        return words, ""
    return f"{words[:cut]}{say.comma.rstrip()}", words[cut + len(say.comma) :]
