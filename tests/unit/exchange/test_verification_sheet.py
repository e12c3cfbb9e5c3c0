"""The workbook's sheet of verifications: every one with what was compared, and none of what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.dataset import sheets_of
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.work.monitoring import BeginMonitoring
from crfapp.work.roles import Actor, Role
from crfapp.work.verification import UnverifyItem, VerifyItem
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study
from tests.support.site_of import site_data

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell

WEBER = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
CANARY = "قاسم Canary-4711"


class Screening(Clinic):
    """One subject at screening, with a name that never leaves and vital signs that do."""

    def __init__(self) -> None:
        super().__init__(shipped_study("nct06813027"))
        self.at = self.start(self.enrol(), "V_SCR")
        self.vs, self.subj = (FormKey(*self.at, form, 1) for form in ("VS", "SUBJ"))
        self.enter(self.vs, VSPERF="Y", SYSBP_VSORRES="114", DIABP_VSORRES="72", TEMP_VSORRES="36.6")
        self.enter(self.subj, KFULLNM=CANARY)

    def verify(self, key: FormKey, item: str) -> None:
        stored = self.desk.stored(ItemKey(*key, "", item))
        assert stored is not None
        self.bus.send(VerifyItem(key=key, item=item, head=stored.head), WEBER)

    def rows(self) -> list[dict[str, Cell]]:
        sheet = next(sheet for sheet in sheets_of(site_data(self)) if sheet.name == "SDV")
        return [dict(zip([c.name for c in sheet.columns], row, strict=True)) for row in sheet.rows()]


@pytest.mark.req("REQ-604", "REQ-605")
def test_each_verification_stands_there_with_the_value_that_was_compared() -> None:
    clinic = Screening()
    clinic.verify(clinic.vs, "TEMP_VSORRES")
    clinic.bus.send(BeginMonitoring(), WEBER)
    for item in ("SYSBP_VSORRES", "DIABP_VSORRES"):
        clinic.verify(clinic.vs, item)
    clinic.bus.send(UnverifyItem(key=clinic.vs, item="DIABP_VSORRES", reason="wrong page"), WEBER)
    clinic.clock.later(days=2)
    clinic.enter(clinic.vs, SYSBP_VSORRES="141", reason="misread")
    told = {
        str(row["ITEM"]): (row["STATE"], row["VALUE"], row["BY"], row["MONITORING"], str(row["CHANGED"])[:10])
        for row in clinic.rows()
    }
    assert told == {
        "DIABP_VSORRES": ("taken", "72", "Greta Weber", 1, "None"),
        "SYSBP_VSORRES": ("changed", "114", "Greta Weber", 1, "2025-01-07"),
        "TEMP_VSORRES": ("done", "36.6", "Greta Weber", None, "None"),
    }
    assert {(row["SUBJID"], row["VISIT"], row["FORM"]) for row in clinic.rows()} == {
        ("JO01-001", "V_SCR", "VS")
    }


@pytest.mark.req("REQ-808")
def test_what_stays_at_the_site_is_verified_there_and_its_verification_stays_too() -> None:
    clinic = Screening()
    clinic.verify(clinic.subj, "KFULLNM")
    assert clinic.rows() == []
    data = site_data(clinic)
    everything = "\n".join(repr([tuple(row) for row in sheet.rows()]) for sheet in sheets_of(data))
    assert CANARY not in everything
    assert "Canary" not in everything
