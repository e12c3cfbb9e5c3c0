"""The audit trail of one subject on paper: every event, oldest first (REQ-913)."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from crfapp.exchange.audit_sheet import subject_trail
from crfapp.exchange.audit_words import REDACTED, STAYS, kind_words
from crfapp.exchange.origin_words import origin_words
from crfapp.ledger.events import ItemEvent, ItemVerified, Signed, ValueRecorded
from crfapp.ledger.keys import FormKey, ItemKey, VisitKey
from crfapp.present.event_facts import fact_words
from crfapp.present.paper.blocks import Cell, Chapter, Run, Words, text
from crfapp.present.paper.casebook.reading import stamp_of
from crfapp.present.paper.casebook.tables import lines, small
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.sheets import Cell as SheetCell
    from crfapp.ledger.chain import Record
    from crfapp.present.paper.casebook.reading import Reading

TRAIL = "(trail)"
_WIDTHS = (0.12, 0.15, 0.16, 0.29, 0.28)

Row = dict[str, "SheetCell"]


def trail_chapter(read: Reading) -> Chapter:
    """The chapter; nothing of the subject's events is left out, but what stays at the site is masked."""
    say = read.say
    kinds = kind_words(say)
    titles = (say("No."), say("When"), say("Who"), say("Where"), say("What"))
    rows = [_line(read, record, row, kinds) for record, row in subject_trail(read.data, read.subject)]
    count = say.many("{count} event, oldest first.", "{count} events, oldest first.", len(rows))
    return Chapter(TRAIL, say("Audit trail"), "", (text(count), lines(_WIDTHS, titles, rows)))


def _line(read: Reading, record: Record, row: Row, kinds: dict[str, str]) -> tuple[Cell, ...]:
    envelope = record.envelope
    local = datetime.fromisoformat(envelope.at).astimezone(timezone(timedelta(minutes=envelope.offset)))
    number = f"{envelope.node} {envelope.seq}"
    who = read.who(envelope.name or envelope.login, envelope.role)
    what = [text(kinds.get(record.event.kind, record.event.kind), "strong", "small")]
    what += [text(words, size="small") for words in _what(read, record, row, kinds) if words]
    return (
        Cell((Words((Run(number, "muted", ltr=True),), "tiny"),)),
        Cell((Words((Run(stamp_of(local), ltr=True),), "small"),)),
        small(who),
        small(" · ".join(_where(read, row))),
        Cell(tuple(what)),
    )


def _where(read: Reading, row: Row) -> Iterator[str]:
    """Visit, form, row and question, as far as it goes."""
    subject = read.subject.subject
    visit, form, item = (str(row[name] or "") for name in ("VISIT", "FORM", "ITEM"))
    if not visit:
        return
    at = VisitKey(subject, visit, _number(row["VISITN"]))
    yield read.visit(at)
    if not form:
        return
    key = FormKey(*at, form, _number(row["FORMN"]))
    yield read.form(key)
    if row["ROW"]:
        yield isolated(read.row_words(form, str(row["ROW"])))
    if item:
        yield read.question(key, item)


def _number(cell: SheetCell) -> int:
    return cell if isinstance(cell, int) else 1


def _what(read: Reading, record: Record, row: Row, kinds: dict[str, str]) -> Iterator[str]:
    """What it was before and from then on, further facts, and why."""
    say, event = read.say, record.event
    if isinstance(event, ValueRecorded):
        before, after = _answers(read, event, row)
        yield f"{before} \u2192 {after}" if before else after
        if whence := origin_words(say, event.origin):
            yield whence
        if event.prompted_by:
            yield say("after check {check}", check=isolated(event.prompted_by))
        if event.query:
            yield say("after a query")
    else:
        yield _facts(read, record, row, kinds)
    if row["CHECK"]:
        yield isolated(str(row["CHECK"]))
    if row["REASON"]:
        yield say("Reason: {reason}", reason=isolated(str(row["REASON"])))
    if record.redacted:
        yield say(REDACTED)


def _answers(read: Reading, event: ValueRecorded, row: Row) -> tuple[str, str]:
    had = row["OLD"] is not None or row["OLD_MISSING"] is not None
    before = _answer(read, event.place, row["OLD"], row["OLD_MISSING"]) if had else ""
    return before, _answer(read, event.place, row["NEW"], row["MISSING"])


def _answer(read: Reading, place: ItemKey, value: SheetCell, missing: SheetCell) -> str:
    """A cell of the sheet as its form shows it; that it stays, or is redacted, is said as it is."""
    if value in (STAYS, read.data.say(REDACTED)):
        return str(value)
    told = None if value is None else str(value)
    words = read.answer(place, told, None if missing is None else str(missing))
    return isolated(words) if words else read.say("no answer")


def _facts(read: Reading, record: Record, row: Row, kinds: dict[str, str]) -> str:
    event = record.event
    if row["DETAIL"] == STAYS:
        return STAYS
    if isinstance(event, ItemVerified):
        return _answer(read, event.place, event.value, event.missing)
    if isinstance(event, Signed):
        return read.at.study_texts.meaning(event.meaning)
    words = fact_words(record, kinds, read.at)
    had = isinstance(event, ItemEvent) and row["OLD"] is not None
    if not words and had and isinstance(event, ItemEvent):
        return _answer(read, event.place, row["OLD"], row["OLD_MISSING"])
    return words
