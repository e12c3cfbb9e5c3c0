"""Where an answer is written: tick boxes with decodes, boxes for figures and dates, lines for texts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Boxes, Lines, Run, Ticks, text
from crfapp.present.words import UNIT_SIGNS
from crfapp.study.types import Kind

if TYPE_CHECKING:
    from crfapp.present.paper.blocks import Part
    from crfapp.present.texts import Texts
    from crfapp.study.model import Item
    from crfapp.study.study import Study
    from crfapp.study.texts import StudyTexts
    from crfapp.study.types import ItemType

_FIGURES = 4
_MOST_FIGURES = 9
_SHORT, _MEDIUM = 40, 120
_LONG_LINES = 4


class Answers:
    """Makes the place for an answer. ``coded``: each decode is followed by its code, as an annotation."""

    def __init__(self, study: Study, texts: StudyTexts, say: Texts, *, coded: bool) -> None:
        self._study, self._texts, self._say, self._coded = study, texts, say, coded

    def of(self, form: str, item: Item) -> tuple[Part, ...]:
        """What stands in the answer's place; words only where nobody writes."""
        kind = self._study.field(form, item.item)
        if item.is_ is not None:
            unit = unit_sign(item)
            worked_out = self._say("worked out by the program")
            return (text(f"{worked_out} ({unit})" if unit else worked_out, "muted", "small"),)
        if kind.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YESNO):
            return self._ticks(item, kind)
        return self._written(item, kind)

    def _ticks(self, item: Item, kind: ItemType) -> tuple[Part, ...]:
        if item.codes is None:
            entries = [("Y", self._say("Yes")), ("N", self._say("No"))]
        else:
            allowed = item.allows or self._study.codes(item.codes)
            codes = [code for code in self._study.codes(item.codes) if code in allowed]
            entries = [(code, self._texts.code(item.codes, code)) for code in codes]
        ticks = Ticks(tuple(self._option(code, decode) for code, decode in entries))
        if kind.kind is Kind.CHOICES:
            return text(self._say("Tick all that apply."), "muted", "tiny"), ticks
        return (ticks,)

    def _option(self, code: str, decode: str) -> tuple[Run, ...]:
        if not self._coded:
            return (Run(decode),)
        return Run(decode), Run(f" {code}", "mark", ltr=True)

    def _written(self, item: Item, kind: ItemType) -> tuple[Part, ...]:
        parts: tuple[Part, ...] = ()
        match kind.kind:
            case Kind.INTEGER | Kind.DECIMAL:
                parts = (_figures(item, kind, unit_sign(item)),)
            case Kind.SCALE:
                scale = range(kind.low or 0, (kind.high or 0) + 1)
                parts = (Ticks(tuple((Run(str(step), ltr=True),) for step in scale)),)
            case Kind.DATE:
                parts = (self._date(),)
            case Kind.PARTIALDATE:
                parts = self._date(), text(self._say("Leave open what is not known."), "muted", "tiny")
            case Kind.TIME:
                parts = (self._time(),)
            case Kind.DATETIME:
                parts = self._date(), self._time()
            case Kind.NOTE:
                parts = ()
            case _:
                parts = self._in_words(kind, unit_sign(item))
        return parts

    def _in_words(self, kind: ItemType, unit: str) -> tuple[Part, ...]:
        """Lines to write on, and under them what belongs there."""
        say, count, hint = self._say, _lines(kind), ""
        match kind.kind:
            case Kind.ROWREF:
                hint = self._points_to(kind.rows_of or "")
            case Kind.PHOTO:
                hint = say("Number of the photograph")
            case Kind.SIGNATURE:
                hint = say("Signature, date and time")
            case Kind.BARCODE:
                count, hint = 2, say("Copy it, or stick the label here.")
            case _:
                pass
        lines = Lines(count, unit)
        return (lines, text(hint, "muted", "tiny")) if hint else (lines,)

    def _points_to(self, target: str) -> str:
        if target == "VISIT":
            return self._say("The visit")
        if target == "STAFF":
            return self._say("Name of the person")
        return self._say("Number of the row: {form}", form=self._texts.form(target))

    def _date(self) -> Boxes:
        say = self._say
        return Boxes(((2, say("day")), (2, say("month")), (4, say("year"))), "/")

    def _time(self) -> Boxes:
        return Boxes(((2, self._say("hour")), (2, self._say("minute"))), ":")


def unit_sign(item: Item) -> str:
    """An item's unit as people write it; empty where it has none."""
    return UNIT_SIGNS.get(item.unit, item.unit) if item.unit else ""


def _figures(item: Item, kind: ItemType, unit: str) -> Boxes:
    whole = (_whole_figures(item), "")
    return Boxes((whole, (kind.digits, "")) if kind.digits else (whole,), ".", unit)


def _whole_figures(item: Item) -> int:
    """How many figures stand before the point, as the largest possible answer has them."""
    ends = item.range.hard or item.range.soft if item.range else None
    try:
        most = Decimal(ends[1]) if ends and ends[1] else None
    except InvalidOperation:
        most = None
    return _FIGURES if most is None else min(_MOST_FIGURES, len(str(abs(int(most)))))


def _lines(kind: ItemType) -> int:
    if kind.kind is Kind.LONGTEXT:
        return _LONG_LINES
    if kind.size is None or kind.size <= _SHORT:
        return 1
    return 2 if kind.size <= _MEDIUM else 3
