"""Examples of the commands about blind readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.journeys.newcomers import settle
from crfapp.work.people import AddPerson
from crfapp.work.reading_desk import Chosen, CloseReading, OpenReading, ReadCase, SettleCase
from crfapp.work.readings import Reading, readings
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN
from tests.support.examples.outlines import SHOT, photographed

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward

ONE = Actor("one", "One Reader", Role.RATER, "CTC")
OTHER = Actor("other", "Other Reader", Role.RATER, "CTC")
EITHER = (
    Actor("rater", "Rater", Role.RATER, "CTC"),
    Actor("investigator", "Investigator", Role.INVESTIGATOR, "CTC"),
)


def _hired(ward: Ward, people: tuple[Actor, ...]) -> tuple[str, ...]:
    for one in people:
        added = AddPerson(login=one.login, name=one.name, role=one.role, organisation=one.organisation)
        ward.bus.send(added, ADMIN)
        settle(ward.bus, one)
    return tuple(one.login for one in people)


def _opening(ward: Ward, people: tuple[Actor, ...] = (ONE, OTHER)) -> OpenReading:
    area = photographed(ward)["row"]
    case = Chosen(ward.subject, area, "", SHOT)
    return OpenReading(title="Month 6", question="percent", cases=(case,), readers=_hired(ward, people))


def _opened(ward: Ward, people: tuple[Actor, ...] = (ONE, OTHER)) -> Reading:
    overseer = Actor("lead", "Lead Investigator", Role.INVESTIGATOR, "CTC")
    ward.bus.send(_opening(ward, people), overseer)
    return readings(ward.desk)[0]


def _read(ward: Ward) -> Command:
    opened = _opened(ward, EITHER)
    return ReadCase(reading=opened.reading, case=opened.cases[0].case, answer="40")


def _settle(ward: Ward) -> Command:
    opened = _opened(ward)
    for reader, answer in ((ONE, "20"), (OTHER, "80")):
        ward.bus.send(ReadCase(reading=opened.reading, case=opened.cases[0].case, answer=answer), reader)
    case = opened.cases[0].case
    return SettleCase(reading=opened.reading, case=case, answer="60", reason="rim is pigmented")


def _close(ward: Ward) -> Command:
    return CloseReading(reading=_opened(ward).reading, reason="the study ended")


READINGS: dict[type[Command], Example] = {
    OpenReading: (_opening, Role.INVESTIGATOR, ["reading-opened"]),
    ReadCase: (_read, Role.RATER, ["case-read"]),
    SettleCase: (_settle, Role.RATER, ["case-settled"]),
    CloseReading: (_close, Role.INVESTIGATOR, ["reading-closed"]),
}
