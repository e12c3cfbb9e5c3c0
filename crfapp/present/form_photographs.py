"""The photographs of one open form: what stands at its items, what can come, and taking it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crfapp.ledger.events.lesions import Noted
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import MaskRow, PhotographRow
from crfapp.present.photo_view import PhotoBoard, PhotoPlace, PhotoView
from crfapp.present.photo_words import fact_line, note_lines
from crfapp.present.texts import isolated
from crfapp.study.types import Kind
from crfapp.work.photo_notes import PhotographFacts, notes
from crfapp.work.photo_protocol import needed
from crfapp.work.photo_rows import AddPhotographRows
from crfapp.work.photographs import is_masked, take
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.form_view import Patch
    from crfapp.present.photo_desk import Arriving
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.photo_view import PhotoNote
    from crfapp.present.workplace import Workplace
    from crfapp.study.targets import PhotoProtocol
    from crfapp.work.cases import Command
    from crfapp.work.photo_protocol import Needed


_SHORT = 12


class FormPhotographs:
    """Photographs of a form. ``room`` reads and keeps them; ``do`` carries a command out for a cell."""

    def __init__(
        self,
        workplace: Workplace,
        key: FormKey,
        room: PhotoRoom,
        do: Callable[[Command, Cell | None], Patch],
    ) -> None:
        self.room = room
        self._at, self._key, self._do = workplace, key, do

    @property
    def may_take(self) -> bool:
        """Whether this person records answers."""
        return self._at.actor.may(Right.RECORD)

    def shown(self, cell: Cell) -> PhotoView | None:
        """The photograph at an item; None where none is recorded."""
        return photograph_at(self._at, ItemKey(*self._key, *cell))

    def arriving_view(self, cell: Cell, arriving: Arriving) -> PhotoView:
        """The same of a picture that is not recorded yet."""
        facts, say = facts_of(arriving), self._at.texts
        return PhotoView(
            arriving.photograph,
            arriving.name,
            fact_line(facts, self._at.desk.zone, say),
            self._notes(cell, facts),
        )

    def take(self, cell: Cell, arriving: Arriving, reason: str = "") -> Patch:
        """Record a picture whose original is kept already."""
        where = (self._key, cell.row, cell.item)
        command = take(*where, facts_of(arriving), reason=reason, captured_at=self._at.desk.stamp())
        return self._do(command, cell)

    # ---- all of the form

    def board(self) -> PhotoBoard | None:
        """What the protocol needs here and how much of it is there; None for any other form."""
        protocol = self._at.study.head.photographs
        if protocol is None or self._key.form != protocol.form:
            return None
        wanted = needed(self._at.desk, self._key)
        count = {state: sum(one.state == state for one in wanted) for state in ("there", "missing", "open")}
        lacking = sum(not one.row for one in wanted)
        return PhotoBoard(self._board_words(len(wanted), count), lacking if self.may_take else 0)

    def add_rows(self) -> Patch:
        """One row for each photograph that is needed and has none."""
        return self._do(AddPhotographRows(key=self._key), None)

    def places(self) -> tuple[PhotoPlace, ...]:
        """The items for photographs in the order of the form, for a folder that is to be shared out."""
        graph = self._at.desk.forms.get(self._key)
        titles = self._titles()
        return tuple(
            PhotoPlace(cell, titles.get(cell.row) or self._plain_title(cell), self._filled(cell))
            for cell in graph.cells()
            if graph.plan.items[cell.item].type.kind is Kind.PHOTO and self._asked(cell)
        )

    # ---- inside

    def _notes(self, cell: Cell, facts: PhotographFacts) -> tuple[PhotoNote, ...]:
        return note_lines(notes(self._at.desk, self._key, cell.row, cell.item, facts), self._at.texts)

    def _asked(self, cell: Cell) -> bool:
        state = self._at.desk.forms.get(self._key).state(cell)
        return state is not None and state.visible

    def _filled(self, cell: Cell) -> bool:
        stored = self._at.desk.stored(ItemKey(*self._key, *cell))
        return stored is not None and (stored.value is not None or stored.missing is not None)

    def _titles(self) -> dict[str, str]:
        """Rows of the form by what their photograph shows: ``T01 · Visible light``."""
        protocol = self._at.study.head.photographs
        wanted = needed(self._at.desk, self._key) if protocol is not None else ()
        return {one.row: self._title(one, protocol) for one in wanted if one.row and protocol is not None}

    def _title(self, one: Needed, protocol: PhotoProtocol) -> str:
        return " · ".join((one.label, self._view_words(protocol, one.view)))

    def _view_words(self, protocol: PhotoProtocol, view: str) -> str:
        codes = self._at.study.place(protocol.form, protocol.view).item.codes or ""
        return self._at.study_texts.code(codes, view)

    def _plain_title(self, cell: Cell) -> str:
        row = self._at.desk.forms.get(self._key).row_of(cell)
        name = self._at.study_texts.item(self._key.form, cell.item)
        return " · ".join(filter(None, (row.info.label if row is not None else "", name)))

    def _board_words(self, wanted: int, count: dict[str, int]) -> str:
        say = self._at.texts
        if not wanted:
            return say("This visit needs no photographs.")
        words = say.many("{count} photograph is needed here", "{count} photographs are needed here", wanted)
        parts = [
            say.many("{count} is there", "{count} are there", count["there"]) if count["there"] else "",
            say.many("{count} is marked missing", "{count} are marked missing", count["missing"])
            if count["missing"]
            else "",
            say.many("{count} is still to come", "{count} are still to come", count["open"])
            if count["open"]
            else "",
        ]
        return f"{words}: {say.listed(parts)}."


def photograph_at(at: Workplace, place: ItemKey) -> PhotoView | None:
    """The photograph that is recorded at an item; None where none is."""
    stored = at.desk.stored(place)
    if stored is None or stored.value is None or stored.hidden == 1:
        return None
    row = at.tables.get(PhotographRow, place.subject, stored.value)
    if row is None:
        return PhotoView(stored.value, "", at.texts("Nothing is known of its file."))
    return PhotoView(
        row.photograph,
        row.name or "",
        fact_line(_facts_of(row), at.desk.zone, at.texts),
        note_lines((Noted(*one) for one in json.loads(row.notes)), at.texts),
        _masked(at, place.subject, row.photograph),
    )


def _masked(at: Workplace, subject: str, photograph: str) -> str:
    row = at.tables.get(MaskRow, subject, photograph)
    if row is None or not is_masked(at.desk, subject, photograph):
        return ""
    return at.texts("Parts are black in every copy that leaves: {why}", why=isolated(row.reason or ""))


def file_name(at: Workplace, subject: str, photograph: str) -> str:
    """What people call a photograph: its file's name, or the beginning of its SHA-256."""
    row = at.tables.get(PhotographRow, subject, photograph)
    return row.name if row is not None and row.name else photograph[:_SHORT]


def facts_of(arriving: Arriving) -> PhotographFacts:
    """What was seen in a picture that came."""
    return PhotographFacts(
        photograph=arriving.photograph,
        size=arriving.size,
        media=arriving.media,
        width=arriving.width,
        height=arriving.height,
        name=arriving.name,
        taken=arriving.taken or None,
        camera=arriving.camera or None,
        sharp=arriving.sharp,
        dark=arriving.dark,
        bright=arriving.bright,
    )


def _facts_of(row: PhotographRow) -> PhotographFacts:
    return PhotographFacts(
        photograph=row.photograph,
        size=row.size,
        media=row.media,
        width=row.width,
        height=row.height,
        name=row.name or "",
        taken=row.taken,
        camera=row.camera,
        sharp=row.sharp,
        dark=row.dark,
        bright=row.bright,
    )
