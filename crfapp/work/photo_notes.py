"""What is said of a photograph when it comes in: figures beside the pack's limits. They warn, nobody is
refused.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple
from zoneinfo import ZoneInfo

from crfapp.form.plan import binding, tree_of
from crfapp.ledger.events import Noted
from crfapp.ledger.state import PhotographRow
from crfapp.study.language import compile_expression
from crfapp.work.outside import ElsewhereScope, OutsideForm
from crfapp.work.photo_protocol import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.study.targets import PhotoProtocol
    from crfapp.work.desk import Desk

Weight = Literal["warn", "note"]
FEW_PIXELS, UNSHARP, DARK, BRIGHT = "pixels", "sharp", "dark", "bright"
OTHER_DAY, FUTURE, NO_TIME, OTHER_CAMERA = "day", "future", "no-time", "camera"


class PhotographFacts(NamedTuple):
    """What was seen in a photograph; the fields of :class:`crfapp.ledger.events.PhotographStored`.

    ``taken`` is the camera's local time: ISO without zone, or as EXIF writes it (``2025:02:02 09:05:00``),
    with an offset where the camera wrote one.
    """

    photograph: str
    size: int
    media: str
    width: int
    height: int
    name: str = ""
    taken: str | None = None
    camera: str | None = None
    sharp: str = "0"
    dark: str = "0"
    bright: str = "0"


class Note(NamedTuple):
    """One thing to be said. ``code`` names it, ``seen`` and ``limit`` are its figures.

    pixels, sharp, dark, bright: the figure and the pack's limit. day: days between the visit and the camera's
    date (negative: before). future, no-time, camera: no figure; ``camera`` is another one than at baseline.
    ``weight``: whether it warns, or is only said.
    """

    code: str
    seen: str = ""
    limit: str = ""
    weight: Weight = "warn"

    @property
    def noted(self) -> Noted:
        """As the event keeps it."""
        return Noted(self.code, self.seen, self.limit)


def notes(desk: Desk, key: FormKey, row: str, item: str, facts: PhotographFacts) -> tuple[Note, ...]:
    """What is to be said of a photograph for this item; nothing for an item outside the pack's protocol."""
    protocol = desk.study.head.photographs
    if protocol is None or (key.form, item) != (protocol.form, protocol.image):
        return ()
    figures = _figures(desk, key, protocol, facts)
    return (*figures, *_time(desk, key, facts), *_camera(desk, key, row, facts))


def _figures(desk: Desk, key: FormKey, protocol: PhotoProtocol, facts: PhotographFacts) -> Iterator[Note]:
    scope, bind = ElsewhereScope(OutsideForm(desk, key)), binding(desk.study, key.form, "")
    seen = {
        FEW_PIXELS: (Decimal(facts.width * facts.height), protocol.pixels, False),
        UNSHARP: (Decimal(facts.sharp), protocol.sharp, False),
        DARK: (Decimal(facts.dark), protocol.dark, True),
        BRIGHT: (Decimal(facts.bright), protocol.bright, True),
    }
    for code, (figure, expression, most) in seen.items():
        limit = compile_expression(tree_of(expression), bind=bind)(scope)
        if isinstance(limit, Decimal | int) and (figure > limit if most else figure < limit):
            yield Note(code, str(figure), str(limit))


def _time(desk: Desk, key: FormKey, facts: PhotographFacts) -> Iterator[Note]:
    at = camera_time(facts.taken, desk.zone)
    if at is None:
        yield Note(NO_TIME, weight="note")
        return
    day = desk.visit_date(key)
    if day is not None and at.date() != day:
        yield Note(OTHER_DAY, str((at.date() - day).days))
    if at > desk.now.local.replace(tzinfo=None):
        yield Note(FUTURE)


def _camera(desk: Desk, key: FormKey, row: str, facts: PhotographFacts) -> Iterator[Note]:
    """Another camera than that of the baseline photograph of the same lesion in the same view."""
    before = baseline_of(desk, key, row)
    if facts.camera and before is not None and before.camera and before.camera != facts.camera:
        yield Note(OTHER_CAMERA)


def baseline_of(desk: Desk, key: FormKey, row: str) -> PhotographRow | None:
    """The baseline photograph of the lesion and view of a row; None at the baseline itself."""
    protocol = desk.study.head.photographs
    visit = next((one.visit for one in desk.study.head.visits if one.baseline), "")
    if protocol is None or not visit or visit == key.visit:
        return None
    target, view = (said(desk, key, row, item) for item in (protocol.target, protocol.view))
    for one in desk.tables.find(PhotographRow, subject=key.subject, visit=visit, form=key.form):
        there = (said(desk, one.place.of, one.row, item) for item in (protocol.target, protocol.view))
        if target is not None and tuple(there) == (target, view):
            return one
    return None


def camera_time(taken: str | None, zone: str) -> datetime | None:
    """What the camera's clock showed, as the site's wall clock would (without zone); None where it says
    nothing readable.
    """
    text = (taken or "").strip()
    if text[4:5] == ":" and text[7:8] == ":":
        text = f"{text[:4]}-{text[5:7]}-{text[8:]}"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if at.tzinfo is not None:
        at = at.astimezone(ZoneInfo(zone))
    return at.replace(tzinfo=None)
