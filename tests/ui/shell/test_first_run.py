"""Leila founds the site of her clinic, and proves that the recovery sheet opens it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.present.entrance import Sheet
from crfapp.present.first_run import Step
from crfapp.present.texts import Texts
from crfapp.ui.first_run.sheet_pages import SheetPage, TestPage
from crfapp.ui.first_run.steps import PersonPage, SitePage
from crfapp.ui.paper import print_recovery_sheet
from crfapp.ui.preferences import Preferences
from tests.support.entrance_fakes import SHEET_LINES, FakeFounder

if TYPE_CHECKING:
    from tests.ui.shell.clinic_window import ClinicWindow

RIGHT = "\n".join(SHEET_LINES)
PASSWORD = "seven green bicycles"


class FirstDay:
    """The assistant, answered step by step."""

    def __init__(self, window: ClinicWindow, founder: FakeFounder) -> None:
        self.window, self.founder = window, founder

    @property
    def step(self) -> Step:
        page = self.window.assistant.page
        assert page is not None
        return page.step

    def goes_on(self) -> None:
        self.window.assistant.on.click()

    def at(self, step: Step) -> None:
        self.window.qtbot.waitUntil(lambda: self.step is step)

    def refused(self, name: str) -> str:
        page = self.window.assistant.page
        assert page is not None
        return page.questions[name].refused

    def chooses_study(self) -> None:
        page = self.window.assistant.page
        assert isinstance(page, SitePage)
        page.list.rows[0].click()

    def names_site(self, code: str = "JO01", city: str = "amman") -> None:
        page = self.window.assistant.page
        assert isinstance(page, SitePage)
        page.code.setText(code)
        page.name.setText("Cell Therapy Center")
        page.zone.line.setFocus()
        page.zone.line.clear()
        QTest.keyClicks(page.zone.line, city)
        QTest.keyClick(page.zone.line, Qt.Key.Key_Return)

    def names_administrator(self, password: str = PASSWORD, again: str = PASSWORD) -> None:
        page = self.window.assistant.page
        assert isinstance(page, PersonPage)
        page.person.setText("Leila Mansour")
        page.login.setText("leila")
        page.password.line.setText(password)
        page.again.line.setText(again)
        self.goes_on()

    def types_sheet(self, typed: str) -> None:
        page = self.window.assistant.page
        assert isinstance(page, TestPage)
        page.typed.box.setPlainText(typed)
        self.goes_on()

    def up_to_the_test(self) -> None:
        self.chooses_study()
        self.names_site()
        self.names_administrator()
        self.at(Step.SHEET)
        self.goes_on()


@pytest.fixture
def first_day(closed: ClinicWindow) -> FirstDay:
    founder = FakeFounder(closed.door)
    closed.bench.door, closed.bench.founder = None, founder
    closed.open()
    return FirstDay(closed, founder)


@pytest.mark.req("REQ-904")
def test_from_the_study_to_the_login_of_the_new_administrator(first_day: FirstDay) -> None:
    first_day.up_to_the_test()
    first_day.types_sheet(RIGHT)
    first_day.at(Step.DONE)
    first_day.goes_on()
    assert first_day.window.login.name.text() == "leila"
    (new,) = first_day.founder.prepared
    assert (new.code, new.name, new.zone) == ("JO01", "Cell Therapy Center", "Asia/Amman")
    assert (new.login, new.person, new.password) == ("leila", "Leila Mansour", PASSWORD)
    assert new.pack == Path("/packs/nct06813027")
    assert new.folder == Path("/sites/jo01")


def test_nothing_is_chosen_beforehand_where_there_are_several_studies(first_day: FirstDay) -> None:
    first_day.goes_on()
    assert first_day.step is Step.SITE
    assert first_day.refused("pack") == "Choose the study of this site."


def test_each_refusal_of_the_site_stands_beside_its_field(first_day: FirstDay) -> None:
    first_day.chooses_study()
    first_day.goes_on()
    assert "code" in first_day.refused("code")
    assert "name" in first_day.refused("name")
    assert "list" in first_day.refused("zone")
    first_day.names_site(code="J!")
    assert first_day.step is Step.SITE
    assert first_day.refused("code") != ""
    assert first_day.refused("zone") == ""


def test_arabic_digits_in_a_code_are_kept_as_ascii(first_day: FirstDay) -> None:
    first_day.chooses_study()
    first_day.names_site(code="JO٠١")
    first_day.names_administrator()
    first_day.at(Step.SHEET)
    assert first_day.founder.prepared[0].code == "JO01"


def test_the_city_is_enough_to_find_the_time_zone(first_day: FirstDay) -> None:
    first_day.chooses_study()
    page = first_day.window.assistant.page
    assert isinstance(page, SitePage)
    page.zone.line.setFocus()
    QTest.keyClicks(page.zone.line, "BERL")
    QTest.keyClick(page.zone.line, Qt.Key.Key_Return)
    assert page.zone.zone == "Europe/Berlin"
    QTest.keyClicks(page.zone.line, "x")
    assert page.zone.zone == ""


@pytest.mark.req("REQ-209")
def test_the_password_is_judged_while_it_is_typed(first_day: FirstDay) -> None:
    first_day.chooses_study()
    first_day.names_site()
    page = first_day.window.assistant.page
    assert isinstance(page, PersonPage)
    remark = page.questions["password"].remark
    assert remark.text().startswith("At least 15 characters")
    QTest.keyClicks(page.password.line, "seven green")
    assert remark.text() == "4 more characters."
    page.password.line.setText("passwordpassword")
    assert "guesses" in remark.text()
    page.password.line.setText(PASSWORD)
    assert remark.text().startswith("Good")


@pytest.mark.req("REQ-209")
@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("short", "short", "password"),
        ("passwordpassword", "passwordpassword", "password"),
        (PASSWORD, PASSWORD.upper(), "again"),
    ],
)
def test_a_weak_or_mistyped_password_goes_no_further(
    first_day: FirstDay, password: str, again: str, field: str
) -> None:
    first_day.chooses_study()
    first_day.names_site()
    first_day.names_administrator(password, again)
    assert first_day.step is Step.PERSON
    assert first_day.refused(field) != ""
    assert first_day.founder.prepared == []


@pytest.mark.req("REQ-904")
def test_a_slip_on_the_sheet_is_named_and_no_site_is_founded(first_day: FirstDay) -> None:
    first_day.up_to_the_test()
    first_day.types_sheet(RIGHT.replace("H8WE", "H8WF"))
    first_day.window.qtbot.waitUntil(lambda: bool(first_day.refused("typed")))
    assert "2" in first_day.refused("typed")
    assert first_day.step is Step.TEST
    first_day.types_sheet(RIGHT.lower().replace(" ", ""))
    first_day.at(Step.DONE)


def test_an_empty_test_is_asked_for(first_day: FirstDay) -> None:
    first_day.up_to_the_test()
    first_day.goes_on()
    assert first_day.refused("typed") == "Type the four lines of the sheet."


def test_the_sheet_is_not_on_the_page_where_it_is_typed_back(first_day: FirstDay) -> None:
    first_day.up_to_the_test()
    assert not first_day.window.assistant.findChildren(SheetPage) or not any(
        page.isVisible() for page in first_day.window.assistant.findChildren(SheetPage)
    )
    first_day.window.assistant.back.click()
    assert isinstance(first_day.window.assistant.page, SheetPage)


def test_a_full_disk_at_the_end_is_said_below_and_can_be_tried_again(first_day: FirstDay) -> None:
    first_day.up_to_the_test()
    first_day.founder.problem = EnvironmentProblem(Code.DISK_FULL)
    first_day.types_sheet(RIGHT)
    assistant = first_day.window.assistant
    first_day.window.qtbot.waitUntil(assistant.problem.isVisible)
    assert "disk is full" in assistant.problem.text.text()
    first_day.founder.problem = None
    first_day.goes_on()
    first_day.at(Step.DONE)


def test_going_back_keeps_what_was_typed(first_day: FirstDay) -> None:
    first_day.chooses_study()
    first_day.names_site()
    first_day.window.assistant.back.click()
    page = first_day.window.assistant.page
    assert isinstance(page, SitePage)
    assert page.code.text() == "JO01"
    assert page.zone.zone == "Asia/Amman"
    assert "Amman" in page.zone.line.text()


def test_the_language_changes_in_the_middle_and_nothing_is_lost(first_day: FirstDay) -> None:
    first_day.chooses_study()
    first_day.names_site()
    first_day.window.window.prefer(Preferences(language="ar"))
    assert first_day.step is Step.PERSON
    assert first_day.window.assistant.isRightToLeft()
    first_day.names_administrator()
    first_day.at(Step.SHEET)


def test_secrets_are_forgotten_once_the_site_stands(first_day: FirstDay) -> None:
    first_day.up_to_the_test()
    first_day.types_sheet(RIGHT)
    first_day.at(Step.DONE)
    view = first_day.window.assistant._run.view
    assert view.sheet is None
    assert not {"password", "again", "typed"} & set(view.values)


def test_without_any_study_the_page_says_where_to_put_one(closed: ClinicWindow) -> None:
    closed.bench.door = None
    closed.bench.founder = FakeFounder(closed.door, offers=())
    closed.open()
    assert not closed.assistant.on.isEnabled()


@pytest.mark.req("REQ-904")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_printed_sheet_holds_every_line_in_ink_that_shows_on_paper(
    closed: ClinicWindow, tmp_path: Path, theme: str
) -> None:
    closed.preferences = Preferences(theme="dark" if theme == "dark" else "light")
    closed.open()
    target = tmp_path / "sheet.pdf"
    print_recovery_sheet(Sheet("JO01", SHEET_LINES, "<svg/>"), target, Texts("en", tmp_path))
    assert target.read_bytes().startswith(b"%PDF-")
    if shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None:
        pytest.skip("poppler-utils are not installed")
    text = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True)
    assert all(line in text.stdout for line in SHEET_LINES)
    grey = subprocess.run(["pdftoppm", "-gray", "-r", "40", target], capture_output=True, check=True).stdout
    assert min(grey[64:]) < 90


def test_a_folder_that_cannot_be_written_is_refused_and_nothing_appears(
    closed: ClinicWindow, tmp_path: Path
) -> None:
    closed.open()
    target = tmp_path / "missing" / "sheet.pdf"
    with pytest.raises(EnvironmentProblem) as refused:
        print_recovery_sheet(Sheet("JO01", SHEET_LINES, "<svg/>"), target, Texts("en", tmp_path))
    assert refused.value.code is Code.FOLDER_REFUSED
    assert not target.exists()
