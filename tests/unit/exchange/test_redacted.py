"""What was taken away reads as redacted, on the form, in the history and in everything that leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.dataset import sheets_of
from crfapp.form.graph import Cell
from crfapp.ledger.state import RedactionRow
from crfapp.present.form_page import FormPage
from crfapp.work.redaction import ApproveRedaction
from crfapp.work.roles import Actor, Role
from tests.support.examples.redaction import NAME, asked
from tests.support.site_of import site_data, workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Sheet

KHALIL = Actor("khalil", "Dr Khalil", Role.INVESTIGATOR, "Cell Therapy Center")


@pytest.fixture
def ward() -> Ward:
    """A name was typed and corrected, then typed once more; it still stands."""
    made = Ward()
    command = asked(made)
    made.enter(made.dm, CB="pill", reason=f"not {NAME}")
    made.enter(made.dm, CB=f"{NAME} again", reason="misread")
    made.send(command)
    return made


def agree(ward: Ward) -> None:
    wish = ward.ledger.tables.find(RedactionRow)[0].wish
    ward.bus.send(ApproveRedaction(wish=wish, reason="it is a name"), KHALIL)


def cells(sheet: Sheet) -> list[str]:
    return [str(cell) for row in sheet.rows() for cell in row]


def column(sheet: Sheet, name: str) -> list[object]:
    place = [one.name for one in sheet.columns].index(name)
    return [row[place] for row in sheet.rows()]


@pytest.mark.req("REQ-108", "REQ-115")
def test_no_sheet_of_a_new_workbook_holds_it_and_its_places_say_so(ward: Ward) -> None:
    before = {sheet.name: cells(sheet) for sheet in sheets_of(site_data(ward))}
    assert any(NAME in cell for cell in before["DM"])
    assert any(NAME in cell for cell in before["Audit"])
    agree(ward)
    after = {sheet.name: sheet for sheet in sheets_of(site_data(ward))}
    assert not any(NAME in cell for sheet in after.values() for cell in cells(sheet))
    assert "redacted" in column(after["DM"], "CB")
    new = column(after["Audit"], "NEW")
    assert new.count("redacted") == 2
    assert "pill" in new
    old = column(after["Audit"], "OLD")
    assert "redacted" in old
    assert "reason" in column(after["Audit"], "REDACTED")


@pytest.mark.req("REQ-108")
def test_the_question_and_its_history_read_redacted_not_empty(ward: Ward) -> None:
    page = FormPage(workplace(ward), ward.dm)
    assert page.state(Cell("", "CB")).text == f"{NAME} again"
    agree(ward)
    page = FormPage(workplace(ward), ward.dm)
    state = page.state(Cell("", "CB"))
    assert (state.text, state.missing) == ("", "redacted")
    assert page.state(Cell("", "W")).missing == ""  # never answered
    history = page.inspect(Cell("", "CB")).history
    assert not any(NAME in str(line) for line in history)
    assert sum("redacted" in str(line) for line in history) >= 2
    patch = page.leave(Cell("", "CB"), "condom", "what was meant")
    assert patch.refusal is None
    assert page.state(Cell("", "CB")).text == "condom"
