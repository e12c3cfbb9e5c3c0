"""Examples of the commands about photographs, and the photographs that they take in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.canonical import sha256
from crfapp.ledger.events import Box
from crfapp.work.photo_notes import PhotographFacts
from crfapp.work.photo_rows import AddPhotographRows
from crfapp.work.photographs import MaskPhotograph, TakePhotograph, take
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

CAMERA = "Canon EOS 90D"


def picture(name: str = "IMG-0412.jpg", taken: str = "2025:02:03 09:40:00") -> PhotographFacts:
    """A good photograph."""
    found = (sha256(name.encode()), 3_400_000, "image/jpeg", 4000, 3000)
    return PhotographFacts(*found, name, taken, CAMERA, "212.4", "0.3", "1.1")


def photographed(ward: Ward) -> tuple[FormKey, str]:
    """The form of photographs of an unscheduled visit, with a row for an area that is treated."""
    ward.area()
    ward.clock.at = ward.clock.at.replace(month=2, day=3, hour=10)
    key = ward.form("PH", ward.start(ward.subject, "V_UNS", "2025-02-03"))
    ward.enter(key, PHYN="Y")
    row = ward.add_row(key, "ROWS")
    ward.enter(key, row, PHAREA="T01", PHVIEW="VIS")
    return key, row


def _take(ward: Ward) -> Command:
    key, row = photographed(ward)
    return take(key, row, "PHIMG", picture())


def _mask(ward: Ward) -> Command:
    ward.send(_take(ward))
    name = picture().photograph
    return MaskPhotograph(
        subject=ward.subject, photograph=name, boxes=(Box(10, 10, 400, 300),), reason="a tattoo shows"
    )


def _rows(ward: Ward) -> Command:
    key, _row = photographed(ward)
    ward.area()
    return AddPhotographRows(key=key)


PHOTOGRAPHS: dict[type[Command], Example] = {
    TakePhotograph: (_take, Role.NURSE, ["photograph-stored", *["value-recorded"] * 3]),
    MaskPhotograph: (_mask, Role.NURSE, ["photograph-masked"]),
    AddPhotographRows: (_rows, Role.NURSE, ["row-added", "value-recorded", "value-recorded"]),
}
