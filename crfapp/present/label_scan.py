"""A product's label scanned into a form: what it says is read out, and recorded after one press.

Nothing is recorded before a person has compared the sentence with the container in their hand. What was
scanned stays what was typed, at every item that it fills.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.base.times import Moment
from crfapp.form.graph import Cell
from crfapp.form.gs1 import Scanned, read_gs1
from crfapp.form.labels_typed import PARTS
from crfapp.form.values import Reading, read
from crfapp.ledger.state import SubjectRow
from crfapp.present.dose_words import left_words
from crfapp.present.form_view import OfferView, Refusal
from crfapp.present.texts import N_, isolated
from crfapp.work.doses import binding_of, read_dose
from crfapp.work.label_parts import label_parts
from crfapp.work.product import lot_before, used_before
from crfapp.work.reading_items import field_of, manner_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.labels_typed import Part
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace

WHOLE = "\u2063"
"""Stands behind a text for which a person has said: record all of it."""
_NAMES: dict[Part, str] = {
    "lot": N_("lot {text}"),
    "container": N_("container {text}"),
    "expiry": N_("good until {text}"),
}


class LabelScan:
    """The labels of one form."""

    def __init__(self, workplace: Workplace, key: FormKey) -> None:
        self._at, self._key = workplace, key
        self.parts = label_parts(workplace.study, key.form)

    def weigh(self, cell: Cell, typed: str) -> Refusal | None:
        """What a label says, with what to press; None where none was scanned, or it was said to be right."""
        part = self.parts.get(cell.item)
        scanned = read_gs1(typed) if part is not None and not typed.endswith(WHOLE) else None
        if part is None or not isinstance(scanned, Scanned):
            return None
        own = PARTS[part](scanned)
        say = self._at.texts
        said = {one: PARTS[one](scanned) for one in PARTS}
        names = say.listed(say(_NAMES[one], text=isolated(text)) for one, text in said.items() if text)
        sentences = (say("The label says: {names}.", names=names), *self._beware(scanned))
        offers = [OfferView(f"{typed}{WHOLE}", say("Record all of it"))]
        if own:
            offers.append(OfferView(own, say("Only {text} here", text=isolated(own))))
        return Refusal(Code.LABEL_READ.value, " ".join(sentences), tuple(offers))

    def spread(self, cell: Cell, typed: str) -> tuple[tuple[Cell, str], ...]:
        """The cells that a confirmed label fills, this one first, each with what was scanned."""
        if not typed.endswith(WHOLE):
            return ((cell, typed),)
        told = typed.removesuffix(WHOLE)
        scanned = read_gs1(told)
        if not isinstance(scanned, Scanned):
            return ((cell, told),)
        filled = [
            Cell(cell.row, item)
            for item, part in self.parts.items()
            if PARTS[part](scanned) and item != cell.item
        ]
        own = self.parts.get(cell.item)
        first = [cell] if own is not None and PARTS[own](scanned) else []
        return tuple((one, told) for one in (*first, *filled))

    def _beware(self, scanned: Scanned) -> Iterator[str]:
        """It has expired or soon will; the container was used before; the lot is another one."""
        say, now = self._at.texts, self._at.now
        until = self._expiry(scanned)
        if until is not None and until.utc <= now.utc:
            yield say("It has expired: do not give.")
        elif until is not None and until.utc - now.utc < timedelta(days=2):
            yield f"{left_words(self._at, until.utc - now.utc)}."
        binding = binding_of(self._at.study, self._key.form)
        if binding is None:
            return
        dose = read_dose(self._at.desk, self._key, binding)
        if scanned.serial:
            for other in used_before(self._at.desk, replace(dose, container=scanned.serial), binding):
                row = self._at.tables.get(SubjectRow, other.key.subject)
                yield say(
                    "This container was used before: {subject}, {visit}.",
                    subject=isolated(row.number if row is not None else ""),
                    visit=self._at.study_texts.visit(other.visit),
                )
        before = lot_before(self._at.desk, dose)
        if scanned.lot and before and before != scanned.lot:
            yield say("Last time the lot was {lot}.", lot=isolated(before))

    def _expiry(self, scanned: Scanned) -> Moment | None:
        item = next((item for item, part in self.parts.items() if part == "expiry"), None)
        if item is None or not scanned.expiry:
            return None
        planned = self._at.desk.forms.get(self._key).plan.items[item]
        field = field_of(self._at.desk, self._key, planned)
        reading = read(scanned.expiry, field, manner_of(self._at.desk, self._key))
        return reading.value if isinstance(reading, Reading) and isinstance(reading.value, Moment) else None
