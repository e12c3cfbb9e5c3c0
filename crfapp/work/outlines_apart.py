"""The outlines of one area: which one is in force, and how far a second person's lies from it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import RefusedError
from crfapp.form.plan import binding, tree_of
from crfapp.ledger.keys import FormKey
from crfapp.ledger.origins import outline_in
from crfapp.ledger.state import OutlineRow
from crfapp.planimetry.measuring import percent_apart
from crfapp.planimetry.written import read_figures
from crfapp.study.language import compile_expression
from crfapp.work.outside import ElsewhereScope, OutsideForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import ItemKey
    from crfapp.work.desk import Desk


class Apart(NamedTuple):
    """Two people's outlines of one area. ``first`` gives the value.

    ``percent`` is the difference of their areas in percent of the mean, ``limit`` what the study allows, None
    where it says none. ``is_open`` while somebody has to decide.
    """

    place: ItemKey
    first: OutlineRow
    second: OutlineRow
    percent: Decimal
    limit: Decimal | None
    is_open: bool


def outlines_of(desk: Desk, place: ItemKey) -> tuple[OutlineRow, ...]:
    """All outlines for an area, the oldest first; also those that another one has taken the place of."""
    return tuple(sorted(desk.tables.find(OutlineRow, **place._asdict()), key=lambda row: row.at))


def in_force(desk: Desk, place: ItemKey) -> OutlineRow | None:
    """The outline that gives the value; None where the value was typed, or there is none."""
    stored = desk.stored(place)
    outline = outline_in(stored.origin) if stored is not None and stored.hidden == 0 else ""
    return desk.tables.get(OutlineRow, *place, outline) if outline else None


def apart(desk: Desk, place: ItemKey) -> Apart | None:
    """How far the newest outline of another person lies from the one in force; None where there is none.

    Compared are areas as they were recorded, before they are rounded for the form. Both were drawn on the
    same photograph; what was made unreadable is compared with nothing.
    """
    first = in_force(desk, place)
    if first is None:
        return None
    for second in reversed(outlines_of(desk, place)):
        is_other = second.login != first.login and second.purpose != first.purpose
        if is_other and second.photograph == first.photograph:
            areas = (_area(first), _area(second))
            if areas[0] is None or areas[1] is None:
                return None
            percent, limit = percent_apart(areas[0], areas[1]), most_apart(desk)
            is_open = limit is not None and percent > limit and not first.settled
            return Apart(place, first, second, percent, limit, is_open)
    return None


def apart_at(desk: Desk, **subject: str) -> Iterator[Apart]:
    """Everything of a ``subject``, or of the site, that waits for somebody to decide between two outlines.

    Only where a second person drew is anything to be compared, and that is rare.
    """
    if desk.study.head.targets is None:
        return
    for place in dict.fromkeys(
        row.place for row in desk.tables.find(OutlineRow, **subject, purpose="second")
    ):
        found = apart(desk, place)
        if found is not None and found.is_open:
            yield found


def second_wanted_by(desk: Desk, place: ItemKey, login: str) -> bool:
    """Whether somebody may trace here as the second person: another one's outline is in force."""
    first = in_force(desk, place)
    return first is not None and first.login != login


def _area(row: OutlineRow) -> Decimal | None:
    try:
        return Decimal(repr(read_figures(row.figures or "").area))
    except RefusedError:
        return None


def most_apart(desk: Desk) -> Decimal | None:
    """By how many percent two people may differ, as the study says; None where it measures no areas."""
    targets = desk.study.head.targets
    if targets is None:
        return None
    form = targets.measure.form
    scope = ElsewhereScope(OutsideForm(desk, FormKey("", "", 0, form, 0)))
    found = compile_expression(tree_of(targets.measure.apart), bind=binding(desk.study, form, ""))(scope)
    return Decimal(found) if isinstance(found, Decimal | int) else None
