"""The area of a lesion over time, with the doses and the adverse events that belong to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crfapp.ledger.state import OutlineRow
from crfapp.planimetry.measuring import in_unit
from crfapp.planimetry.written import read_figures
from crfapp.present.plot_view import Line, Mark, PlotView, Point
from crfapp.present.texts import isolated
from crfapp.present.words import UNIT_SIGNS
from crfapp.work.doses import doses_of
from crfapp.work.target_events import events_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.present.workplace import Workplace
    from crfapp.work.targets import Seen, Target

_DAY = len("2025-01-12")
_DIGITS = 6


def lesion_plot(at: Workplace, subject: str, target: Target, course: Sequence[Seen]) -> PlotView | None:
    """The plot; None where no area is known on a day that is."""
    dated = [seen for seen in course if seen.date is not None]
    values = [(seen.date, value, seen) for seen in dated if (value := _area(seen)) is not None]
    if not values:
        return None
    days = [day for day, _, _ in values if day is not None]
    first = days[0]
    points = tuple(
        Point((day - first).days, float(value), spread_of(at, subject, seen))
        for day, value, seen in values
        if day is not None
    )
    unit = UNIT_SIGNS.get(values[0][2].unit, values[0][2].unit)
    ticks = tuple(
        ((seen.date - first).days, at.texts.short_date(seen.date))
        for _, _, seen in values
        if seen.date is not None
    )
    return PlotView(
        title=at.texts("Area over time"),
        x_title=at.texts("Day of the visit"),
        y_title=unit,
        lines=(Line(target.label, points),),
        marks=_marks(at, subject, target, first),
        low=0.0,
        ticks=ticks,
    )


def spread_of(at: Workplace, subject: str, seen: Seen) -> float:
    """The uncertainty of an area from its outline, in the item's unit; 0 where none is known."""
    if seen.outline is None:
        return 0.0
    rows = at.tables.find(OutlineRow, subject=subject, outline=seen.outline)
    if not rows or rows[0].figures is None:
        return 0.0
    return float(in_unit(read_figures(rows[0].figures).uncertainty, seen.unit, _DIGITS))


def _area(seen: Seen) -> float | None:
    value = seen.parts if seen.state == "split" else seen.area
    return None if value is None else float(value)


def _marks(at: Workplace, subject: str, target: Target, first: date) -> tuple[Mark, ...]:
    """Doses and events by day, a dose before the events of its day."""
    marks = [*_doses(at, subject, target, first), *_events(at, subject, target, first)]
    return tuple(sorted(marks, key=lambda mark: mark.x))


def _doses(at: Workplace, subject: str, target: Target, first: date) -> Iterator[Mark]:
    """The doses that this lesion was given; where the pack says nothing of single lesions, every dose."""
    for count, dose in enumerate(doses_of(at.desk, subject), start=1):
        portion = dose.portion(target.row)
        given = portion.treated if portion is not None else not dose.portions and target.treated
        if given and dose.start is not None:
            day = (dose.start.local.date() - first).days
            yield Mark(day, at.texts("Dose {number}", number=dose.number or count))


def _events(at: Workplace, subject: str, target: Target, first: date) -> Iterator[Mark]:
    """Adverse events of this lesion whose first day is known."""
    for event in events_of(at.desk, subject, target.row):
        if len(event.start) == _DAY:
            day = (date.fromisoformat(event.start) - first).days
            yield Mark(day, at.texts("AE {number}", number=isolated(event.label)))
