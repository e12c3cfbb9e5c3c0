"""Qualification of the operation: what fails is said, the others go on, and nothing real is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code
from crfapp.qualify import on_records, operation
from crfapp.qualify.checks import Check, Tried, refused
from crfapp.qualify.operation import CHECKS, operation_findings
from crfapp.qualify.saving import save_until_killed
from crfapp.qualify.untouched import Untouched
from tests.conftest import known_requirements
from tests.support.quick_site import QuickSite

if TYPE_CHECKING:
    from pathlib import Path

BY_ID = {check.id: check for check in CHECKS}


@pytest.mark.req("REQ-711")
@pytest.mark.parametrize(
    "check", ["reasons", "chain", "rights", "passwords", "encrypted", "signature", "older"]
)
def test_what_the_program_promises_holds_on_a_made_up_site(check: str) -> None:
    """The others, which take longer, run in the built program: tests/interop."""
    [line] = operation_findings([BY_ID[check]])
    assert (line.result, line.seen) == ("pass", line.expected)
    assert len(line.evidence) == 64


@pytest.mark.req("REQ-711")
def test_every_check_shows_a_requirement_that_there_is() -> None:
    assert {check.requirement for check in CHECKS} <= known_requirements()
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    asked = {
        "killed",
        "full",
        "chain",
        "file",
        "rights",
        "signature",
        "workbook",
        "backup",
        "merge",
        "package",
    }
    assert asked <= set(BY_ID)


@pytest.mark.req("REQ-711")
def test_a_program_that_does_not_see_a_changed_event_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the same check on a chain that nobody looks at."""
    monkeypatch.setattr(on_records, "first_break", lambda _links: None)
    [line] = operation_findings([BY_ID["chain"]])
    assert line.result == "fail"


def test_a_check_that_breaks_off_has_failed_and_the_next_one_runs() -> None:
    def breaks_off(_folder: Path) -> Tried:
        raise ZeroDivisionError("of a machine")

    broken = Check("broken", "REQ-101", "It breaks off", breaks_off)
    good = Check("good", "REQ-101", "It is good", lambda _folder: Tried("well", "well"))
    assert [line.result for line in operation_findings([broken, good])] == ["fail", "pass"]


@pytest.mark.req("REQ-711")
def test_the_real_records_are_byte_for_byte_what_they_were(tmp_path: Path) -> None:
    site = QuickSite(tmp_path / "site")
    untouched = Untouched(site.folder)
    list(operation_findings([BY_ID["reasons"]]))
    [line] = untouched.findings()
    assert (line.result, line.expected) == ("pass", line.seen)
    with site.open():
        pass  # the twin: it is enough to have opened them
    (site.folder / "ledger.db").write_bytes(b"x" + (site.folder / "ledger.db").read_bytes()[1:])
    [line] = untouched.findings()
    assert line.result == "fail"


@pytest.mark.req("REQ-711")
def test_the_process_that_is_killed_cannot_be_pointed_at_a_real_site(tmp_path: Path) -> None:
    site = QuickSite(tmp_path / "site")
    before = (site.folder / "ledger.db").read_bytes()
    assert refused(lambda: save_until_killed(site.folder, 0)) == Code.SITE_EXISTS
    assert (site.folder / "ledger.db").read_bytes() == before


def test_what_the_machine_notes_of_made_up_sites_goes_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "state"))
    list(operation.operation_findings([BY_ID["reasons"]]))
    assert not (tmp_path / "state").exists()
