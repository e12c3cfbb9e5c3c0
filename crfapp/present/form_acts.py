"""Acts about a whole form: it belongs to another subject, it was filled on paper first (REQ-412, 413)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, RefusedError
from crfapp.base.times import Moment
from crfapp.form.values import Field, Reading, read
from crfapp.ledger.keys import VisitKey
from crfapp.ledger.origins import is_told
from crfapp.ledger.state import ItemRow, SubjectRow, VisitRow
from crfapp.present.acts_view import FormNote, SecondLine
from crfapp.present.form_notes import AGREE, DECLINE, MOVE, PAPER, FormNotes, checkable
from crfapp.present.form_view import Patch, Refusal
from crfapp.present.joined import JoinedWords
from crfapp.present.problem_texts import problem_text
from crfapp.present.reconsent import RECONSENT, awaits_consent, reconsent, reconsent_question
from crfapp.present.site_present import SitePresent
from crfapp.present.texts import isolated
from crfapp.study.types import ItemType, Kind
from crfapp.work.begun import is_begun
from crfapp.work.moving import (
    AgreeMove,
    AskMove,
    DeclineMove,
    MoveForm,
    destination,
    may_be_moved,
    waiting_moves,
)
from crfapp.work.offered import held_at
from crfapp.work.reading_items import manner_of
from crfapp.work.roles import Right
from crfapp.work.second import CONFIRM, SAME, CheckAnswer
from crfapp.work.transcribing import NoteTranscription

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command


class FormActs:
    """The presenter of what stands above a form's questions."""

    def __init__(self, workplace: Workplace, key: FormKey) -> None:
        self._at, self._key = workplace, key
        self._notes = FormNotes(workplace, key)

    # ---- what it shows

    def notes(self) -> tuple[FormNote, ...]:
        """What was said of the form as a whole, what waits for somebody first."""
        return self._notes.notes()

    def offers(self) -> tuple[tuple[str, str], ...]:
        """What this person can begin here: (key, words)."""
        if not self._at.actor.may(Right.RECORD):
            return ()
        say, found = self._at.texts, [(PAPER, self._at.texts("Filled on paper first…"))]
        if awaits_consent(self._at, self._key.subject):
            version = isolated(self._at.study.head.version)
            found.append((RECONSENT, say("Consented again, to version {version}…", version=version)))
        movable = is_begun(self._at.desk, self._key) and may_be_moved(self._at.desk, self._key)
        if movable and not waiting_moves(self._at.desk, self._key):
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
        return tuple((_code(key), self._notes.place(key)) for _, _, _, key in found)

    def says(self, place: str) -> str:
        """What will happen if the form is moved to a place; empty where none is chosen."""
        if not place:
            return ""
        answers = [
            row
            for row in self._at.tables.find(ItemRow, **self._key._asdict())
            if is_told(row.origin) and (row.value is not None or row.missing is not None)
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
        say, study = self._at.texts, self._at.study
        asked = ((SAME, say("The source says the same")), ("other", say("The source says otherwise")))
        lines = []
        for row in checkable(self._at, self._key):
            choices = asked if study.place(row.form, row.item).item.second == CONFIRM else ()
            lines.append(SecondLine(f"{row.row}|{row.item}", self._notes.label(row), choices))
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
        """AGREE, DECLINE (``why``) or CARRY_OUT what waits; or decide what joining left (``why``)."""
        if act == RECONSENT:
            return reconsent(self._at, self._key.subject, why)
        joined = JoinedWords(self._at).command(self._key, act, why)
        if joined is not None:
            return self._do(joined)
        move = next((row.move for row in waiting_moves(self._at.desk, self._key)), "")
        if act == AGREE:
            return self._do(AgreeMove(move=move))
        return self._do(DeclineMove(move=move, reason=why) if act == DECLINE else MoveForm(move=move))

    def question(self, act: str) -> tuple[str, str]:
        """What is asked before something is decided, and what tells it; empty where nothing is."""
        return reconsent_question(self._at) if act == RECONSENT else JoinedWords(self._at).question(act)

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

    def _waits(self, key: VisitKey) -> bool:
        held = {held.form for held in held_at(self._at.desk, key)}
        if self._key.form not in held:
            return False
        try:
            destination(self._at.desk, self._key, key)
        except RefusedError:
            return False
        return True

    def _do(self, command: Command) -> Patch:
        try:
            self._at.send(command)
        except AppProblem as problem:
            text = " ".join(problem_text(problem, self._at.texts))
            return Patch(refusal=Refusal(problem.code.value, text))
        saved = self._at.texts.clock(self._at.now.local)
        return Patch(saved=saved, rows_changed=True, status_changed=True)


def _code(key: VisitKey) -> str:
    return f"{key.subject}|{key.visit}|{key.visit_n}"
