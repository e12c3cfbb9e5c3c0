"""Acts about a whole form: it belongs to another subject, it was filled on paper first (REQ-412, 413)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, RefusedError
from crfapp.base.times import Moment
from crfapp.form.values import Field, Reading, read
from crfapp.ledger.keys import VisitKey
from crfapp.ledger.state import ItemRow, MoveRow, PaperRow, SubjectRow, VisitRow
from crfapp.present.acts_view import FormNote, SecondLine
from crfapp.present.form_view import Patch, Refusal
from crfapp.present.problem_texts import problem_text
from crfapp.present.site_present import SitePresent
from crfapp.present.texts import isolated
from crfapp.study.types import ItemType, Kind
from crfapp.work.begun import is_begun
from crfapp.work.last_words import PERSON
from crfapp.work.moving import (
    AgreeMove,
    AskMove,
    DeclineMove,
    MoveForm,
    destination,
    may_be_moved,
    moves_from,
    moves_to,
    refuse_to_decide,
)
from crfapp.work.reading_items import manner_of
from crfapp.work.roles import Right
from crfapp.work.rows import labels_of_form
from crfapp.work.second import CONFIRM, SAME, CheckAnswer, first_person, waiting_of
from crfapp.work.transcribing import NoteTranscription

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command

MOVE, PAPER = "move", "paper"
"""What can be begun at a form."""
SECOND = "second"
AGREE, DECLINE, CARRY_OUT = "agree", "decline", "carry-out"
"""What can be done about a request that waits."""


class FormActs:
    """The presenter of what stands above a form's questions."""

    def __init__(self, workplace: Workplace, key: FormKey) -> None:
        self._at, self._key = workplace, key

    # ---- what it shows

    def notes(self) -> tuple[FormNote, ...]:
        """What was said of the form as a whole, what waits for somebody first."""
        notes = [*self._second(), *self._from_here(), *self._to_here(), *self._on_paper()]
        return tuple(sorted(notes, key=lambda note: note.grade != "warn"))

    def offers(self) -> tuple[tuple[str, str], ...]:
        """What this person can begin here: (key, words)."""
        if not self._at.actor.may(Right.RECORD):
            return ()
        say, found = self._at.texts, [(PAPER, self._at.texts("Filled on paper first…"))]
        movable = is_begun(self._at.desk, self._key) and may_be_moved(self._at.desk, self._key)
        if movable and not self._waiting():
            found.insert(0, (MOVE, say("Entered for the wrong subject…")))
        return tuple(found)

    def places(self) -> tuple[tuple[str, str], ...]:
        """The visits that wait for this form, (code, words), by subject; those of this subject last."""
        found = []
        numbers = {row.subject: row.number for row in self._at.tables.find(SubjectRow)}
        for row in self._at.tables.find(VisitRow, status="started"):
            own = row.subject == self._key.subject
            if (own and row.key == self._key.at) or not self._waits(row.key):
                continue
            found.append((own, numbers[row.subject], row.date or "", row.key))
        found.sort()
        return tuple((_code(key), self._place(key)) for _, _, _, key in found)

    def says(self, place: str) -> str:
        """What will happen if the form is moved to a place; empty where none is chosen."""
        if not place:
            return ""
        answers = [
            row
            for row in self._at.tables.find(ItemRow, **self._key._asdict())
            if row.origin == PERSON and (row.value is not None or row.missing is not None)
        ]
        say = self._at.texts
        counted = say.many(
            "{count} answer of this form will be withdrawn here and recorded there as it was typed.",
            "{count} answers of this form will be withdrawn here and recorded there as they were typed.",
            len(answers),
        )
        rest = say(
            "Both histories will say so. Signatures and verifications of this form fall."
            " A second person has to agree first."
        )
        return f"{counted} {rest}"

    def to_check(self) -> tuple[SecondLine, ...]:
        """The answers that this person can check as the second one, in the order of the form."""
        say, desk = self._at.texts, self._at.desk
        asked = ((SAME, say("The source says the same")), ("other", say("The source says otherwise")))
        lines = []
        for row in waiting_of(desk, self._key):
            if first_person(desk, row) != self._at.actor.login:
                item = desk.study.place(row.form, row.item).item
                choices = asked if item.second == CONFIRM else ()
                lines.append(SecondLine(f"{row.row}|{row.item}", self._label(row), choices))
        return tuple(lines)

    def check(self, place: str, told: str) -> Patch:
        """A second person says what the source says."""
        row, item = place.split("|")
        return self._do(CheckAnswer(key=self._key, row=row, item=item, typed=told))

    def present(self) -> SitePresent:
        """The present, for the time of observation."""
        return SitePresent(self._at, self._key)

    # ---- what happens

    def ask_move(self, place: str, why: str) -> Patch:
        """Ask for the form to be moved."""
        subject, visit, number = place.split("|")
        to = VisitKey(subject, visit, int(number))
        return self._do(AskMove(key=self._key, to=to, reason=why))

    def decide(self, act: str, why: str = "") -> Patch:
        """AGREE, DECLINE (``why``) or CARRY_OUT what waits."""
        waiting = next(
            (r for r in moves_from(self._at.desk, self._key) if r.state in ("asked", "agreed")), None
        )
        move = waiting.move if waiting is not None else ""
        if act == AGREE:
            return self._do(AgreeMove(move=move))
        return self._do(DeclineMove(move=move, reason=why) if act == DECLINE else MoveForm(move=move))

    def note_paper(self, observer: str, observed: str, why: str) -> Patch:
        """The form was filled on paper; ``observed`` is as it was typed."""
        field, manner = Field(ItemType(Kind.DATETIME)), manner_of(self._at.desk, self._key)
        reading = read(observed, field, manner)
        if not isinstance(reading, Reading):
            say = self._at.texts
            return Patch(refusal=Refusal("", say("When was it observed? Write it as 2025-01-31 14:05.")))
        local = f"{Moment.parse(reading.text).local:%Y-%m-%dT%H:%M}"
        return self._do(NoteTranscription(key=self._key, observer=observer, observed=local, reason=why))

    # ---- inside

    def _second(self) -> Iterator[FormNote]:
        waiting = waiting_of(self._at.desk, self._key)
        if waiting:
            say = self._at.texts
            names = " · ".join(dict.fromkeys(self._label(row) for row in waiting))
            may = self._at.actor.may(Right.RECORD) and bool(self.to_check())
            text = say("Waits for a second person: {names}", names=isolated(names))
            yield FormNote(text, "warn", ((SECOND, say("Check with the source…")),) if may else ())

    def _label(self, row: ItemRow) -> str:
        label = self._at.study_texts.item(row.form, row.item)
        rows = labels_of_form(self._at.desk, self._key) if row.row else {}
        return f"{isolated(rows[row.row])} {label}" if row.row in rows else label

    def _waiting(self) -> list[MoveRow]:
        """The request that is not done with, if there is one."""
        return [row for row in moves_from(self._at.desk, self._key) if row.state in ("asked", "agreed")]

    def _from_here(self) -> Iterator[FormNote]:
        say = self._at.texts
        for row in moves_from(self._at.desk, self._key):
            why, by = isolated(row.reason or ""), isolated(row.decided_name)
            place = isolated(self._place(row.to.at))
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
            facts = {"place": isolated(self._place(row.key.at)), "why": isolated(row.reason or "")}
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

    def _waits(self, key: VisitKey) -> bool:
        held = {form.form for form in self._at.study.visit(key.visit).forms}
        if self._key.form not in held:
            return False
        try:
            destination(self._at.desk, self._key, key)
        except RefusedError:
            return False
        return True

    def _place(self, key: VisitKey) -> str:
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

    def _do(self, command: Command) -> Patch:
        try:
            self._at.send(command)
        except AppProblem as problem:
            text = " ".join(problem_text(problem, self._at.texts))
            return Patch(refusal=Refusal(problem.code.value, text))
        saved = self._at.texts.clock(self._at.now.local)
        return Patch(saved=saved, rows_changed=True, status_changed=True)


def may_decide(at: Workplace, row: MoveRow) -> bool:
    """Whether a request waits for this person."""
    if row.state != "asked" or not at.actor.may(Right.AGREE):
        return False
    try:
        refuse_to_decide(at.desk, row, at.actor)
    except RefusedError:
        return False
    return True


def _code(key: VisitKey) -> str:
    return f"{key.subject}|{key.visit}|{key.visit_n}"
