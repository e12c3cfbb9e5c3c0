"""The ward with an area that is photographed and traced at unscheduled visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.work.photographs import TakePhotograph
from crfapp.work.roles import Actor, Role
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.ledger.keys import VisitKey

SAMI = Actor("sami", "Sami Odeh", Role.NURSE, "Cell Therapy Center")
LINA = Actor("lina", "Lina Qasem", Role.INVESTIGATOR, "Cell Therapy Center")


class TracingWard(Ward):
    """One area, photographed at a first visit."""

    def __init__(self) -> None:
        super().__init__()
        self.row = self.area()
        self.first = self.seen("2025-01-05", 1)
        self.photograph = self.photographed(self.first, "a1")

    def seen(self, date: str, n: int) -> VisitKey:
        """A visit at which the area is there to be measured."""
        visit = self.start(self.subject, "V_UNS", date, n)
        self.enter(FormKey(*visit, "TR", 1), self.row, TRSTAT="THERE")
        return visit

    def photographed(self, visit: VisitKey, sign: str) -> str:
        """One more photograph of the area at a visit."""
        key, photograph = FormKey(*visit, "PH", 1), sign * 32
        self.enter(key, PHYN="Y")
        row = self.add_row(key, "SHOTS")
        self.enter(key, row, PHAREA="T01", PHVIEW="VIS")
        what: dict[str, Any] = {"size": 9, "media": "image/jpeg", "width": 2000, "height": 1500}
        self.send(TakePhotograph(key=key, row=row, item="PHIMG", photograph=photograph, **what))
        return photograph

    def place(self, visit: VisitKey | None = None) -> ItemKey:
        """Where the area of a visit stands."""
        return ItemKey(*(visit or self.first), "TR", 1, self.row, "TRPLAN")

    def recorded(self) -> str | None:
        """The area of the first visit."""
        place = self.place()
        return self.value(place.of, place.item, place.row)

    def by(self, actor: Actor) -> TracingWard:
        """Somebody else is at work, a minute later."""
        self.actor = actor
        self.clock.later(minutes=1)
        return self
