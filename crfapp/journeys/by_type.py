"""Answers that the type of an item allows: codes that are expected, numbers in the middle of their range."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from crfapp.journeys.lesion_seen import lesion_seen
from crfapp.study.types import Kind
from crfapp.work.reading_items import row_labels

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.form.graph import Cell, FormGraph, RowState
    from crfapp.form.plan_parts import Band, PlanItem
    from crfapp.journeys.chance import Chance
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk

_LOW, _HIGH = Decimal(1), Decimal(10)
"""Where a number has no range."""
_NO = 0.85
"""How often a question of yes or no that expects nothing is answered with no."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it stands before somebody."""

    key: FormKey
    cell: Cell
    planned: PlanItem
    graph: FormGraph

    @property
    def row(self) -> RowState:
        """The row in which the item's ranges are worked out."""
        rows = self.graph.rows_in(self.planned.group) if self.planned.group else ()
        return next((row for row in rows if row.info.key == self.cell.row), self.graph.once)


class ByType:
    """Makes answers from the type of an item alone."""

    def __init__(self, desk: Desk, chance: Chance, texts: tuple[str, ...]) -> None:
        self._desk = desk
        self._chance = chance
        self._texts = texts

    def answer(self, asked: Asked) -> str | None:
        """What is typed; None where there is nothing to choose from."""
        kind = asked.planned.type.kind
        if kind in _BY_CLOCK:
            return self._desk.now.local.strftime(_BY_CLOCK[kind])
        if kind in _BY_KIND:
            return _BY_KIND[kind](self, asked)
        return self._chance.choice(self._texts)[: asked.planned.type.size]

    def row_named(self, asked: Asked) -> str | None:
        """A row that there is."""
        rows = row_labels(self._desk, asked.key, asked.planned.type.rows_of or "")
        return self._chance.choice(list(rows.values())) if rows else None

    def photograph(self, asked: Asked) -> str:
        """The name of a picture, by what its row says it is of."""
        shows = lesion_seen(self._desk, asked.key, asked.cell.row)
        what = asked.cell.item if shows is None else "-".join(filter(None, shows[:2]))
        return f"{asked.key.visit}-{what}-{self._chance.randint(0, 10**6 - 1):06d}.jpg"

    def on_the_body(self, _asked: Asked) -> str:
        """A place on the front of the body map."""
        return f"{self._chance.randint(100, 900)},{self._chance.randint(100, 900)},F"

    def code(self, asked: Asked) -> str:
        """A code that is expected, else no, else any that is allowed."""
        item = asked.planned.item
        codes = self._desk.study.codes(item.codes or "") or ("Y", "N")
        allowed = [code for code in codes if not item.allows or code in item.allows]
        expected = [code for code in allowed if code in item.expects]
        if expected:
            return self._chance.choice(expected)
        if "N" in allowed and set(allowed) <= {"Y", "N", "NA", "U"}:
            return "N" if self._chance.random() < _NO else "Y"
        return self._chance.choice(allowed)

    def number(self, asked: Asked) -> str:
        """A number in the middle third of what is expected."""
        planned, row = asked.planned, asked.row
        low, high = _LOW, _HIGH
        if planned.type.kind is Kind.SCALE:
            low, high = Decimal(planned.type.low or 0), Decimal(planned.type.high or 10)
        for band in (planned.hard, planned.soft):
            least, most = _ends(band, row)
            low = low if least is None else least
            high = max(low, high) if most is None else most
        third = (high - low) / 3
        return self.between(low + third, high - third, planned)

    def between(self, low: Decimal, high: Decimal, planned: PlanItem) -> str:
        """A number between two, with the item's digits."""
        return with_digits(low + (high - low) * Decimal(str(round(self._chance.random(), 4))), planned)

    def outside_soft(self, asked: Asked) -> str | None:
        """A number just outside what is expected and still possible; None where there is no such."""
        planned, row = asked.planned, asked.row
        ends = (_ends(planned.soft, row), _ends(planned.hard, row))
        (soft_low, soft_high), (_, hard_high) = ends
        step = Decimal(1).scaleb(-(planned.type.digits or 0))
        if soft_high is not None and (hard_high is None or soft_high + step <= hard_high):
            return with_digits(soft_high + step * self._chance.randint(1, 5), planned)
        return None if soft_low is None else with_digits(soft_low - step, planned)


_BY_CLOCK = {
    Kind.DATE: "%Y-%m-%d",
    Kind.PARTIALDATE: "%Y-%m-%d",
    Kind.TIME: "%H:%M",
    Kind.DATETIME: "%Y-%m-%d %H:%M",
}
_BY_KIND: dict[Kind, Callable[[ByType, Asked], str | None]] = {
    Kind.CHOICE: ByType.code,
    Kind.CHOICES: ByType.code,
    Kind.YESNO: ByType.code,
    Kind.INTEGER: ByType.number,
    Kind.DECIMAL: ByType.number,
    Kind.SCALE: ByType.number,
    Kind.ROWREF: ByType.row_named,
    Kind.PHOTO: ByType.photograph,
    Kind.BODYSITE: ByType.on_the_body,
}


def _ends(band: Band | None, row: Any) -> tuple[Decimal | None, Decimal | None]:
    if band is None:
        return None, None
    found = [None if end is None else end.run(row) for end in (band.low, band.high)]
    low, high = (None if one is None else Decimal(one) for one in found)
    return low, high


def with_digits(value: Decimal, planned: PlanItem) -> str:
    """A number with as many digits as the item keeps."""
    digits = planned.type.digits or 0
    return str(value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
