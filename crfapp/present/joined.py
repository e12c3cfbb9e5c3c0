"""What joining left to be decided, in words: answers that contradict each other, changes that came too late,
numbers given twice; and who said what on which workstation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.keys import EventId, ItemKey
from crfapp.ledger.state import NodeRow, SubjectRow
from crfapp.present.acts_view import AnswerLine, FormNote
from crfapp.present.address import Address
from crfapp.present.event_words import EventWords, instant_words, when_words, who_words
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import isolated
from crfapp.present.today_view import OwedLine
from crfapp.work.conflicts import conflicts, in_conflict
from crfapp.work.deciding import ResolveConflict
from crfapp.work.doubt import in_doubt
from crfapp.work.late import DecideLate, waiting_late
from crfapp.work.numbers import RenumberSubject, clashes
from crfapp.work.roles import Right
from crfapp.work.row_labels import named_alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import ItemRow, LateRow, RivalRow
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command
    from crfapp.work.conflicts import Conflict

TAKE, LATE, LEAVE, RENUMBER = "take", "late", "leave", "renumber"
"""What can be decided; behind it stand the event's chain and number."""


class JoinedWords:
    """Says what waits, in the language of one person."""

    def __init__(self, at: Workplace) -> None:
        self._at = at

    # ---- on Today

    def lines(self) -> tuple[OwedLine, ...]:
        """What waits at the site for this person, the gravest first."""
        at = self._at
        lines = [self._clash_line(row) for row in self._renumberable()]
        if at.actor.may(Right.RECORD):
            lines += [self._conflict_line(one) for one in conflicts(at.tables)]
        if at.actor.may(Right.OVERSEE):
            lines += [self._late_line(row) for row in waiting_late(at.tables)]
        return tuple(lines)

    # ---- above a form

    def notes(self, key: FormKey) -> Iterator[FormNote]:
        """What waits in one form, with what this person can decide."""
        at, say = self._at, self._at.texts
        for one in in_conflict(at.tables, key):
            told = self.answers(one)
            listed = say.listed([f"{line.value} ({line.by})" for line in told])
            item = at.study_texts.item(key.form, one.key.item)
            text = say("{item}: workstations gave different answers: {answers}", item=item, answers=listed)
            acts = tuple((line.key, say("{value} is right…", value=line.value)) for line in told)
            yield FormNote(text, "warn", acts if at.actor.may(Right.RECORD) else ())
        for row in waiting_late(at.tables, key.subject):
            if tuple(key) == (row.subject, row.visit, row.visit_n, row.form, row.form_n):
                yield FormNote(self._late_words(row), "warn", self._late_acts(row))
        for name in named_alike(at.tables, at.study, key):
            facts = {"name": isolated(name)}
            text = say("Two rows are called {name}. Void one, and add it again: it gets a new name.", **facts)
            yield FormNote(text, "warn")
        for clash in self._renumberable():
            if clash.subject == key.subject:
                text = say("Another subject has the number {number} too.", number=isolated(clash.number))
                yield FormNote(text, "warn", ((RENUMBER, say("Give this one another number…")),))

    def question(self, act: str) -> tuple[str, str]:
        """What is asked before something is decided, and what tells it; empty where nothing is."""
        say, kind = self._at.texts, act.partition(":")[0]
        return {
            TAKE: (say("Why is this one right?"), say("Record it")),
            LATE: (say("Why is it taken? What is locked is opened again for it."), say("Take it")),
            LEAVE: (say("Why does it not count?"), say("Leave it")),
            RENUMBER: (say("How did it come about?"), say("Give another number")),
        }.get(kind, ("", ""))

    def command(self, key: FormKey, act: str, why: str) -> Command | None:
        """What carries a decision out; None where the act is none of these."""
        kind, _, event = act.partition(":")
        node, _, seq = event.rpartition(":")
        if kind == RENUMBER:
            return RenumberSubject(subject=key.subject, reason=why)
        if kind in (LATE, LEAVE):
            return DecideLate(of=EventId(node, int(seq)), take=kind == LATE, reason=why)
        if kind != TAKE:
            return None
        of = EventId(node, int(seq))
        for one in in_conflict(self._at.tables, key):
            if of in {row.head for row in one.answers}:
                return ResolveConflict(place=one.key, take=of, reason=why)
        return None

    # ---- beside a question

    def answers_at(self, key: ItemKey) -> tuple[AnswerLine, ...]:
        """The answers between which somebody has to decide at one question; none as a rule."""
        found = [one for one in in_conflict(self._at.tables, key.of) if one.key == key]
        return self.answers(found[0]) if found else ()

    def answers(self, one: Conflict) -> tuple[AnswerLine, ...]:
        """Each answer with who gave it, when and where; the one in force first."""
        return tuple(self._answer(one.key, row) for row in one.answers)

    # ---- inside

    def _answer(self, key: ItemKey, row: ItemRow | RivalRow) -> AnswerLine:
        at = self._at
        value = EventWords(at).answer(key, row.value, row.missing, row.unit)
        records = at.events.records(subject=key.subject, kinds=(ValueRecorded.kind,), item=key.item)
        record = next((one for one in records if one.envelope.id == row.head), None)
        parts = [where_words(at, row.head)]
        if record is not None:
            parts = [who_words(at, record.envelope), when_words(at, record.envelope), *parts]
        return AnswerLine(f"{TAKE}:{row.node}:{row.seq}", value, " · ".join(isolated(part) for part in parts))

    def _conflict_line(self, one: Conflict) -> OwedLine:
        say, texts, words = self._at.texts, self._at.study_texts, EventWords(self._at)
        told = [words.answer(one.key, row.value, row.missing, row.unit) for row in one.answers]
        item = texts.item(one.key.form, one.key.item)
        return OwedLine(
            title=f"{self._number(one.key.subject)} · {say('Two workstations gave different answers')}",
            text=f"{texts.form(one.key.form)} · {item}: {' | '.join(told)}",
            due="",
            visit=texts.visit(one.key.visit),
            address=Address(CASEBOOK, *one.key),
            pill="error",
        )

    def _late_line(self, row: LateRow) -> OwedLine:
        say, texts = self._at.texts, self._at.study_texts
        title = say("A change came after the form was locked")
        return OwedLine(
            title=f"{self._number(row.subject)} · {title}",
            text=self._late_words(row),
            due="",
            visit=texts.visit(row.visit),
            address=Address(CASEBOOK, row.subject, row.visit, row.visit_n, row.form, row.form_n),
            pill="warn",
        )

    def _late_words(self, row: LateRow) -> str:
        """What somebody did without knowing of the lock."""
        at, say = self._at, self._at.texts
        words = EventWords(at)
        when = instant_words(at, row.at, at.now.offset_minutes, at.desk.zone)
        facts = {"who": isolated(row.name), "when": isolated(when)}
        if row.kind == ValueRecorded.kind:
            key = ItemKey(row.subject, row.visit, row.visit_n, row.form, row.form_n, row.row, row.item)
            told = words.answer(key, row.value, row.missing)
            item = at.study_texts.item(row.form, row.item)
            return say(
                "{item}: {who} answered {value} on {when}, without knowing that it was locked.",
                item=item,
                value=told,
                **facts,
            )
        return say(
            "{who}, {when}, without knowing that it was locked: {what}", what=words.kind(row.kind), **facts
        )

    def _late_acts(self, row: LateRow) -> tuple[tuple[str, str], ...]:
        say, of = self._at.texts, f"{row.node}:{row.seq}"
        if not self._at.actor.may(Right.OVERSEE):
            return ()
        return ((f"{LATE}:{of}", say("Open the form and take it…")), (f"{LEAVE}:{of}", say("Leave it…")))

    def _clash_line(self, row: SubjectRow) -> OwedLine:
        say, number = self._at.texts, isolated(row.number)
        return OwedLine(
            title=f"{number} · {say('Two subjects have this number')}",
            text=say("One of them needs another number, before anybody is mistaken for somebody else."),
            due="",
            visit="",
            address=Address(CASEBOOK, row.subject),
            pill="error",
        )

    def _renumberable(self) -> list[SubjectRow]:
        """The later ones of those that share a number: the first keeps it."""
        if not self._at.actor.may(Right.ENROL):
            return []
        return [row for clash in clashes(self._at.tables) for row in clash.subjects[1:]]

    def _number(self, subject: str) -> str:
        row = self._at.tables.get(SubjectRow, subject)
        return isolated(row.number if row is not None else "")


def where_words(at: Workplace, of: EventId) -> str:
    """On which workstation something was written, and whether that is in doubt."""
    row = at.tables.get(NodeRow, of.node)
    here = at.texts("this workstation") if of.node == at.desk.node else ""
    label = row.label if row is not None and row.label else here or of.node
    if in_doubt(at.tables, of):
        return at.texts("{workstation}, after it was revoked", workstation=isolated(label))
    return label
