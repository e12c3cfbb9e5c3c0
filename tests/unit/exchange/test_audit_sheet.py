"""The workbook's Audit sheet says what happened in review too, and keeps back what stays at the site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.audit_sheet import audit_sheet
from crfapp.ledger.events import (
    ActRefused,
    ItemVerified,
    PersonChanged,
    QueryAnswered,
    QueryRaised,
    Signed,
    TrailReviewed,
    VerificationDropped,
)
from crfapp.ledger.state import ItemRow
from crfapp.study.model import Pack
from crfapp.study.study import Study
from tests.support.clinic import Clinic
from tests.support.site_of import site_data
from tests.support.telling import tell
from tests.support.ward import Ward, ward_study

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell
    from crfapp.ledger.keys import FormKey

Row = dict[str, "Cell"]


def rows(clinic: Clinic) -> list[Row]:
    sheet = audit_sheet(site_data(clinic))
    names = [column.name for column in sheet.columns]
    return [dict(zip(names, row, strict=True)) for row in sheet.rows()]


def asked(form: FormKey, item: str, text: str) -> QueryRaised:
    return QueryRaised(**form._asdict(), item=item, query="q1", text=text)


@pytest.mark.req("REQ-109", "REQ-115")
def test_every_event_stands_in_the_sheet_once_with_its_words_and_place() -> None:
    ward = Ward()
    ward.enter(ward.dm, W="61.5")
    tell(ward, asked(ward.dm, "W", "With shoes?"))
    tell(ward, QueryAnswered(subject=ward.subject, query="q1", text="Without"))
    stored = ward.ledger.tables.get(ItemRow, *ward.dm, "", "W")
    assert stored is not None
    place = {**ward.dm._asdict(), "row": "", "item": "W"}
    tell(ward, ItemVerified(**place, value="61.5", head=stored.head))
    tell(ward, VerificationDropped(**place, because="value-recorded"))
    tell(ward, TrailReviewed(scope="all", finding="nothing"))
    tell(ward, ActRefused(command="LockForm", code="R-201"))
    tell(ward, PersonChanged(login="x", name="X", role="nurse", organisation="CTC"))
    found = rows(ward)
    assert {(row["WORKSTATION"], row["SEQ"]) for row in found} == {r.envelope.id for r in ward.records()}
    assert len(found) == len(ward.records())
    by = {str(row["KIND"]): row for row in found}
    query = by["query-raised"]
    assert (query["WHAT"], query["FORM"], query["ITEM"]) == ("Query raised", "DM", "W")
    assert query["DETAIL"] == "query: q1; text: With shoes?"
    assert by["query-answered"]["DETAIL"] == "query: q1; text: Without"
    verified = by["item-verified"]
    assert (verified["WHAT"], verified["OLD"]) == ("Verified against the source", "61.5")
    assert verified["DETAIL"] == f"value: 61.5; head: ws-test {stored.seq}"
    assert by["verification-dropped"]["DETAIL"] == "because: value-recorded"
    assert by["trail-reviewed"]["DETAIL"] == "scope: all; finding: nothing"
    assert by["act-refused"]["DETAIL"] == "command: LockForm; code: R-201"


@pytest.mark.req("REQ-108")
def test_what_was_made_unreadable_reads_redacted_also_as_what_was_before() -> None:
    ward = Ward()
    visit = ward.start(ward.subject, "V_UNS", "2025-01-05")
    form = ward.form("UNS", visit)
    ward.enter(form, WHY="Mrs Haddad")
    links = ward.ledger.links
    place = next(n for n, r in enumerate(ward.records()) if getattr(r.event, "item", "") == "WHY")
    ward.enter(form, WHY="fell", reason="a name")
    links[place] = links[place]._replace(told=json.dumps({}).encode())
    first, then = [row for row in rows(ward) if row["ITEM"] == "WHY"]
    assert (first["NEW"], first["TYPED"], first["REDACTED"]) == ("redacted", "redacted", "typed, value")
    assert (then["OLD"], then["NEW"]) == ("redacted", "fell")


def confidential_study(kept: bool) -> Study:
    pack = ward_study().pack
    forms = tuple(form.model_copy(update={"site_only": kept and form.form == "UNS"}) for form in pack.forms)
    return Study(Pack.model_validate(pack.model_copy(update={"forms": forms}).model_dump(by_alias=True)))


CANARY = "Mrs Haddad"


@pytest.mark.req("REQ-808")
@pytest.mark.parametrize("kept", [True, False])
def test_what_is_asked_and_signed_about_what_stays_stays_too(kept: bool) -> None:
    """Its twin is the same study without the mark: then the same words leave, so this can fail."""
    clinic = Clinic(confidential_study(kept))
    visit = clinic.start(clinic.enrol(), "V_UNS", "2025-01-05")
    form = Ward.form(clinic, "UNS", visit)  # type: ignore[arg-type]
    clinic.enter(form, WHY="because")
    tell(clinic, asked(form, "WHY", f"Is it {CANARY}?"))
    tell(clinic, QueryAnswered(subject=form.subject, query="q1", text=f"It is {CANARY}"))
    signed = {"signature": "g", "of": "form", "meaning": CANARY, "statement": CANARY, "language": "en"}
    proof = dict.fromkeys(("content", "signed_at", "after", "public", "signed"), "0")
    tell(clinic, Signed.model_validate({**form._asdict(), **signed, **proof}))
    said = " ".join(str(cell) for row in rows(clinic) for cell in row.values())
    assert (CANARY in said) is not kept
    assert ("site only" in said) is kept
