"""What a site's workbook holds: everything that may leave, typed, in its place; and nothing that stays."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.confidential import Confidential
from crfapp.exchange.dataset import sheets_of
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FormRowRow, ItemRow, SubjectRow
from crfapp.study.study import Study
from crfapp.study.types import Kind
from crfapp.work.entry import RecordAnswer
from crfapp.work.moving import MoveForm
from crfapp.work.people import NoteRefusal
from crfapp.work.row_work import VoidRow
from crfapp.work.transcribing import NoteTranscription
from tests.support.clinic import Clinic
from tests.support.examples.whole_forms import agreed
from tests.support.playing import shipped_study
from tests.support.site_of import example_site, site_data
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData

Row = dict[str, "Cell"]
CANARY = "قاسم Canary-4711"


def rows_of(data: SiteData, name: str) -> list[Row]:
    sheet = next(sheet for sheet in sheets_of(data) if sheet.name == name)
    return [dict(zip([c.name for c in sheet.columns], row, strict=True)) for row in sheet.rows()]


def flagship_clinic() -> Clinic:
    return Clinic(shipped_study("nct06813027"))


def vital_signs(clinic: Clinic) -> FormKey:
    visit = clinic.start(clinic.enrol(), "V_SCR")
    key = FormKey(*visit, "VS", 1)
    clinic.enter(key, VSPERF="Y")
    return key


def everything(data: SiteData) -> str:
    told = [repr((s.name, s.title, s.columns, [tuple(row) for row in s.rows()])) for s in sheets_of(data)]
    return "\n".join(told)


def test_sheets_stand_in_the_order_of_the_pack_whatever_was_entered() -> None:
    empty, full = site_data(flagship_clinic()), site_data(example_site())
    shape = [(sheet.name, sheet.columns) for sheet in sheets_of(full)]
    assert shape == [(sheet.name, sheet.columns) for sheet in sheets_of(empty)]
    names = [name for name, _ in shape]
    forms = [form.form for form in full.study.pack.forms if not form.site_only]
    assert names[:4] == ["Cover", "Subjects", "Visits", "Forms"]
    assert names[4:-10] == forms
    assert names[-10:] == [
        "Queries",
        "SDV",
        "Signatures",
        "Audit",
        "Photographs",
        "Outlines",
        "Readings",
        "Agreement",
        "Dictionary",
        "Codelists",
    ]


def test_every_row_is_as_wide_as_its_header_and_no_column_is_named_twice() -> None:
    for sheet in sheets_of(site_data(example_site(), "ar")):
        names = [column.name for column in sheet.columns]
        assert len(set(names)) == len(names), sheet.name
        assert all(len(row) == len(names) for row in sheet.rows()), sheet.name


def test_sheets_say_the_same_each_time_they_are_read() -> None:
    data = site_data(example_site())
    assert everything(data) == everything(data)


@pytest.mark.req("REQ-809")
def test_every_answer_in_force_stands_once_in_its_form() -> None:
    data = site_data(example_site())
    wanted: dict[tuple[str, str], int] = {}
    for row in data.desk.tables.find(ItemRow):
        kept = data.confidential.keeps(row.form, row.item) or row.hidden == 1 or row.value is None
        if not kept and data.study.field(row.form, row.item).kind is not Kind.NOTE:
            wanted[row.form, row.item] = wanted.get((row.form, row.item), 0) + 1
    found: dict[tuple[str, str], int] = {}
    for form in data.study.pack.forms:
        if form.site_only:
            continue
        for cells in rows_of(data, form.form):
            for item in data.study.items(form.form):
                name = f"{form.form}.{item}" if item in ("VISDAT", "SUBJID") else item
                if cells.get(name) is not None:
                    found[form.form, item] = found.get((form.form, item), 0) + 1
    assert len(wanted) > 150
    assert found == wanted


def test_numbers_dates_and_codes_are_typed_cells_with_their_decodes() -> None:
    clinic = flagship_clinic()
    key = vital_signs(clinic)
    clinic.enter(key, VSTIM="09:35", TEMP_VSORRES="36.60", PULSE_VSORRES="72")
    [row] = rows_of(site_data(clinic, "de"), "VS")
    assert (row["SITE"], row["SUBJID"], row["VISIT"], row["VISDAT"]) == (
        "JO01",
        "JO01-001",
        "V_SCR",
        date(2025, 1, 5),
    )
    assert (row["VSPERF"], row["VSPERF_DECODE"]) == ("Y", "Ja")
    assert row["PULSE_VSORRES"] == 72
    assert isinstance(row["TEMP_VSORRES"], Decimal)
    assert row["DIABP_VSORRES"] is None


def test_a_missing_code_stands_beside_the_empty_answer() -> None:
    clinic = flagship_clinic()
    key = vital_signs(clinic)
    clinic.send(RecordAnswer(key=key, item="PULSE_VSORRES", missing="ND"))
    [row] = rows_of(site_data(clinic), "VS")
    assert (row["PULSE_VSORRES"], row["PULSE_VSORRES_MISSING"]) == (None, "ND")


def test_partial_dates_stay_text_and_moments_tell_their_zone() -> None:
    data = site_data(example_site())
    areas = rows_of(data, "LESDEF")
    assert {row["LESSTDAT"] for row in areas} >= {"2016"}
    dosing = [row for row in rows_of(data, "ECEV") if isinstance(row.get("ECENDTM"), datetime)]
    assert dosing
    assert {row["ECENDTM_TZ"] for row in dosing} == {"+03:00 Asia/Amman"}


def test_what_skip_logic_hides_is_blank() -> None:
    clinic = flagship_clinic()
    key = vital_signs(clinic)
    clinic.enter(key, PULSE_VSORRES="72")
    clinic.enter(key, VSPERF="N", reason="patient refused")
    [row] = rows_of(site_data(clinic), "VS")
    assert row["VSPERF"] == "N"
    assert row["PULSE_VSORRES"] is None


@pytest.mark.req("REQ-118")
def test_rows_of_a_log_leave_with_their_labels_and_the_voided_ones_are_marked() -> None:
    clinic = flagship_clinic()
    visit = clinic.start(clinic.enrol(), "V_SCR")
    key = FormKey(*visit, "LESDEF", 1)
    first, second = clinic.add_row(key, "AREAS"), clinic.add_row(key, "AREAS")
    clinic.enter(key, first, LESROLE="TREATED")
    clinic.enter(key, second, LESROLE="CONTROL")
    clinic.send(VoidRow(key=key, section="AREAS", row=first, reason="not a lesion after all"))
    rows = {
        row["ROW"]: (row["ROWN"], row["LESROLE"], row["VOIDED"])
        for row in rows_of(site_data(clinic), "LESDEF")
    }
    assert rows == {"T01": (1, "TREATED", "Y"), "C01": (2, "CONTROL", "")}


def test_rows_taken_over_from_the_areas_carry_the_areas_labels() -> None:
    rows = [row for row in rows_of(site_data(example_site()), "LESM") if row["SUBJID"] == "JO01-003"]
    screening = [row for row in rows if row["VISIT"] == "V_SCR"]
    areas = {row["ROW"]: row["AREA_TRORRES"] for row in screening if row["ROW"]}
    assert areas == {"T01": Decimal("110.0"), "T02": Decimal("75.4"), "C01": Decimal("84.8")}
    assert (screening[0]["ROW"], screening[0]["TOTAREA"]) == ("", Decimal("270.2"))


@pytest.mark.req("REQ-808")
def test_nothing_of_a_form_that_stays_at_the_site_is_in_any_sheet() -> None:
    clinic = flagship_clinic()
    visit = clinic.start(clinic.enrol(), "V_SCR")
    keys = FormKey(*visit, "SUBJ", 1)
    clinic.enter(keys, KFULLNM=CANARY, KPHONE1=CANARY, KDOB="1913-04-02")
    clinic.enter(keys, KFULLNM=CANARY + " al", reason=f"{CANARY} corrected us")
    clinic.send(NoteRefusal(tried=CANARY))
    told = everything(site_data(clinic))
    assert "JO01-001" in told
    assert CANARY not in told
    assert "1913-04-02" not in told


@pytest.mark.req("REQ-808")
def test_the_canary_is_found_where_the_pack_does_not_keep_it() -> None:
    """The twin: under a pack that forgot ``site_only`` the same entries leave, so the test above can fail."""
    pack = shipped_study("nct06813027").pack
    forms = tuple(form.model_copy(update={"site_only": False}) for form in pack.forms)
    clinic = Clinic(Study(pack.model_copy(update={"forms": forms})))
    visit = clinic.start(clinic.enrol(), "V_SCR")
    clinic.enter(FormKey(*visit, "SUBJ", 1), KFULLNM=CANARY)
    assert CANARY in everything(site_data(clinic))


def two_dates_of_birth(*, kept: bool) -> Clinic:
    """A form that may leave has a check that says what the list of names holds; it fires."""
    pack = shipped_study("nct06813027").pack
    say = 'Known as born {text("day ", SUBJ.KDOB)}.'
    forms = tuple(
        form.model_copy(
            update={
                "site_only": form.site_only and kept,
                "checks": tuple(
                    one.model_copy(update={"say": say}) if one.check == "DM-02" else one
                    for one in form.checks
                ),
            }
        )
        for form in pack.forms
    )
    translations = {
        language: found.model_copy(update={"checks": {**found.checks, "DM-02": say}})
        for language, found in pack.translations.items()
    }
    clinic = Clinic(Study(pack.model_copy(update={"forms": forms, "translations": translations})))
    visit = clinic.start(clinic.enrol(), "V_SCR")
    clinic.enter(FormKey(*visit, "SUBJ", 1), KDOB="1913-04-02")
    clinic.enter(FormKey(*visit, "DM", 1), BRTHDAT="1990-01-05")
    return clinic


@pytest.mark.req("REQ-808")
def test_a_query_does_not_carry_out_what_its_sentence_works_out_of_an_answer_which_stays() -> None:
    told = site_data(two_dates_of_birth(kept=True))
    assert [row["TEXT"] for row in rows_of(told, "Queries") if row["CHECK"] == "DM-02"] == ["site only"]
    assert "1913-04-02" not in everything(told)


@pytest.mark.req("REQ-808")
def test_the_same_query_carries_it_where_the_pack_does_not_keep_it() -> None:
    """The twin: the sentence was made, so the test above can fail."""
    told = site_data(two_dates_of_birth(kept=False))
    said = [row["TEXT"] for row in rows_of(told, "Queries") if row["CHECK"] == "DM-02"]
    assert said == ["Known as born day 1913-04-02."]


def test_a_check_that_quotes_an_answer_which_stays_is_known() -> None:
    pack = shipped_study("nct06813027").pack
    quoting = next(check for form in pack.forms if form.form == "DM" for check in form.checks)
    said = quoting.model_copy(update={"say": "Key list says {SUBJ.KDOB}."})
    forms = tuple(
        form.model_copy(update={"checks": (said, *form.checks[1:])}) if form.form == "DM" else form
        for form in pack.forms
    )
    assert Confidential(Study(pack.model_copy(update={"forms": forms}))).keeps_sentence(said.check)
    assert not Confidential(Study(pack)).keeps_sentence("LM-01")


@pytest.mark.req("REQ-101")
def test_the_audit_trail_tells_every_event_with_what_it_replaced() -> None:
    clinic = flagship_clinic()
    key = vital_signs(clinic)
    clinic.enter(key, PULSE_VSORRES="72")
    clinic.enter(key, PULSE_VSORRES="27", reason="digits swapped")
    data = site_data(clinic)
    trail = rows_of(data, "Audit")
    assert len(trail) == len(clinic.ledger.links)
    assert sorted(row["SEQ"] for row in trail if isinstance(row["SEQ"], int)) == list(
        range(1, len(trail) + 1)
    )
    changes = [row for row in trail if row["ITEM"] == "PULSE_VSORRES" and row["KIND"] == "value-recorded"]
    assert [(row["OLD"], row["NEW"], row["TYPED"], row["REASON"]) for row in changes] == [
        (None, "72", "72", None),
        ("72", "27", "27", "digits swapped"),
    ]
    assert changes[1]["NAME"] == "Rania Haddad"
    assert changes[1]["LOCAL"] == datetime(2025, 1, 5, 9, 10)  # noqa: DTZ001 - cells know no zone


def test_findings_leave_with_their_state_and_reason() -> None:
    queries = rows_of(site_data(example_site()), "Queries")
    assert {row["KIND"] for row in queries} == {"check"}
    states = {row["STATE"] for row in queries}
    assert states <= {"open", "confirmed", "settled"}
    area = [row for row in queries if row["CHECK"] == "LM-01"]
    assert [(row["SUBJID"], row["FORM"], row["STATE"]) for row in area] == [("JO01-001", "LESM", "open")]
    assert "342.1" in str(area[0]["TEXT"])


def test_visits_tell_plan_window_and_how_they_kept_it() -> None:
    visits = rows_of(site_data(example_site()), "Visits")
    mine = {row["VISIT"]: row for row in visits if row["SUBJID"] == "JO01-003"}
    first = mine["V_INJ1"]
    assert (first["ACTUAL"], first["OFFSET"], first["STATUS"]) == (date(2025, 1, 12), 0, "started")
    assert (mine["V_SCR"]["OFFSET"], mine["V_SCR"]["TIMING"]) == (-7, "IN")
    assert (mine["V_M3"]["OPENS"], mine["V_M3"]["CLOSES"]) == (date(2025, 4, 3), date(2025, 4, 23))


def test_the_cover_counts_what_the_sheets_hold() -> None:
    clinic = example_site()
    data = site_data(clinic)
    facts = {str(row["FACT"]): row for row in rows_of(data, "Cover")}
    assert facts["Subjects enrolled"]["VALUE"] == len(clinic.ledger.tables.find(SubjectRow))
    assert facts["Version of the study pack"]["NOTE"] == data.study.hash
    assert "template" in str(facts["P.AGE_MAX"]["NOTE"])
    assert "template" not in str(facts["P.N_DOSES"]["NOTE"])


def test_dictionary_and_codes_speak_all_languages_of_the_pack() -> None:
    data = site_data(example_site())
    items = {(row["FORM"], row["ITEM"]): row for row in rows_of(data, "Dictionary")}
    pulse = items["VS", "PULSE_VSORRES"]
    assert len({pulse["LABEL_en"], pulse["LABEL_ar"], pulse["LABEL_de"]} - {None, ""}) == 3
    assert ("SUBJ", "KFULLNM") not in items
    codes = {(row["CODELIST"], row["CODE"]): row for row in rows_of(data, "Codelists")}
    assert codes["NY", "Y"]["DECODE_de"] == "Ja"


def test_a_fresh_form_row_of_another_pack_version_is_not_lost() -> None:
    clinic = flagship_clinic()
    visit = clinic.start(clinic.enrol(), "V_SCR")
    key = FormKey(*visit, "LESDEF", 1)
    row = clinic.add_row(key, "AREAS")
    clinic.enter(key, row, LESROLE="TREATED")
    clinic.ledger.tables.forget(FormRowRow)
    assert [(r["LESROLE"], r["VOIDED"]) for r in rows_of(site_data(clinic), "LESDEF")] == [("TREATED", "NA")]


@pytest.mark.req("REQ-412", "REQ-413", "REQ-118")
def test_a_moved_form_leaves_with_its_flag_its_history_and_where_it_went() -> None:
    ward = Ward()
    move = agreed(ward)
    ward.send(NoteTranscription(key=ward.dm, observer="Omar", observed="2025-01-05T08:30", reason="no power"))
    ward.send(MoveForm(move=move))
    data = site_data(ward)
    away, here = (row for row in rows_of(data, "Forms") if row["FORM"] == "DM")
    assert [away[name] for name in ("SUBJID", "STATUS", "MOVED", "OTHER_SUBJID")] == [
        "JO01-001", "moved", "TO", "JO01-002"
    ]  # fmt: skip
    assert [here[name] for name in ("SUBJID", "STATUS", "MOVED", "OTHER_SUBJID")] == [
        "JO01-002", "open", "FROM", "JO01-001"
    ]  # fmt: skip
    assert (away["PAPER"], away["OBSERVED_BY"], here["PAPER"]) == ("Y", "Omar", None)
    assert {row["AGREED_BY"] for row in (away, here)} == {"Dima Saleh"}
    empty, full = rows_of(data, "DM")
    assert (empty["SUBJID"], empty["VOIDED"], empty["W"]) == ("JO01-001", "Y", None)
    assert (full["SUBJID"], full["VOIDED"], str(full["W"])) == ("JO01-002", "", "61.5")
    old = [row["OLD"] for row in rows_of(data, "Audit") if row["ITEM"] == "W" and row["SUBJID"] == "JO01-001"]
    assert "61.5" in old
