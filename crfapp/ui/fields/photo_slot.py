"""What the place of a photograph asks of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crfapp.present.photo_desk import Arriving
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.photo_view import PhotoView


class PhotoSlot(Protocol):
    """The photograph of one item (:class:`crfapp.ui.casebook.photographs.CellPhotograph`)."""

    @property
    def room(self) -> PhotoRoom:
        """Reads pictures in the background."""

    @property
    def may_take(self) -> bool:
        """Whether this person takes photographs."""

    def shown(self) -> PhotoView | None:
        """What is recorded."""

    def arriving(self, picture: Arriving) -> PhotoView:
        """What would be."""
