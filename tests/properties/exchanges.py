"""Several workstations at work on the same subjects, hearing of each other now and then, in any order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from crfapp.base.problems import RefusedError
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.keys import EventId, Scope
from crfapp.ledger.state import FormRow, ItemRow, LateRow, RivalRow
from crfapp.work.conflicts import conflicts
from crfapp.work.deciding import ResolveConflict
from crfapp.work.late import DecideLate, waiting_late
from crfapp.work.locking import Freeze, Unfreeze
from crfapp.work.roles import Actor, Role
from tests.support.random_work import BEGUN, STEPS, Step, work
from tests.support.tiny import tiny_study
from tests.support.workstations import Workstation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.ledger.chain import Record, Sealed

MONITOR = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
HADDAD = Actor("haddad", "Dr Omar Haddad", Role.INVESTIGATOR, "Cell Therapy Center")
NAMES = ("ws-a", "ws-b", "ws-c", "ws-d", "ws-e")


@dataclass(frozen=True)
class Act:
    """What one workstation does: work, hear another one, freeze or let go, decide what was joined."""

    who: int
    what: str
    steps: tuple[Step, ...] = ()
    number: int = 0


def _acts(many: int) -> st.SearchStrategy[list[Act]]:
    who = st.integers(0, many - 1)
    some = STEPS.map(lambda steps: tuple(steps[len(BEGUN) :][:8]))
    works = st.builds(Act, who, st.just("work"), some, st.integers(0, 90))
    others = st.sampled_from(["hear", "hear", "freeze", "let-go", "resolve", "late"])
    does = st.builds(Act, who, others, st.just(()), st.integers(0, 5))
    return st.lists(st.one_of(works, works, does), min_size=4, max_size=12)


@dataclass(frozen=True)
class Trouble:
    """How many workstations there are, and what they do one after the other."""

    many: int
    acts: list[Act]

    def played(self, engines: Iterable[Any] = ()) -> list[Workstation]:
        """The workstations in the end, none knowing everything."""
        stores = [*engines, *[None] * self.many]
        first = Workstation(tiny_study(), NAMES[0], engine=stores[0])
        work(first, BEGUN)
        others = [
            Workstation(tiny_study(), name, first, store)
            for name, store in zip(NAMES[1 : self.many], stores[1:], strict=False)
        ]
        everybody = [first, *others]
        for act in self.acts:
            do(everybody, act)
        return everybody


@st.composite
def troubles(draw: Any, most: int = 3) -> Trouble:
    """Any of it."""
    many = draw(st.integers(2, most))
    return Trouble(many, draw(_acts(many)))


def do(everybody: list[Workstation], act: Act) -> None:
    """One act; what is refused is part of it."""
    here = everybody[act.who]
    if act.what == "work":
        here.later(act.number)
        work(here, list(act.steps))
        return
    try:
        _try(here, everybody, act)
    except RefusedError:
        here.desk.forget_forms()


def _try(here: Workstation, everybody: list[Workstation], act: Act) -> None:
    tables = here.ledger.tables
    forms = tables.find(FormRow)
    scope = Scope(*forms[act.number % len(forms)].key)
    match act.what:
        case "hear":
            others = [one for one in everybody if one is not here]
            here.hear(others[act.number % len(others)])
        case "freeze":
            here.bus.send(Freeze(scope=scope, reason="to be looked at"), MONITOR)
        case "let-go":
            here.bus.send(Unfreeze(scope=scope, reason="looked at"), MONITOR)
        case "resolve":
            for one in conflicts(tables)[:1]:
                told = (one.stands.head, *(rival.head for rival in one.rivals))
                take = told[act.number % len(told)]
                here.send(ResolveConflict(place=one.key, take=take, reason="as the source says"))
        case _:
            for late in waiting_late(tables)[:1]:
                of = EventId(late.node, late.seq)
                command = DecideLate(of=of, take=act.number % 2 == 0, reason="as the source says")
                here.bus.send(command, HADDAD)


def lost(here: Workstation) -> list[EventId]:
    """Answers that somebody gave and that are nowhere: not in force, not beside, not late, not replaced."""
    told = [open_sealed(link) for link in here.links()]
    tables = here.ledger.tables
    kept = {row.head for row in tables.find(ItemRow)} | {row.head for row in tables.find(RivalRow)}
    kept |= {EventId(row.node, row.seq) for row in tables.find(LateRow)}
    replaced = {head for record in told for head in _named(record)}
    answers = [
        r.envelope.id for r in told if isinstance(r.event, ValueRecorded) and r.event.origin == "person"
    ]
    return [of for of in answers if of not in kept | replaced]


def _named(record: Record) -> tuple[EventId, ...]:
    return record.event.supersedes if isinstance(record.event, ValueRecorded) else ()


def packages_of(everybody: list[Workstation]) -> list[list[Sealed]]:
    """One package of each, with its own chain alone."""
    return [[link for link in one.links() if link.node == one.name] for one in everybody]
