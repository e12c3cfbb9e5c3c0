"""Every control of every page has a name for the screen reader, and shows when the keyboard is on it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from crfapp.ledger.keys import FormKey, Scope
from crfapp.present.board import Board
from crfapp.present.casebook_page import CasebookPage
from crfapp.present.exchange_page import ExchangePage
from crfapp.present.exchange_parts import ExchangeParts
from crfapp.present.queries_page import QueriesPage
from crfapp.present.subjects_page import SubjectsPage
from crfapp.present.today_page import TodayPage
from crfapp.ui.casebook.window_page import CasebookWindowPage
from crfapp.ui.exchange import ExchangeWindowPage
from crfapp.ui.jobs import JobRunner
from crfapp.ui.queries import QueriesWindowPage
from crfapp.ui.subjects import SubjectsWindowPage
from crfapp.ui.today import TodayWindowPage
from crfapp.work.queries import RaiseQuery
from crfapp.work.roles import Actor, Role
from tests.support.clinic import Clinic
from tests.support.entrance_fakes import FakeDoor, FakeFounder
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.playing import shipped_study
from tests.support.site_of import workplace
from tests.support.spoken import without_name, without_ring
from tests.support.window_fakes import Workbench
from tests.ui.shell.clinic_window import ClinicWindow, tiny_clinic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.exchange.site_data import Snapshot

FORMS = (("V_SCR", "DM"), ("V_SCR", "IE"), ("V_SCR", "LESDEF"), ("V_INJ1", "OBS"), ("V_LOG", "AE"))


class Ward:
    """A clinic with one subject at the day of the first injection."""

    def __init__(self) -> None:
        dress_application()
        self.clinic = Clinic(shipped_study("nct06813027"))
        self.subject = self.clinic.enrol()
        self.clinic.start(self.subject, "V_SCR", "2025-01-05")
        self.clinic.start(self.subject, "V_INJ1", "2025-01-12")
        self.at = workplace(self.clinic)


@pytest.fixture
def ward(qapp: object) -> Ward:
    assert qapp is not None
    return Ward()


@pytest.mark.parametrize("name", ["today", "subjects"])
def test_lists_of_the_day_and_of_subjects(ward: Ward, qtbot: QtBot, name: str) -> None:
    at, shell = ward.at, ShellAlone()
    page = (
        TodayWindowPage(TodayPage(at, Board(at)), shell, at.texts)
        if name == "today"
        else SubjectsWindowPage(SubjectsPage(at, Board(at)), shell, at.texts)
    )
    widget = put_on_screen(qtbot, page)
    assert without_name(widget) == []
    assert without_ring(widget) == []


def test_the_export(ward: Ward, qtbot: QtBot, tmp_path: Path) -> None:
    @contextmanager
    def nothing() -> Iterator[Snapshot]:
        yield from ()  # nothing is exported here

    runner = JobRunner()
    parts = ExchangeParts(workbook=ExchangePage(ward.at, runner.lane(runner), nothing))
    widget = put_on_screen(qtbot, ExchangeWindowPage(parts, ward.at.texts, tmp_path))
    assert without_name(widget) == []
    assert without_ring(widget) == []


@pytest.mark.parametrize("role", [Role.NURSE, Role.MONITOR])
def test_queries_and_their_threads(ward: Ward, qtbot: QtBot, role: Role) -> None:
    monitor = Actor("weber", "Greta Weber", Role.MONITOR, "CRO")
    ward.clinic.bus.send(RaiseQuery(scope=Scope(ward.subject), text="Where is the source?"), monitor)
    at = workplace(ward.clinic, actor=monitor if role is Role.MONITOR else ward.clinic.actor)
    page = QueriesWindowPage(QueriesPage(at), ShellAlone(), at.texts)
    widget = put_on_screen(qtbot, page)
    page.body.states["open"].click()
    assert without_name(widget) == []
    assert without_ring(widget) == []


@pytest.mark.parametrize(("visit", "form"), FORMS)
def test_forms_and_the_columns_beside_them(ward: Ward, qtbot: QtBot, visit: str, form: str) -> None:
    page = CasebookWindowPage(CasebookPage(ward.at), ShellAlone(), ward.at.texts)
    widget = put_on_screen(qtbot, page)
    assert page.view.show_subject(ward.subject)
    page.view.open_form(FormKey(ward.subject, visit, 1, form, 1))
    page.view.form.canvas.settle()
    assert page.view.key == FormKey(ward.subject, visit, 1, form, 1)
    assert without_name(widget) == []
    assert without_ring(widget) == []


def test_a_visit_that_is_to_begin(ward: Ward, qtbot: QtBot) -> None:
    page = CasebookWindowPage(CasebookPage(ward.at), ShellAlone(), ward.at.texts)
    widget = put_on_screen(qtbot, page)
    assert page.view.show_subject(ward.subject)
    page.view.open_visit("V_INJ2", 1)
    assert without_name(widget) == []
    assert without_ring(widget) == []


@pytest.mark.parametrize("founded", [True, False], ids=["login", "first run"])
def test_the_way_in(qtbot: QtBot, tmp_path: Path, founded: bool) -> None:
    clinic = tiny_clinic()
    door = FakeDoor(clinic, tmp_path)
    bench = (
        Workbench(clinic, tmp_path, door=door)
        if founded
        else Workbench(clinic, tmp_path, founder=FakeFounder(door))
    )
    entrance = ClinicWindow(qtbot, bench, door)
    entrance.open()
    assert without_name(entrance.window) == []
    assert without_ring(entrance.window) == []
    entrance.close()


def test_a_control_without_name_or_ring_would_be_found(qtbot: QtBot) -> None:
    class Plain(QPushButton):
        def paintEvent(self, _event: object) -> None:
            """Looks the same always."""

    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    line = QLineEdit(page)
    column.addWidget(line)
    column.addWidget(Plain(page))
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    assert without_name(page) == ["QLineEdit", "Plain"]
    assert without_ring(page) == ["Plain"]
