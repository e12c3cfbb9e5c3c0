"""Taking in a photograph, and blacking out parts of it in the copies that leave.

The answer of the item is the SHA-256 of the file's bytes; the file itself lies encrypted under that name
(:mod:`crfapp.store.photographs`). What was seen when it came in is an event of its own, so that whoever
judges an area later can say on what it rests (REQ-931).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.ledger.events import (
    Box,
    Event,
    FindingConfirmed,
    Noted,
    PhotographMasked,
    PhotographStored,
    ValueRecorded,
)
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import FormRowRow, MaskRow, PhotographRow, SubjectRow
from crfapp.study.types import Kind
from crfapp.work.camera_facts import told_by_camera
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.entry import put_down, refuse_foreign, refuse_unasked
from crfapp.work.heads import heads_of
from crfapp.work.obstacles import is_masked
from crfapp.work.photo_notes import PhotographFacts, notes
from crfapp.work.photo_protocol import said
from crfapp.work.readiness import refuse_unready
from crfapp.work.reading_items import row_labels
from crfapp.work.roles import Right
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.state import ItemRow
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

MEDIA = ("image/jpeg", "image/png", "image/heic")
"""What a photograph can be."""
_HASH = re.compile("[0-9a-f]{64}")
_TOUCHED = (Topic.ANSWERS, Topic.FORMS, Topic.PHOTOGRAPHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePhotograph(Command):
    """A photograph for one item; its bytes are stored already.

    ``photograph`` is the SHA-256 of the bytes, in hex, ``name`` that of the file. The rest is what
    :mod:`crfapp.pictures` saw in it; see :class:`crfapp.ledger.events.PhotographStored`. ``captured_at`` is
    when the person chose it (UTC, ISO). Taking the place of another answer needs a reason.
    """

    key: FormKey
    row: str = ""
    item: str
    photograph: str
    size: int
    media: str
    width: int
    height: int
    name: str = ""
    taken: str | None = None
    camera: str | None = None
    sharp: str = "0"
    dark: str = "0"
    bright: str = "0"
    captured_at: str = ""

    @property
    def place(self) -> ItemKey:
        """The item."""
        return ItemKey(*self.key, self.row, self.item)

    @property
    def facts(self) -> PhotographFacts:
        """What was seen in it."""
        picture = (self.photograph, self.size, self.media, self.width, self.height)
        return PhotographFacts(
            *picture, self.name, self.taken, self.camera, self.sharp, self.dark, self.bright
        )


def take(
    key: FormKey, row: str, item: str, facts: PhotographFacts, *, reason: str = "", captured_at: str = ""
) -> TakePhotograph:
    """The command that takes in what was seen."""
    return TakePhotograph(
        key=key, row=row, item=item, reason=reason, captured_at=captured_at, **facts._asdict()
    )


def _replaces(cmd: TakePhotograph, desk: Desk) -> bool:
    stored = desk.stored(cmd.place)
    if stored is None or stored.hidden == 1 or (stored.value is None and stored.missing is None):
        return False
    return stored.value != cmd.photograph


@use_case(TakePhotograph, needs=Right.RECORD, touches=_TOUCHED, needs_reason=_replaces)
def take_photograph(cmd: TakePhotograph, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record what was seen, the answer, and what the camera says where nobody said it yet.

    PHOTOGRAPH_ELSEWHERE where the same file stands at another item; PHOTOGRAPH_NOT_HERE where the item takes
    none; PHOTOGRAPH_UNFIT where the facts are not those of a picture.
    """
    refuse_unready(desk, cmd.key)
    refuse_foreign(desk, cmd.key, cmd.item, actor)
    cell = Cell(cmd.row, cmd.item)
    refuse_unasked(desk, cmd.key, cell)
    if desk.forms.get(cmd.key).plan.items[cmd.item].type.kind is not Kind.PHOTO:
        raise RefusedError(Code.PHOTOGRAPH_NOT_HERE, form=cmd.key.form, item=cmd.item)
    _refuse_unfit(cmd)
    _refuse_elsewhere(desk, cmd)
    stored = desk.stored(cmd.place)
    if stored is not None and stored.value == cmd.photograph and stored.hidden == 0:
        return
    facts, why = cmd.facts, cmd.reason.strip() or None
    seen = notes(desk, cmd.key, cmd.row, cmd.item, facts)
    yield desk.lay(
        PhotographStored(
            **cmd.place._asdict(), **facts._asdict(), notes=tuple(note.noted for note in seen), reason=why
        )
    )
    told = {"value": cmd.photograph, "typed": cmd.name or None, "reason": why}
    heads, when = heads_of(desk, cmd.place), cmd.captured_at or desk.stamp()
    answer = ValueRecorded(**cmd.place._asdict(), **told, supersedes=heads, captured_at=when)
    yield from put_down(desk, cmd.key, cell, answer)
    yield from told_by_camera(desk, cmd.key, cell, facts)


def _refuse_unfit(cmd: TakePhotograph) -> None:
    whole = cmd.size > 0 and cmd.width > 0 and cmd.height > 0
    if not (whole and cmd.media in MEDIA and _HASH.fullmatch(cmd.photograph)):
        raise RefusedError(Code.PHOTOGRAPH_UNFIT, item=cmd.item)


