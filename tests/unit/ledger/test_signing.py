"""What a signature is put under: nothing that is recorded, and nothing that it means, can be exchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from crfapp.ledger.chain import Envelope, Record
from crfapp.ledger.events import Signed
from crfapp.ledger.keys import Scope
from crfapp.ledger.signing import PAPER, content_hash, content_of, hash_of, paper_of
from crfapp.work.row_work import VoidRow
from tests.support.ward import Ward

SIGNED = Signed(
    subject="s1",
    visit="V_A",
    visit_n=1,
    form="DM",
    form_n=1,
    signature="g1",
    of="form",
    meaning="REVIEWED",
    statement="I have reviewed it.",
    language="en",
    content="c" * 64,
    signed_at="2025-01-05T07:00:00.000000Z",
    after="a" * 64,
    public="",
    signed="",
)
ENVELOPE = Envelope(
    node="n1",
    seq=7,
    prev="a" * 64,
    at="2025-01-05T07:00:00.000000Z",
    offset=180,
    zone="Asia/Amman",
    hybrid="1.0",
    act="x",
    login="haddad",
    name="Dr Haddad",
    role="investigator",
    organisation="CTC",
    pack="p" * 64,
    software="0.2",
)
OTHER: dict[str, Any] = {
    "subject": "s2",
    "visit": "V_B",
    "visit_n": 2,
    "form": "AE",
    "form_n": 2,
    "signature": "g2",
    "of": "visit",
    "about": "m1",
    "meaning": "APPROVED",
    "statement": "I have seen it.",
    "language": "ar",
    "content": "d" * 64,
    "signed_at": "2025-01-05T08:00:00.000000Z",
    "after": "b" * 64,
}


@pytest.mark.req("REQ-302")
@pytest.mark.parametrize("name", OTHER)
def test_nothing_that_a_signature_says_can_be_exchanged(name: str) -> None:
    moved = SIGNED.model_copy(update={name: OTHER[name]})
    assert paper_of(Record(ENVELOPE, moved), "site") != paper_of(Record(ENVELOPE, SIGNED), "site")


@pytest.mark.req("REQ-302")
@pytest.mark.parametrize("name", ["login", "name", "role", "pack"])
def test_nor_who_signed_and_which_version_of_the_study(name: str) -> None:
    changed: dict[str, Any] = {name: "other"}
    moved = replace(ENVELOPE, **changed)
    assert paper_of(Record(moved, SIGNED), "site") != paper_of(Record(ENVELOPE, SIGNED), "site")
    assert paper_of(Record(ENVELOPE, SIGNED), "elsewhere") != paper_of(Record(ENVELOPE, SIGNED), "site")


def test_only_a_signature_has_a_paper() -> None:
    ward = Ward()
    with pytest.raises(TypeError):
        paper_of(ward.records()[0], "s1")


@pytest.mark.req("REQ-302", "REQ-305")
def test_whatever_is_recorded_in_a_form_is_what_is_signed() -> None:
    ward = Ward()
    scope = Scope(*ward.ld)
    row = ward.area()
    seen = [content_hash(ward.desk.tables, ward.desk.study, scope)]

    def moved() -> bool:
        seen.append(content_hash(ward.desk.tables, ward.desk.study, scope))
        return seen[-1] not in seen[:-1]

    ward.enter(ward.ld, row, DEPTH="3")
    assert moved()
    ward.enter(ward.ld, row, DEPTH="4", reason="typing error")
    assert moved()
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="entered twice"))
    assert moved()
    ward.enter(ward.dm, W="70")
    assert not moved(), "another form is none of it"


def test_a_casebook_holds_the_forms_of_all_its_visits_and_a_visit_its_own() -> None:
    ward = Ward()
    ward.enter(ward.dm, SEX="M")
    ward.enter(ward.form("DOSE", ward.injected()), VOL="1")

    def forms(scope: Scope) -> set[tuple[str, str]]:
        content = content_of(ward.desk.tables, ward.desk.study, scope)
        assert hash_of(content) == content_hash(ward.desk.tables, ward.desk.study, scope)
        return {(form["visit"], form["form"]) for form in content}

    of_visit = forms(Scope(*ward.scr))
    assert ("V_SCR", "DM") in of_visit
    assert {visit for visit, _ in of_visit} == {"V_SCR"}
    assert forms(Scope(ward.subject)) > of_visit


@pytest.mark.req("REQ-302")
def test_the_message_of_a_signature_is_what_is_written_down_for_those_who_verify_it() -> None:
    """``docs/verify_signature.py`` and everybody else read it by these names; they never change."""
    assert json.loads(paper_of(Record(ENVELOPE, SIGNED), "site")) == {
        "paper": PAPER,
        "site": "site",
        "pack": "p" * 64,
        "scope": ["s1", "V_A", 1, "DM", 1],
        "of": "form",
        "about": SIGNED.about,
        "content": "c" * 64,
        "signer": ["haddad", "Dr Haddad", "investigator"],
        "meaning": "REVIEWED",
        "statement": "I have reviewed it.",
        "language": "en",
        "signed_at": "2025-01-05T07:00:00.000000Z",
        "after": "a" * 64,
        "signature": "g1",
    }


@pytest.mark.req("REQ-302")
def test_what_is_signed_of_a_form_stands_by_these_names() -> None:
    ward = Ward()
    ward.enter(ward.dm, SEX="M")
    (form,) = content_of(ward.ledger.tables, ward.desk.study, Scope(*ward.dm))
    assert set(form) == {"visit", "visit_n", "form", "form_n", "rows", "items"}
    names = {"row", "item", "value", "missing", "unit", "origin", "hidden"}
    assert all(set(item) == names for item in form["items"])
    assert any(item["item"] == "SEX" and item["value"] == "M" for item in form["items"])
