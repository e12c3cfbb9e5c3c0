"""Readings as lines of a list: how far each has come, and what waits there for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import PersonRow
from crfapp.present.reading_view import ReadingLine
from crfapp.present.texts import isolated
from crfapp.work.readings import Reading, has_seen, is_blind, judged, next_for, to_settle
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.work.readings import Judged

READ, SETTLE, RESULTS, CLOSE, EXPORT = "read", "settle", "results", "close", "export"


class ReadingLines:
    """What one person sees of each reading."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def line(self, one: Reading) -> ReadingLine:
        """One line: how far it has come, and what this person can do."""
        say = self._at.texts
        every = judged(self._at.desk, one)
        said = sum(answer is not None for case in every for answer in case.answers)
        names = say.listed(isolated(self._name(login)) for login in one.readers)
        cases = say.many("{count} case", "{count} cases", len(one.cases))
        detail = " · ".join((cases, names)) if self._at.actor.may(Right.OVERSEE) else cases
        waits = len(to_settle(self._at.desk, one))
        if one.closed:
            state, grade = say("closed"), "ok"
        elif said < len(one.cases) * len(one.readers):
            done = say("{said} of {all} judgements", said=said, all=len(one.cases) * len(one.readers))
            state, grade = done, "muted"
        elif waits:
            state, grade = say.many("{count} case to decide", "{count} cases to decide", waits), "warn"
        else:
            state, grade = say("everything is judged"), "primary"
        return ReadingLine(one.reading, one.title, state, detail, grade, self._acts(one))

    def _acts(self, one: Reading) -> tuple[tuple[str, str], ...]:
        say, acts = self._at.texts, []
        if unread := self.unread(one):
            acts.append((READ, say.many("Judge {count} case", "Judge {count} cases", unread)))
        if waits := len(self.to_settle(one)):
            acts.append((SETTLE, say.many("Decide {count} case", "Decide {count} cases", waits)))
        if self._at.actor.may(Right.OVERSEE):
            acts.append((RESULTS, say("Results")) if one.closed else (CLOSE, say("Close…")))
        return tuple(acts)

    def reads(self, one: Reading) -> bool:
        """Whether this person is one of its readers, while it goes on."""
        login = self._at.actor.login
        return not one.closed and login in one.readers and self._at.actor.may(Right.RATE)

    def unread(self, one: Reading) -> int:
        """How many cases this reader has yet to judge."""
        if not self.reads(one) or not is_blind(self._at.desk, self._at.actor.login, one):
            return 0
        found = next_for(self._at.desk, one, self._at.actor.login)
        return 0 if found is None else len(one.cases) - found[1] + 1

    def to_settle(self, one: Reading) -> tuple[Judged, ...]:
        """The cases that this person can decide: readers differed, and nothing was seen before."""
        login = self._at.actor.login
        if one.closed or login in one.readers or not self._at.actor.may(Right.RATE):
            return ()
        desk = self._at.desk
        return tuple(case for case in to_settle(desk, one) if not has_seen(desk, login, case.case))

    def _name(self, login: str) -> str:
        row = self._at.tables.get(PersonRow, login)
        return row.name if row is not None else login
