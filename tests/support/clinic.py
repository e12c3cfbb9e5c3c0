"""A clinic on a study pack, with a clock that tests set: commands go in by name, tables come out."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FormRowRow, ItemRow, SiteRow, SubjectRow
from crfapp.work.bus import Bus, Outcome, Workstation
from crfapp.work.desk import Desk
from crfapp.work.entry import RecordAnswer
from crfapp.work.people import FoundSite
from crfapp.work.roles import Actor, Role
from crfapp.work.row_work import AddRow
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.memory_ledger import MemoryLedger

if TYPE_CHECKING:
    from crfapp.study.study import Study
    from crfapp.work.cases import Command


@dataclass
class SetClock:
    """A clock that stands until it is moved."""

    at: datetime = field(default_factory=lambda: datetime(2025, 1, 5, 6, 10, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def later(self, **step: float) -> None:
        self.at += timedelta(**step)


RANIA = Actor("rania", "Rania Haddad", Role.NURSE, "Cell Therapy Center")
ADMIN = Actor("admin", "Site administrator", Role.ADMINISTRATOR, "Cell Therapy Center")


class Clinic:
    """One site on a memory ledger, or on another one of the same meaning, with one nurse at work."""

    def __init__(
        self,
        study: Study,
        zone: str = "Asia/Amman",
        ledger: Any = None,
        *,
        code: str = "JO01",
        chance: int = 7,
    ) -> None:
        self.ledger: MemoryLedger = MemoryLedger() if ledger is None else ledger
        self.clock = SetClock()
        entropy = random.Random(chance).randbytes  # noqa: S311 - a test needs the same salts each time
        self.desk = Desk(study, self.ledger.tables, self.clock, entropy=entropy, zone=zone)
        self.bus = Bus(
            self.ledger,
            self.desk,
            self.clock,
            entropy=entropy,
            workstation=Workstation(getattr(ledger, "node", "ws-test"), "0.1.0"),
        )
        self.actor = RANIA
        if not self.ledger.tables.find(SiteRow):  # a ledger that was worked on before has its site
            found = FoundSite(site="s1", code=code, name="CTC", zone=zone, study=study.head.study)
            self.bus.send(found, ADMIN)

    def send(self, command: Command) -> Outcome:
        return self.bus.send(command, self.actor)

    def enrol(self) -> str:
        self.send(EnrolSubject())
        return max(self.ledger.tables.find(SubjectRow), key=lambda row: row.number).subject

    def start(self, subject: str, visit: str, date: str = "2025-01-05", n: int = 1) -> VisitKey:
        key = VisitKey(subject, visit, n)
        self.send(StartVisit(key=key, date=date))
        return key

    def add_row(self, key: FormKey, section: str) -> str:
        self.send(AddRow(key=key, section=section))
        rows = self.ledger.tables.find(FormRowRow, **key._asdict(), section=section)
        return max(rows, key=lambda row: row.position).row

    def enter(self, key: FormKey, row: str = "", reason: str = "", **answers: str) -> Outcome:
        outcome = None
        for item, typed in answers.items():
            outcome = self.send(RecordAnswer(key=key, row=row, item=item, typed=typed, reason=reason))
        assert outcome is not None
        return outcome

    def value(self, key: FormKey, item: str, row: str = "") -> str | None:
        stored: ItemRow | None = self.ledger.tables.get(ItemRow, *key, row, item)
        return None if stored is None or stored.hidden == 1 else stored.value
