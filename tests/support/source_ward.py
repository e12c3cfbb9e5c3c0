"""A ward whose pack says what is compared with the source, and a monitor who comes to compare it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from crfapp.ledger.keys import EventId, FormKey, ItemKey
from crfapp.ledger.state import SubjectRow, VerifiedRow
from crfapp.study.model import Pack
from crfapp.study.study import Study
from crfapp.work.roles import Actor, Role
from crfapp.work.verification import VerifyItem
from crfapp.work.verification_standing import planned_items
from tests.support.clinic import Clinic
from tests.support.ward import ward_study

if TYPE_CHECKING:
    from crfapp.ledger.keys import VisitKey
    from crfapp.work.bus import Outcome
    from crfapp.work.cases import Command
    from crfapp.work.verification_standing import PlannedItem

WEBER = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
_CRITICAL = ("W", "AGE", "BMI", "SIZE", "AREAID", "FIT", "VOL", "SEX", "CB")
_SDV = {**dict.fromkeys(_CRITICAL, "critical"), "H": "sampled", "DEPTH": "sampled"}
_HERE = ("FIT",)
PLAN = [
    {"from": "2024-12-01", "critical": "all", "sampled": {"first": 1, "then": 2}},
    {"from": "2025-01-20", "critical": "all", "sampled": "all"},
]


@cache
def source_study() -> Study:
    """The ward's study with a plan of verification: FIT is first written down in the program."""
    data = ward_study().pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data["head"]["verification"] = PLAN
    for form in data["forms"]:
        for section in form["sections"]:
            for item in section["items"]:
                item |= {"sdv": _SDV[item["item"]]} if item["item"] in _SDV else {}
                item |= {"recorded": "esource"} if item["item"] in _HERE else {}
    return Study(Pack.model_validate(data))


class SourceWard(Clinic):
    """One subject, screened on the fifth of January; a nurse and a monitor."""

    def __init__(self, ledger: Any = None) -> None:
        super().__init__(source_study(), ledger=ledger)
        self.subject = self.enrol()
        self.scr: VisitKey = self.start(self.subject, "V_SCR", "2025-01-05")
        self.dm, self.ld, self.lm = (FormKey(*self.scr, name, 1) for name in ("DM", "LD", "LM"))

    def monitor(self, command: Command) -> Outcome:
        """Greta Weber does something."""
        return self.bus.send(command, WEBER)

    def place(self, item: str, key: FormKey | None = None, row: str = "") -> ItemKey:
        return ItemKey(*(key or self.dm), row, item)

    def head(self, place: ItemKey) -> EventId:
        """The event from which the answer in force came."""
        stored = self.desk.stored(place)
        return EventId("none", 0) if stored is None else stored.head

    def comparing(self, place: ItemKey) -> VerifyItem:
        """The command that verifies an answer as it stands."""
        return VerifyItem(key=place.of, row=place.row, item=place.item, head=self.head(place))

    def verify(self, item: str, key: FormKey | None = None, row: str = "") -> Outcome:
        return self.monitor(self.comparing(self.place(item, key, row)))

    def mark(self, item: str, key: FormKey | None = None, row: str = "") -> str:
        """The state of the last verification: done, changed, taken, or empty."""
        found = self.ledger.tables.get(VerifiedRow, *self.place(item, key, row))
        return "" if found is None else found.state

    def planned(self) -> list[PlannedItem]:
        row = self.ledger.tables.get(SubjectRow, self.subject)
        assert row is not None
        return planned_items(self.desk, row)

    def area(self, role: str = "TREATED") -> str:
        row = self.add_row(self.ld, "AREAS")
        self.enter(self.ld, row, ROLE=role)
        return row
