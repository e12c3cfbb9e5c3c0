"""Choosing an answer as a person of a demo would type it: what is typical, else what the item's type allows.

A typical answer that is a mapping says one of: ``from``/``to`` (a number between), ``odds`` (text -> weight),
``like`` (another item of the form, give or take ``spread``, within ``low``/``high``), ``baseline`` (the
baseline visit's value of the item, ``times`` a factor), ``after`` (a moment: another item, ``FORM.ITEM`` of
the same visit, plus ``minutes``), ``days``/``months``/``years`` (so long ago; a date as exact as that),
``person`` (somebody with that role), ``same`` (what FORM.ITEM of the subject says), ``by``/``is`` (an answer
for each of FORM.ITEM), ``skip``. ``chance`` goes with each: how often it is answered at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from crfapp.base.times import Moment
from crfapp.ledger.keys import ItemKey
from crfapp.study.types import Kind
from crfapp.work.reading_items import row_labels
from crfapp.work.rows import single_instance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from crfapp.form.graph import Cell, FormGraph, RowState
    from crfapp.form.plan_parts import Band, PlanItem
    from crfapp.journeys.typical import Typical
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

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


class Chooser:
    """Makes answers from chance; the same chance gives the same answers."""

    def __init__(self, desk: Desk, chance: Random, typical: Typical, people: Mapping[str, Actor]) -> None:
        self._desk = desk
        self._chance = chance
        self._typical = typical
        self._people = people

    def typed(self, asked: Asked, typical: Any, actor: Actor) -> str | None:
        """What is typed; None where the question is left alone."""
        if isinstance(typical, dict):
            if self._chance.random() > float(typical.get("chance", 1)) or "skip" in typical:
                return None
            for name, way in _WAYS.items():
                if name in typical:
                    return way(self, asked, typical)
            typical = None
        if isinstance(typical, list):
            return str(self._chance.choice(typical))
        return self._by_type(asked, actor) if typical is None else str(typical)

    def outside_soft(self, asked: Asked) -> str | None:
        """A number just outside what is expected and still possible; None where there is no such."""
        planned, row = asked.planned, asked.row
        ends = (_ends(planned.soft, row), _ends(planned.hard, row))
        (soft_low, soft_high), (_, hard_high) = ends
        step = Decimal(1).scaleb(-(planned.type.digits or 0))
        if soft_high is not None and (hard_high is None or soft_high + step <= hard_high):
            return _text(soft_high + step * self._chance.randint(1, 5), planned)
        return None if soft_low is None else _text(soft_low - step, planned)

    # ---- by the item's type

    def _by_type(self, asked: Asked, actor: Actor) -> str | None:
        kind = asked.planned.type.kind
        if kind is Kind.SIGNATURE:
            return actor.login
        if kind in _BY_CLOCK:
            return self._desk.now.local.strftime(_BY_CLOCK[kind])
        if kind in _BY_KIND:
            return _BY_KIND[kind](self, asked)
        return self._chance.choice(self._typical.texts)[: asked.planned.type.size]

    def row_named(self, asked: Asked) -> str | None:
        """A row that there is."""
        rows = row_labels(self._desk, asked.key, asked.planned.type.rows_of or "")
        return self._chance.choice(list(rows.values())) if rows else None

    def photograph(self, asked: Asked) -> str:
        """The name of a picture."""
        return f"{asked.key.visit}-{asked.cell.item}-{self._chance.randrange(10**6):06d}.jpg"

    def on_the_body(self, _asked: Asked) -> str:
        """A place on the front of the body map."""
        return f"{self._chance.randint(10, 90)},{self._chance.randint(10, 90)},F"

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
        return self._between(low + third, high - third, planned)

    def _between(self, low: Decimal, high: Decimal, planned: PlanItem) -> str:
        return _text(low + (high - low) * Decimal(str(round(self._chance.random(), 4))), planned)

    # ---- by a typical answer

    def from_to(self, asked: Asked, typical: dict[str, Any]) -> str:
        """A number between two."""
        return self._between(Decimal(typical["from"]), Decimal(typical["to"]), asked.planned)

    def odds(self, _asked: Asked, typical: dict[str, Any]) -> str:
        """One of several, some more often than others."""
        weights = [float(weight) for weight in typical["odds"].values()]
        return str(self._chance.choices(list(typical["odds"]), weights)[0])

    def like(self, asked: Asked, typical: dict[str, Any]) -> str | None:
        """About what another item of the form says."""
        answer = asked.graph.kept(asked.cell._replace(item=str(typical["like"])))
        if answer is None or answer.text is None:
            return self._by_type(asked, next(iter(self._people.values())))
        spread = Decimal(str(typical.get("spread", 0)))
        value = Decimal(answer.text) + spread * Decimal(str(round(self._chance.uniform(-1, 1), 3)))
        low, high = typical.get("low"), typical.get("high")
        value = value if low is None else max(value, Decimal(low))
        return _text(value if high is None else min(value, Decimal(high)), asked.planned)

    def baseline(self, asked: Asked, typical: dict[str, Any]) -> str | None:
        """The value at the baseline visit times a factor."""
        at = next((v.visit for v in self._desk.study.head.visits if v.baseline), asked.key.visit)
        key = asked.key._replace(visit=at, visit_n=1, form_n=1)
        stored = self._desk.stored(ItemKey(*key, *asked.cell))
        if stored is None or stored.value is None:
            return None
        if "times" not in typical:
            return stored.value
        low, high = (Decimal(str(one)) for one in typical["times"])
        base = Decimal(stored.value)
        return self._between(base * low, base * high, asked.planned)

    def after(self, asked: Asked, typical: dict[str, Any]) -> str:
        """A moment some minutes after another."""
        form, _, item = str(typical["after"]).rpartition(".")
        key = asked.key._replace(form=form, form_n=1) if form else asked.key
        row = "" if form else asked.cell.row
        stored = self._desk.stored(ItemKey(*key, row, item)) or self._desk.stored(ItemKey(*key, "", item))
        begun = self._desk.now if stored is None or stored.value is None else Moment.parse(stored.value)
        minutes = self._within(typical.get("minutes", "0"))
        return (begun.local + timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M")

    def ago(self, asked: Asked, typical: dict[str, Any]) -> str:
        """A date so long ago, as exact as its measure where the item may be partial."""
        unit = next(name for name in _DAYS if name in typical)
        day = self._desk.today - timedelta(days=self._within(typical[unit]) * _DAYS[unit])
        partial = asked.planned.type.kind is Kind.PARTIALDATE and "exact" not in typical
        return day.isoformat()[: _EXACT[unit]] if partial else day.isoformat()

    def same(self, asked: Asked, typical: dict[str, Any]) -> str | None:
        """What another form of the subject says."""
        return self._elsewhere(asked, str(typical["same"]))

    def by(self, asked: Asked, typical: dict[str, Any]) -> str | None:
        """An answer that depends on another form of the subject."""
        answer = typical["is"].get(self._elsewhere(asked, str(typical["by"])))
        return None if answer is None else str(answer)

    def _elsewhere(self, asked: Asked, name: str) -> str | None:
        form, _, item = name.partition(".")
        key = single_instance(self._desk, asked.key.subject, form)
        stored = self._desk.stored(ItemKey(*key, "", item)) if key else None
        return None if stored is None else stored.value

    def person(self, _asked: Asked, typical: dict[str, Any]) -> str:
        """The login of somebody with a role."""
        fits = [one.login for one in self._people.values() if one.role.value == typical["person"]]
        return self._chance.choice(fits or list(self._people))

    def _within(self, said: Any) -> int:
        ends: Sequence[Any] = said if isinstance(said, list) else [said, said]
        return self._chance.randint(int(ends[0]), int(ends[-1]))


_DAYS = {"days": 1, "months": 30, "years": 365}
_EXACT = {"days": 10, "months": 7, "years": 4}
_BY_CLOCK = {
    Kind.DATE: "%Y-%m-%d",
    Kind.PARTIALDATE: "%Y-%m-%d",
    Kind.TIME: "%H:%M",
    Kind.DATETIME: "%Y-%m-%d %H:%M",
}
_BY_KIND: dict[Kind, Callable[[Chooser, Asked], str | None]] = {
    Kind.CHOICE: Chooser.code,
    Kind.CHOICES: Chooser.code,
    Kind.YESNO: Chooser.code,
    Kind.INTEGER: Chooser.number,
    Kind.DECIMAL: Chooser.number,
    Kind.SCALE: Chooser.number,
    Kind.ROWREF: Chooser.row_named,
    Kind.PHOTO: Chooser.photograph,
    Kind.BODYSITE: Chooser.on_the_body,
}
_WAYS: dict[str, Callable[[Chooser, Asked, dict[str, Any]], str | None]] = {
    "odds": Chooser.odds,
    "like": Chooser.like,
    "baseline": Chooser.baseline,
    "after": Chooser.after,
    "from": Chooser.from_to,
    "days": Chooser.ago,
    "months": Chooser.ago,
    "years": Chooser.ago,
    "person": Chooser.person,
    "same": Chooser.same,
    "by": Chooser.by,
}


def _ends(band: Band | None, row: Any) -> tuple[Decimal | None, Decimal | None]:
    if band is None:
        return None, None
    found = [None if end is None else end.run(row) for end in (band.low, band.high)]
    low, high = (None if one is None else Decimal(one) for one in found)
    return low, high


def _text(value: Decimal, planned: PlanItem) -> str:
    digits = planned.type.digits or 0
    return str(value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
