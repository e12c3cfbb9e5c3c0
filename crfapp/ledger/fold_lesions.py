"""What photographs, outlines, blind readings, links of signs and reports sent at once change in the
tables.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from crfapp.ledger import events as ev
from crfapp.ledger.changes import Change, Patch, Put
from crfapp.ledger.state import (
    CaseReadRow,
    CaseSettledRow,
    MaskRow,
    NoticeRow,
    OutlineRow,
    PhotographRow,
    ReadingRow,
    SignLinkRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record


def _photograph_stored(event: ev.PhotographStored, record: Record) -> Iterator[Change]:
    size = (event.size, event.media, event.width, event.height)
    told = (event.name, event.taken, event.camera)
    seen = (event.sharp, event.dark, event.bright)
    place = event.place[1:]
    notes = json.dumps([list(note) for note in event.notes])
    row = PhotographRow(event.subject, event.photograph, *place, *size, *told, *seen, *_who(record), notes)
    yield Put(row)


def _photograph_masked(event: ev.PhotographMasked, record: Record) -> Iterator[Change]:
    boxes = json.dumps([list(box) for box in event.boxes])
    yield Put(MaskRow(event.subject, event.photograph, boxes, event.reason, *_who(record)))


def _outline_drawn(event: ev.OutlineDrawn, record: Record) -> Iterator[Change]:
    drawn = (event.outline, event.photograph, event.purpose, int(event.blind), event.drawn, event.figures)
    yield Put(OutlineRow(*event.place, *drawn, *_who(record)))


def _outline_settled(event: ev.OutlineSettled, _record: Record) -> Iterator[Change]:
    yield Patch(OutlineRow, (*event.place, event.outline), {"settled": 1})


def _sign_linked(event: ev.SignLinked, record: Record) -> Iterator[Change]:
    yield Put(SignLinkRow(*event.place, event.link, event.event_row, event.reason, *_who(record)))


def _notice_sent(event: ev.NoticeSent, record: Record) -> Iterator[Change]:
    sent = (event.sent_at, event.due, event.how, event.told_to, event.package)
    yield Put(NoticeRow(*event.key, event.row, event.notice, event.number, *sent, *_who(record)))


def _reading_opened(event: ev.ReadingOpened, record: Record) -> Iterator[Change]:
    cases, readers = json.dumps([list(case) for case in event.cases]), json.dumps(list(event.readers))
    told = (event.reading, event.title, event.question, cases, readers, event.seed)
    yield Put(ReadingRow(*told, *_who(record)))


def _case_read(event: ev.CaseRead, record: Record) -> Iterator[Change]:
    at, login = _who(record)
    yield Put(CaseReadRow(event.reading, event.case, login, event.place, event.answer, at))


def _case_settled(event: ev.CaseSettled, record: Record) -> Iterator[Change]:
    yield Put(CaseSettledRow(event.reading, event.case, event.answer, event.reason, *_who(record)))


def _reading_closed(event: ev.ReadingClosed, record: Record) -> Iterator[Change]:
    yield Patch(ReadingRow, (event.reading,), {"closed": record.envelope.at})


def _who(record: Record) -> tuple[str, str]:
    return record.envelope.at, record.envelope.login


LESIONS: dict[type[ev.Event], Callable[[Any, Record], Iterator[Change]]] = {
    ev.PhotographStored: _photograph_stored,
    ev.PhotographMasked: _photograph_masked,
    ev.OutlineDrawn: _outline_drawn,
    ev.OutlineSettled: _outline_settled,
    ev.SignLinked: _sign_linked,
    ev.NoticeSent: _notice_sent,
    ev.ReadingOpened: _reading_opened,
    ev.CaseRead: _case_read,
    ev.CaseSettled: _case_settled,
    ev.ReadingClosed: _reading_closed,
}
"""Kind of event -> what it changes."""
