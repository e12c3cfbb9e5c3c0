"""What was said of a whole form, in sentences: it waits to be moved or was, it stood on paper first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.base.problems import RefusedError
from crfapp.base.times import Moment
from crfapp.ledger.state import ItemRow, MoveRow, PaperRow, SubjectRow, VisitRow
from crfapp.present.acts_view import FormNote
from crfapp.present.joined import JoinedWords
from crfapp.present.texts import isolated
from crfapp.work.moving import moves_from, moves_to, refuse_to_decide
from crfapp.work.roles import Right
from crfapp.work.rows import labels_of_form
from crfapp.work.second import first_person, waiting_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey, VisitKey
    from crfapp.present.workplace import Workplace

MOVE, PAPER = "move", "paper"
"""What can be begun at a form."""
SECOND = "second"
AGREE, DECLINE, CARRY_OUT = "agree", "decline", "carry-out"
"""What can be done about a request that waits."""


class FormNotes:
    """The sentences about one form, for one person."""

    def __init__(self, workplace: Workplace, key: FormKey) -> None:
        self._at, self._key = workplace, key

    def notes(self) -> tuple[FormNote, ...]:
        """What was said of the form as a whole, what waits for somebody first."""
        joined = JoinedWords(self._at).notes(self._key)
        notes = [*joined, *self._second(), *self._from_here(), *self._to_here(), *self._on_paper()]
        return tuple(sorted(notes, key=lambda note: note.grade != "warn"))

    def _second(self) -> Iterator[FormNote]:
        waiting = waiting_of(self._at.desk, self._key)
        if waiting:
            say = self._at.texts
            names = " · ".join(dict.fromkeys(self.label(row) for row in waiting))
            may = self._at.actor.may(Right.RECORD) and bool(checkable(self._at, self._key))
            text = say("Waits for a second person: {names}", names=isolated(names))
            yield FormNote(text, "warn", ((SECOND, say("Check with the source…")),) if may else ())

    def label(self, row: ItemRow) -> str:
        """What an answer is called, with its row."""
        label = self._at.study_texts.item(row.form, row.item)
        rows = labels_of_form(self._at.desk, self._key) if row.row else {}
        return f"{isolated(rows[row.row])} {label}" if row.row in rows else label

    def _from_here(self) -> Iterator[FormNote]:
        say = self._at.texts
        for row in moves_from(self._at.desk, self._key):
            why, by = isolated(row.reason or ""), isolated(row.decided_name)
            place = isolated(self.place(row.to.at))
            match row.state:
                case "asked":
                    who = isolated(row.asked_name)
                    text = say(
                        "{who} asks to move this form to {place}: {why}", who=who, place=place, why=why
                    )
                    yield FormNote(text, "warn", self._deciding(row))
                case "agreed":
                    text = say("{by} agrees to move this form to {place}: {why}", by=by, place=place, why=why)
                    may = self._at.actor.may(Right.RECORD)
                    yield FormNote(text, "warn", ((CARRY_OUT, say("Move it now")),) if may else ())
                case "done":
                    text = say(
                        "What stood here was entered for the wrong subject and moved to {place}: {why}",
                        place=place,
                        why=why,
                    )
                    yield FormNote(f"{text} ({self._when(row.moved_at, row.moved_name)})")
                case _:
                    text = say("{by} did not agree to move this form to {place}.", by=by, place=place)
                    yield FormNote(f"{text} ({self._when(row.decided_at, row.decided_name)})")

    def _to_here(self) -> Iterator[FormNote]:
        say = self._at.texts
        for row in moves_to(self._at.desk, self._key):
            facts = {"place": isolated(self.place(row.key.at)), "why": isolated(row.reason or "")}
            text = say("These answers were entered for {place} by mistake and moved here: {why}", **facts)
            text = f"{text} ({self._when(row.moved_at, row.moved_name)})"
            if row.left:
                left = say.many(
                    "{count} answer could not be recorded here; it stands in the history there.",
                    "{count} answers could not be recorded here; they stand in the history there.",
                    row.left,
                )
                text = f"{text} {left}"
            yield FormNote(text)

    def _on_paper(self) -> Iterator[FormNote]:
        row = self._at.tables.get(PaperRow, *self._key)
        if row is None:
            return
        say, observed = self._at.texts, datetime.fromisoformat(row.observed)
        when = isolated(f"{say.date(observed.date())} {observed:%H:%M}")
        yield FormNote(
            say(
                "Transcribed from paper. Observed by {who}, {when}. Entered late: {why}",
                who=isolated(row.observer or ""),
                when=when,
                why=isolated(row.reason or ""),
            )
            + f" ({self._when(row.at, row.name)})"
        )

    def _deciding(self, row: MoveRow) -> tuple[tuple[str, str], ...]:
        say = self._at.texts
        if not may_decide(self._at, row):
            return ()
        return ((AGREE, say("Agree")), (DECLINE, say("Do not agree…")))

    def place(self, key: VisitKey) -> str:
        """Subject, visit and day."""
        row, visit = self._at.tables.get(SubjectRow, key.subject), self._at.tables.get(VisitRow, *key)
        parts = [isolated(row.number if row is not None else ""), self._at.study_texts.visit(key.visit)]
        if visit is not None and visit.date:
            day = datetime.fromisoformat(visit.date).date()
            parts.append(isolated(self._at.texts.date(day)))
        return " · ".join(parts)

    def _when(self, at: str, name: str) -> str:
        local = Moment.at(datetime.fromisoformat(at), self._at.now.zone).local
        say = self._at.texts
        return f"{isolated(name)}, {isolated(f'{say.date(local.date())} {local:%H:%M}')}"


def may_decide(at: Workplace, row: MoveRow) -> bool:
    """Whether a request waits for this person."""
    if row.state != "asked" or not at.actor.may(Right.AGREE):
        return False
    try:
        refuse_to_decide(at.desk, row, at.actor)
    except RefusedError:
        return False
    return True


def checkable(at: Workplace, key: FormKey) -> list[ItemRow]:
    """The answers of a form that wait for a second person, and for which this person is one."""
    return [row for row in waiting_of(at.desk, key) if first_person(at.desk, row) != at.actor.login]
