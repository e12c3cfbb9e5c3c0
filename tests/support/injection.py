"""An injection day of the flagship study in memory: one subject with one treated and one control area."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import ItemRow
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study

if TYPE_CHECKING:
    from crfapp.form.plan_parts import FormPlan
    from crfapp.ledger.keys import VisitKey
    from tests.support.memory_ledger import MemoryLedger

FLAGSHIP = "nct06813027"
_PLANS: dict[tuple[str, str, str], FormPlan] = {}


def instant(text: str) -> datetime:
    """An instant from what the wall in Amman shows (UTC+3)."""
    return datetime.fromisoformat(f"{text}+03:00").astimezone(UTC)


class ScreeningClinic(Clinic):
    """A clinic that screens subjects of the flagship study."""

    def screened(self, day: str) -> tuple[str, FormKey]:
        """One more subject, with areas T01 and C01 that were measured; the key of its registry."""
        self.clock.at = instant(f"{day} 09:15")
        subject = self.enrol()
        at = self.start(subject, "V_SCR", day)
        lesions, measured = FormKey(*at, "LESDEF", 1), FormKey(*at, "LESM", 1)
        for role in ("CONTROL", "TREATED"):
            row = self.add_row(lesions, "AREAS")
            self.enter(lesions, row, LESROLE=role, LESLOC="SKIN OF THE FOREARM", LESLAT="LEFT")
        sizes = {"LMSTAT": "PRESENT", "LMMETH": "RULER", "LMLEN": "14", "LMWID": "9.8"}
        self.enter(measured, self.row_of("T01", lesions), **sizes)
        return subject, lesions

    def row_of(self, label: str, lesions: FormKey) -> str:
        """The row of an area by what people call it."""
        return self.ledger.tables.find(ItemRow, **lesions._asdict(), item="LESID", value=label)[0].row


@cache
def screened_once() -> tuple[MemoryLedger, str, FormKey]:
    """The records of a clinic with one screened subject, and her registry: made once, then copied."""
    clinic = ScreeningClinic(shipped_study(FLAGSHIP))
    subject, lesions = clinic.screened("2025-01-05")
    return clinic.ledger, subject, lesions


class InjectionClinic(ScreeningClinic):
    """A clinic on the flagship study with a screened subject, ready to be injected on 12 January 2025."""

    def __init__(self) -> None:
        ledger, self.subject, self.lesions = screened_once()
        super().__init__(shipped_study(FLAGSHIP), ledger=deepcopy(ledger), chance=8)
        self.desk.forms._plans = _PLANS  # what forms are like is the same for every clinic of a study

    def row(self, label: str, lesions: FormKey | None = None) -> str:
        """The row of an area of the first subject, or of another one."""
        return self.row_of(label, lesions or self.lesions)

    def injection(
        self, visit: str = "V_INJ1", day: str = "2025-01-12", subject: str | None = None
    ) -> VisitKey:
        """The visit of an injection, begun."""
        self.clock.at = instant(f"{day} 09:45")
        return self.start(subject or self.subject, visit, day)

    def dose(
        self, at: VisitKey, *, start: str, end: str, lot: str = "EV-24-117", vial: str = "0031"
    ) -> FormKey:
        """A dose in the form of a visit; times as ``10:05`` on the day of the visit."""
        key = FormKey(*at, "ECEV", 1)
        self.enter(key, ECYN="Y", ECLOT=lot, ECREFID=vial, ECSTDTM=start)
        if end:
            self.enter(key, ECENDTM=end)
        return key
