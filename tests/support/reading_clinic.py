"""Four subjects whose areas are photographed twice, three raters, and somebody who opens readings."""

from __future__ import annotations

from pathlib import Path

from crfapp.ledger.keys import FormKey
from crfapp.pictures.drawn import Scene, draw, ellipse
from crfapp.work.reading_desk import Chosen, OpenReading, ReadCase
from crfapp.work.readings import Reading, next_for, readings
from crfapp.work.roles import Actor, Role
from tests.support.clinic import RANIA
from tests.support.vitiligo import LINA, VitiligoClinic

ONE = Actor("rima", "Rima Said", Role.RATER, "Reading centre")
OTHER = Actor("omar", "Omar Aziz", Role.RATER, "Reading centre")
THIRD = Actor("tala", "Tala Nimri", Role.RATER, "Reading centre")
SUBJECTS = 4


class ReadingClinic(VitiligoClinic):
    """Four subjects, each with one treated area photographed at screening and at an unscheduled visit."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path()
        self.hire(RANIA, LINA, ONE, OTHER, THIRD)
        self.chosen = []
        for number in range(SUBJECTS):
            subject, visit, area = self.subject, self.scr, self.area
            if number:
                subject = self.enrol()
                visit = self.start(subject, "V_SCR", "2025-01-05")
                registry = FormKey(*visit, "LESDEF", 1)
                area = self.add_row(registry, "AREAS")
                self.enter(registry, area, LESROLE="TREATED")
            earlier = self.photograph if not number else self.photographed(visit, f"{number:x}a")
            later_visit = self.start(subject, "V_UNS", "2025-01-05")
            self.enter(FormKey(*later_visit, "UNS", 1), UNSFORMS="PHOTO")
            later = self.photographed(later_visit, f"{number:x}b")
            self.chosen.append(Chosen(subject, area, earlier, later))

    def opening(self, **more: object) -> OpenReading:
        told: dict[str, object] = {
            "title": "Month 6",
            "question": "percent",
            "cases": tuple(self.chosen),
            "readers": (ONE.login, OTHER.login),
        }
        return OpenReading(**{**told, **more})  # type: ignore[arg-type]

    @property
    def reading(self) -> Reading:
        return readings(self.desk)[0]

    def say(self, reader: Actor, answer: str) -> str:
        """What a reader says of the case that comes next; gives the case."""
        found = next_for(self.desk, self.reading, reader.login)
        assert found is not None
        self.by(reader).send(ReadCase(reading=self.reading.reading, case=found[0], answer=answer))
        return found[0]

    def read_all(self, reader: Actor, answers: dict[str, str]) -> None:
        """Everything, by subject: answers stand by the subject whose lesion it is."""
        subject_of = {case.case: case.subject for case in self.reading.cases}
        while (found := next_for(self.desk, self.reading, reader.login)) is not None:
            self.say(reader, answers[subject_of[found[0]]])


class DrawnPictures:
    """Every photograph is drawn when it is asked for; the later ones have a smaller lesion."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def small(self, photograph: str, side: int) -> bytes:
        return self._draw(photograph, side)

    def whole(self, photograph: str) -> bytes:
        return self._draw(photograph, 800)

    def _draw(self, photograph: str, side: int) -> bytes:
        self.asked.append(photograph)
        number = int(photograph[0], 16)
        size = 14 if photograph[1] == "b" else 40
        scene = Scene(
            shapes=(ellipse(size, size * 0.7, turned=20 * number),),
            width=side,
            height=side * 3 // 4,
            per_mm=side / 130,
            grain=number + 1,
        )
        return draw(scene)
