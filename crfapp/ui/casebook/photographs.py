"""Photographs of the open form: taken where they are put, looked at on a page of their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from crfapp.ui.fields.photo import PhotoEditor
from crfapp.ui.still_there import while_there

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.form.graph import Cell
    from crfapp.present.form_view import Patch
    from crfapp.present.photo_desk import Arriving
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.photo_view import PhotoBoard, PhotoPlace, PhotoView
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Question
    from crfapp.ui.casebook.reasons import Reasons


class Photographs(Protocol):
    """The photographs of one form (``present.form_photographs.FormPhotographs``)."""

    @property
    def room(self) -> PhotoRoom:
        """Reads and keeps them in the background."""

    @property
    def may_take(self) -> bool:
        """Whether this person takes them."""

    def shown(self, cell: Cell) -> PhotoView | None:
        """What is recorded at an item."""

    def arriving_view(self, cell: Cell, arriving: Arriving) -> PhotoView:
        """What would be."""

    def take(self, cell: Cell, arriving: Arriving, reason: str = "") -> Patch:
        """Record one whose original is kept."""

    def board(self) -> PhotoBoard | None:
        """What the protocol needs."""

    def add_rows(self) -> Patch:
        """One row for each that is needed."""

    def places(self) -> Sequence[PhotoPlace]:
        """Where photographs can go."""


class CellPhotograph:
    """The photograph of one item; a :class:`crfapp.ui.fields.photo_slot.PhotoSlot`."""

    def __init__(self, photographs: Photographs, cell: Cell) -> None:
        self._all, self._cell = photographs, cell

    @property
    def room(self) -> PhotoRoom:
        """Reads pictures in the background."""
        return self._all.room

    @property
    def may_take(self) -> bool:
        """Whether this person takes photographs."""
        return self._all.may_take

    def shown(self) -> PhotoView | None:
        """What is recorded."""
        return self._all.shown(self._cell)

    def arriving(self, picture: Arriving) -> PhotoView:
        """What would be."""
        return self._all.arriving_view(self._cell, picture)


class PhotoActs(QObject):
    """The acts on photographs of the open form.

    ``page_wanted`` carries what is to be done (``look``, ``mask``, ``compare``) and the item. ``taken`` says
    that one was recorded.
    """

    page_wanted = Signal(str, object)
    taken = Signal()

    def __init__(self, page: OpenForm, reasons: Reasons) -> None:
        super().__init__()
        self.photographs: Photographs | None = page.photographs
        self._reasons = reasons

    def slot(self, cell: Cell) -> CellPhotograph | None:
        """What the editor of an item needs; None where photographs are not taken here."""
        return CellPhotograph(self.photographs, cell) if self.photographs is not None else None

    def listen(self, question: Question) -> None:
        """Hear what a place for a photograph asks for."""
        editor = question.editor
        if isinstance(editor, PhotoEditor):
            editor.arrived.connect(lambda picture: self._keep(question, editor, picture))
            editor.wants_page.connect(lambda what: self.page_wanted.emit(what, question.cell))

    def _keep(self, question: Question, editor: PhotoEditor, picture: Arriving) -> None:
        """The original first: nothing may be on record whose bytes are not there."""
        if self.photographs is None:
            return

        kept = while_there(editor, partial(self._take, question, picture))
        self.photographs.room.keep(picture, done=kept, failed=while_there(editor, editor.refuse))

    def _take(self, question: Question, picture: Arriving) -> None:
        photographs = self.photographs
        if photographs is None:
            return
        self._reasons.try_without(question, lambda reason: photographs.take(question.cell, picture, reason))
        self.taken.emit()
