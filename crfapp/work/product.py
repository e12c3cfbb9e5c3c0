"""The product of a dose: until when it may be used, and whether its container was used before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.form.graph import FormRowInfo
from crfapp.form.plan import tree_of
from crfapp.study.language import compile_expression
from crfapp.work.begun import forms_begun
from crfapp.work.doses import as_number, doses_of, read_dose
from crfapp.work.rows import StoredRow

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.study.targets import Dosing
    from crfapp.work.desk import Desk
    from crfapp.work.doses import Dose


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when a product may be used; ``thawed`` where that is the end of the time after thawing."""

    until: Moment
    thawed: bool

    def left(self, now: Moment) -> timedelta:
        """How long that still is; negative where it has passed."""
        return self.until.utc - now.utc


def limits_of(desk: Desk, dose: Dose, binding: Dosing) -> tuple[Limit, ...]:
    """What limits the product of a dose: its expiry, the hours after thawing; the nearer first."""
    found = [] if dose.expiry is None else [Limit(dose.expiry, thawed=False)]
    hours = _fresh_hours(desk, dose.key, binding)
    if dose.thawed is not None and hours is not None:
        until = Moment.at(dose.thawed.utc + timedelta(hours=hours), dose.thawed.zone)
        found.append(Limit(until, thawed=True))
    return tuple(sorted(found, key=lambda limit: limit.until.utc))


def used_before(desk: Desk, dose: Dose, binding: Dosing) -> tuple[Dose, ...]:
    """Other doses of the site for which the same container is recorded, in the order of their forms."""
    if not dose.container:
        return ()
    begun = sorted(row.key for row in forms_begun(desk, form=binding.form) if row.key != dose.key)
    others = (read_dose(desk, key, binding) for key in begun)
    return tuple(other for other in others if other.container == dose.container)


def lot_before(desk: Desk, dose: Dose) -> str:
    """The lot of the dose before this one; empty where there is none."""
    order = desk.study.visit_order
    earlier = [
        one.lot
        for one in doses_of(desk, dose.key.subject)
        if (order[one.visit], one.key.visit_n) < (order[dose.visit], dose.key.visit_n) and one.lot
    ]
    return earlier[-1] if earlier else ""


def _fresh_hours(desk: Desk, key: FormKey, binding: Dosing) -> float | None:
    if binding.fresh is None:
        return None
    head = StoredRow(desk, key, FormRowInfo("", 1, ""))
    found = as_number(compile_expression(tree_of(binding.fresh))(head))
    return None if found is None else float(found)
