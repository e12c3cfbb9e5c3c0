"""What lies where on a map: its views, their regions, the signs of lesions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetricsF

from crfapp.ui.body.figure import figure
from crfapp.ui.body.painting import RADIUS
from crfapp.ui.body.placing import clearest, mark_points, place_views
from crfapp.ui.theme import current, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPointF, QRectF

    from crfapp.present.body_view import MapView, MarkView, Spot, ViewLine
    from crfapp.ui.body.placing import PlacedView

_REACH = 6.0
"""So many pixels beside a region still mean it: fingers are narrow."""
_BESIDE_MARK = 8


class MapGround:
    """A map laid out in a rectangle. ``near`` shows only the view in which its lesion lies."""

    def __init__(self, view: MapView, box: QRectF, *, near: bool) -> None:
        self._view = view
        tokens = current()
        words = QFontMetricsF(font("tiny", 600)).height() + tokens.hair
        side = QFontMetricsF(font("tiny")).horizontalAdvance(max(view.left, view.right, key=len))
        edge = side / 2 + tokens.gap
        room = box.adjusted(edge, tokens.hair, -edge, -tokens.gap)
        self.placed: list[PlacedView] = place_views(_views(view, near), room, 2 * tokens.wide, words)
        self.regions = [(v, name) for v in self.placed for name in v.figure.regions if name in view.regions]
        """Every region that can be chosen, view by view."""
        shown = (*view.others, *((view.here,) if view.here else ()))
        self.marks: list[tuple[MarkView, QPointF]] = list(mark_points(self.placed, shown))
        """Every sign with its place; that of the lesion which the map is about lies above the others."""

    def mark_at(self, at: QPointF) -> MarkView | None:
        """The sign under a point, or the nearest beside it."""
        reach = (RADIUS + _BESIDE_MARK) * current().scale
        near = [((p.x() - at.x()) ** 2 + (p.y() - at.y()) ** 2, n) for n, (_, p) in enumerate(self.marks)]
        distance, number = min(near, default=(reach**2, -1))
        return self.marks[number][0] if distance < reach**2 else None

    def spot_at(self, at: QPointF) -> Spot | None:
        """The spot under a point; None beside the figures and on what cannot be chosen."""
        reach = _REACH * current().scale
        for view in self.placed:
            if view.box.adjusted(-reach, -reach, reach, reach).contains(at):
                inside = view.to_figure(at)
                region = view.figure.region_at(inside, reach / view.scale)
                if region in self._view.regions:
                    return view.spot(inside, region)
        return None

    def spot_words(self, spot: Spot) -> str:
        """The region of a spot in words, with its view."""
        view = next(one for one in self.placed if one.line.letter == spot.view)
        return self.words(view, spot.region)

    def words(self, view: PlacedView, region: str) -> str:
        """A region in words, with its view."""
        return f"{self._view.regions[region]} – {view.line.words}"


def _views(view: MapView, near: bool) -> Sequence[ViewLine]:
    here = view.here
    if not near or here is None:
        return view.views
    spot, lies = here.spot, here.regions
    if spot is not None:
        return [line for line in view.views if line.letter == spot.view] or view.views
    number = clearest([figure(line.drawing) for line in view.views], lies)
    return [view.views[number]] if number >= 0 else view.views
