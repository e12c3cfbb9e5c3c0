"""What product a subject was given, when and into what: read from the forms that the pack binds as dosing.

Nothing here is kept: a dose is what its form says now, and what was given so far is the sum of its doses.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.study.types import Kind
from crfapp.work.begun import forms_begun
from crfapp.work.rows import recorded, rows_of_form, single_instance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.study.study import Study
    from crfapp.study.targets import Dosing
    from crfapp.study.types import Value
    from crfapp.work.desk import Desk

YES, NO = "Y", "N"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of one thing went into one target: points, millilitres, cells. None where nothing is said."""

    item: str
    unit: str
    given: Decimal | None
    planned: Decimal | None


@dataclass(frozen=True, slots=True)
class Portion:
    """One target on the day of a dose.

    ``target`` is the key of its row in the registry, ``label`` what people call it. ``treated``: None
    where it is not said whether it was.
    """

    target: str
    label: str
    treated: bool | None
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose, as its form ``key`` says it. ``given``: None where it is not said whether it was.

    ``lot`` and ``container`` are what stands on the label, empty where not recorded. ``expiry`` and
    ``thawed`` are moments; ``fresh_hours`` for how long a thawed product may be used. ``total`` is the
    amount of the whole dose in ``unit``.
    """

    key: FormKey
    given: bool | None
    number: int | None
    start: Moment | None
    end: Moment | None
    lot: str
    container: str
    expiry: Moment | None
    thawed: Moment | None
    portions: tuple[Portion, ...]
    total: Decimal | None
    unit: str

    @property
    def visit(self) -> str:
        """The visit at which it was given."""
        return self.key.visit

    def portion(self, target: str) -> Portion | None:
        """What one target received, or was to."""
        return next((one for one in self.portions if one.target == target), None)


def doses_of(desk: Desk, subject: str) -> tuple[Dose, ...]:
    """The doses that a subject was given, the earliest first; one that was not given is none."""
    return tuple(dose for dose in dosing_of(desk, subject) if dose.given)


def dosing_of(desk: Desk, subject: str) -> tuple[Dose, ...]:
    """Every form of dosing that was begun for a subject, in the order of the schedule and then of time."""
    found = [
        read_dose(desk, row.key, binding)
        for binding in desk.study.head.dosing
        for row in forms_begun(desk, subject=subject, form=binding.form)
    ]
    order = desk.study.visit_order
    return tuple(
        sorted(
            found,
            key=lambda one: (order[one.visit], one.key.visit_n, str(one.start.utc if one.start else "")),
        )
    )


def binding_of(study: Study, form: str) -> Dosing | None:
    """How the pack binds a form as dosing; None where it is another form."""
    return next((one for one in study.head.dosing if one.form == form), None)


def read_dose(desk: Desk, key: FormKey, binding: Dosing) -> Dose:
    """One dose as its form says it, begun or not."""
    number, given = _once(desk, key, binding.number), _once(desk, key, binding.given)
    return Dose(
        key=key,
        given=None if given is None else given == YES,
        number=number if isinstance(number, int) else None,
        start=_moment(_once(desk, key, binding.start)),
        end=_moment(_once(desk, key, binding.end)),
        lot=lot_of(desk, key, binding),
        container=_text(product_fact(desk, key, binding, binding.container)),
        expiry=_moment(product_fact(desk, key, binding, binding.expiry)),
        thawed=_moment(_once(desk, key, binding.thawed)),
        portions=_portions(desk, key, binding),
        total=as_number(_once(desk, key, binding.total)),
        unit=_unit(desk, binding.form, binding.total),
    )


def given_so_far(doses: Iterable[Dose]) -> dict[str, dict[str, tuple[Decimal, str]]]:
    """What every target has received in all: target, item of the amount, sum with its unit."""
    sums: dict[str, dict[str, tuple[Decimal, str]]] = {}
    for dose in doses:
        for portion in dose.portions if dose.given else ():
            mine = sums.setdefault(portion.target, {})
            for amount in portion.amounts if portion.treated else ():
                if amount.given is not None:
                    before = mine.get(amount.item, (Decimal(0), amount.unit))[0]
                    mine[amount.item] = before + amount.given, amount.unit
    return sums


def lot_of(desk: Desk, key: FormKey, binding: Dosing) -> str:
    """The lot as it stands on the label.

    Where the dose names a container that was received before, that row holds the lot under the same name.
    """
    if _received_in(desk.study, binding) is None:
        return _text(_once(desk, key, binding.lot))
    return _text(product_fact(desk, key, binding, binding.lot)) or _text(_once(desk, key, binding.lot))


def product_fact(desk: Desk, key: FormKey, binding: Dosing, place: str | None) -> Value:
    """A fact of the product: an item of the dose itself, or of where the product was received."""
    form, dot, item = (place or "").partition(".")
    if not dot:
        form, item = _received_in(desk.study, binding) or "", form
        if not form or item not in desk.study.items(form):
            return _once(desk, key, item) if item else None
    source, row = single_instance(desk, key.subject, form), _once(desk, key, binding.lot)
    if source is None or row is None or item not in desk.study.items(form):
        return None
    return recorded(desk, ItemKey(*source, str(row), item))


def as_number(value: Value) -> Decimal | None:
    """An amount as a number, also where the pack keeps it as a text such as ``1.86E6``."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _received_in(study: Study, binding: Dosing) -> str | None:
    """The form in which the product was received, where the dose names one of its rows."""
    kind = study.field(binding.form, binding.lot)
    return kind.rows_of if kind.kind is Kind.ROWREF else None


def _portions(desk: Desk, key: FormKey, binding: Dosing) -> tuple[Portion, ...]:
    """One for each row of the dose; none where the whole dose goes to one place."""
    if binding.rows is None:
        return ()
    plan = desk.forms.plan(key)
    rows = rows_of_form(desk, key, plan).get(binding.rows, [])
    return tuple(
        Portion(
            row.key, row.label, _treated(desk, key, binding, row.key), _amounts(desk, key, binding, row.key)
        )
        for row in rows
    )


def _treated(desk: Desk, key: FormKey, binding: Dosing, row: str) -> bool | None:
    if binding.today is None:
        return None
    said = recorded(desk, ItemKey(*key, row, binding.today))
    return None if said is None else said == YES


def _amounts(desk: Desk, key: FormKey, binding: Dosing, row: str) -> tuple[Amount, ...]:
    def number(item: str | None) -> Decimal | None:
        return None if item is None else as_number(recorded(desk, ItemKey(*key, row, item)))

    return tuple(
        Amount(one.given, _unit(desk, key.form, one.given), number(one.given), number(one.planned))
        for one in binding.amounts
    )


def _once(desk: Desk, key: FormKey, item: str | None) -> Value:
    """A value that the form holds once; None where the pack binds no such item."""
    return None if item is None else recorded(desk, ItemKey(*key, "", item))


def _unit(desk: Desk, form: str, item: str | None) -> str:
    return "" if item is None else desk.study.place(form, item).item.unit or ""


def _moment(value: Value) -> Moment | None:
    return value if isinstance(value, Moment) else None


def _text(value: Value) -> str:
    return "" if value is None else str(value)
