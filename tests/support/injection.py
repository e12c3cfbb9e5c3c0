"""An injection day of the flagship study in memory: one subject with one treated and one control area."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import ItemRow
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study

if TYPE_CHECKING:
    from crfapp.ledger.keys import VisitKey


def instant(text: str) -> datetime:
    """An instant from what the wall in Amman shows (UTC+3)."""
    return datetime.fromisoformat(f"{text}+03:00").astimezone(UTC)


class InjectionClinic(Clinic):
    """A clinic on the flagship study with a screened subject, ready to be injected on 12 January 2025."""

    def __init__(self, pack: str = "nct06813027") -> None:
        super().__init__(shipped_study(pack))
        self.subject, self.lesions = self.screened("2025-01-05")

    def screened(self, day: str) -> tuple[str, FormKey]:
        """One more subject, with areas T01 and C01 that were measured; the key of its registry."""
        self.clock.at = instant(f"{day} 09:15")
        subject = self.enrol()
        at = self.start(subject, "V_SCR", day)
        lesions, measured = FormKey(*at, "LESDEF", 1), FormKey(*at, "LESM", 1)
        for role in ("CONTROL", "TREATED"):
            row = self.add_row(lesions, "AREAS")
            self.enter(lesions, row, LESROLE=role, LESLOC="SKIN OF THE FOREARM", LESLAT="LEFT")
        self.enter(
            measured, self.row("T01", lesions), LMSTAT="PRESENT", LMMETH="RULER", LMLEN="14", LMWID="9.8"
        )
        return subject, lesions

    def row(self, label: str, lesions: FormKey | None = None) -> str:
        """The row of an area by what people call it."""
        key = lesions or self.lesions
        found = self.ledger.tables.find(ItemRow, **key._asdict(), item="LESID", value=label)
        return found[0].row

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
