"""Personal data entered by mistake is made unreadable: one person asks, another one agrees (REQ-108).

Whoever asks points at one text of one event. Every told field of the same subject's events that holds it is
found here, so that it does not stay behind in a finding's sentence, a query or a verification. What cannot
be read any more stays in its place, with who asked, who agreed, when and why.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, ItemEvent, Redacted, RedactionAsked, RedactionDeclined
from crfapp.ledger.redacting import told_texts
from crfapp.ledger.state import RedactionRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import EventId
    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables
    from crfapp.work.roles import Actor

LEAST = 4
"""A shorter text is looked for as a whole and at its own item alone: ``5`` stands in half of all answers."""

_TOUCHED = (Topic.TRAIL, Topic.ANSWERS, Topic.QUERIES, Topic.VERIFICATION)


class Held(NamedTuple):
    """An event that holds a text, and in which of its told fields."""

    record: Record
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRedaction(Command):
    """Point at a told field of an event; ``text`` is the part that does not belong there, empty for all."""

    subject: str | None
    of: EventId
    field: str
    text: str = ""


@use_case(AskRedaction, needs=Right.RECORD, touches=(Topic.TRAIL,), needs_reason=lambda _cmd, _desk: True)
def ask_redaction(cmd: AskRedaction, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Ask for every event of the subject that holds the text; NOTHING_THERE, REPEATS_TEXT."""
    records = list(desk.records(cmd.subject))
    text = text_meant(records, cmd)
    if plain_text(text) in plain_text(cmd.reason):
        raise RefusedError(Code.REPEATS_TEXT)
    wish, waiting = desk.new_id(), _asked_already(desk.tables)
    for record, fields in holding(records, text, cmd.of, cmd.field):
        of = record.envelope.id
        fresh = tuple(name for name in fields if name not in waiting.get(of, frozenset()))
        if fresh:
            redaction = desk.new_id()
            yield desk.lay(
                RedactionAsked(
                    subject=cmd.subject,
                    redaction=redaction,
                    wish=wish,
                    of=of,
                    fields=fresh,
                    reason=cmd.reason.strip(),
                )
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRedaction(Command):
    """Agree: everything that one wish names can be read no more."""

    wish: str


@use_case(ApproveRedaction, needs=Right.OVERSEE, touches=_TOUCHED, needs_reason=lambda _cmd, _desk: True)
def approve_redaction(cmd: ApproveRedaction, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Take it away; the bus has the store do it in the same transaction. NOT_WAITING, SECOND_PERSON."""
    for row in _waiting(cmd.wish, cmd.reason, desk, actor):
        yield desk.lay(
            Redacted(
                subject=row.subject or None,
                redaction=row.redaction,
                of=row.of,
                fields=tuple(row.fields.split(",")),
                reason=cmd.reason.strip(),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRedaction(Command):
    """It belongs there: everything stays as it is."""

    wish: str


@use_case(
    DeclineRedaction, needs=Right.OVERSEE, touches=(Topic.TRAIL,), needs_reason=lambda _cmd, _desk: True
)
def decline_redaction(cmd: DeclineRedaction, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record that a second person does not agree, and why. NOT_WAITING, SECOND_PERSON."""
    for row in _waiting(cmd.wish, cmd.reason, desk, actor):
        yield desk.lay(
            RedactionDeclined(subject=row.subject or None, redaction=row.redaction, reason=cmd.reason.strip())
        )


def text_meant(records: Iterable[Record], cmd: AskRedaction) -> str:
    """The text that a wish points at; NOTHING_THERE where that field of that event does not hold it."""
    told = next((told_texts(record) for record in records if record.envelope.id == cmd.of), {})
    whole = told.get(cmd.field, "")
    text = cmd.text or whole
    if not plain_text(text) or plain_text(text) not in plain_text(whole):
        raise RefusedError(Code.NOTHING_THERE)
    return text


def holding(records: Iterable[Record], text: str, of: EventId, field: str) -> list[Held]:
    """The events that hold a text in a told field, and the field that was pointed at in any case.

    Letters count the same whether small or large, with or without accents and vowel signs.
    """
    known = list(records)
    needle = plain_text(text)
    place = next((_place(record) for record in known if record.envelope.id == of), None)
    found = []
    for record in known:
        fields = {
            name
            for name, told in told_texts(record).items()
            if (needle in plain_text(told) if len(needle) >= LEAST else needle == plain_text(told))
        }
        if len(needle) < LEAST and _place(record) != place:
            fields.clear()
        if record.envelope.id == of:
            fields.add(field)
        if fields:
            found.append(Held(record, tuple(sorted(fields))))
    return found


def is_redacted(tables: Tables, of: EventId, field: str) -> bool:
    """Whether a told field of an event was taken away."""
    rows = tables.find(RedactionRow, of_node=of.node, of_seq=of.seq, state="done")
    return any(field in row.fields.split(",") for row in rows)


def redacted_texts(tables: Tables) -> frozenset[tuple[EventId, str]]:
    """Every told field that was taken away, with its event."""
    done = tables.find(RedactionRow, state="done")
    return frozenset((row.of, field) for row in done for field in row.fields.split(","))


def _asked_already(tables: Tables) -> dict[EventId, frozenset[str]]:
    found: dict[EventId, frozenset[str]] = {}
    for row in tables.find(RedactionRow, state="asked"):
        found[row.of] = found.get(row.of, frozenset()) | frozenset(row.fields.split(","))
    return found


def _waiting(wish: str, reason: str, desk: Desk, actor: Actor) -> Sequence[RedactionRow]:
    rows = desk.tables.find(RedactionRow, wish=wish, state="asked")
    if not rows:
        raise RefusedError(Code.NOT_WAITING)
    if any(row.asked_by == actor.login for row in rows):
        raise RefusedError(Code.SECOND_PERSON)
    _refuse_repeated(rows, reason, desk)
    return rows


def _refuse_repeated(rows: Sequence[RedactionRow], reason: str, desk: Desk) -> None:
    """A reason that repeats the very text would keep it."""
    wanted = {row.of: row.fields.split(",") for row in rows}
    for record in desk.records(rows[0].subject or None):
        told = told_texts(record)
        for name in wanted.get(record.envelope.id, ()):
            text = plain_text(told.get(name, ""))
            if len(text) >= LEAST and text in plain_text(reason):
                raise RefusedError(Code.REPEATS_TEXT)


def _place(record: Record) -> tuple[str | int, ...] | None:
    return tuple(record.event.place) if isinstance(record.event, ItemEvent) else None


def plain_text(text: str) -> str:
    """Without differences that a reader does not see: case, accents and vowel signs, kinds of spaces."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(bare.split())
