"""An amendment at a real site: rehearsed, installed after a backup, put in force, agreed to, exchanged."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.amending import SiteAmendments
from crfapp.bootstrap.ground import translations_folder
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import StudyVersionRow, SubjectRow
from crfapp.present.amendment_lines import told_lines
from crfapp.present.texts import Texts
from crfapp.work.amendment import ActivateVersion, NoteReconsent
from crfapp.work.entry import RecordAnswer
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.quick_site import QuickSite
from tests.support.tiny import FOLDER as TINY
from tests.support.two_workstations import TwoWorkstations

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite


@pytest.fixture
def site(tmp_path: Path) -> QuickSite:
    made = QuickSite(tmp_path / "site")
    made.settle("rania", "haddad")
    return made


def amendment(tmp_path: Path, version: str = "1.1", *changes: tuple[str, str, str]) -> Path:
    """The tiny pack with another version, and texts of its files replaced."""
    folder = tmp_path / f"pack-{version}"
    shutil.copytree(TINY, folder)
    for file, was, now in (("study.yaml", 'version: "1.0"', f'version: "{version}"'), *changes):
        text = (folder / file).read_text(encoding="utf-8")
        assert was in text
        (folder / file).write_text(text.replace(was, now, 1), encoding="utf-8")
    return folder


def screened(opened: OpenSite) -> FormKey:
    """A subject who was seen at screening; the form of demography is begun."""
    nurse = opened.actor("rania")
    opened.bus.send(EnrolSubject(), nurse)
    [row] = opened.desk.tables.find(SubjectRow)
    opened.bus.send(StartVisit(key=VisitKey(row.subject, "V_SCR", 1), date="2025-01-05"), nurse)
    key = FormKey(row.subject, "V_SCR", 1, "DM", 1)
    opened.bus.send(RecordAnswer(key=key, item="SEX", typed="F"), nurse)
    return key


SMOKE = (
    "forms/DM.yaml",
    "      - {item: KIT,",
    "      - {item: SMOKE, ask: Smoker, type: yesno}\n      - {item: KIT,",
)


@pytest.mark.req("REQ-701")
def test_an_amendment_is_rehearsed_installed_after_a_backup_and_asks_nothing_before_its_approval(
    site: QuickSite, tmp_path: Path
) -> None:
    with site.open() as opened:
        key = screened(opened)
        copies = len(list(opened.store.backups.glob("*.db")))
        amendments = SiteAmendments(opened)
        looked = amendments.look(amendment(tmp_path, "1.1", SMOKE))
        assert looked.study is not None
        [one] = looked.subjects
        assert not one.touched
        assert any("Smoker" in line for line in told_lines(looked, site_texts()))
        amendments.install(looked.study, opened.actor("admin"))
        assert len(list(opened.store.backups.glob("*.db"))) == copies + 1
        version = looked.study.hash
    with site.open() as opened:
        assert opened.desk.study.head.version == "1.0"
        assert opened.desk.tables.get(StudyVersionRow, version).state == "installed"  # type: ignore[union-attr]
        assert SiteAmendments(opened).look_again(version).changes == looked.changes
        opened.bus.send(put_in_force(version), opened.actor("admin"))
        assert opened.desk.study.head.version == "1.0", "a session goes on as it began"
    with site.open() as opened:
        assert opened.desk.study.head.version == "1.1"
        assert "SMOKE" not in opened.desk.forms.get(key).plan.items
        nurse = opened.actor("rania")
        opened.bus.send(EnrolSubject(), nurse)
        new = max(opened.desk.tables.find(SubjectRow), key=lambda row: row.number)
        assert "SMOKE" in opened.desk.versions.at(key._replace(subject=new.subject)).items("DM")
        opened.bus.send(NoteReconsent(subject=key.subject, date="2025-01-05"), nurse)
        assert "SMOKE" not in opened.desk.versions.at(key).items("DM")
        opened.store.verify().refuse_breaks()
        assert not opened.store.compare()


@pytest.mark.req("REQ-703")
def test_what_is_no_amendment_is_refused_with_file_and_line(site: QuickSite, tmp_path: Path) -> None:
    other = (
        "forms/DM.yaml",
        "{item: REMARK, ask: Remark, type: longtext(500)}",
        "{item: REMARK, ask: Remark, type: date}",
    )
    with site.open() as opened:
        amendments = SiteAmendments(opened)
        old = amendments.look(amendment(tmp_path, "0.9", SMOKE))
        reused = amendments.look(amendment(tmp_path, "1.2", other))
        broken = amendments.look(amendment(tmp_path, "1.3", ("study.yaml", "kind: scheduled", "kind: never")))
    assert old.study is reused.study is broken.study is None
    assert old.faults[0].startswith("study.yaml:2: error PACK-091")
    assert reused.faults[0].startswith("forms/DM.yaml:23: error PACK-093")
    assert "kind" in broken.faults[0]


@pytest.mark.req("REQ-701")
@pytest.mark.req("REQ-704")
def test_a_version_is_put_in_force_once_with_an_approval_of_somebody_else(
    site: QuickSite, tmp_path: Path
) -> None:
    with site.open() as opened:
        admin = opened.actor("admin")
        study = SiteAmendments(opened).look(amendment(tmp_path, "1.1", SMOKE)).study
        assert study is not None
        for told, code in (
            (put_in_force(study.hash), Code.VERSION_UNKNOWN),
            (put_in_force(opened.desk.study.hash), Code.VERSION_ACTIVE),
        ):
            assert refused(opened, told, "admin") is code
        SiteAmendments(opened).install(study, admin)
        assert refused(opened, put_in_force(study.hash, by=admin.name), "admin") is Code.APPROVAL_UNSAID
        assert refused(opened, put_in_force(study.hash, approval=" "), "admin") is Code.APPROVAL_UNSAID
        assert refused(opened, put_in_force(study.hash, on="2026-01-01"), "admin") is Code.NOT_A_DATE
        assert refused(opened, put_in_force(study.hash), "rania") is Code.NOT_ALLOWED
        site.clock.later(minutes=1)
        with pytest.raises(RefusedError) as newer:
            SiteAmendments(opened).install(study, admin)
        assert newer.value.code is Code.VERSION_NOT_NEWER
        opened.bus.send(put_in_force(study.hash), admin)
        assert refused(opened, put_in_force(study.hash), "admin") is Code.VERSION_ACTIVE


def put_in_force(
    content: str, *, approval: str = "EC 25/017", on: str = "2025-01-03", by: str = "Dr Lina Odeh"
) -> ActivateVersion:
    """The approval of the ethics committee is there."""
    return ActivateVersion(content=content, approval=approval, approved_on=on, approved_by=by)


def refused(opened: OpenSite, command: ActivateVersion, login: str) -> Code:
    """The code with which it is refused."""
    with pytest.raises(RefusedError) as problem:
        opened.bus.send(command, opened.actor(login))
    return problem.value.code


def site_texts() -> Texts:
    """English."""
    return Texts("en", translations_folder())


@pytest.mark.req("REQ-701")
@pytest.mark.req("REQ-702")
def test_the_other_workstation_gets_the_version_with_its_release_and_asks_by_it_from_the_next_login(
    tmp_path: Path,
) -> None:
    two = TwoWorkstations(tmp_path)
    with two.clinic.open() as opened:
        old = screened(opened)
        study = SiteAmendments(opened).look(amendment(tmp_path, "1.1", SMOKE)).study
        assert study is not None
        SiteAmendments(opened).install(study, opened.actor("admin"))
    two.site.clock.later(minutes=1)
    two.carry(two.clinic, two.ward)
    with two.ward.open() as opened:
        assert opened.desk.tables.get(StudyVersionRow, study.hash).state == "installed"  # type: ignore[union-attr]
        assert opened.desk.study.head.version == "1.0"
        assert SiteAmendments(opened).look_again(study.hash).study is not None
    with two.clinic.open() as opened:
        opened.bus.send(put_in_force(study.hash), opened.actor("admin"))
    with two.clinic.open() as opened:
        new = FormKey(enrolled(opened), "V_SCR", 1, "DM", 1)
        opened.bus.send(StartVisit(key=new.at, date="2025-01-05"), opened.actor("rania"))
        opened.bus.send(RecordAnswer(key=new, item="SMOKE", typed="Y"), opened.actor("rania"))
    two.carry(two.clinic, two.ward)
    with two.ward.open() as opened:
        assert opened.desk.study.head.version == "1.1"
        assert "SMOKE" in opened.desk.forms.get(new).plan.items
        assert "SMOKE" not in opened.desk.forms.get(old).plan.items
        assert not opened.store.compare()


def enrolled(opened: OpenSite) -> str:
    """A new subject."""
    opened.bus.send(EnrolSubject(), opened.actor("rania"))
    return max(opened.desk.tables.find(SubjectRow), key=lambda row: row.number).subject
