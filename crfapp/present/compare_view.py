"""What the Compare page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.ledger.events.lesions import Box
    from crfapp.ledger.keys import ItemKey
    from crfapp.present.ghost import Lines


@dataclass(frozen=True, slots=True)
class ComparedVisit:
    """A lesion at one visit. ``photograph`` is empty where none was taken in the view that is shown.

    ``measured`` is its area with the change since baseline, ``file`` the name, ``taken`` its moment, in
    words. ``outline`` is what was traced on this photograph, ``ghost`` the baseline's outline laid over it
    (``fitted`` by the scales of both; otherwise by the edges of the pictures), ``grid`` lines 10 mm apart
    where it was calibrated. All lines are in pixels of the upright picture.
    """

    key: str
    title: str
    day: str
    photograph: str = ""
    measured: str = ""
    file: str = ""
    taken: str = ""
    size: tuple[int, int] = (0, 0)
    place: ItemKey | None = None
    boxes: tuple[Box, ...] = ()
    outline: Lines = ()
    ghost: Lines = ()
    fitted: bool = True
    grid: Lines = ()

    @property
    def caption(self) -> str:
        """Visit, day, area: what stands over the picture."""
        return " · ".join(part for part in (self.title, self.day, self.measured) if part)


@dataclass(frozen=True, slots=True)
class CompareView:
    """The page. ``targets`` and ``views`` are (key, words); ``chosen`` are the keys of the visits shown.

    ``blind`` says of which visits this person is not shown the outline.
    """

    title: str
    where: str
    targets: tuple[tuple[str, str], ...] = ()
    target: str = ""
    views: tuple[tuple[str, str], ...] = ()
    view: str = ""
    visits: tuple[ComparedVisit, ...] = ()
    chosen: tuple[str, ...] = ()
    ghost_of: str = ""
    blind: str = ""
    may_print: bool = False

    @property
    def shown(self) -> tuple[ComparedVisit, ...]:
        """The chosen visits in the order of time."""
        return tuple(one for one in self.visits if one.key in self.chosen)


@dataclass(frozen=True, slots=True)
class CompareSheet:
    """The same on paper: a heading, facts, and a label, a line of facts and a SHA-256 for each picture."""

    heading: str
    facts: str
    foot: str
    labels: tuple[tuple[str, str, str], ...] = field(default=())
    right_to_left: bool = False
