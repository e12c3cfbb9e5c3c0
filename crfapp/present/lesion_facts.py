"""What the figures of one lesion are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.lesion_words import figure
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.keys import VisitKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.doses import Dose
    from crfapp.work.target_events import LinkedEvent
    from crfapp.work.targets import Judged, Target


class LesionFacts:
    """One lesion of a subject, for the words about it; ``labels`` are the names of all by their rows."""

    def __init__(self, at: Workplace, subject: str, target: Target, targets: Sequence[Target]) -> None:
        self.at, self.subject, self.target = at, subject, target
        self.labels = {one.row: one.label for one in targets}

    def visit(self, key: VisitKey) -> str:
        """A visit, with its number where it is not the first of its kind."""
        words = self.at.study_texts.visit(key.visit)
        return f"{words} {key.visit_n}" if key.visit_n > 1 else words

    def unit(self, item: str) -> str:
        """The unit of an item of the measurement."""
        bound = self.at.study.head.targets
        return self.at.study.place(bound.measure.form, item).item.unit or "" if bound is not None else ""

    def score(self, one: Judged) -> str:
        """A score with its class."""
        return " · ".join(filter(None, (self.scored(one), isolated(self.of_class(one)))))

    def scored(self, one: Judged) -> str:
        """A score alone."""
        unit = self.at.study.place(one.place.form, one.place.item).item.unit or ""
        return figure(one.value, unit) if isinstance(one.value, int) else f"{one.value}"

    def of_class(self, one: Judged) -> str:
        """The class of a score in words; empty where it has none."""
        bound = self.at.study.head.targets
        item = next((s.of_class for s in bound.scores if s.item == one.place.item), None) if bound else None
        if item is None or one.of_class is None:
            return ""
        listed = self.at.study.place(one.place.form, item).item.codes or ""
        known = one.of_class in self.at.study.codes(listed)
        return self.at.study_texts.code(listed, one.of_class) if known else one.of_class

    def given(self, dose: Dose) -> str:
        """What of a dose went into this lesion: ``1: 4 / 0.40 mL``."""
        portion = dose.portion(self.target.row)
        amounts = portion.amounts if portion is not None else ()
        told = " / ".join(figure(one.given, one.unit) for one in amounts if one.given is not None)
        return f"{isolated(str(dose.number))}: {told}" if dose.number and told else told

    def event(self, event: LinkedEvent) -> str:
        """An adverse event by its number and term."""
        return self.at.texts("AE {number} {term}", number=isolated(event.label), term=isolated(event.term))
