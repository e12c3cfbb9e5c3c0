"""Examples of the commands about outlines that people draw on photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import PhotographRow
from crfapp.planimetry.calibration import Line
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import to_text
from crfapp.work.outlines import DrawOutline, SettleOutline
from crfapp.work.outlines_apart import apart
from crfapp.work.photographs import take
from crfapp.work.roles import Actor, Role
from tests.support.examples.photographs import photographed as with_row
from tests.support.examples.photographs import picture

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

SHOT = picture().photograph
"""The photograph on which they draw."""
_SOMEBODY = Actor("somebody", "Somebody", Role.NURSE, "CTC")


def square(side: float) -> str:
    """A square lesion of this side in mm, at ten pixels for one mm."""
    far = 100 + side * 10
    corners = (Point(100, 100), Point(far, 100), Point(far, far), Point(100, far))
    return to_text(Outline((Part(corners),)), Line(Point(0, 0), Point(500, 0), 50.0))


def photographed(ward: Ward) -> dict[str, Any]:
    """An area with a photograph at an unscheduled visit: where it is traced."""
    ward.send(_take(ward))
    [shot] = ward.ledger.tables.find(PhotographRow)
    sizes = shot.place.of._replace(form="LM")
    [area] = ward.desk.forms.get(sizes).rows_in("EACH")
    return {"key": sizes, "row": area.info.key, "item": "TRACE"}


def _take(ward: Ward) -> Command:
    key, row = with_row(ward)
    return take(key, row, "PHIMG", picture())


def _draw(ward: Ward) -> Command:
    return DrawOutline(**photographed(ward), photograph=SHOT, drawn=square(10))


def _settle(ward: Ward) -> Command:
    place = photographed(ward)
    ward.send(DrawOutline(**place, photograph=SHOT, drawn=square(10)))
    first, ward.actor = ward.actor, _SOMEBODY
    ward.send(DrawOutline(**place, photograph=SHOT, drawn=square(12), purpose="second", blind=True))
    ward.actor = first
    pair = apart(ward.desk, ItemKey(*place["key"], place["row"], place["item"]))
    assert pair is not None
    chosen, beside = pair.second.outline, pair.first.outline
    return SettleOutline(**place, outline=chosen, beside=beside, reason="the border is wider")


OUTLINES: dict[type[Command], Example] = {
    DrawOutline: (_draw, Role.NURSE, ["outline-drawn", "form-started", *["value-recorded"] * 4]),
    SettleOutline: (_settle, Role.INVESTIGATOR, ["outline-settled", *["value-recorded"] * 3]),
}
