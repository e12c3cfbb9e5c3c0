"""Choosing an answer as a person of a demo would type it: what is typical, else what the item's type allows.

A typical answer that is a mapping says one of: ``from``/``to`` (a number between), ``odds`` (text -> weight),
``like`` (another item of the form, give or take ``spread``, within ``low``/``high``), ``baseline`` (the
baseline visit's value of the item, ``times`` a factor), ``after`` (a moment: another item, ``FORM.ITEM`` of
the same visit, plus ``minutes``), ``days``/``months``/``years`` (so long ago; a date as exact as that),
``person`` (somebody with that role), ``same`` (what FORM.ITEM of the subject says), ``by``/``is`` (an answer
for each of FORM.ITEM), ``skip``. ``chance`` goes with each: how often it is answered at all.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crfapp.base.times import Moment
from crfapp.journeys.by_type import ByType, with_digits
from crfapp.ledger.keys import ItemKey
from crfapp.study.types import Kind
from crfapp.work.rows import single_instance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crfapp.journeys.by_type import Asked
    from crfapp.journeys.chance import Chance
    from crfapp.journeys.typical import Typical
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


class Chooser:
    """Makes answers from chance; the same chance gives the same answers."""

    def __init__(self, desk: Desk, chance: Chance, typical: Typical, people: Mapping[str, Actor]) -> None:
        self._desk = desk
        self._chance = chance
        self._types = ByType(desk, chance, typical.texts)
        self._people = people

    def typed(self, asked: Asked, typical: Any) -> str | None:
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
        return self._types.answer(asked) if typical is None else str(typical)

    def outside_soft(self, asked: Asked) -> str | None:
        """A number just outside what is expected and still possible; None where there is no such."""
        return self._types.outside_soft(asked)

    # ---- by a typical answer

    def from_to(self, asked: Asked, typical: dict[str, Any]) -> str:
        """A number between two."""
        return self._types.between(Decimal(typical["from"]), Decimal(typical["to"]), asked.planned)

    def odds(self, _asked: Asked, typical: dict[str, Any]) -> str:
        """One of several, some more often than others."""
        weights = [float(weight) for weight in typical["odds"].values()]
        return str(self._chance.choices(list(typical["odds"]), weights)[0])

    def like(self, asked: Asked, typical: dict[str, Any]) -> str | None:
        """About what another item of the form says."""
        answer = asked.graph.kept(asked.cell._replace(item=str(typical["like"])))
        if answer is None or answer.text is None:
            return self._types.answer(asked)
        spread = Decimal(str(typical.get("spread", 0)))
        value = Decimal(answer.text) + spread * Decimal(str(round(self._chance.uniform(-1, 1), 3)))
        low, high = typical.get("low"), typical.get("high")
        value = value if low is None else max(value, Decimal(low))
        return with_digits(value if high is None else min(value, Decimal(high)), asked.planned)

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
        return self._types.between(base * low, base * high, asked.planned)

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
