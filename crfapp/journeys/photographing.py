"""Steps about photographs: a lesion is traced on one, parts of one are blacked out, the rows of a visit come
ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.finding_rows import row_of
from crfapp.ledger.events import Box
from crfapp.ledger.state import PhotographRow
from crfapp.work.outlines import DrawOutline
from crfapp.work.photo_rows import AddPhotographRows
from crfapp.work.photographs import MaskPhotograph

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.journeys.player import Player
    from crfapp.journeys.told import Step

_CORNERS = 4


def _trace(player: Player, step: Step) -> None:
    """What a perfect hand traces on the photograph of that name becomes the area of the row."""
    said = step.says["trace"]
    key = player.form = player.form_key(step, str(said["form"]))
    targets = player.desk.study.head.targets
    item = targets.measure.outline if targets is not None else ""
    _section, row = row_of(player.desk, key, str(said["row"]), item)
    name = str(said["photograph"])
    try:
        drawn = player.pictures.traced(name)
    except KeyError:
        player.wrong(step, f"nobody knows what is in the picture {name!r}")
    player.send(
        step,
        DrawOutline(
            key=key,
            row=row or "",
            item=item,
            photograph=_called(player, name),
            drawn=drawn,
            purpose="second" if said.get("second") == "Y" else "value",
            blind=said.get("second") == "Y",
            reason=str(said.get("reason", "")),
        ),
    )


def _mask(player: Player, step: Step) -> None:
    said = step.says["mask"]
    boxes = []
    for box in said.get("boxes") or []:
        if len(box) != _CORNERS or not all(str(one).isdecimal() for one in box):
            player.wrong(step, "a box is [x, y, width, height] in pixels")
        boxes.append(Box(*map(int, box)))
    photograph = _called(player, str(said["photograph"]))
    why = str(said.get("reason", ""))
    player.send(
        step,
        MaskPhotograph(subject=player.subject, photograph=photograph, boxes=tuple(boxes), reason=why),
    )


def _rows(player: Player, step: Step) -> None:
    player.form = player.form_key(step, str(step.says["photograph-rows"]))
    player.send(step, AddPhotographRows(key=player.form))


def _called(player: Player, name: str) -> str:
    """The photograph of the subject that was taken in under a name, the newest."""
    rows = player.desk.tables.find(PhotographRow, subject=player.subject, name=name)
    if not rows:
        raise RefusedError(Code.PHOTOGRAPH_UNKNOWN)
    return max(rows, key=lambda row: row.at).photograph


PHOTOGRAPHING: dict[str, Callable[[Player, Step], None]] = {
    "trace": _trace,
    "mask": _mask,
    "photograph-rows": _rows,
}
