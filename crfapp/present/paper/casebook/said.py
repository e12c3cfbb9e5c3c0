"""What was said of a place: findings of checks, queries with their threads, signatures, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.audit_words import REDACTED, STAYS
from crfapp.exchange.query_threads import notes_of, queries_of
from crfapp.ledger.keys import FormKey, ItemKey, Scope
from crfapp.ledger.state import FindingRow, LateRow, QueryRow, SignatureRow
from crfapp.present.finding_words import finding_words
from crfapp.present.holding import HELD_WORDS
from crfapp.present.manifestation import manifestation
from crfapp.present.paper.casebook.reading import stamp_of
from crfapp.present.paper.casebook.tables import heading, lines, small
from crfapp.present.query_words import SAID_WORDS, STATE_WORDS
from crfapp.present.texts import N_, isolated
from crfapp.work.conflicts import in_conflict
from crfapp.work.marks import held_by
from crfapp.work.signature_words import because_words, local_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.paper.blocks import Block, Cell
    from crfapp.present.paper.casebook.reading import Reading

_FINDING = (0.26, 0.36, 0.12, 0.26)
_QUERY = (0.26, 0.12, 0.62)
_SIGNATURE = (0.24, 0.22, 0.26, 0.28)
_WAITING = (0.3, 0.4, 0.3)
_LATE_STATES = {"waiting": N_("waits for the investigator"), "taken": N_("taken"), "declined": N_("left out")}


def held_words(read: Reading, key: FormKey) -> str:
    """That a form is frozen or locked, itself or with what it lies in."""
    row = held_by(read.at.desk, key)
    return read.say(HELD_WORDS[row.state]) if row is not None and row.state in HELD_WORDS else ""


class Said:
    """The blocks of every place; read once for a subject."""

    def __init__(self, read: Reading) -> None:
        self._read = read
        tables, subject = read.at.tables, read.subject.subject
        self._queries: dict[Scope, list[QueryRow]] = {}
        for query in queries_of(read.data, subject):
            self._queries.setdefault(query.scope, []).append(query)
        self._signatures: dict[Scope, list[SignatureRow]] = {}
        for row in sorted(tables.find(SignatureRow, subject=subject), key=lambda row: (row.at, row.seq)):
            self._signatures.setdefault(Scope(*row[2:7]), []).append(row)

    def of(self, scope: Scope) -> Iterator[Block]:
        """Everything said of exactly this place."""
        if scope.form:
            yield from self._findings(FormKey(*scope))
            yield from self._waiting(FormKey(*scope))
        queries = self._queries.get(scope, [])
        if queries:
            say = self._read.say
            yield heading(say("Queries"))
            titles = (say("About"), say("State"), say("What was said"))
            yield lines(_QUERY, titles, [self._query(row) for row in queries])
        yield from self.signatures(scope)

    def counts(self, scope: Scope) -> tuple[int, int]:
        """How many queries and signatures stand at this place."""
        return len(self._queries.get(scope, [])), len(self._signatures.get(scope, []))

    def signatures(self, scope: Scope) -> Iterator[Block]:
        """Who signed this place, as what, when, and whether it still counts (REQ-301)."""
        rows, say = self._signatures.get(scope, []), self._read.say
        if rows:
            yield heading(say("Signatures"))
            titles = (say("Who"), say("When"), say("Meaning"), say("How it stands"))
            yield lines(_SIGNATURE, titles, [self._signature(row) for row in rows])

    def _signature(self, row: SignatureRow) -> tuple[Cell, ...]:
        read, say = self._read, self._read.say
        shown = manifestation(row, read.at.study_texts, say)
        state = say("Outdated since: {because}.", because=because_words(row, say))
        return (
            small(isolated(row.name), shown.role, isolated(row.organisation)),
            small(isolated(stamp_of(local_time(row))), isolated(row.zone)),
            small(shown.meaning, row.statement),
            small(state if shown.outdated else say("valid"), tone="strong" if shown.outdated else "plain"),
        )

    def _findings(self, key: FormKey) -> Iterator[Block]:
        read, say = self._read, self._read.say
        rows = [
            row
            for row in read.at.tables.find(FindingRow, **key._asdict())
            if not read.keeps(row.form, row.item)
        ]
        if rows:
            yield heading(say("Findings of checks"))
            titles = (
                say("Question"),
                say("What the check says"),
                say("State"),
                say("Why the answer is right"),
            )
            yield lines(_FINDING, titles, [self._finding(row) for row in sorted(rows, key=lambda r: r.seq)])

    def _finding(self, row: FindingRow) -> tuple[Cell, ...]:
        read = self._read
        words = finding_words(read.at, row)
        if read.is_gone(row.node, row.seq, "text"):
            words = read.say(REDACTED)
        if read.data.confidential.keeps_sentence(row.check):
            words = STAYS
        check = isolated(f"{row.check} ({row.level})")
        state = read.say(STATE_WORDS[row.state])
        return self._place(row.key), small(words, check), small(state), small(row.reason or "")

    def _query(self, row: QueryRow) -> tuple[Cell, ...]:
        read, said = self._read, []
        for note in notes_of(read.data, row.query):
            who = read.who(note.name, note.role)
            what = read.say(SAID_WORDS[note.what])
            said.append(f"{what}: {isolated(note.text)}" if note.text else what)
            said.append(f"{who}, {read.when(note.at)}")
        place = ItemKey(*row[1:8])
        about = self._place(place) if row.item else small(read.say("as a whole"))
        return about, small(read.say(STATE_WORDS[row.state])), small(*said)

    def _place(self, place: ItemKey) -> Cell:
        read = self._read
        return small(read.question(place.of, place.item), isolated(place.item), read.row(place.of, place.row))

    def _waiting(self, key: FormKey) -> Iterator[Block]:
        """Answers that contradict each other, and what came too late for a lock."""
        rows = [*self._rivals(key), *self._late(key)]
        if rows:
            say = self._read.say
            yield heading(say("Not decided by order alone"))
            yield lines(_WAITING, (say("Question"), say("Answer"), say("How it stands")), rows)

    def _rivals(self, key: FormKey) -> Iterator[tuple[Cell, ...]]:
        read, say = self._read, self._read.say
        for conflict in in_conflict(read.at.tables, key):
            if read.keeps(key.form, conflict.key.item):
                continue
            for row in conflict.answers:
                words = read.answer(conflict.key, row.value, row.missing)
                yield self._place(conflict.key), small(words), small(say("contradicts another answer"))

    def _late(self, key: FormKey) -> Iterator[tuple[Cell, ...]]:
        read = self._read
        for row in read.at.tables.find(LateRow, **key._asdict()):
            if row.item and read.keeps(row.form, row.item):
                continue
            place = ItemKey(*key, row.row, row.item)
            words = read.answer(place, row.value, row.missing) if row.item else ""
            state = read.say(_LATE_STATES.get(row.state, row.state))
            late = read.say("came after the lock: {state}", state=state)
            about = self._place(place) if row.item else small(read.say("the form as a whole"))
            yield about, small(words, f"{isolated(row.name)}, {read.when(row.at)}"), small(late)
