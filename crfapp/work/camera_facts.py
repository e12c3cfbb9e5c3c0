"""What the camera wrote into a photograph, as answers where nobody has answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.form.values import Reading
from crfapp.ledger.events import Event, ValueRecorded
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.origins import PHOTOGRAPH
from crfapp.work.entry import put_down, read_answer
from crfapp.work.photo_notes import PhotographFacts, camera_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk


def told_by_camera(desk: Desk, key: FormKey, cell: Cell, facts: PhotographFacts) -> Iterator[Event]:
    """When and by which device, with the origin ``photograph``; a person corrects it with a reason.

    What cannot be read as the item's type, such as an hour that the clock showed twice, stays open.
    """
    protocol = desk.study.head.photographs
    if protocol is None or (key.form, cell.item) != (protocol.form, protocol.image):
        return
    at = camera_time(facts.taken, desk.zone)
    told = {protocol.taken: at.isoformat(" ", "minutes") if at else "", protocol.device: facts.camera or ""}
    for item, text in told.items():
        if item is not None and text:
            yield from _answered(desk, key, Cell(cell.row, item), text)


def _answered(desk: Desk, key: FormKey, cell: Cell, text: str) -> Iterator[Event]:
    state, stored = desk.forms.get(key).state(cell), desk.stored(ItemKey(*key, *cell))
    if state is None or not state.visible:
        return
    if stored is not None and (stored.value is not None or stored.missing is not None):
        return
    reading = read_answer(desk, key, cell, text)
    if isinstance(reading, Reading):
        place = {**key._asdict(), "row": cell.row, "item": cell.item}
        told = {"value": reading.text, "typed": text, "origin": PHOTOGRAPH, "captured_at": desk.stamp()}
        yield from put_down(desk, key, cell, ValueRecorded(**place, **told))
