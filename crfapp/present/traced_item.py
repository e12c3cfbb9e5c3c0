"""The area item that is traced: whose lesion it is, its photographs, its earlier outline."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import OutlineRow, SubjectRow
from crfapp.planimetry.calibration import Square
from crfapp.planimetry.written import from_text
from crfapp.present.photo_words import moment_words
from crfapp.present.texts import isolated
from crfapp.work.outlines import shows
from crfapp.work.targets import course_of, targets_of

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.work.targets import Seen


class TracedItem:
    """One area item of one lesion at one visit, as it is recorded now."""

    def __init__(self, at: Workplace, place: ItemKey) -> None:
        self._at, self.place = at, place

    @property
    def title(self) -> str:
        """What the lesion is called, with its place on the body."""
        at, bound = self._at, self._at.study.head.targets
        found = (one for one in targets_of(at.desk, self.place.subject) if one.row == self.place.row)
        target = next(found, None)
        if target is None or bound is None:
            return at.texts("Tracer")
        told = ((bound.site, target.site), (bound.side, target.side))
        parts = [
            at.study_texts.code(at.study.place(bound.form, item).item.codes or "", code)
            for item, code in told
            if code
        ]
        return " · ".join([isolated(target.label), *parts])

    @property
    def where(self) -> str:
        """Subject, visit, form and item."""
        at, place = self._at, self.place
        subject = at.tables.get(SubjectRow, place.subject)
        texts = at.study_texts
        return " · ".join(
            (
                isolated(subject.number if subject is not None else ""),
                texts.visit(place.visit),
                texts.form(place.form),
                texts.item(place.form, place.item),
            )
        )

    @cached_property
    def choices(self) -> dict[str, str]:
        """The photographs of this lesion at this visit, the protocol's first view first: hash -> its view and
        when it was taken.
        """
        at, bound = self._at, self._at.study.head.photographs
        if bound is None:
            return {}
        views = at.study.place(bound.form, bound.view).item.codes or ""
        there = [
            one
            for seen in self._course
            if seen.visit == self.place.of.at
            for one in seen.photographs
            if shows(at.desk, one.photograph, self.place)
        ]
        order = {view: place for place, view in enumerate(bound.views)}
        there.sort(key=lambda one: order.get(one.view or "", len(order)))
        return {
            one.photograph: " · ".join(
                filter(None, (one.view and at.study_texts.code(views, one.view), self._when(one.taken)))
            )
            for one in there
        }

    @cached_property
    def earlier(self) -> OutlineRow | None:
        """The outline of the first visit that has one, before this one."""
        bound = self._at.study.head.targets
        for seen in self._course:
            if bound is None or seen.visit == self.place.of.at:
                return None
            if seen.outline and seen.form is not None:
                item = ItemKey(*seen.form, self.place.row, bound.measure.outline)
                return self._at.tables.get(OutlineRow, *item, seen.outline)
        return None

    @property
    def last_card(self) -> str:
        """The side in mm of the card by which somebody here calibrated last; empty where nobody did."""
        tables = self._at.tables
        rows = tables.find(OutlineRow, subject=self.place.subject) or tables.find(OutlineRow)
        for row in sorted(rows, key=lambda row: row.at, reverse=True):
            calibration = from_text(row.drawn).calibration if row.drawn else None
            if isinstance(calibration, Square):
                return f"{calibration.side_mm:g}"
        return ""

    @cached_property
    def _course(self) -> tuple[Seen, ...]:
        return course_of(self._at.desk, self.place.subject, self.place.row)

    def _when(self, taken: str | None) -> str:
        stamp = (taken or "").partition("[")[0]  # without the name of its zone
        words = moment_words(stamp, self._at.desk.zone, self._at.texts)
        return isolated(words) if words else ""
