"""Examples of the commands about what several workstations said without knowing of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import Locked, SubjectEnrolled, ValueRecorded
from crfapp.ledger.keys import EventId, ItemKey
from crfapp.ledger.state import ItemRow, SubjectRow
from crfapp.work.deciding import ResolveConflict
from crfapp.work.late import DecideLate
from crfapp.work.numbers import RenumberSubject
from crfapp.work.roles import Role
from tests.support.another import OTHER, another_says
from tests.support.permission_states import happen

if TYPE_CHECKING:
    from crfapp.ledger.events import Event
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward


def age(ward: Ward, value: str, *heads: EventId) -> Event:
    """What another workstation says somebody's age is."""
    told = {"value": value, "typed": value, "captured_at": "2025-01-05T06:11:00.000000Z"}
    return ValueRecorded(**ward.dm._asdict(), row="", item="AGE", supersedes=heads, **told)


def contradicted(ward: Ward) -> ItemKey:
    """Two ages that did not know of each other."""
    ward.enter(ward.dm, AGE="44")
    another_says(ward, age(ward, "45"))
    return ItemKey(*ward.dm, "", "AGE")


def _resolve(ward: Ward) -> Command:
    place = contradicted(ward)
    row = ward.ledger.tables.get(ItemRow, *place)
    assert row is not None
    return ResolveConflict(place=place, take=row.head, reason="her passport says so")


def too_late(ward: Ward) -> EventId:
    """An age that another workstation recorded while the form was locked here."""
    ward.enter(ward.dm, AGE="44")
    row = ward.ledger.tables.get(ItemRow, *ward.dm, "", "AGE")
    assert row is not None
    happen(ward, [Locked(**ward.dm._asdict(), reason="done")])
    another_says(ward, age(ward, "45", row.head))
    return EventId(OTHER, 1)


def _decide(ward: Ward) -> Command:
    return DecideLate(of=too_late(ward), take=True, reason="her passport says so")


def numbered_twice(ward: Ward) -> str:
    """A subject whose number another workstation gave too."""
    row = ward.ledger.tables.get(SubjectRow, ward.subject)
    assert row is not None
    another_says(ward, SubjectEnrolled(subject="another", number=row.number))
    return "another"


JOINED: dict[type[Command], Example] = {
    ResolveConflict: (_resolve, Role.NURSE, ["value-recorded"]),
    DecideLate: (_decide, Role.INVESTIGATOR, ["unlocked", "late-decided", "value-recorded"]),
    RenumberSubject: (
        lambda ward: RenumberSubject(subject=numbered_twice(ward), reason="both began at 001"),
        Role.NURSE,
        ["subject-renumbered"],
    ),
}
