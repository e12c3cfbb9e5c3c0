"""The ODM document against CDISC's public schema, and read by a reader that is not ours.

Schema and reader are odmlib's (MIT; the schema files in it are CDISC's ODM 1.3.2, given away freely with the
standard), so no copy of either lies here.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import odmlib
import pytest
import xmlschema
from odmlib import loader, odm_loader

from crfapp.exchange.odm.document import write_odm
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import ItemRow, SubjectRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.queries import RaiseQuery
from crfapp.work.roles import Actor, Role
from tests.support.site_of import example_site, site_data
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.exchange.site_data import SiteData

SCHEMA = Path(odmlib.__file__).parent / "schemas" / "odm" / "1.3.2" / "ODM1-3-2.xsd"


def written(data: SiteData, folder: Path) -> Path:
    document = BytesIO()
    write_odm(data, document)
    (folder / "site.odm.xml").write_bytes(document.getvalue())
    return folder / "site.odm.xml"


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMA))


def read(path: Path) -> dict[tuple[str, ...], tuple[str | None, str | None]]:
    """Every answer and its reason that odmlib finds, by where it stands."""
    reader = loader.ODMLoader(odm_loader.XMLODMLoader())
    reader.open_odm_document(str(path))
    return {
        (subject.SubjectKey, event.StudyEventOID, event.StudyEventRepeatKey, form.FormOID, form.FormRepeatKey,
         group.ItemGroupRepeatKey, item.ItemOID): (item.Value, str(item.AuditRecord.DateTimeStamp))
        for subject in reader.load_odm().ClinicalData[0].SubjectData
        for event in subject.StudyEventData
        for form in event.FormData
        for group in form.ItemGroupData
        for item in group.ItemData
    }  # fmt: skip


@pytest.mark.req("REQ-911", "REQ-910")
def test_the_flagships_site_is_valid_and_another_reader_finds_every_answer(
    schema: xmlschema.XMLSchema, tmp_path: Path
) -> None:
    clinic = example_site()
    data = site_data(clinic)
    path = written(data, tmp_path)
    schema.validate(str(path))
    found = read(path)
    numbers = {row.subject: row.number for row in clinic.ledger.tables.find(SubjectRow)}
    expected = {
        (numbers[row.subject], f"SE.{row.visit}", str(row.visit_n), f"F.{row.form}", str(row.form_n),
         row.row or "1", f"I.{row.form}.{row.item}"): row
        for row in clinic.ledger.tables.find(ItemRow)
        if row.hidden != 1 and not data.confidential.keeps(row.form, row.item)
    }  # fmt: skip
    assert found.keys() == expected.keys()
    told = {place: value for place, (value, _) in found.items()}
    plain = {place: row for place, row in expected.items() if "[" not in (row.value or "")}
    assert {place: told[place] for place in plain} == {place: row.value for place, row in plain.items()}
    moments = {place: row.value for place, row in expected.items() if place not in plain}
    assert all(
        told[place] and str(value).startswith(str(told[place])[:16]) for place, value in moments.items()
    )
    assert all(when for _, when in found.values())


@pytest.mark.req("REQ-809")
def test_whatever_can_be_typed_comes_back_as_it_was_and_a_missing_answer_with_its_reason(
    schema: xmlschema.XMLSchema, tmp_path: Path
) -> None:
    ward = Ward()
    unplanned = ward.start(ward.subject, "V_UNS", "2025-01-06")
    hostile = {1: "=1+1", 2: "0012", 3: '<b>&"quoted"', 4: "سطر", 5: "1/2", 6: "@a,\u00a0b - c"}
    for n, text in hostile.items():
        key = FormKey(*unplanned._replace(visit_n=n), "UNS", 1)
        if n > 1:
            ward.start(ward.subject, "V_UNS", "2025-01-06", n)
        ward.enter(key, WHY=text)
    ward.enter(ward.dm, SEX="M", W="61.5")
    ward.enter(ward.dm, reason="read again", W="62.5")
    ward.send(RecordAnswer(key=ward.dm, item="H", missing="UNK"))
    asked = RaiseQuery(scope=Scope(*ward.dm), item="W", text="Is <this> right?")
    ward.bus.send(asked, Actor("weber", "Greta Weber", Role.MONITOR, "CRO"))
    path = written(site_data(ward), tmp_path)
    schema.validate(str(path))
    found = {place[-1] + place[2]: value for place, (value, _) in read(path).items()}
    kept = {
        f"I.UNS.WHY{n}": ward.value(FormKey(*unplanned._replace(visit_n=n), "UNS", 1), "WHY") for n in hostile
    }
    assert {place: found[place] for place in kept} == kept
    assert found["I.DM.W1"] == "62.5"
    text = path.read_text(encoding="utf-8")
    assert "<ReasonForChange>read again</ReasonForChange>" in text
    assert '<FlagValue CodeListOID="CL.NULLF">UNK</FlagValue>' in text
    assert 'SponsorOrSite="Sponsor">' in text
    assert "raised: Is &lt;this&gt; right?" in text


@pytest.mark.req("REQ-808")
def test_nothing_of_what_stays_at_the_site_is_in_the_document(tmp_path: Path) -> None:
    clinic = example_site()
    text = written(site_data(clinic), tmp_path).read_text(encoding="utf-8")
    names = [row.value for row in clinic.ledger.tables.find(ItemRow, item="KFULLNM") if row.value]
    assert names
    assert not any(name in text for name in names)
    assert '"F.SUBJ"' not in text
    assert '"I.SUBJ.' not in text
