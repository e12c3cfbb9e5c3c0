"""Handing a workbook over, as far as the page decides about it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.site_data import Snapshot
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.events import ExportFailed, WorkbookExported
from crfapp.present.exchange_page import ExchangePage
from crfapp.present.export_history import short_hash
from crfapp.work.roles import Actor, Role
from tests.support.clinic import Clinic
from tests.support.here_and_now import HereAndNow
from tests.support.playing import shipped_study
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.present.exchange_view import ExchangeView

PASSWORD = "salt lake at noon, 1907"
MONITOR = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")


@pytest.fixture
def clinic() -> Clinic:
    made = Clinic(shipped_study("nct06813027"))
    made.start(made.enrol(), "V_SCR")
    return made


def page_of(clinic: Clinic, lane: HereAndNow | None = None, actor: Actor | None = None) -> ExchangePage:
    @contextmanager
    def snapshots() -> Iterator[Snapshot]:
        yield Snapshot(clinic.ledger.tables, MemoryEvents(clinic.ledger))

    return ExchangePage(workplace(clinic, actor=actor), lane or HereAndNow(), snapshots)


def kinds(clinic: Clinic) -> list[str]:
    return [link.kind for link in clinic.ledger.links]


@pytest.mark.req("REQ-110")
def test_an_export_is_told_and_stands_in_the_trail(clinic: Clinic, tmp_path: Path) -> None:
    lane = HereAndNow()
    page = page_of(clinic, lane)
    shown: list[ExchangeView] = []
    page.watch(shown.append)
    page.export(tmp_path / "out.xlsx", PASSWORD, PASSWORD)
    assert "out.xlsx" in page.view.result
    assert "1 subject," in page.view.result_note
    assert len(page.view.sha256) == 64
    assert any(view.busy for view in shown)
    assert not page.view.busy
    assert kinds(clinic)[-1] == WorkbookExported.kind
    assert [line.file for line in page.view.earlier] == ["out.xlsx"]
    assert {what for _, _, what in lane.steps} >= {
        "writing the sheets",
        "reading back and comparing every cell",
    }


def test_no_word_of_the_password_is_kept(clinic: Clinic, tmp_path: Path) -> None:
    page = page_of(clinic)
    page.export(tmp_path / "out.xlsx", PASSWORD, PASSWORD)
    assert PASSWORD not in repr(page.view) + repr(vars(page))
    assert PASSWORD.encode() not in b"".join(link.body + link.told for link in clinic.ledger.links)


@pytest.mark.req("REQ-110")
def test_a_cancelled_export_leaves_nothing_but_its_event(clinic: Clinic, tmp_path: Path) -> None:
    page = page_of(clinic, HereAndNow(stop_at=3))
    page.export(tmp_path / "out.xlsx", PASSWORD, PASSWORD)
    assert list(tmp_path.iterdir()) == []
    assert page.view.result == ""
    assert page.view.problem
    assert kinds(clinic)[-1] == ExportFailed.kind


def test_a_taken_name_is_refused_at_the_file(clinic: Clinic, tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_text("mine")
    page = page_of(clinic)
    page.export(tmp_path / "out.xlsx", PASSWORD, PASSWORD)
    assert page.view.place == "target"
    assert (tmp_path / "out.xlsx").read_text() == "mine"


@pytest.mark.parametrize(
    ("password", "again", "place"),
    [
        ("short", "short", "password"),
        ("12345678", "12345678", "password"),
        (PASSWORD, PASSWORD + "!", "again"),
    ],
)
def test_a_bad_password_is_refused_before_anything_begins(
    clinic: Clinic, tmp_path: Path, password: str, again: str, place: str
) -> None:
    page = page_of(clinic)
    before = len(clinic.ledger.links)
    page.export(tmp_path / "out.xlsx", password, again)
    assert page.view.place == place
    assert list(tmp_path.iterdir()) == []
    assert len(clinic.ledger.links) == before


def test_rules_are_ticked_while_typing(clinic: Clinic) -> None:
    page = page_of(clinic)
    assert [rule.kept for rule in page.rules("", "")] == [False, False, False]
    assert [rule.kept for rule in page.rules("12345678", "")] == [True, False, False]
    assert [rule.kept for rule in page.rules(PASSWORD, PASSWORD)] == [True, True, True]


def test_who_may_not_export_cannot_begin(clinic: Clinic, tmp_path: Path) -> None:
    page = page_of(clinic, actor=MONITOR)
    assert not page.view.may_export
    page.export(tmp_path / "out.xlsx", PASSWORD, PASSWORD)
    assert list(tmp_path.iterdir()) == []


def test_the_proposed_name_says_study_site_and_local_time(clinic: Clinic) -> None:
    assert page_of(clinic).suggested_name() == "nct06813027_JO01_20250105-0910.xlsx"


def test_a_hash_is_shown_as_it_is_read_out() -> None:
    assert short_hash("ab12cd34ef56" + "0" * 52) == "ab12 cd34 ef56"
