"""One photograph in full: what it is, and what is black in every copy that leaves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.ledger.events.lesions import Box
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import ItemRow, MaskRow, PhotographRow
from crfapp.present.form_photographs import photograph_at
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import N_
from crfapp.work.photographs import MaskPhotograph, where_it_is
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.address import Address
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.photo_view import PhotoView
    from crfapp.present.workplace import Workplace

REASONS = (N_("Face"), N_("Tattoo"), N_("Name or number"), N_("Another person"))
"""Why something is blacked out, to pick from."""


@dataclass(frozen=True, slots=True)
class WholePhotograph:
    """A photograph with its place in words. ``boxes`` is what is masked, ``why`` the reason for that."""

    title: str
    where: str
    view: PhotoView
    size: tuple[int, int]
    boxes: tuple[Box, ...] = ()
    why: str = ""


class PhotographPage:
    """The presenter of a photograph, for looking at it and for masking it."""

    def __init__(self, workplace: Workplace, room: PhotoRoom) -> None:
        self.room = room
        self._at = workplace
        self._place: ItemKey | None = None

    @property
    def may_mask(self) -> bool:
        """Whether this person says what is blacked out."""
        return self._at.actor.may(Right.RECORD)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why something is blacked out, to pick from."""
        return tuple(self._at.texts(one) for one in REASONS)

    def open(self, at: Address) -> WholePhotograph | None:
        """Turn to the photograph of an item; None where it has none."""
        key = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
        self._place = ItemKey(*key, at.row, at.item)
        return self.shown()

    def shown(self) -> WholePhotograph | None:
        """The photograph as it stands now."""
        place = self._place
        if place is None:
            return None
        view = photograph_at(self._at, place)
        row = self._at.tables.get(PhotographRow, place.subject, view.photograph) if view else None
        if view is None or row is None:
            return None
        mask = self._at.tables.get(MaskRow, place.subject, view.photograph)
        return WholePhotograph(
            title=view.name or self._at.texts("Photograph"),
            where=self._where(place),
            view=view,
            size=(row.width, row.height),
            boxes=tuple(Box(*one) for one in json.loads(mask.boxes)) if mask is not None else (),
            why=mask.reason or "" if mask is not None else "",
        )

    def mask(self, boxes: Sequence[Box], reason: str) -> str:
        """Record what is blacked out, in place of what was; why it was refused, or empty."""
        now = self.shown()
        if now is None or self._place is None:
            return self._at.texts("This photograph is not here any more.")
        command = MaskPhotograph(
            subject=self._place.subject,
            photograph=now.view.photograph,
            boxes=tuple(boxes),
            reason=reason,
        )
        try:
            self._at.send(command)
        except AppProblem as problem:
            return " ".join(filter(None, problem_text(problem, self._at.texts)))
        return ""

    def _where(self, place: ItemKey) -> str:
        told = where_it_is(self._at.desk, place)
        return self._at.texts.beside(told["subject"], told["visit"], told["row"], self._view_words(place))

    def _view_words(self, place: ItemKey) -> str:
        """What it was taken with, where the protocol knows: ``Wood's lamp``."""
        protocol = self._at.study.head.photographs
        if protocol is None or place.form != protocol.form:
            return ""
        row = self._at.tables.get(ItemRow, *place._replace(item=protocol.view))
        codes = self._at.study.place(protocol.form, protocol.view).item.codes or ""
        return self._at.study_texts.code(codes, row.value) if row is not None and row.value else ""
