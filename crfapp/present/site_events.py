"""The adverse events of the site as lines: by subject, serious, ongoing, related, by grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.present.palette import CASEBOOK
from crfapp.present.safety_view import EventLine
from crfapp.present.texts import N_, isolated
from crfapp.study.names import log_group
from crfapp.work.begun import forms_begun
from crfapp.work.owed_notices import Occasion
from crfapp.work.rows import rows_of_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.graph import FormRowInfo
    from crfapp.ledger.keys import FormKey
    from crfapp.present.notice_facts import NoticeFacts
    from crfapp.present.workplace import Workplace

FILTERS = {
    "all": N_("All events"),
    "serious": N_("Serious"),
    "ongoing": N_("Ongoing"),
    "related": N_("Related"),
    "severe": N_("Grade 3 and more"),
}
_SEVERE = frozenset({"3", "4", "5"})
_UNRELATED = frozenset({"", "NOT", "UNLIKELY"})


class SiteEvents:
    """Reads the log of events of every subject."""

    def __init__(self, workplace: Workplace, facts: NoticeFacts) -> None:
        self._at, self._facts = workplace, facts
        self._read: dict[str, tuple[EventLine, ...]] = {}

    def forget(self) -> None:
        """Something was recorded that can be told here: read the logs anew when they are asked for."""
        self._read.clear()

    def lines(self, only: str) -> tuple[EventLine, ...]:
        """The events that a filter lets through, by subject and number; read once until :meth:`forget`."""
        if only not in self._read:
            self._read[only] = self._lines(only)
        return self._read[only]

    def _lines(self, only: str) -> tuple[EventLine, ...]:
        log = self._at.study.head.events
        if log is None:
            return ()
        numbers = {row.subject: row.number for row in self._at.tables.find(SubjectRow)}
        begun = sorted(
            forms_begun(self._at.desk, form=log.form), key=lambda row: numbers.get(row.subject, "")
        )
        return tuple(line for row in begun for line in self._of(row.key, numbers.get(row.subject, ""), only))

    def _of(self, key: FormKey, subject: str, only: str) -> Iterator[EventLine]:
        plan = self._at.desk.forms.plan(key)
        for info in rows_of_form(self._at.desk, key, plan).get(log_group(self._at.study, key.form), ()):
            marks = self._marks(key, info)
            if only == "all" or only in marks:
                yield self._line(key, subject, info, marks)

    def _marks(self, key: FormKey, info: FormRowInfo) -> frozenset[str]:
        log = self._at.study.head.events
        if log is None:
            return frozenset()
        told = {
            "serious": self._value(key, info, log.serious) == "Y",
            "ongoing": self._value(key, info, log.ongoing) == "Y",
            "related": self._value(key, info, log.causality) not in _UNRELATED,
            "severe": self._value(key, info, log.grade) in _SEVERE,
        }
        return frozenset(mark for mark, holds in told.items() if holds)

    def _line(self, key: FormKey, subject: str, info: FormRowInfo, marks: frozenset[str]) -> EventLine:
        log, say = self._at.study.head.events, self._at.texts
        assert log is not None  # noqa: S101 - asked before
        grade = self._value(key, info, log.grade)
        notice = next((one for one in self._at.study.head.notices if one.arises == key.form), None)
        serious = "serious" in marks
        occasion = Occasion(notice.notice, key, info.key, str(info.number)) if notice and serious else None
        words = [say(FILTERS[mark]) for mark in ("serious", "related") if mark in marks]
        return EventLine(
            subject=isolated(subject),
            title=f"{isolated(str(info.number))} · {self._facts.answer(key, info.key, log.term)}",
            note=self._facts.answer(key, info.key, log.causality),
            grade=isolated(grade) if grade else "–",
            when=self._when(key, info, ongoing="ongoing" in marks),
            mark=say.listed(words) if words else "",
            tone="error" if serious else "warn" if words else "",
            occasion=occasion,
            address=Address(CASEBOOK, *key, row=info.key, item=log.term),
        )

    def _when(self, key: FormKey, info: FormRowInfo, *, ongoing: bool) -> str:
        log, say = self._at.study.head.events, self._at.texts
        assert log is not None  # noqa: S101 - asked before
        start = self._facts.answer(key, info.key, log.start)
        if ongoing:
            return say("{start}, ongoing", start=start)
        return say("{start} to {end}", start=start, end=self._facts.answer(key, info.key, log.end))

    def _value(self, key: FormKey, info: FormRowInfo, item: str) -> str:
        stored = self._at.desk.stored(ItemKey(*key, info.key, item))
        return stored.value or "" if stored is not None and stored.hidden != 1 else ""
