"""Four subjects whose areas are photographed twice, three raters, and somebody who opens readings."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crfapp.journeys.newcomers import settle
from crfapp.ledger.keys import FormKey
from crfapp.pictures.drawn import Scene, draw, ellipse
from crfapp.study.model import CodeList, Item
from crfapp.study.study import Study
from crfapp.study.targets import Score
from crfapp.work.outlines import DrawOutline
from crfapp.work.people import AddPerson
from crfapp.work.photographs import TakePhotograph
from crfapp.work.reading_desk import Chosen, OpenReading, ReadCase
from crfapp.work.readings import Reading, next_for, readings
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN, RANIA, Clinic
from tests.support.tracing_ward import LINA, tracing_study

if TYPE_CHECKING:
    from typing import Self

    from crfapp.ledger.keys import VisitKey

ONE = Actor("rima", "Rima Said", Role.RATER, "Reading centre")
OTHER = Actor("omar", "Omar Aziz", Role.RATER, "Reading centre")
THIRD = Actor("tala", "Tala Nimri", Role.RATER, "Reading centre")
SUBJECTS = 4
_CLASS = (
    'missing if PCT > 100 or PCT < 0 else "MINIMAL" if PCT <= 25 else "MILD" if PCT <= 50 else '
    '"MODERATE" if PCT <= 75 else "MARKED" if PCT <= 90 else "EXCELLENT"'
)
_CLASSES = ("MINIMAL", "MILD", "MODERATE", "MARKED", "EXCELLENT")


@cache
def reading_study() -> Study:
    """The small study of tracing, with photographs of the baseline and a score that readers can give."""
    pack = tracing_study().pack
    head, lists = pack.head, dict(pack.codelists)
    assert head.targets is not None
    codes = [{"code": code, "text": code.capitalize()} for code in _CLASSES]
    lists["SHARE"] = CodeList.model_validate({"title": "Share", "codes": codes})
    targets = head.targets.model_copy(update={"scores": (Score(form="LM", item="PCT", of_class="CLS"),)})
    first, *others = head.visits
    shots = next(held for visit in others for held in visit.forms if held.form == "PH")
    first = first.model_copy(update={"baseline": True, "forms": (*first.forms, shots)})
    head = head.model_copy(update={"targets": targets, "visits": (first, *others)})
    percent = Item.model_validate({"item": "PCT", "ask": "Percent", "type": "integer"})
    of_class = Item.model_validate(
        {"item": "CLS", "ask": "Class", "type": "choice", "codes": "SHARE", "is": _CLASS}
    )
    sizes = next(form for form in pack.forms if form.form == "LM")
    [rows] = sizes.sections
    rows = rows.model_copy(update={"items": (*rows.items, percent, of_class)})
    forms = [form for form in pack.forms if form.form != "LM"]
    forms.append(sizes.model_copy(update={"sections": (rows,)}))
    return Study(pack.model_copy(update={"head": head, "codelists": lists, "forms": tuple(forms)}))


class ReadingClinic(Clinic):
    """Four subjects, each with one treated area photographed at screening and at an unscheduled visit."""

    def __init__(self, ledger: Any = None) -> None:
        super().__init__(reading_study(), ledger=ledger)
        self.home = Path()
        self.hire(RANIA, LINA, ONE, OTHER, THIRD)
        self.chosen: list[Chosen] = []
        self.later: list[VisitKey] = []
        for number in range(SUBJECTS):
            subject = self.enrol()
            visit = self.start(subject, "V_SCR", "2025-01-05")
            registry = FormKey(*visit, "LD", 1)
            area = self.add_row(registry, "ROWS")
            self.enter(registry, area, ROLE="TREATED", SITE="HAND", SIDE="LEFT")
            earlier = self.photographed(visit, f"{number:x}a")
            self.later.append(self.start(subject, "V_UNS", "2025-01-05"))
            later = self.photographed(self.later[-1], f"{number:x}b")
            self.chosen.append(Chosen(subject, area, earlier, later))

    def hire(self, *people: Actor) -> None:
        """People with accounts, who have done what is asked before anybody may work."""
        for person in people:
            added = AddPerson(
                login=person.login, name=person.name, role=person.role, organisation=person.organisation
            )
            self.bus.send(added, ADMIN)
            settle(self.bus, person)

    def by(self, actor: Actor) -> Self:
        """Somebody else is at work, a minute later."""
        self.actor = actor
        self.clock.later(minutes=1)
        return self

    def photographed(self, visit: VisitKey, sign: str) -> str:
        """A photograph of the area, taken in at a visit."""
        key, photograph = FormKey(*visit, "PH", 1), sign * 32
        self.enter(key, PHYN="Y")
        row = self.add_row(key, "ROWS")
        self.enter(key, row, PHAREA="T01", PHVIEW="VIS")
        what: dict[str, Any] = {"size": 9, "media": "image/jpeg", "width": 4000, "height": 3000}
        self.send(TakePhotograph(key=key, row=row, item="PHIMG", photograph=photograph, **what))
        return photograph

    def drawing(self, number: int, drawn: str) -> DrawOutline:
        """An outline of one subject's area at the later visit."""
        key, chosen = FormKey(*self.later[number], "LM", 1), self.chosen[number]
        self.enter(key, chosen.target, STAT="THERE")
        return DrawOutline(key=key, row=chosen.target, item="PLAN", photograph=chosen.later, drawn=drawn)

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