def _refuse_elsewhere(desk: Desk, cmd: TakePhotograph) -> None:
    """The same file shows one lesion at one visit of one subject: anywhere else it is a mistake (PH-05)."""
    for place in places_of(desk, cmd.photograph):
        if place != cmd.place:
            raise RefusedError(Code.PHOTOGRAPH_ELSEWHERE, **where_it_is(desk, place))


def places_of(desk: Desk, photograph: str) -> list[ItemKey]:
    """The items of the site that a file answers now, whoever they are about."""
    rows = desk.tables.find(PhotographRow, photograph=photograph)
    return [row.place for row in rows if _stands(desk, row.place, photograph)]


def _stands(desk: Desk, place: ItemKey, photograph: str) -> bool:
    stored = desk.stored(place)
    if stored is None or stored.value != photograph:
        return False
    rows = desk.tables.find(FormRowRow, **place.of._asdict(), row=place.row) if place.row else []
    return not any(row.voided for row in rows)


def where_it_is(desk: Desk, place: ItemKey) -> dict[str, str]:
    """A place in words: subject, visit, form, and the lesion where one is named, else the row."""
    subject = desk.tables.get(SubjectRow, place.subject)
    texts = desk.study.texts(desk.language)
    protocol = desk.study.head.photographs
    row = labels_of_form(desk, place.of).get(place.row, "")
    if protocol is not None and place.form == protocol.form:
        target = said(desk, place.of, place.row, protocol.target)
        row = row_labels(desk, place.of, desk.study.field(place.form, protocol.target).rows_of or "").get(
            target or "", row
        )
    return {
        "subject": subject.number if subject is not None else place.subject,
        "visit": texts.visit(place.visit),
        "form": texts.form(place.form),
        "row": row,
    }


def carried(desk: Desk, row: ItemRow, key: FormKey, cell: Cell) -> Iterator[Event]:
    """The photograph of an answer that belongs to another form, recorded there with its masks (REQ-412)."""
    refuse_unasked(desk, key, cell)
    place, name = ItemKey(*key, *cell), row.value or ""
    kept = desk.tables.get(PhotographRow, row.subject, name)
    if kept is not None:
        seen = kept._asdict()
        facts = {field: seen[field] for field in PhotographFacts._fields}
        noted = tuple(Noted(*one) for one in json.loads(kept.notes))
        yield desk.lay(PhotographStored(**place._asdict(), **facts, notes=noted))
    mask = desk.tables.get(MaskRow, row.subject, name)
    if mask is not None and key.subject != row.subject:
        boxes = tuple(Box(*one) for one in json.loads(mask.boxes))
        yield desk.lay(
            PhotographMasked(subject=key.subject, photograph=name, boxes=boxes, reason=mask.reason)
        )
    told = {"value": name, "typed": row.typed, "taken_from": row.head, "captured_at": desk.stamp()}
    answer = ValueRecorded(**place._asdict(), **told, supersedes=heads_of(desk, place))
    yield from put_down(desk, key, cell, answer)


# ---- masking


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskPhotograph(Command):
    """What is blacked out in the copies of a photograph that leave; ``reason`` says why.

    ``boxes`` are in pixels of the upright picture and take the place of those before; none takes them away.
    """

    subject: str
    photograph: str
    boxes: tuple[Box, ...]


@use_case(
    MaskPhotograph,
    needs=Right.RECORD,
    touches=(Topic.FORMS, Topic.PHOTOGRAPHS),
    needs_reason=lambda _cmd, _desk: True,
)
def mask_photograph(cmd: MaskPhotograph, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; the hard finding that the subject may be recognised no longer stands in the way.

    PHOTOGRAPH_UNKNOWN where the subject has no such photograph, MASK_OUTSIDE for a rectangle without an area
    or outside of the picture.
    """
    row = desk.tables.get(PhotographRow, cmd.subject, cmd.photograph)
    if row is None:
        raise RefusedError(Code.PHOTOGRAPH_UNKNOWN)
    for number, box in enumerate(cmd.boxes, 1):
        if not _lies_within(box, row):
            raise RefusedError(Code.MASK_OUTSIDE, number=number)
    why = cmd.reason.strip()
    yield desk.lay(
        PhotographMasked(subject=cmd.subject, photograph=cmd.photograph, boxes=cmd.boxes, reason=why)
    )
    if cmd.boxes:
        yield from _no_longer_recognised(desk, row.place, why)


def _lies_within(box: Box, row: PhotographRow) -> bool:
    inside = box.x >= 0 and box.y >= 0 and box.x + box.width <= row.width and box.y + box.height <= row.height
    return inside and box.width > 0 and box.height > 0


def _no_longer_recognised(desk: Desk, place: ItemKey, why: str) -> Iterator[Event]:
    protocol = desk.study.head.photographs
    if protocol is None or (place.form, place.item) != (protocol.form, protocol.image):
        return
    cell = Cell(place.row, protocol.private)
    for (at, check), row in list(desk.forms.findings(place.of).items()):
        if at == cell and row.state == "open" and row.level == "H":
            where = {**place.of._asdict(), "row": cell.row, "item": cell.item}
            yield desk.lay(FindingConfirmed(**where, check=check, reason=why))
            desk.forms.settled(place.of, cell, check, "confirmed", why)


__all__ = [
    "MEDIA",
    "MaskPhotograph",
    "PhotographFacts",
    "TakePhotograph",
    "carried",
    "is_masked",
    "places_of",
    "take",
    "where_it_is",
]
