"""How the area item of the Tracer page stands, as it is recorded now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.planimetry.written import from_text
from crfapp.present.ghost import laid_over
from crfapp.present.traced_item import TracedItem
from crfapp.present.tracer_figures import Measuring, units_of
from crfapp.present.tracer_outlines import TracerOutlines
from crfapp.present.tracer_view import PhotographChoice, TracerView
from crfapp.work.reading_items import manner_of
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.ledger.keys import ItemKey
    from crfapp.present.ghost import Lines
    from crfapp.present.sketch import Sketch
    from crfapp.present.workplace import Workplace


def measuring_at(at: Workplace, place: ItemKey) -> Measuring:
    """Measures in the units of the items, and reads and writes numbers as this person does."""
    return Measuring(units_of(at.study), manner_of(at.desk, place.of), at.texts)


def standing_of(at: Workplace, place: ItemKey, photograph: str, *, anew: bool) -> TracerView:
    """What the page says of an item. ``photograph`` is traced if it can be; ``anew``: in place of an outline.

    To whoever draws as the second person nothing is said of the first outline but who drew it, and on which
    photograph; no earlier one is laid over either, for it may tell the border.
    """
    item, outlines = TracedItem(at, place), TracerOutlines(at, place)
    mode, choices = outlines.mode(anew=anew), item.choices
    is_blind = mode == "second"
    if is_blind and outlines.first is not None:
        choices = {code: words for code, words in choices.items() if code == outlines.first.photograph}
    earlier = None if is_blind else item.earlier
    return TracerView(
        title=item.title,
        where=item.where,
        mode=mode,
        told=outlines.told(mode),
        hindrance=_hindrance(at, choices),
        photographs=tuple(PhotographChoice(code, words) for code, words in choices.items()),
        photograph=photograph if photograph in choices else next(iter(choices), ""),
        ghost="" if earlier is None else at.study_texts.visit(earlier.visit),
        card_mm=item.last_card,
        outlines=() if is_blind else outlines.compared(measuring_at(at, place)),
        apart="" if is_blind else outlines.apart_words(),
    )


def ghost_over(at: Workplace, place: ItemKey, sketch: Sketch, length: str) -> Lines:
    """The earlier outline in pixels of a photograph that is drawn on; none while that is not calibrated."""
    calibration = measuring_at(at, place).calibration(sketch, length)
    earlier = TracedItem(at, place).earlier
    if calibration is None or earlier is None or not earlier.drawn:
        return ()
    return laid_over(from_text(earlier.drawn), calibration)


def _hindrance(at: Workplace, choices: dict[str, str]) -> str:
    if not choices:
        return at.texts("There is no photograph of this lesion at this visit. Take one in first.")
    if not at.actor.may(Right.RECORD):
        return at.texts("You can look at it; areas are traced by the people who record answers.")
    return ""
