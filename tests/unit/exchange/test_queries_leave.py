"""What people asked and answered, in the workbook: whole where it may leave, and nothing of what stays."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from crfapp.exchange import query_threads
from crfapp.exchange.dataset import sheets_of
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import QueryRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.queries import AnswerQuery, CloseQuery, RaiseQuery, ReopenQuery
from crfapp.work.roles import Actor, Role
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study
from tests.support.site_of import site_data

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Cell
    from crfapp.exchange.site_data import SiteData

WEBER = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
CANARY = "Canary-4711"


def rows_of(data: SiteData, name: str) -> list[dict[str, Cell]]:
    sheet = next(sheet for sheet in sheets_of(data) if sheet.name == name)
    return [dict(zip([c.name for c in sheet.columns], row, strict=True)) for row in sheet.rows()]


def everything(data: SiteData) -> str:
    return "\n".join(repr((s.name, [tuple(row) for row in s.rows()])) for s in sheets_of(data))


def screened() -> tuple[Clinic, FormKey]:
    clinic = Clinic(shipped_study("nct06813027"))
    visit = clinic.start(clinic.enrol(), "V_SCR")
    key = FormKey(*visit, "DM", 1)
    clinic.enter(key, BRTHDAT="1995-06-18", SEX="F")
    return clinic, key


def newest(clinic: Clinic) -> str:
    return max(clinic.ledger.tables.find(QueryRow), key=lambda row: row.seq).query


@pytest.mark.req("REQ-601")
def test_a_thread_leaves_with_who_asked_answered_and_closed_and_how_long_it_took() -> None:
    clinic, key = screened()
    clinic.bus.send(RaiseQuery(scope=Scope(*key), item="BRTHDAT", text="=The source says 16 June"), WEBER)
    query = newest(clinic)
    clinic.clock.later(days=2)
    correct = {"key": key, "item": "BRTHDAT", "typed": "1995-06-19", "reason": "misread"}
    clinic.send(RecordAnswer(**correct, query=query))  # type: ignore[arg-type]
    clinic.bus.send(ReopenQuery(query=query, text="It says the 16th"), WEBER)
    clinic.clock.later(days=1)
    clinic.send(AnswerQuery(query=query, text="Looked at again, corrected"))
    clinic.clock.later(hours=1)
    clinic.bus.send(CloseQuery(query=query, text="Thank you"), WEBER)
    clinic.bus.send(RaiseQuery(scope=Scope(key.subject), text="Where is the consent kept?"), WEBER)
    clinic.clock.later(days=30)
    asked = [row for row in rows_of(site_data(clinic), "Queries") if row["KIND"] == "person"]
    closed = next(row for row in asked if row["QUERY"] == query)
    assert (closed["SUBJID"], closed["VISIT"], closed["FORM"], closed["ITEM"]) == (
        "JO01-001", "V_SCR", "DM", "BRTHDAT",
    )  # fmt: skip
    assert (closed["TEXT"], closed["STATE"]) == ("=The source says 16 June", "closed")
    assert (closed["RAISED_BY"], closed["RAISED_ROLE"]) == ("Greta Weber", "monitor")
    assert closed["RAISED_AT"] == datetime(2025, 1, 5, 9, 10)  # noqa: DTZ001 - cells know no zone
    assert (closed["ANSWER"], closed["ANSWERED_BY"]) == ("Looked at again, corrected", "Rania Haddad")
    assert (closed["ASKED_AGAIN"], closed["CLOSING"]) == ("It says the 16th", "Thank you")
    assert (closed["CLOSED_BY"], closed["AGE_DAYS"]) == ("Greta Weber", 3)
    waiting = next(row for row in asked if row["QUERY"] != query)
    assert [waiting[name] for name in ("VISIT", "FORM", "ANSWER", "CLOSED_AT")] == [None] * 4
    assert (waiting["STATE"], waiting["AGE_DAYS"]) == ("open", 30)


@pytest.mark.req("REQ-601", "REQ-103")
def test_the_audit_sheet_tells_every_word_of_a_thread_once_and_where() -> None:
    clinic, key = screened()
    clinic.bus.send(RaiseQuery(scope=Scope(*key), item="BRTHDAT", text="The source says 16 June"), WEBER)
    clinic.send(AnswerQuery(query=newest(clinic), text="It is right"))
    trail = rows_of(site_data(clinic), "Audit")
    assert len(trail) == len(clinic.ledger.links)
    asked = [row for row in trail if str(row["KIND"]).startswith("query")]
    assert [(row["WHAT"], row["NAME"], row["SUBJID"]) for row in asked] == [
        ("Query raised", "Greta Weber", "JO01-001"),
        ("Query answered", "Rania Haddad", "JO01-001"),
    ]
    assert (asked[0]["VISIT"], asked[0]["FORM"], asked[0]["ITEM"]) == ("V_SCR", "DM", "BRTHDAT")
    assert "The source says 16 June" in str(asked[0]["DETAIL"])


def about_the_key_list() -> SiteData:
    """A site where a name that stays at the site is asked about, and named in question and answer."""
    clinic, key = screened()
    subj = FormKey(key.subject, key.visit, key.visit_n, "SUBJ", 1)
    clinic.enter(subj, KFULLNM="قاسم")
    about = RaiseQuery(scope=Scope(*subj), item="KFULLNM", text=f"Is it {CANARY}?")
    clinic.bus.send(about, WEBER)
    told = {"key": subj, "item": "KFULLNM", "typed": CANARY, "reason": f"yes, {CANARY}"}
    clinic.send(RecordAnswer(**told, query=newest(clinic)))  # type: ignore[arg-type]
    clinic.bus.send(ReopenQuery(query=newest(clinic), text=f"Not {CANARY}-2?"), WEBER)
    clinic.send(AnswerQuery(query=newest(clinic), text=f"No, {CANARY}"))
    clinic.bus.send(CloseQuery(query=newest(clinic), text=f"{CANARY} it is"), WEBER)
    return site_data(clinic)


@pytest.mark.req("REQ-808", "REQ-601")
def test_no_word_about_an_answer_that_stays_leaves_with_a_query() -> None:
    data = about_the_key_list()
    assert CANARY not in everything(data)
    assert not [row for row in rows_of(data, "Queries") if row["KIND"] == "person"]
    trail = [row for row in rows_of(data, "Audit") if str(row["KIND"]).startswith("query")]
    assert len(trail) == 5  # that something was said stands in the trail; what was said does not
    facts = {row["FACT"]: row["VALUE"] for row in rows_of(data, "Cover")}
    assert facts["Queries of people, open or answered"] == 0


@pytest.mark.req("REQ-808")
def test_the_same_words_would_leave_without_that_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the words were there to be found."""
    monkeypatch.setattr(query_threads, "stays_asked", lambda _data, _row: False)
    assert CANARY in everything(about_the_key_list())
