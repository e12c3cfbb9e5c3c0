"""The Redaction page: find a text that does not belong here, ask, and let a second person decide."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import AppProblem
from crfapp.ledger.events import Redacted, RedactionAsked, RedactionDeclined
from crfapp.ledger.keys import EventId
from crfapp.ledger.redacting import told_texts
from crfapp.ledger.state import RedactionRow, SubjectRow
from crfapp.present.event_words import EventWords, when_words, who_words
from crfapp.present.problem_texts import problem_text
from crfapp.present.redaction_view import DecidedLine, HeldLine, RedactionView, WishLine
from crfapp.present.texts import isolated
from crfapp.work.redaction import (
    LEAST,
    ApproveRedaction,
    AskRedaction,
    DeclineRedaction,
    Held,
    holding,
    plain_text,
)
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.ledger.chain import Envelope, Record
    from crfapp.present.address import Address
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command

PLACE = "redaction"


class RedactionPage:
    """Asks, shows what waits for a second person, and what was decided."""

    def __init__(self, at: Workplace) -> None:
        self._at = at
        self._told: AskRedaction | None = None
        self._show: Callable[[RedactionView], None] = lambda _view: None
        self.view = RedactionView(may_ask=at.actor.may(Right.RECORD))

    def watch(self, show: Callable[[RedactionView], None]) -> None:
        """Be told how things stand, now and after every change."""
        self._show = show
        self._show(self.view)

    def refresh(self) -> None:
        """Look again at what waits and what was decided; what was found before may be gone by now."""
        self._told = None
        by_subject: dict[str, list[Record]] = {}
        rows = sorted(self._at.tables.find(RedactionRow), key=lambda row: (row.wish, row.of))
        wishes, decided = [], []
        for _, of_wish in groupby(rows, key=lambda row: row.wish):
            members = list(of_wish)
            if members[0].subject not in by_subject:
                by_subject[members[0].subject] = self._records(members[0].subject)
            records = by_subject[members[0].subject]
            asked = {r.event.redaction: r for r in records if isinstance(r.event, RedactionAsked)}
            first = asked[members[0].redaction]
            if members[0].state == "asked":
                wishes.append((first.envelope.hybrid, self._wish(members, first, records)))
            else:
                decided.append((first.envelope.hybrid, self._decision(members, first, records)))
        self._tell(
            found=(),
            hint="",
            wishes=tuple(line for _, line in sorted(wishes, key=lambda one: one[0])),
            decided=tuple(line for _, line in sorted(decided, key=lambda one: one[0], reverse=True)),
        )

    @property
    def waiting(self) -> int:
        """How many wishes this person can decide."""
        if not self._at.actor.may(Right.OVERSEE):
            return 0
        rows = self._at.tables.find(RedactionRow, state="asked")
        return len({row.wish for row in rows if row.asked_by != self._at.actor.login})

    def subjects(self) -> tuple[str, ...]:
        """The numbers that people say."""
        return tuple(row.number for row in self._at.tables.find(SubjectRow))

    def look(self, number: str, text: str) -> None:
        """Show where a subject's records hold a text; an empty number is for the records of the site."""
        say, wanted = self._at.texts, number.strip()
        subject = next((r.subject for r in self._at.tables.find(SubjectRow) if r.number == wanted), "")
        self._told = None
        if wanted and not subject:
            self._refuse(say("No subject has this number."), "number")
        elif len(plain_text(text)) < LEAST:
            self._refuse(say("Type at least {least} letters of it.", least=LEAST), "text")
        else:
            self._look(subject, text)

    def point(self, at: Address) -> None:
        """Show what one text of one event, and all that holds the same, would lead to."""
        node, _, seq = at.moment.rpartition(":")
        if node and seq.isdigit() and at.item:
            self._propose(at.subject, EventId(node, int(seq)), at.item, "")

    def ask(self, reason: str) -> None:
        """Ask for what was found."""
        if self._told is None:
            return
        wish = replace(self._told, reason=reason)
        if self._send(wish, "reason"):
            self._tell(done=self._at.texts("Asked. A second person, an investigator, has to agree."))
            self.refresh()

    def decide(self, wish: str, *, agree: bool, reason: str) -> None:
        """Agree, or leave everything as it is."""
        command: Command = (
            ApproveRedaction(wish=wish, reason=reason)
            if agree
            else DeclineRedaction(wish=wish, reason=reason)
        )
        if self._send(command, wish):
            say = self._at.texts
            gone = say(
                "It can be read no more, here and in copies made from now on. Copies and workbooks made"
                " before still hold it."
            )
            self._tell(done=gone if agree else say("Everything stays as it is."))
            self.refresh()

    # ---- inside

    def _look(self, subject: str, text: str) -> None:
        needle = plain_text(text)
        for record in self._records(subject):
            for field, told in told_texts(record).items():
                if needle in plain_text(told):
                    self._propose(subject, record.envelope.id, field, text)
                    return
        self._refuse(self._at.texts("No entry there holds this text."), "text")

    def _propose(self, subject: str, of: EventId, field: str, text: str) -> None:
        records = self._records(subject)
        whole = next((told_texts(r).get(field, "") for r in records if r.envelope.id == of), "")
        if not whole:
            self._refuse(self._at.texts("There is no text that could be taken away."), "text")
            return
        self._told = AskRedaction(subject=subject or None, of=of, field=field, text=text)
        held = holding(records, text or whole, of, field)
        lines = self._lines(held)
        hint = self._at.texts.many(
            "{count} entry would become unreadable.", "{count} entries would become unreadable.", len(held)
        )
        self._tell(found=lines, hint=hint, problem="", place="", done="")

    def _records(self, subject: str) -> list[Record]:
        found = self._at.events.records(subject=subject or None)
        return [record for record in found if (record.event.subject or "") == subject]

    def _lines(self, held: Sequence[Held]) -> tuple[HeldLine, ...]:
        words = EventWords(self._at)
        return tuple(
            HeldLine(
                " · ".join(words.where(record.event)),
                words.kind(record.event.kind),
                " / ".join(dict.fromkeys(told_texts(record).get(name, "") for name in fields)),
                who_words(self._at, record.envelope),
                self._when(record.envelope),
            )
            for record, fields in held
        )

    def _wish(self, rows: Sequence[RedactionRow], first: Record, records: Sequence[Record]) -> WishLine:
        fields = {row.of: tuple(row.fields.split(",")) for row in rows}
        held = [
            Held(record, fields[record.envelope.id]) for record in records if record.envelope.id in fields
        ]
        who = who_words(self._at, first.envelope)
        why = first.event.reason or ""
        lines = self._lines(held)
        return WishLine(rows[0].wish, who, self._when(first.envelope), why, lines, self._hindrance(rows[0]))

    def _hindrance(self, row: RedactionRow) -> str:
        say, actor = self._at.texts, self._at.actor
        if not actor.may(Right.OVERSEE):
            return say("An investigator decides this.")
        return say("You asked for it; another investigator decides.") if row.asked_by == actor.login else ""

    def _decision(
        self, rows: Sequence[RedactionRow], first: Record, records: Sequence[Record]
    ) -> DecidedLine:
        say, ids = self._at.texts, {row.redaction for row in rows}
        last = next(
            record
            for record in records
            if isinstance(record.event, Redacted | RedactionDeclined) and record.event.redaction in ids
        )
        made = rows[0].state == "done"
        count = say.many("{count} entry", "{count} entries", len(rows))
        number = next(iter(EventWords(self._at).where(first.event)), say("the site's own records"))
        return DecidedLine(
            where=f"{number} · {count}",
            made=made,
            what=say("made unreadable") if made else say("left as it is"),
            asked=who_words(self._at, first.envelope),
            asked_why=first.event.reason or "",
            decided=who_words(self._at, last.envelope),
            decided_why=last.event.reason or "",
            when=self._when(last.envelope),
        )

    def _when(self, envelope: Envelope) -> str:
        return isolated(when_words(self._at, envelope))

    def _send(self, command: Command, place: str) -> bool:
        try:
            self._at.send(command)
        except AppProblem as problem:
            what, todo = problem_text(problem, self._at.texts)
            self._refuse(f"{what} {todo}", place)
            return False
        self._tell(problem="", place="")
        return True

    def _refuse(self, sentence: str, place: str) -> None:
        kept = self.view.found if place not in ("number", "text") else ()
        self._tell(problem=sentence, place=place, done="", found=kept, hint=self.view.hint if kept else "")

    def _tell(self, **changes: Any) -> None:
        self.view = replace(self.view, **changes)
        self._show(self.view)
