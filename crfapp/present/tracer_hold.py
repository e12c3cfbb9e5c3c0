"""The drawing that somebody has in hand, and those that were put by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.sketch import Sketch
from crfapp.present.tracer_drafts import Draft, Drafts
from crfapp.present.tracer_view import TracerView
from crfapp.present.tracing import Tracing

if TYPE_CHECKING:
    from crfapp.ledger.keys import ItemKey


class DrawingInHand:
    """``tracing`` is what the pen draws, ``length`` what was typed as the known length.

    Drawings that are not saved are kept for every photograph that was open, until they are saved or thrown
    away.
    """

    def __init__(self) -> None:
        self.tracing = Tracing()
        self.length = ""
        self.place: ItemKey | None = None
        self.view = TracerView()
        self._drafts = Drafts()
        self._saved = Sketch()

    @property
    def is_unsaved(self) -> bool:
        """Whether something was drawn that is not recorded."""
        return not self.tracing.now.is_empty and self.tracing.now != self._saved

    def use_corners(self, corners: bool) -> None:
        """Calibrate by a card's corners, with the side of the card that was used last, or by a length."""
        self.tracing.use_corners(corners)
        if not self.length or self.length == self.view.card_mm:
            self.length = self.view.card_mm if corners else ""

    def drafts(self) -> list[tuple[ItemKey, Draft]]:
        """Everything that is drawn and not saved; it stays here."""
        here = (self.place, self.view.photograph)
        others = [one for one in self._drafts.all() if (one[0], one[1].photograph) != here]
        if self.place is None or not self.is_unsaved:
            return others
        return [*others, (self.place, Draft(self.view.photograph, self.length, self.tracing.now))]

    def take_drafts(self) -> list[tuple[ItemKey, Draft]]:
        """Everything that is drawn and not saved; it is not here any more."""
        self._keep()
        self._load(self._blank(self.view.photograph))
        return self._drafts.take_all()

    def _keep(self) -> None:
        if self.place is not None:
            self._drafts.forget(self.place, self.view.photograph)
            if self.is_unsaved:
                draft = Draft(self.view.photograph, self.length, self.tracing.now)
                self._drafts.keep(self.place, draft)

    def _load(self, draft: Draft) -> None:
        self.tracing.load(draft.sketch)
        self.length, self._saved = draft.length, Sketch()

    def _blank(self, photograph: str) -> Draft:
        """Nothing drawn yet; whoever calibrated by a card will do so again."""
        card = self.view.card_mm
        return Draft(photograph, card, Sketch(corners=bool(card)))
