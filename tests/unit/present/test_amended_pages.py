"""Every page of an amended study: what was dropped is told, what came later is not asked of old forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.state import FormRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.board import Board
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.event_words import EventWords
from crfapp.present.inspecting import inspect_cell
from crfapp.present.monitoring_board import MonitoringBoard
from crfapp.present.palette import WorkplacePlaces
from crfapp.present.queries_page import QueriesPage
from crfapp.present.reconsent import RECONSENT
from crfapp.present.signing_page import SigningPage
from crfapp.present.subjects_page import SubjectsPage
from crfapp.present.texts import ISOLATES
from crfapp.work.roles import Actor, Role
from tests.support.amended import Amended, form_of, newer, visit_of
from tests.support.signing_ward import HADDAD, SigningWard
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from crfapp.present.casebook_view import VisitEntry

MONITOR = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")


def amend(pack: dict[str, Any]) -> None:
    """Screening goes with its form, a question comes, one goes; screening's form is signed no more."""
    pack["head"]["visits"] = [one for one in pack["head"]["visits"] if one["visit"] != "V_SCR"]
    visit_of(pack, "V_A")["forms"].append({"form": "DM"})
    visit_of(pack, "V_A")["baseline"] = True
    items = form_of(pack, "DM")["sections"][0]["items"]
    items[:] = [item for item in items if item["item"] != "LEN"]
    items.append({"item": "SMOKE", "ask": "Smoker", "type": "yesno", "required": True})
    pack["head"]["signing"][0]["forms"] = ["AE"]


@pytest.fixture
def ward() -> SigningWard:
    made = SigningWard()
    made.enter(made.dm, SEX="M", W="61.5", LEN="12")
    made.complete(made.dm)
    made.sign(Scope(*made.dm), "REVIEWED")
    made.enrol()
    Amended(made).put_in_force(newer(made.desk.study, "2", amend), consent=True)
    return made


def visits(ward: SigningWard, subject: str) -> dict[str, VisitEntry]:
    page = CasebookPage(workplace(ward))
    page.open(subject)
    return {entry.visit: entry for entry in page.visits()}


@pytest.mark.req("REQ-702")
def test_a_casebook_keeps_the_visit_that_was_dropped_and_says_in_which_version_a_form_is(
    ward: SigningWard,
) -> None:
    at = workplace(ward)
    old = visits(ward, ward.subject)
    assert {"V_SCR", "V_A"} <= set(old)
    assert [form.key.form for form in old["V_SCR"].forms] == ["SV", "DM"]
    assert "DM" not in [form.key.form for form in old["V_A"].forms], "not agreed to yet"
    head = CasebookPage(at).form(ward.dm).head()
    assert head.version.translate(ISOLATES) == "version 1 of the study"
    assert "Smoker" in head.later
    assert head.signature, "the plan of its own version still shows it"
    newcomer = visits(ward, ward.enrol())
    assert "V_SCR" not in newcomer
    assert "DM" in [form.key.form for form in newcomer["V_A"].forms]


@pytest.mark.req("REQ-701")
def test_a_nurse_notes_in_the_casebook_that_a_subject_consented_again(ward: SigningWard) -> None:
    at = workplace(ward)
    acts = CasebookPage(at).form(ward.dm).acts
    assert RECONSENT in dict(acts.offers())
    assert "version 2" in acts.question(RECONSENT)[0].translate(ISOLATES)
    assert acts.decide(RECONSENT, "some day").refusal is not None
    assert acts.decide(RECONSENT, "5 Jan 2025").refusal is None
    assert RECONSENT not in dict(acts.offers())
    assert "DM" in [form.key.form for form in visits(ward, ward.subject)["V_A"].forms]


@pytest.mark.req("REQ-702")
def test_every_page_tells_what_was_dropped(ward: SigningWard) -> None:
    at = workplace(ward)
    board = Board(at)
    for row in board.subjects():
        assert board.standing(row).visits
    grid = SubjectsPage(at, board)
    for number in range(grid.count()):
        assert grid.row(number)
        for column, _ in enumerate(grid.columns()):
            assert grid.spoken(number, column) is not None
            grid.detail(number, column)
    words = EventWords(at)
    assert all(words.kind(record.event.kind) for record in ward.records())
    for form in ward.ledger.tables.find(FormRow):
        for cell in list(ward.desk.forms.get(form.key).cells()):
            assert inspect_cell(at, form.key, cell, cell.item, ())
    assert "LEN" in [cell.item for cell in ward.desk.forms.get(ward.dm).cells()]
    assert QueriesPage(at).view()
    assert SigningPage(workplace(ward, actor=HADDAD)).view()
    monitoring = MonitoringBoard(workplace(ward, actor=MONITOR))
    [first] = [row for row in ward.ledger.tables.find(SubjectRow) if row.subject == ward.subject]
    assert monitoring.compared(first).forms
    place = Address("casebook", ward.subject, "V_SCR", 1, "DM", 1)
    assert any("Len" in hit.title for hit in WorkplacePlaces(at).items(place))
    assert Cell("", "SMOKE") not in list(ward.desk.forms.get(FormKey(*ward.dm)).cells())
