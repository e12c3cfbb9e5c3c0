"""Rows about photographs, outlines, blind readings, signs asked for, and reports sent at once."""

from __future__ import annotations

from typing import NamedTuple

from crfapp.ledger.keys import ItemKey


class PhotographRow(NamedTuple):
    """A photograph of a subject, by the SHA-256 of its bytes, and the item that it was last taken in for."""

    subject: str
    photograph: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    size: int
    media: str
    width: int
    height: int
    name: str | None
    taken: str | None
    camera: str | None
    sharp: str
    dark: str
    bright: str
    at: str
    login: str
    notes: str = "[]"
    """What was said of it when it came in, as JSON: [code, seen, limit] each."""

    @property
    def place(self) -> ItemKey:
        """The item that shows it."""
        return ItemKey(self.subject, *self[2:8])


class MaskRow(NamedTuple):
    """What is blacked out in copies of a photograph that leave: ``boxes`` as JSON, [x, y, width, height]
    each.
    """

    subject: str
    photograph: str
    boxes: str
    reason: str | None
    at: str
    login: str


class OutlineRow(NamedTuple):
    """An outline; see :class:`crfapp.ledger.events.OutlineDrawn`. ``settled``: 1 where somebody chose it."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    outline: str
    photograph: str
    purpose: str
    blind: int
    drawn: str | None
    figures: str | None
    at: str
    login: str
    settled: int = 0

    @property
    def place(self) -> ItemKey:
        """The item whose area it is."""
        return ItemKey(*self[:7])


class SignLinkRow(NamedTuple):
    """What a sign of a checklist has to do with the log of events; see ``SignLinked``. The newest counts."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    item: str
    link: str
    event_row: str
    reason: str | None
    at: str
    login: str

    @property
    def place(self) -> ItemKey:
        """The item of the checklist."""
        return ItemKey(*self[:7])


class NoticeRow(NamedTuple):
    """A report that went out at once; see ``NoticeSent``."""

    subject: str
    visit: str
    visit_n: int
    form: str
    form_n: int
    row: str
    notice: str
    number: int
    sent_at: str
    due: str
    how: str
    told_to: str | None
    package: str
    at: str
    login: str


class ReadingRow(NamedTuple):
    """A blind reading; ``cases`` and ``readers`` as JSON, ``closed`` empty while it goes on."""

    reading: str
    title: str
    question: str
    cases: str
    readers: str
    seed: str
    at: str
    login: str
    closed: str = ""


class CaseReadRow(NamedTuple):
    """What one reader said of one case; the newest counts."""

    reading: str
    which: str
    login: str
    place: int
    answer: str | None
    at: str


class CaseSettledRow(NamedTuple):
    """What counts of a case on which readers differed."""

    reading: str
    which: str
    answer: str | None
    reason: str | None
    at: str
    login: str
