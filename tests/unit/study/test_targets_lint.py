"""What the head binds to the program's own work is looked at like the rest of a pack."""

from __future__ import annotations

from typing import Any

import pytest

from crfapp.study.lint import check_study
from crfapp.study.model import Pack
from tests.support.playing import shipped_study


def faults(part: str, key: str, value: Any) -> list[tuple[str, str]]:
    """What is wrong when one key of the flagship's head says something else."""
    data = shipped_study("nct06813027").pack.model_dump(mode="json", by_alias=True)
    held = data["head"][part]
    for step in key.split(".")[:-1]:
        held = held[int(step) if step.isdigit() else step]
    held[key.rsplit(".", 1)[-1]] = value
    found = check_study(Pack.model_validate(data)).faults
    return [(fault.code.value, fault.text) for fault in found if not fault.code.value.startswith("PACK-06")]


@pytest.mark.parametrize(
    ("part", "key", "value", "code", "says"),
    [
        ("targets", "form", "LESDEFF", "PACK-032", "LESDEF"),
        ("targets", "map", "LESMAPS", "PACK-033", "LESMAP"),
        ("targets", "treated", 'LESROLES == "TREATED"', "PACK-033", "LESROLE"),
        ("targets", "regions", {"SKIN OF THE NOSE": ["face"]}, "PACK-035", "SKIN OF THE NOSE"),
        ("targets", "regions", {"SCALP": ["skalp"]}, "PACK-039", "scalp"),
        ("targets", "measure.states", {"GONE": "healed"}, "PACK-035", "GONE"),
        ("targets", "measure.apart", "P.TRACE_APART", "PACK-0", "TRACE_APART"),
        ("targets", "scores.0.item", "RPPC", "PACK-033", "RPPCT"),
        ("photographs", "views", ["VIS", "UV"], "PACK-035", "UV"),
        ("dosing", "0.rows", "ECSITES", "PACK-034", "ECSITE"),
        ("dosing", "0.amounts.0.given", "ESPTSS", "PACK-033", "ESPTS"),
        ("dosing", "0.check", "PREDOSES", "PACK-032", "PREDOSE"),
        ("observation", "0.after", "ECENDTM", "PACK-033", "OBSENDTM"),
        ("checklist", "signs", {"LTREDD": "Redness"}, "PACK-033", "LTRED"),
        ("events", "local", "NEARBY", "PACK-035", "NEARBY"),
        ("notices", "0.forms", ["AE", "SEA"], "PACK-032", "SAE"),
        ("notices", "0.owed", 'AESER == "J"', "PACK-0", "J"),
    ],
)
def test_what_is_bound_wrongly_is_an_error_with_its_place(
    part: str, key: str, value: Any, code: str, says: str
) -> None:
    found = faults(part, key, value)
    assert any(seen.startswith(code) and says in text for seen, text in found), found
