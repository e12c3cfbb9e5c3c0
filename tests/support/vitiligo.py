"""A clinic on the flagship study, with an area, its photographs and somebody who traces them."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from crfapp.journeys.newcomers import settle
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.state import FindingRow
from crfapp.planimetry.calibration import Line
from crfapp.planimetry.shapes import Outline, Part, Point
from crfapp.planimetry.written import to_text
from crfapp.work.outlines import DrawOutline
from crfapp.work.people import AddPerson
from crfapp.work.photographs import TakePhotograph
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN, Clinic
from tests.support.playing import shipped_study

if TYPE_CHECKING:
    from typing import Any, Self

    from crfapp.ledger.keys import VisitKey

RULER = Line(Point(100, 2000), Point(1100, 2000), 50.0)  # 20 pixels are one mm
SAMI = Actor("sami", "Sami Odeh", Role.NURSE, "Cell Therapy Center")
LINA = Actor("lina", "Lina Qasem", Role.INVESTIGATOR, "Cell Therapy Center")


def traced(length: float, width: float, turned: float = 0.3) -> str:
    """An ellipse of these diameters in mm, as somebody traced it on the photograph."""
    points = []
    for at in range(180):
        x, y = length * 10 * cos(at * pi / 90), width * 10 * sin(at * pi / 90)
        points.append(
            Point(1500 + x * cos(turned) - y * sin(turned), 1200 + x * sin(turned) + y * cos(turned))
        )
    return to_text(Outline((Part(tuple(points)),)), RULER)


class VitiligoClinic(Clinic):
    """The flagship study: one subject with a treated area, photographed at screening and at month 3."""

    def __init__(self) -> None:
        super().__init__(shipped_study("nct06813027"))
        self.subject = self.enrol()
        self.scr = self.start(self.subject, "V_SCR", "2025-01-05")
        self.area = self.add_row(self.form("LESDEF"), "AREAS")
        self.enter(
            self.form("LESDEF"), self.area, LESROLE="TREATED", LESLOC="SKIN OF THE FOREARM", LESLAT="LEFT"
        )
        self.lesm = self.form("LESM")
        self.photograph = self.photographed(self.scr, "a1")

    def form(self, name: str, visit: VisitKey | None = None) -> FormKey:
        return FormKey(*(visit or self.scr), name, 1)

    def photographed(self, visit: VisitKey, sign: str, target: str | None = None) -> str:
        """A photograph of the area (or another target), taken in at a visit."""
        key, photograph = self.form("PHOTO", visit), sign * 32
        self.enter(key, PHYN="Y")
        row = self.add_row(key, "ROWS")
        self.enter(key, row, PHLES=target or "T01", PHLIGHT="VIS")
        what: dict[str, Any] = {"size": 3_700_000, "media": "image/jpeg", "width": 4000, "height": 3000}
        self.send(TakePhotograph(key=key, row=row, item="PHIMG", photograph=photograph, **what))
        return photograph

    def hire(self, *people: Actor) -> None:
        """People with accounts, who have done what is asked before anybody may work."""
        for person in people:
            added = AddPerson(
                login=person.login, name=person.name, role=person.role, organisation=person.organisation
            )
            self.bus.send(added, ADMIN)
            settle(self.bus, person)

    def place(self, key: FormKey | None = None) -> ItemKey:
        return ItemKey(*(key or self.lesm), self.area, "LMPLAN")

    def draw(self, drawn: str, **more: Any) -> DrawOutline:
        told: dict[str, Any] = {
            "key": self.lesm,
            "row": self.area,
            "item": "LMPLAN",
            "photograph": self.photograph,
            **more,
        }
        return DrawOutline(drawn=drawn, **told)

    def area_of(self, item: str = "LMPLAN", key: FormKey | None = None) -> str | None:
        return self.value(key or self.lesm, item, self.area)

    def by(self, actor: Actor) -> Self:
        self.actor = actor
        self.clock.later(minutes=1)
        return self

    def open_checks(self, key: FormKey) -> set[str]:
        return {row.check for row in self.ledger.tables.find(FindingRow, **key._asdict(), state="open")}
