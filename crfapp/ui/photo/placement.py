"""Where a picture lies in the widget that shows it: plain arithmetic."""

from __future__ import annotations

from typing import NamedTuple

MOST = 16.0
"""A pixel of the picture is never shown wider than this many of the widget (or four times the fit)."""


class Look(NamedTuple):
    """What is looked at, told so that another picture can be shown alike.

    ``x`` and ``y`` are the place in the middle of the widget, in fractions of the picture; ``zoom`` counts
    from 1, which shows the whole picture.
    """

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0


class Placement(NamedTuple):
    """One pixel of the picture is ``scale`` wide in the widget; its corner lies at ``left`` and ``top``."""

    scale: float
    left: float
    top: float

    def to_widget(self, x: float, y: float) -> tuple[float, float]:
        """A point of the picture, in the widget."""
        return x * self.scale + self.left, y * self.scale + self.top

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """A point of the widget, in the picture; outside it too."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale


class Frame(NamedTuple):
    """A picture of ``width`` to ``height`` pixels, shown in ``room_x`` to ``room_y``; all more than 0."""

    width: float
    height: float
    room_x: float
    room_y: float

    @property
    def fit(self) -> float:
        """The scale at which the whole picture is seen."""
        return min(self.room_x / self.width, self.room_y / self.height)

    @property
    def most(self) -> float:
        """The largest scale."""
        return max(MOST, 4 * self.fit)

    def placed(self, look: Look) -> Placement:
        """Where the picture lies when it is looked at so; it is held in the widget."""
        scale = min(self.most, max(self.fit, self.fit * look.zoom))
        return self.held(
            Placement(
                scale,
                self.room_x / 2 - look.x * self.width * scale,
                self.room_y / 2 - look.y * self.height * scale,
            )
        )

    def look(self, at: Placement) -> Look:
        """What is looked at when the picture lies so."""
        x, y = at.to_picture(self.room_x / 2, self.room_y / 2)
        return Look(x / self.width, y / self.height, at.scale / self.fit)

    def zoomed(self, at: Placement, factor: float, x: float, y: float) -> Placement:
        """Larger or smaller, so that what is under this point of the widget stays under it."""
        scale = min(self.most, max(self.fit, at.scale * factor))
        under_x, under_y = at.to_picture(x, y)
        return self.held(Placement(scale, x - under_x * scale, y - under_y * scale))

    def held(self, at: Placement) -> Placement:
        """Kept in the widget: in the middle where it is smaller, without a gap where it is larger."""
        return Placement(
            at.scale,
            _held(at.left, self.width * at.scale, self.room_x),
            _held(at.top, self.height * at.scale, self.room_y),
        )


def _held(start: float, length: float, room: float) -> float:
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, start))
