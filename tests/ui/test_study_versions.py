"""The Study page: which version is in force, what an amendment would change, and its release."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crfapp.bootstrap.amending import SiteAmendments
from crfapp.ledger.state import StudyVersionRow, SubjectRow
from crfapp.present.study_amendments import NOT_NEEDED, StudyAmendments
from crfapp.present.study_page import StudyPage
from crfapp.present.texts import ISOLATES
from crfapp.ui.study import StudyWindowPage, VersionsSection
from crfapp.ui.widgets import Words
from crfapp.work.subjects import EnrolSubject
from tests.support.here_and_now import HereAndNow
from tests.support.page_on_screen import ShellAlone, dress_application, put_on_screen
from tests.support.quick_site import QuickSite
from tests.support.spoken import without_name, without_ring
from tests.support.tiny import FOLDER as TINY

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from crfapp.present.workplace import Workplace
    from crfapp.ui.study.versions import RehearsalBox


@pytest.fixture
def site(tmp_path: Path) -> QuickSite:
    made = QuickSite(tmp_path / "site")
    made.settle("rania")
    with made.open() as opened:
        opened.bus.send(EnrolSubject(), opened.actor("rania"))
    return made


@pytest.fixture
def amendment(tmp_path: Path) -> Path:
    folder = tmp_path / "amendment"
    shutil.copytree(TINY, folder)
    for file, was, now in (
        ("study.yaml", 'version: "1.0"', 'version: "1.1"'),
        ("study.yaml", "window: [-3, 3]", "window: [-2, 5]"),
        (
            "forms/DM.yaml",
            "      - {item: KIT,",
            "      - {item: SMOKE, ask: Smoker, type: yesno}\n      - {item: KIT,",
        ),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        assert was in text
        (folder / file).write_text(text.replace(was, now, 1), encoding="utf-8")
    return folder


def on_screen(qtbot: QtBot, site: QuickSite, at: Workplace) -> tuple[StudyWindowPage, VersionsSection]:
    """The page with its versions, in the hands of whoever is in."""
    opened = site.door.behind(at)
    section = VersionsSection(
        at.texts, StudyAmendments(at, HereAndNow(), SiteAmendments(opened)), site.folder
    )
    page = StudyWindowPage(StudyPage(at), ShellAlone(), at.texts, versions=section)
    put_on_screen(qtbot, page)
    return page, section


def shown(box: RehearsalBox) -> list[str]:
    """The lines of a rehearsal."""
    return [plain(words.text()) for words in box.findChildren(Words) if words.isVisible()]


def plain(text: str) -> str:
    return text.translate(ISOLATES)


@pytest.mark.req("REQ-701")
def test_an_administrator_rehearses_installs_and_releases_an_amendment_without_a_dialog(
    qtbot: QtBot, site: QuickSite, amendment: Path
) -> None:
    dress_application()
    with site.as_person("admin") as at:
        page, section = on_screen(qtbot, site, at)
        section._presenter.choose(amendment)
        box = section.card.rehearsal
        assert box.isVisible()
        assert plain(box.title.text()) == "From version 1.0 to version 1.1"
        assert "What changes for your 1 subject." in box.summary.text()
        qtbot.waitUntil(lambda: len(shown(box)) > 4)
        told = shown(box)
        assert "About the person: new question “Smoker”" in told
        assert any(line.startswith("JO01-001: ") and "1 new question" in line for line in told)
        assert without_name(page.widget) == []
        assert without_ring(page.widget) == []
        site.clock.later(minutes=1)
        box.install.click()
        assert "installed and waits" in section.card.done.text()
        assert section.table.rows[0].accessibleName().translate(ISOLATES).startswith("1.1")
        section.table.opened.emit(0)
        form = section.card.form
        assert form.isVisible()
        section.card.form.wanted.emit({"approval": "", "on": "", "by": "", "consent": NOT_NEEDED})
        assert "reference" in form.problem.text.text()
        told_now = {"approval": "EC 25/017", "on": "2025-01-03", "by": "Dr Lina Odeh", "consent": NOT_NEEDED}
        form.wanted.emit(told_now)
        assert "in force at this site" in section.card.done.text()
        assert not form.go.isVisible()
        assert at.study.head.version == "1.0"
    with site.as_person("rania") as at:
        _, section = on_screen(qtbot, site, at)
        assert at.study.head.version == "1.1"
        assert not section.card.isVisible()
        [row] = [row for row in at.tables.find(StudyVersionRow) if row.version == "1.1"]
        assert (row.approval, row.approved_by, row.active_by) == ("EC 25/017", "Dr Lina Odeh", "admin")
        [subject] = at.tables.find(SubjectRow)
        assert at.desk.versions.of_subject(subject.subject).head.version == "1.1"


@pytest.mark.req("REQ-703")
def test_a_pack_that_is_no_amendment_says_where_and_offers_nothing(
    qtbot: QtBot, site: QuickSite, amendment: Path
) -> None:
    dress_application()
    file = amendment / "forms" / "DM.yaml"
    text = file.read_text(encoding="utf-8").replace("type: longtext(500)", "type: date")
    file.write_text(text, encoding="utf-8")
    with site.as_person("admin") as at:
        _, section = on_screen(qtbot, site, at)
        section._presenter.choose(amendment)
        assert "forms/DM.yaml:" in section.card.faults.text()
        assert "PACK-093" in section.card.faults.text()
        assert not section.card.rehearsal.isVisible()
