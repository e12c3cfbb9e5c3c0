"""The words and marks of the casebook grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.subjects_view import GridCell
from crfapp.present.visit_words import due_words, visit_title, window_words
from crfapp.present.words import FORM_STATUS, STANDING, TIMING, VISIT_ICON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.board import Occurrence, Standing
    from crfapp.present.workplace import Workplace

_PRESSING = {"overdue": 0, "due": 1, "later": 2}


def pressing(visits: Sequence[Occurrence]) -> Occurrence | None:
    """Of several occurrences the one that wants somebody most, else the latest; one not begun counts last."""
    return max(visits, key=_urgency, default=None)


def _urgency(visit: Occurrence) -> tuple[bool, bool, int]:
    status = visit.slot.status
    return status == "started" and not visit.done, status != "possible", visit.slot.visit_n


class GridWords:
    """Says how visits stand, in the language of one person."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self.texts = workplace.study_texts

    def note(self, standing: Standing) -> str:
        """The line below a subject's number: what comes next."""
        say, today = self._at.texts, self._at.today
        if standing.ended:
            return say("ended early")
        owed = standing.owed(today)
        if not owed:
            return say("nothing due")
        visit, how = min(owed, key=lambda one: _PRESSING[one[1]])
        if how == "later":
            day = visit.slot.booked or visit.slot.planned
            return say("next {day}", day=say.short_date(day)) if day else ""
        return due_words(visit.slot, how, today, say)

    def cell(self, standing: Standing, visits: Sequence[Occurrence]) -> GridCell:
        """One visit of one subject, all its occurrences together."""
        visit = pressing(visits)
        if visit is None or visit.slot.status == "possible":
            return GridCell(words=self._at.texts(STANDING["possible"]))
        how = self._how(standing, visit)
        text, tone = self._cell_text(visit, how, sum(one.slot.status != "possible" for one in visits))
        mark = "complete" if visit.done else VISIT_ICON[how]
        findings = sum(one.findings for one in visits)
        return GridCell(mark, text, tone, self._spoken(visit, how, findings), findings)

    def _how(self, standing: Standing, visit: Occurrence) -> str:
        """How it stands; what is not owed any more is later, however long ago it was planned."""
        how = visit.slot.standing(self._at.today)
        if how in ("due", "overdue"):
            owed = {id(one): kind for one, kind in standing.owed(self._at.today)}
            return owed.get(id(visit), "later")
        return how

    def _cell_text(self, visit: Occurrence, how: str, several: int) -> tuple[str, str]:
        if how in ("started", "log"):
            if not any(status != "expected" for _, status in visit.forms) and how == "log":
                return "", "muted"
            times = f" ×{several}" if several > 1 else ""
            return f"{visit.complete}/{len(visit.forms)}{times}", "muted"
        if how == "missed":
            return self._at.texts(STANDING["missed"]), "muted"
        day = visit.slot.booked or visit.slot.planned
        tone = {"overdue": "error", "due": "text"}.get(how, "muted")
        return (self._at.texts.short_date(day) if day is not None else ""), tone

    def _spoken(self, visit: Occurrence, how: str, findings: int) -> str:
        say = self._at.texts
        how_words = say(FORM_STATUS["open"]) if how == "started" and not visit.done else say(STANDING[how])
        parts = [self.title(visit), how_words, self.facts(visit)]
        if findings:
            parts.append(say.many("{count} open finding", "{count} open findings", findings))
        return ", ".join(part for part in parts if part)

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
