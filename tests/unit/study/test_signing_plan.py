"""The signing plan of a pack: what is wrong in it is named, what it says is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from crfapp.ledger.keys import Scope
from crfapp.ledger.signing import is_signed
from crfapp.study.lint import check_study
from crfapp.study.model import Pack
from crfapp.work.sign_plan import plans_for, statement_of
from tests.support.playing import shipped_study
from tests.support.signing_ward import signing_study

if TYPE_CHECKING:
    from crfapp.study.study import Study

PACKS = ("nct06813027", "als-msc", "abcb5-cvu")
CASEBOOK = {"form": "SIGN", "signature": "SIG", "at": "AT", "queries": "OPENQ", "incomplete": "MISS"}


def plan(**more: Any) -> dict[str, Any]:
    return {"meaning": "M", "title": "T", "say": "S", **more}


def faults(*plans: dict[str, Any]) -> list[tuple[str, str]]:
    """Code and text of what is wrong with these plans."""
    data = signing_study().pack.model_dump(mode="json", by_alias=True)
    before = {str(fault) for fault in check_study(Pack.model_validate(data)).faults}
    data["head"]["signing"] = list(plans)
    found = check_study(Pack.model_validate(data)).faults
    return [(fault.code.value, fault.text) for fault in found if str(fault) not in before]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (plan(forms=["NO"]), "PACK-032"),
        (plan(visits=["V_NO"]), "PACK-037"),
        (plan(forms=["DM"], by=["nurse"]), "PACK-023"),
        (plan(casebook={**CASEBOOK, "form": "NO"}), "PACK-032"),
        (plan(casebook={**CASEBOOK, "signature": "NO"}), "PACK-033"),
        (plan(casebook={**CASEBOOK, "signature": "MISS"}), "PACK-025"),
        (plan(casebook={**CASEBOOK, "at": "OPENQ"}), "PACK-025"),
    ],
)
def test_what_a_plan_names_wrongly_is_an_error(wrong: dict[str, Any], code: str) -> None:
    assert [found for found, _ in faults(wrong)] == [code]


def test_a_meaning_is_given_once_and_a_casebook_signed_in_one_way() -> None:
    twice = faults(plan(casebook=CASEBOOK), plan(casebook=CASEBOOK))
    assert sorted(code for code, _ in twice) == ["PACK-025", "PACK-030"]


@pytest.mark.parametrize("scopes", [{}, {"forms": ["DM"], "visits": ["V_A"]}])
def test_a_plan_is_for_forms_or_visits_or_the_casebook(scopes: dict[str, Any]) -> None:
    data = signing_study().pack.model_dump(mode="json", by_alias=True)
    data["head"]["signing"] = [plan(**scopes)]
    with pytest.raises(ValidationError):
        Pack.model_validate(data)


@pytest.mark.req("REQ-304")
@pytest.mark.parametrize("pack", PACKS)
def test_the_shipped_packs_have_eligibility_events_efficacy_and_casebook_signed(pack: str) -> None:
    study: Study = shipped_study(pack)
    for form in ("IE", "AE", "SAE"):
        assert [one.by for one in plans_for(study, Scope("s", "V", 1, form, 1))] == [("investigator",)]
    (casebook,) = plans_for(study, Scope("s"))
    assert (casebook.required, casebook.casebook and casebook.casebook.form) == (True, "SIGN")
    assert {one.meaning for one in study.head.signing} >= {"EFFICACY", "VISIT"}
    assert is_signed(study, "IE")
    assert not is_signed(study, "SIGN")
    assert not is_signed(study, "IE", "IECONF")
    for language in study.head.languages:
        for one in study.head.signing:
            said = statement_of(study, one.meaning, language).splitlines()
            assert said[-1] == one.say, "always in English too"
            assert len(said) == (1 if language == "en" else 2)
