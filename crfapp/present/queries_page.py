"""Queries: what waits for this person, what is asked and answered, by checks and by people, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import FindingRow, PersonRow, QueryRow
from crfapp.present.asking import Asking
from crfapp.present.finding import words_of
from crfapp.present.query_lines import QueryLines, waiting_for
from crfapp.present.query_view import Narrowing, QueriesView
from crfapp.present.query_words import days_of, opened_at, who_said
from crfapp.present.threads import found_by, key_of_line, thread
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.address import Address
    from crfapp.present.query_view import ThreadView
    from crfapp.present.workplace import Workplace

    Query = QueryRow | FindingRow

MOST = 100
"""So many are listed; there is always a way to narrow the list."""
FOR_ME, ALL, CHECKS, PEOPLE = "me", "all", "checks", "people"
_FOUND = {"open": "open", "answered": "confirmed", "closed": "settled"}
"""What a query of a check is called where one of a person is called so."""
_AGES = (("", 0), ("7", 7), ("14", 14), ("30", 30))


class QueriesPage:
    """The presenter of the Queries page."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self.acts = Asking(workplace)
        self._lines = QueryLines(workplace)
        self._state = ""
        self._asker = self._age = self._typed = ""

    def view(self, chosen: str = "") -> QueriesView:
        """The list as it stands, narrowed as it was asked for; the ``chosen`` query is listed in any case."""
        if not self._state:
            self._state = FOR_ME if self.waiting() else "open"
        found = list(self._narrowed())
        found.sort(key=lambda pair: (pair[0], key_of_line(pair[1])))
        listed = found[:MOST] + [pair for pair in found[MOST:] if key_of_line(pair[1]) == chosen]
        lines = tuple(self._lines.line(row, opened) for opened, row in listed)
        return QueriesView(
            lines=lines,
            states=self._states(),
            state=self._state,
            askers=self._askers(),
            asker=self._asker,
            ages=self._ages(),
            age=self._age,
            more=len(found) - len(listed),
            empty="" if lines else self._empty(),
        )

    def narrow(
        self,
        *,
        state: str | None = None,
        asker: str | None = None,
        age: str | None = None,
        typed: str | None = None,
    ) -> None:
        """Show only some of them."""
        self._state = self._state if state is None else state
        self._asker = self._asker if asker is None else asker
        self._age = self._age if age is None else age
        self._typed = self._typed if typed is None else typed

    def show_place(self, at: Address) -> str:
        """Widen the list so that what is asked about a place is in it; the key of the first, or nothing."""
        rows = [row for row in self._at.tables.find(QueryRow, subject=at.subject) if _is_at(row, at)]
        rows.sort(key=lambda row: (row.state == "closed", row.opened))
        if not rows:
            return ""
        self._state, self._asker, self._age, self._typed = ALL, PEOPLE, "", ""
        return rows[0].query

    def waiting(self) -> int:
        """How many queries of people wait for this person: the number on the rail."""
        return len(waiting_for(self._at))

    def thread(self, key: str) -> ThreadView | None:
        """One query with everything said in it."""
        row = found_by(self._at, key)
        return thread(self._at, row) if row is not None else None

    # ---- inside

    def _narrowed(self) -> Iterator[tuple[str, Query]]:
        words = words_of(self._typed)
        least = int(self._age or 0)
        for row in self._of_state():
            opened = opened_at(self._at, row)
            old_enough = not least or days_of(self._at, row, opened) > least
            if self._asked_by(row) and old_enough and self._lines.says(row, words):
                yield opened, row

    def _of_state(self) -> Iterator[Query]:
        tables, state = self._at.tables, self._state
        if state == FOR_ME:
            yield from waiting_for(self._at)
            return
        for name in _FOUND if state == ALL else (state,):
            if self._asker != CHECKS:
                yield from tables.find(QueryRow, state=name)
            if self._asker in ("", CHECKS):
                found = tables.find(FindingRow, state=_FOUND[name])
                yield from (row for row in found if row.level == "Q")

    def _asked_by(self, row: Query) -> bool:
        if isinstance(row, FindingRow):
            return self._asker in ("", CHECKS)
        return self._asker in ("", PEOPLE, row.raised_by)

    def _states(self) -> tuple[Narrowing, ...]:
        say = self._at.texts
        mine = (Narrowing(FOR_ME, say("For you"), self.waiting()),) if self._takes_part else ()
        return (
            *mine,
            Narrowing("open", say("Still open"), self._count("open")),
            Narrowing("answered", say("Answered"), self._count("answered")),
            Narrowing("closed", say("Closed")),
            Narrowing(ALL, say("All")),
        )

    @property
    def _takes_part(self) -> bool:
        return self._at.actor.may(Right.ANSWER) or self._at.actor.may(Right.ASK)

    def _count(self, state: str) -> int:
        tables = self._at.tables
        checks = sum(row.level == "Q" for row in tables.find(FindingRow, state=_FOUND[state]))
        return checks + len(tables.find(QueryRow, state=state))

    def _askers(self) -> tuple[Narrowing, ...]:
        say, people = self._at.texts, {}
        for row in self._at.tables.find(PersonRow):
            if row.role in ("monitor", "data-manager"):
                people[row.login] = who_said(self._at, row.name, row.role)
        named = sorted(people.items(), key=lambda pair: pair[1])
        return (
            Narrowing("", say("Asked by anybody")),
            Narrowing(CHECKS, say("Asked by checks")),
            Narrowing(PEOPLE, say("Asked by people")),
            *(Narrowing(login, say("Asked by {who}", who=who)) for login, who in named),
        )

    def _ages(self) -> tuple[Narrowing, ...]:
        say = self._at.texts
        return tuple(
            Narrowing(key, say("Older than {days} days", days=days) if days else say("Of any age"))
            for key, days in _AGES
        )

    def _empty(self) -> str:
        say = self._at.texts
        if self._typed or self._asker or self._age:
            return say("No query fits. Take a filter away to see more.")
        if self._state == FOR_ME:
            return say("No query waits for you.")
        return say("There is nothing here. What is asked about an answer, a form or a visit will stand here.")


def _is_at(row: QueryRow, at: Address) -> bool:
    """Whether a query lies at an address, as far as the address goes."""
    place = ((row.visit, row.visit_n), (row.form, row.form_n), (row.row, row.item))
    wanted = ((at.visit, at.visit_n), (at.form, at.form_n), (at.row, at.item))
    named = (bool(at.visit), bool(at.form), bool(at.item))
    return all(here == there for here, there, told in zip(place, wanted, named, strict=True) if told)
