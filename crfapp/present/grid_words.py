"""The words and marks of the casebook grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.subjects_view import GridCell
from crfapp.present.visit_words import due_words, visit_title, window_words
from crfapp.present.words import FORM_STATUS, STANDING, TIMING, VISIT_ICON

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crfapp.present.board import Occurrence, Standing
    from crfapp.present.workplace import Workplace

_NOTHING = GridCell()
_PRESSING = {"overdue": 0, "due": 1, "later": 2}


def pressing(visits: Sequence[Occurrence]) -> Occurrence | None:
    """Of several occurrences the one that wants somebody most, else the latest; one not begun counts last."""
    return max(visits, key=_urgency, default=None)


def _urgency(visit: Occurrence) -> tuple[bool, bool, int]:
    status = visit.slot.status
    return status == "started" and not visit.done, status != "possible", visit.slot.visit_n


def how_of(visit: Occurrence, owed: dict[int, str], today: date) -> str:
    """How it stands; what is not owed any more is later, however long ago it was planned."""
    how = visit.slot.standing(today)
    return owed.get(id(visit), "later") if how in ("due", "overdue") else how


class GridWords:
    """Says how visits stand, in the language of one person."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self.texts = workplace.study_texts
        self._short: dict[date, str] = {}

    def note(self, standing: Standing, today: date) -> str:
        """The line below a subject's number: what comes next."""
        say = self._at.texts
        if standing.ended:
            return say("ended early")
        owed = standing.owed(today)
        if not owed:
            return say("nothing due")
        visit, how = min(owed, key=lambda one: _PRESSING[one[1]])
        if how == "later":
            day = visit.slot.booked or visit.slot.planned
            return say("next {day}", day=self._short_date(day)) if day else ""
        return due_words(visit.slot, how, today, say)

    def cells(
        self, standing: Standing, columns: Sequence[Sequence[Occurrence]], today: date
    ) -> tuple[GridCell, ...]:
        """The visits of one subject, column by column, all occurrences of a visit together."""
        owed = {id(visit): how for visit, how in standing.owed(today)}
        return tuple(self._cell(visits, owed, today) for visits in columns)

    def spoken(self, standing: Standing, visits: Sequence[Occurrence], today: date) -> str:
        """One cell in full, for the screen reader and the tool tip."""
        visit = pressing(visits)
        if visit is None or visit.slot.status == "possible":
            return self._at.texts(STANDING["possible"])
        owed = {id(one): how for one, how in standing.owed(today)}
        parts = self._spoken(visit, how_of(visit, owed, today), sum(one.findings for one in visits))
        queries = sum(one.queries for one in visits)
        asked = self._at.texts.many("{count} open query", "{count} open queries", queries) if queries else ""
        joined = sum(one.conflicts for one in visits)
        say = self._at.texts
        contradicted = say.many("{count} contradiction", "{count} contradictions", joined) if joined else ""
        return say.listed((parts, asked, contradicted))

    def _cell(self, visits: Sequence[Occurrence], owed: dict[int, str], today: date) -> GridCell:
        visit = visits[0] if len(visits) == 1 else pressing(visits)
        if visit is None or visit.slot.status == "possible":
            return _NOTHING
        how = how_of(visit, owed, today)
        text, tone = self._cell_text(visit, how, sum(one.slot.status != "possible" for one in visits))
        mark = "complete" if visit.done else VISIT_ICON[how]
        findings, queries = sum(one.findings for one in visits), sum(one.queries for one in visits)
        return GridCell(mark, text, tone, findings, queries, sum(one.conflicts for one in visits))

    def _cell_text(self, visit: Occurrence, how: str, several: int) -> tuple[str, str]:
        if how in ("started", "log"):
            if how == "log" and all(status == "expected" for _, status in visit.forms):
                return "", "muted"
            times = f" ×{several}" if several > 1 else ""
            return f"{visit.complete}/{len(visit.forms)}{times}", "muted"
        if how in ("missed", "merged", "cancelled"):
            return self._at.texts(STANDING[how]), "muted"
        day = visit.slot.booked or visit.slot.planned
        tone = {"overdue": "error", "due": "text"}.get(how, "muted")
        return (self._short_date(day) if day is not None else ""), tone

    def _short_date(self, day: date) -> str:
        text = self._short.get(day)
        if text is None:
            text = self._short[day] = self._at.texts.short_date(day)
        return text

    def _spoken(self, visit: Occurrence, how: str, findings: int) -> str:
        say = self._at.texts
        how_words = say(FORM_STATUS["open"]) if how == "started" and not visit.done else say(STANDING[how])
        parts = [self.title(visit), how_words, self.facts(visit)]
        if findings:
            parts.append(say.many("{count} open finding", "{count} open findings", findings))
        return say.listed(parts)

    def facts(self, visit: Occurrence) -> str:
        """Day, window, and whether it was kept."""
        say, slot = self._at.texts, visit.slot
        parts: list[str] = []
        if slot.actual is not None:
            parts.append(say.date(slot.actual))
        elif slot.booked is not None:
            parts.append(say("booked {day}", day=say.date(slot.booked)))
        elif slot.planned is not None:
            parts.append(say("planned {day}", day=say.date(slot.planned)))
        if slot.timing is not None:
            parts.append(say(TIMING[slot.timing]))
        elif slot.actual is None:
            parts.append(window_words(slot, self._at.study.visit(slot.visit), say))
        if slot.provisional and slot.actual is None:
            parts.append(say("the day may still move"))
        return " · ".join(part for part in parts if part)

    def title(self, visit: Occurrence) -> str:
        """The visit's name, with its number where it repeats."""
        held = self._at.study.visit(visit.slot.visit)
        return visit_title(visit.slot, held, self.texts.visit(visit.slot.visit))
