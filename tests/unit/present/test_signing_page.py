"""The Signing page's numbers against SQL of their own, and how a signature shows wherever somebody reads."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.signature_sheet import signatures_sheet
from crfapp.ledger.changes import Put
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import TABLES, QueryRow
from crfapp.present.form_page import FormPage
from crfapp.present.manifestation import shown_at
from crfapp.present.signing_page import SigningPage
from tests.support.signing_ward import HADDAD, MANAGER, MONITOR, SigningWard
from tests.support.site_of import site_data, workplace

if TYPE_CHECKING:
    from collections.abc import Callable

LAST = """
    WITH last AS (
        SELECT *, row_number() OVER (
            PARTITION BY subject, visit, visit_n, form, form_n, meaning ORDER BY at DESC, seq DESC) AS n
        FROM signature WHERE subject <> '')
"""
SAME = "s.subject = f.subject AND s.visit = f.visit AND s.form = f.form AND s.form_n = f.form_n"
NUMBERS = {
    "unsigned": f"""
        SELECT (SELECT count(*) FROM form f WHERE f.form IN ('DM', 'AE') AND NOT EXISTS (
                    SELECT 1 FROM signature s WHERE s.meaning = 'REVIEWED' AND {SAME}))
             + (SELECT count(DISTINCT subject) FROM visit WHERE visit = 'V_A' AND status = 'started'
                    AND subject NOT IN (SELECT subject FROM signature WHERE meaning = 'CASEBOOK'))""",  # noqa: S608
    "outdated": f"{LAST} SELECT count(*) FROM last WHERE n = 1 AND state = 'outdated'",  # noqa: S608
    "late": f"""{LAST}
        SELECT (SELECT count(*) FROM form f LEFT JOIN visit v
                    ON v.subject = f.subject AND v.visit = f.visit AND v.visit_n = f.visit_n
                WHERE f.form IN ('DM', 'AE')
                  AND julianday(?) - julianday(coalesce(v.date, substr(f.changed, 1, 10))) > 14
                  AND NOT EXISTS (SELECT 1 FROM last s WHERE s.n = 1 AND s.state = 'valid' AND {SAME}))
             + (SELECT count(*) FROM visit v WHERE v.visit = 'V_A' AND v.status = 'started'
                  AND julianday(?) - julianday(v.date) > 14
                  AND NOT EXISTS (SELECT 1 FROM last s WHERE s.n = 1 AND s.state = 'valid'
                                  AND s.meaning = 'CASEBOOK' AND s.subject = v.subject))""",  # noqa: S608
    "queries": """
        SELECT (SELECT count(*) FROM finding WHERE level = 'Q' AND state = 'open')
             + (SELECT count(*) FROM query WHERE state <> 'closed')""",
}


def as_sql(ward: SigningWard) -> sqlite3.Connection:
    """The tables of the ward in a database of nobody's."""
    db = sqlite3.connect(":memory:")
    for table, spec in TABLES.items():
        columns = [f'"{name}"' for name in table._fields]
        db.execute(f"CREATE TABLE {spec.name} ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        rows = ward.ledger.tables.rows[table].values()
        db.executemany(f"INSERT INTO {spec.name} VALUES ({marks})", list(rows))  # noqa: S608
    return db


def numbers(ward: SigningWard) -> tuple[dict[str, int], dict[str, int]]:
    """What the page says, and what SQL says."""
    view = SigningPage(workplace(ward, actor=HADDAD)).view()
    db, today = as_sql(ward), ward.desk.today.isoformat()
    by_sql = {
        name: db.execute(text, (today,) * text.count("?")).fetchone()[0] for name, text in NUMBERS.items()
    }
    return {tile.key: tile.number for tile in view.tiles}, by_sql


@pytest.mark.req("REQ-610", "REQ-306")
def test_the_numbers_of_the_review_are_those_of_independent_sql() -> None:
    ward = SigningWard()
    steps: list[Callable[[], object]] = [
        lambda: ward.fill(),
        lambda: ward.sign(Scope(*ward.dm), "REVIEWED"),
        lambda: ward.sign(Scope(ward.subject), "CASEBOOK"),
        lambda: ward.enter(ward.dm, W="62", AGE="80", reason="weighed again"),
        lambda: ward.enter(FormKey(*ward.start(ward.enrol(), "V_SCR", "2025-01-09"), "DM", 1), SEX="M"),
        lambda: ward.clock.later(days=16),
        lambda: ward.ledger.tables.apply(
            [Put(QueryRow("q1", *ward.dm, "", "W", "answered", "weber", "monitor", "", "", "ws", 1))]
        ),
        lambda: ward.enter(ward.dm, AGE="30", reason="misread"),
        lambda: ward.ledger.tables.apply(
            [Put(QueryRow("q1", *ward.dm, "", "W", "closed", "weber", "monitor", "", "", "ws", 1))]
        ),
        lambda: ward.sign(Scope(*ward.dm), "REVIEWED"),
        lambda: ward.clock.later(days=16),
    ]
    seen = set()
    for step in steps:
        step()
        shown, by_sql = numbers(ward)
        assert shown == by_sql
        seen |= {name for name, number in shown.items() if number}
    assert seen == set(NUMBERS), "every number was tried with something in it"


# ---- how it shows


@pytest.fixture
def signed() -> SigningWard:
    """A casebook that was signed, and changed."""
    ward = SigningWard()
    ward.fill()
    ward.sign(Scope(*ward.dm), "REVIEWED")
    ward.sign(Scope(ward.subject), "CASEBOOK")
    return ward


@pytest.mark.req("REQ-301")
def test_name_role_local_time_with_zone_and_meaning_stand_wherever_somebody_reads(
    signed: SigningWard,
) -> None:
    """On the head of the form, in the field of the signature, on paper, in the workbook."""
    at = workplace(signed, actor=HADDAD)
    form = signed.form("SIGN", signed.last)
    page = FormPage(at, form)
    state = next(page.state(cell) for cell in at.desk.forms.get(form).cells() if cell.item == "SIG")
    on_paper = shown_at(at, form)
    assert on_paper is not None
    sheet = signatures_sheet(site_data(signed))
    names = [column.name for column in sheet.columns]
    in_workbook = [dict(zip(names, map(str, row), strict=True)) for row in sheet.rows()][-1]
    workbook = " ".join(in_workbook[name] for name in ("BY", "ROLE", "AT", "ZONE", "MEANINGTXT"))
    for text in (page.head().signed, state.text, on_paper.sentence, workbook):
        for part in (
            "Dr Omar Haddad",
            "investigator",
            "2025-01-05",
            "09:10",
            "Asia/Amman",
            "Casebook approved",
        ):
            assert part in text, (part, text)
    assert in_workbook["STATEMENT"] == "I approve the casebook."


@pytest.mark.req("REQ-305", "REQ-301")
def test_an_outdated_casebook_says_so_on_its_form_and_in_the_workbook(signed: SigningWard) -> None:
    form = signed.form("SIGN", signed.last)
    page = FormPage(workplace(signed, actor=HADDAD), form)
    assert (page.head().signature_icon, page.head().signature_tone) == ("signed", "ok")
    signed.enter(signed.dm, W="62", reason="weighed again")
    head = page.head()
    assert (head.signature, head.signature_icon, head.signature_tone) == (
        "signed, outdated",
        "outdated",
        "warn",
    )
    assert "an answer changed" in head.signed
    sheet = signatures_sheet(site_data(signed))
    names = [column.name for column in sheet.columns]
    rows = [dict(zip(names, row, strict=True)) for row in sheet.rows()]
    assert [(row["OF"], row["STATE"], row["BECAUSE"]) for row in rows] == [
        ("form", "outdated", "an answer changed"),
        ("casebook", "outdated", "an answer changed"),
    ]


@pytest.mark.req("REQ-607", "REQ-511")
def test_a_held_form_is_read_only_and_says_who_holds_it(signed: SigningWard) -> None:
    nurse, manager = workplace(signed), workplace(signed, actor=MANAGER)
    monitor = workplace(signed, actor=MONITOR)
    page = FormPage(nurse, signed.dm)
    assert [act.key for act in page.head().acts] == []
    offered = [act.key for act in FormPage(monitor, signed.dm).head().acts]
    assert offered == ["freeze:form", "freeze:visit", "freeze:casebook"]
    refused = FormPage(manager, signed.dm).hold("lock:form").refusal
    assert refused is not None
    assert "critical answers are not verified" in refused.text
    assert FormPage(monitor, signed.dm).hold("freeze:form", "interim look").refusal is None
    head = page.head()
    assert (head.held, "Greta Weber" in head.holding, "interim look" in head.holding) == (
        "frozen",
        True,
        True,
    )
    signed.verify(signed.dm, "W")
    assert FormPage(manager, signed.dm).hold("lock:form").refusal is None
    assert page.head().held == "locked"
    assert FormPage(manager, signed.dm).hold("ask:form", "a value is wrong").refusal is None
    investigator = FormPage(workplace(signed, actor=HADDAD), signed.dm)
    assert [act.key for act in investigator.head().acts] == ["agree:form", "decline:form"]
    assert investigator.hold("agree:form").refusal is None
    assert page.head().held == ""
