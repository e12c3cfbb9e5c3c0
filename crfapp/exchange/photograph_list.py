"""The photographs of a site as they leave: what each shows, what its file is called in a package, and whether
it may leave at all.

A name says study, subject, visit, lesion and view, in signs that every file system takes. It is the same in
every package, because it follows from the records alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from crfapp.base.canonical import sha256
from crfapp.base.times import Moment
from crfapp.exchange.row_facts import COUNTS, RowBook
from crfapp.ledger.events import Box
from crfapp.ledger.state import MaskRow, PhotographRow
from crfapp.work.photo_protocol import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.exchange.row_facts import RowFacts
    from crfapp.exchange.site_data import SiteData
    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import SubjectRow

State = Literal["", "REPLACED", "PRIVATE"]
_NOBODY_RECOGNISED = "Y"
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/heic": "heic"}
_LONGEST = 20
"""Signs of each part of a name; five of them, a number and the ending stay below what a package takes."""
_TOLD = 6
_NOT_SAFE = re.compile(r"[^A-Za-z0-9.]+")


class Listed(NamedTuple):
    """One photograph. ``number`` is the subject's, ``label`` and ``place`` those of its row in the form.

    ``target`` is what the lesion is called and ``view`` its code, empty where the pack has no protocol for
    it. ``taken`` is when, as the form says. ``name`` is that of its file without its ending. ``state``: empty
    where it may leave; REPLACED where another answer stands there now, or its row was voided; PRIVATE until
    somebody says that nobody can be recognised in it, or blacks out what shows who it is.
    """

    row: PhotographRow
    number: str
    label: str
    place: int | None
    target: str
    view: str
    taken: Moment | None
    name: str
    boxes: tuple[Box, ...]
    state: State

    def file(self, *, original: bool) -> str:
        """The name of its file: an original keeps its kind, a copy for others is a JPEG."""
        return f"{self.name}.{_ENDINGS[self.row.media] if original else 'jpg'}"


def photographs_of(data: SiteData) -> Iterator[Listed]:
    """Every photograph whose item may leave, subject by subject, the oldest first."""
    for subject in data.subjects():
        yield from photographs_of_subject(data, subject)


def photographs_of_subject(data: SiteData, subject: SubjectRow) -> Iterator[Listed]:
    """Those of one subject."""
    found = [
        row
        for row in data.desk.tables.find(PhotographRow, subject=subject.subject)
        if not data.confidential.keeps(row.form, row.item)
    ]
    if not found:
        return
    book, used = RowBook(data, subject.subject), Counter[str]()
    masks = {row.photograph: row.boxes for row in data.desk.tables.find(MaskRow, subject=subject.subject)}
    rows: dict[FormKey, dict[str, RowFacts]] = {}
    for row in sorted(found, key=lambda one: (one.at, one.photograph)):
        key = row.place.of
        if key not in rows:
            rows[key] = {fact.key: fact for fact in book.rows(key)}
        fact = rows[key].get(row.row)
        target, view, taken = _shows(data, row, book)
        base = _base(data, subject, row, (target, view))
        used[base.lower()] += 1
        boxes = tuple(Box(*box) for box in json.loads(masks.get(row.photograph, "[]")))
        yield Listed(
            row=row,
            number=subject.number,
            label=fact.label if fact else "",
            place=fact.number if fact else None,
            target=target,
            view=view,
            taken=taken,
            name=f"{base}_{used[base.lower()]}",
            boxes=boxes,
            state=_state(data, row, fact, masked=bool(boxes)),
        )


def _shows(data: SiteData, row: PhotographRow, book: RowBook) -> tuple[str, str, Moment | None]:
    """Lesion, view and time, as the pack's protocol says where they stand."""
    protocol = data.study.head.photographs
    if protocol is None or (row.form, row.item) != (protocol.form, protocol.image):
        return "", "", None

    def stands(item: str) -> str:
        stays = data.confidential.keeps(row.form, item)
        return "" if stays else said(data.desk, row.place.of, row.row, item) or ""

    target, taken = stands(protocol.target), stands(protocol.taken)
    registry = data.study.field(row.form, protocol.target).rows_of
    if target and registry:
        target = book.label(registry, target)
    return target, stands(protocol.view), _moment(taken)


def _moment(text: str) -> Moment | None:
    try:
        return Moment.parse(text) if text else None
    except ValueError:
        return None


def _base(data: SiteData, subject: SubjectRow, row: PhotographRow, shown: tuple[str, str]) -> str:
    target, view = shown
    visit = row.visit if row.visit_n == 1 else f"{row.visit}-{row.visit_n}"
    return name_of((data.study.head.study, subject.number, visit, target or row.form, view or row.item))


def name_of(parts: tuple[str, ...]) -> str:
    """Study, subject and what else there is as the name of a file, without number and ending.

    Nobody gets the name of somebody else: a subject number that cannot stand as it is gets a few signs of its
    hash. Of the others, what would be alike is told apart by the number behind.
    """
    names = [_safe(part) or "x" for part in parts]
    if names[1] != parts[1]:
        names[1] = f"{names[1][: _LONGEST - _TOLD - 1]}-{sha256(parts[1].encode())[:_TOLD]}"
    return "_".join(names)


def _safe(text: str) -> str:
    """Letters and digits that every system writes alike; of a name in another script nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_SAFE.sub("-", plain)[:_LONGEST].strip("-.")


def _state(data: SiteData, row: PhotographRow, fact: RowFacts | None, *, masked: bool) -> State:
    stored, protocol = data.desk.stored(row.place), data.study.head.photographs
    voided = fact is not None and fact.voided != COUNTS
    if stored is None or stored.value != row.photograph or stored.hidden == 1 or voided:
        return "REPLACED"
    if protocol is None or (row.form, row.item) != (protocol.form, protocol.image) or masked:
        return ""
    alone = said(data.desk, row.place.of, row.row, protocol.private) == _NOBODY_RECOGNISED
    return "" if alone else "PRIVATE"
