"""What a demo's monitor asks and the site answers: queries in every state, the old ones mostly closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import ItemRow, QueryRow
from crfapp.study.types import Kind
from crfapp.work.entry import RecordAnswer
from crfapp.work.queries import OPEN, AnswerQuery, CloseQuery, RaiseQuery, ReopenQuery
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from datetime import datetime

    from crfapp.form.plan_parts import PlanItem
    from crfapp.journeys.acting import Hands
    from crfapp.ledger.keys import VisitKey

_EVERY = 3
"""After so many visits something is asked about one of them."""
_OLDEST = 7
_RECENT = timedelta(days=30)
_QUESTIONS = (
    "The source shows another value. Please compare.",
    "القيمة في المصدر مختلفة، يرجى التحقق",
    "I cannot read this in the source. Which page is it on?",
    "Please confirm: the entry in the chart was corrected by hand.",
)
_ANSWERS = ("Compared with the source: it is right as it stands.", "Page 4 of the chart, third line.")
_AGAIN = "That page shows it without a signature. Where was it signed?"
_SETTLED = (("answer", "close"), ("correct", "close"), ("answer", "again", "answer", "close"))
_WAITING = ((), ("answer",), ("answer", "again"), *_SETTLED)
"""What follows a question of long ago, and one of late; where nothing follows it waits."""
_MEASURED = (Kind.INTEGER, Kind.DECIMAL)


@dataclass(frozen=True, slots=True, order=True)
class _Turn:
    at: datetime
    number: int
    what: tuple[str, ...]
    about: tuple[str | int, ...]


class Correspondence:
    """Decides by counting and not by chance, so that the rest of a demo is the same with and without it."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._desk = hands.ground.desk
        people = hands.ground.people.values()
        self._monitor = next((one for one in people if one.may(Right.VERIFY)), None)
        self._turns: list[_Turn] = []
        self._visits = self._asked = self._of_late = 0

    def after_visit(self, key: VisitKey) -> None:
        """A visit took place; perhaps it is asked about some days later."""
        self._visits += 1
        if self._monitor is not None and self._visits % _EVERY == 0:
            self._later(1 + self._visits % 3, ("ask",), key)

    def until(self, instant: datetime) -> None:
        """Everything that is said before an instant."""
        while self._turns and self._turns[0].at <= instant:
            turn = heappop(self._turns)
            self._hands.go_on(turn.at)
            self._take(turn)

    def _take(self, turn: _Turn) -> None:
        what, after = turn.what[0], turn.what[1:]
        if what == "ask":
            self._ask(turn)
            return
        query = str(turn.about[0])
        match what:
            case "answer":
                self._answer(query, turn.number)
            case "correct":
                self._correct(query, turn.number)
            case "again":
                self._hands.send(ReopenQuery(query=query, text=_AGAIN), self._monitor)
            case _:
                self._hands.send(CloseQuery(query=query), self._monitor)
        if after:
            self._later(2 + turn.number % 4, after, turn.about)

    def _ask(self, turn: _Turn) -> None:
        subject, visit, visit_n = turn.about
        worth = self._worth_asking({"subject": subject, "visit": visit, "visit_n": visit_n})
        if not worth:
            return
        number = self._asked
        row = worth[7 * number % len(worth)]
        text = _QUESTIONS[number % len(_QUESTIONS)]
        known = {one.query for one in self._desk.tables.find(QueryRow)}
        about = RaiseQuery(scope=Scope(*row.key.of), row=row.row, item=row.item, text=text)
        if not self._hands.send(about, self._monitor):
            return
        self._asked += 1
        (query,) = {one.query for one in self._desk.tables.find(QueryRow)} - known
        thread = self._thread(number)
        if thread:
            self._later(1 + number % 4, thread, (query,))

    def _thread(self, number: int) -> tuple[str, ...]:
        """One question of long ago waits too: what is old stands first on the page."""
        if self._desk.now.utc <= self._hands.ground.latest - _RECENT:
            return _SETTLED[number % len(_SETTLED)] if number != _OLDEST else ()
        self._of_late += 1
        return _WAITING[(self._of_late - 1) % len(_WAITING)]

    def _worth_asking(self, at: dict[str, str | int]) -> list[ItemRow]:
        """What the monitor compares and may leave the site: no names, nothing that the program worked out."""
        found = []
        for row in self._desk.tables.find(ItemRow, **at, origin="person", hidden=0):
            planned = self._planned(row)
            stays = planned.item.site_only or self._desk.study.form(row.form).site_only
            if row.value and planned.item.sdv is not None and not stays:
                found.append(row)
        return found

    def _planned(self, row: ItemRow) -> PlanItem:
        return self._desk.forms.plan(row.key.of).items[row.item]

    def _answer(self, query: str, number: int) -> None:
        self._hands.send(AnswerQuery(query=query, text=_ANSWERS[number % len(_ANSWERS)]))

    def _correct(self, query: str, number: int) -> None:
        """Correct a figure by its last digit; anything else is answered with words."""
        about = self._desk.tables.get(QueryRow, query)
        row = self._desk.tables.get(ItemRow, *about[1:8]) if about is not None else None
        if row is not None and row.value and self._planned(row).type.kind in _MEASURED:
            last = row.value[-1]
            typed = row.value[:-1] + ("4" if last != "4" else "5")
            key = FormKey(*row.key.of)
            correction = RecordAnswer(
                key=key, row=row.row, item=row.item, typed=typed, reason="misread", query=query
            )
            self._hands.send(correction, self._hands.who(self._planned(row)))
        about = self._desk.tables.get(QueryRow, query)
        if about is not None and about.state == OPEN:
            self._answer(query, number)

    def _later(self, days: int, what: tuple[str, ...], about: tuple[str | int, ...]) -> None:
        at = self._hands.ground.clock.now() + timedelta(days=days, hours=3)
        heappush(self._turns, _Turn(at, self._asked, what, tuple(about)))
