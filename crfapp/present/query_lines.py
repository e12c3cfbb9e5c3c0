"""Queries as lines of a list: about what, the last words, who asked, how old; and which wait for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.state import FindingRow, PersonRow, QueryRow
from crfapp.present.finding import words_of
from crfapp.present.finding_words import finding_words
from crfapp.present.query_view import QueryLine
from crfapp.present.query_words import (
    LATE_DAYS,
    STATE_TONES,
    STATE_WORDS,
    address_of,
    age_words,
    days_of,
    notes_of,
    title_of,
    where_words,
    who_said,
)
from crfapp.present.texts import isolated
from crfapp.present.threads import key_of_line
from crfapp.present.today_view import AskedLine
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace

    Query = QueryRow | FindingRow


class QueryLines:
    """Makes the lines in the language of one person."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def line(self, row: Query, opened: str) -> QueryLine:
        """One query; ``opened`` is the instant at which it was asked."""
        days = days_of(self._at, row, opened)
        waits = row.state in ("open", "answered")
        return QueryLine(
            key=key_of_line(row),
            title=title_of(self._at, row),
            text=self.text(row),
            by=self.by(row),
            where=where_words(self._at, row),
            state_words=self._at.texts(STATE_WORDS[row.state]),
            tone=STATE_TONES.get(row.state, "muted"),
            icon="query" if isinstance(row, QueryRow) else "finding",
            age=age_words(self._at, days) if waits or isinstance(row, QueryRow) else "",
            days=days,
            old=waits and days > LATE_DAYS,
            address=address_of(row),
        )

    def by(self, row: Query) -> str:
        """Who asks: a person with the role of that time, or a check."""
        if isinstance(row, FindingRow):
            return self._at.texts("check {check}", check=isolated(row.check))
        person = self._at.tables.get(PersonRow, row.raised_by)
        return who_said(self._at, person.name if person else row.raised_by, row.role)

    def text(self, row: Query) -> str:
        """What was said last."""
        if isinstance(row, FindingRow):
            return finding_words(self._at, row)
        notes = [note for note in notes_of(self._at, row.query) if note.text]
        return notes[-1].text or "" if notes else ""

    def says(self, row: Query, words: tuple[str, ...]) -> bool:
        """Whether all of these words, or beginnings of words, stand in its line."""
        if not words:
            return True
        oids = f"{row.form} {row.item} {row.visit}"
        told = (title_of(self._at, row), where_words(self._at, row), oids, self.by(row), self.text(row))
        known = words_of(" ".join(told))
        return all(any(own.startswith(word) for own in known) for word in words)


def waiting_for(at: Workplace) -> list[QueryRow]:
    """Queries of people that this person has to do something about: the site answers, who asked looks."""
    if at.actor.may(Right.ANSWER):
        return list(at.tables.find(QueryRow, state="open"))
    if at.actor.may(Right.ASK):
        return list(at.tables.find(QueryRow, state="answered", raised_by=at.actor.login))
    return []


def queries_for(at: Workplace) -> tuple[AskedLine, ...]:
    """The same, as the page of the day lists them: the oldest first."""
    lines = QueryLines(at)
    found = sorted(waiting_for(at), key=lambda row: (row.opened, row.query))
    made = (lines.line(row, row.opened) for row in found)
    return tuple(AskedLine(one.title, one.text, one.by, one.age, one.old, one.address) for one in made)
