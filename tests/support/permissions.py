"""Every command, sent as every role, to records and by senders in every state: what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crfapp.base.problems import AppProblem
from crfapp.ledger.events import KINDS, answers
from crfapp.ledger.state import FormRow, FormRowRow, ItemRow, SubjectRow, VisitRow
from crfapp.work.cases import USE_CASES
from crfapp.work.people import FoundSite
from crfapp.work.roles import Actor, Role
from tests.support.examples import EXAMPLES
from tests.support.examples.conduct import Unfounded
from tests.support.permission_states import STANDINGS, STATES, happen, on_record, place_of
from tests.support.ward import Ward

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from crfapp.journeys.memory_ledger import MemoryHead
    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import Event
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example

DONE, NOTHING, NOT_SO = "yes", "nothing", "·"
"""It was carried out; it was carried out and there was nothing to do; the state cannot be so of it."""
CLINICAL = (ItemRow, FormRowRow, FormRow, VisitRow, SubjectRow)


@dataclass(frozen=True)
class Cell:
    """What came of one command: ``outcome`` is DONE, NOTHING or the code of the refusal.

    ``kinds`` are the events it left. ``clinical`` says whether a value, row, form, visit or subject became
    another one, in the events or in the tables.
    """

    outcome: str
    kinds: tuple[str, ...] = ()
    clinical: bool = False


@dataclass
class Matrix:
    """Outcomes by command, state and role, with the commands in the order of their names."""

    cells: dict[tuple[str, str, Role], Cell] = field(default_factory=dict)
    commands: list[type[Command]] = field(default_factory=list)

    def row(self, command: str, state: str) -> dict[Role, Cell]:
        """What each role gets; empty where the state cannot be so."""
        return {
            role: self.cells[command, state, role] for role in Role if (command, state, role) in self.cells
        }


def whoever(role: Role) -> Actor:
    """The one person of each role at the ward."""
    return Actor(role.value, role.value.capitalize(), role, "CTC")


def ask_everything(examples: Mapping[type[Command], Example] = EXAMPLES) -> Matrix:
    """Send everything there is."""
    matrix = Matrix(commands=sorted(examples, key=lambda command: command.__name__))
    for command in matrix.commands:
        for state, role, cell in _all_of(command, examples[command]):
            matrix.cells[command.__name__, state, role] = cell
    return matrix


def _all_of(command: type[Command], example: Example) -> Iterator[tuple[str, Role, Cell]]:
    """One ward is made for a command, and taken back to that moment before each sending."""
    ward = Unfounded() if command is FoundSite else Ward()
    told = example[0](ward)
    place = place_of(ward, told)
    happen(ward, on_record(ward))
    moment = Moment.of(ward)
    for role in Role:
        for state in STATES:
            if state.applies(place):
                yield state.name, role, _sent(ward, told, role, state.told(ward, place))
                moment.come_back(ward)
        for standing in STANDINGS:
            who = whoever(role).login
            yield standing.name, role, _sent(ward, told, role, standing.told(ward, who, role))
            moment.come_back(ward)


def _sent(ward: Ward, command: Command, role: Role, before: Sequence[Event]) -> Cell:
    happen(ward, before)
    tables, known = ward.ledger.tables.rows, len(ward.ledger.links)
    stood = [dict(tables[table]) for table in CLINICAL]
    try:
        outcome = DONE if ward.bus.send(command, whoever(role)).events else NOTHING
    except AppProblem as problem:
        outcome = problem.code.value
    kinds = tuple(link.kind for link in ward.ledger.links[known:])
    changed = any(tables[table] != rows for table, rows in zip(CLINICAL, stood, strict=True))
    return Cell(outcome, kinds, changed or not CLINICAL_KINDS.isdisjoint(kinds))


CLINICAL_KINDS = frozenset(kind for kind, event in KINDS.items() if event.__module__ == answers.__name__)
"""Kinds of events that say something of a subject, a visit, a form or an answer."""


@dataclass
class Moment:
    """Everything that a ward holds at one moment, to come back to."""

    links: list[Sealed]
    head: MemoryHead
    rows: dict[type[Any], dict[Any, Any]]
    under: dict[Any, dict[Any, Any]]
    at: datetime

    @classmethod
    def of(cls, ward: Ward) -> Moment:
        """The present moment."""
        ledger = ward.ledger
        rows = {table: dict(held) for table, held in ledger.tables.rows.items()}
        under = {key: dict(held) for key, held in ledger.tables.under.items()}
        return cls(list(ledger.links), ledger.head, rows, under, ward.clock.at)

    def come_back(self, ward: Ward) -> None:
        """Make the ward what it was; its forms open anew."""
        ledger = ward.ledger
        ledger.links[:] = self.links
        ledger.head = self.head
        ledger.tables.rows.update({table: dict(held) for table, held in self.rows.items()})
        ledger.tables.under.clear()
        ledger.tables.under.update({key: dict(held) for key, held in self.under.items()})
        ward.clock.at = self.at
        ward.desk.forget_forms()


def needs_of(command: str) -> str:
    """The right that a command is declared to need."""
    return next(case.needs.value for kind, case in USE_CASES.items() if kind.__name__ == command)
