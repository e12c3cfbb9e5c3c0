"""Casebooks and the inspector's folder of a real site: who may, what is in them, what is on record."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.casebook_desk import CasebookDesk
from crfapp.bootstrap.casebooks import casebook_of, file_name, make_casebook, may_make, subjects_named
from crfapp.bootstrap.casebooks_at_hand import CasebooksAtHand
from crfapp.bootstrap.inspector_folder import SUMS
from crfapp.bootstrap.sites import OpenSite
from crfapp.cli.casebook_parts import CasebookWish
from crfapp.cli.parts import Credentials
from crfapp.ledger.events import PaperMade
from crfapp.present.paper.blocks import Table
from crfapp.store.gate import Gate
from crfapp.store.site_folder import SiteFolder
from crfapp.work.roles import Role
from tests.support.canaries import CANARY, told_canaries
from tests.support.copied_site import NAME, CopiedSite
from tests.support.here_and_now import HereAndNow
from tests.support.quick_site import QUICK

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from crfapp.cli.parts import PaperReport

PASSWORD = "long blue river behind the school"


@pytest.fixture
def site(qapp: QApplication, tmp_path: Path) -> CopiedSite:
    assert qapp is not None
    return CopiedSite(tmp_path)


def desk_of(site: CopiedSite) -> CasebookDesk:
    """The command line's desk, where whoever asks is in without typing a password."""
    there = site.site

    def enter(_folder: Path, _who: Credentials) -> OpenSite:
        folder = SiteFolder.open(there.folder)
        return OpenSite.open(folder, there.key, there.clock, Gate(folder, there.clock, QUICK))

    return CasebookDesk(enter)


@pytest.mark.req("REQ-913")
def test_the_trail_has_as_many_lines_as_the_ledger_has_events_about_a_subject(site: CopiedSite) -> None:
    with site.site.open() as opened:
        told_canaries(opened)
        [subject] = subjects_named(opened, ())
        for whole in (False, True):
            assert lines_of_trail(opened, whole=whole) == len(
                list(opened.events.records(subject=subject.subject))
            )


def lines_of_trail(opened: OpenSite, *, whole: bool) -> int:
    [subject] = subjects_named(opened, ())
    booklet = casebook_of(opened, opened.actor("haddad"), subject, language="en", whole=whole)
    [table] = [block for block in booklet.chapters[-1].blocks if isinstance(block, Table)]
    return len(table.rows) - table.heads


@pytest.mark.req("REQ-110", "REQ-808")
def test_a_monitor_makes_none_and_a_data_manager_none_with_what_stays(
    site: CopiedSite, tmp_path: Path
) -> None:
    with site.site.open() as opened:
        [subject] = subjects_named(opened, ())
        out, before = tmp_path / "casebook.pdf", len(list(opened.events.records()))
        monitor, investigator = opened.actor("weber"), opened.actor("haddad")
        manager = replace(investigator, role=Role.DATA_MANAGER)
        for actor, whole in ((monitor, False), (monitor, True), (manager, True)):
            with pytest.raises(AppProblem) as refused:
                make_casebook(opened, actor, subject, out, whole=whole)
            assert refused.value.code is Code.NOT_ALLOWED
            assert not out.exists()
        assert len(list(opened.events.records())) == before
        assert may_make(manager, whole=False)
        assert may_make(investigator, whole=True)


def test_what_is_not_on_record_leaves_no_file_and_nothing_is_written_over(
    site: CopiedSite, tmp_path: Path
) -> None:
    out = tmp_path / "casebook.pdf"
    with site.site.open() as opened:
        [subject] = subjects_named(opened, ())
        haddad = opened.actor("haddad")
        with pytest.raises(AppProblem) as unknown:
            subjects_named(opened, ("JO01-999",))
        assert unknown.value.code is Code.UNKNOWN_SUBJECT
        made = make_casebook(opened, haddad, subject, out)
        assert made.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
        with pytest.raises(AppProblem) as there:
            make_casebook(opened, haddad, subject, out)
        assert there.value.code is Code.EXPORT_EXISTS
        [noted] = [one.event for one in opened.events.records() if isinstance(one.event, PaperMade)]
        assert noted == PaperMade(
            what=f"casebook {subject.number}: {made.pages}", file=out.name, sha256=made.sha256
        )


def test_the_window_makes_them_in_a_folder_one_after_the_other(site: CopiedSite, tmp_path: Path) -> None:
    with site.site.open() as opened:
        [subject] = subjects_named(opened, ())
        printer = CasebooksAtHand(opened, opened.actor("haddad"))
        steps = HereAndNow()
        names: list[str] = []
        steps.start(
            lambda at: printer.make((subject.number,), tmp_path, at, language="ar", whole=True),
            done=names.extend,
            failed=lambda problem: pytest.fail(str(problem)),
        )
        assert names == [file_name(opened, subject, whole=True)]
        assert (tmp_path / names[0]).read_bytes().startswith(b"%PDF")


@pytest.mark.req("REQ-910", "REQ-808")
def test_an_inspector_gets_one_folder_with_everything_and_its_sums(site: CopiedSite, tmp_path: Path) -> None:
    with site.site.open() as opened:
        told_canaries(opened)
    out, who = tmp_path / "inspection", Credentials("haddad", "")
    done = desk_of(site).inspector(site.site.folder, who, CasebookWish(out), PASSWORD)
    lines = (out / SUMS).read_text("utf-8").splitlines()
    named = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files - named.keys() == {SUMS}
    assert done.files == len(named)
    for name, sha256 in named.items():
        content = (out / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256
        assert CANARY.encode() not in content
        assert NAME.encode() not in content
    kinds = {name.split("/")[0] for name in named}
    assert {"casebooks", "csv", "validation", "people.csv", "rights.csv", "study-versions.csv"} <= kinds
    people = list(csv.DictReader((out / "people.csv").read_text("utf-8-sig").splitlines()))
    assert {"haddad", "rania", "weber"} <= {row["login"] for row in people}
    with site.site.open() as opened:
        noted = [one.event for one in opened.events.records() if isinstance(one.event, PaperMade)]
    assert (done.sha256, out.name) in {(event.sha256, event.file) for event in noted}
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_the_command_line_makes_one_file_a_subject(site: CopiedSite, tmp_path: Path) -> None:
    said: list[PaperReport] = []
    wish = CasebookWish(tmp_path / "out", subjects=())
    made = desk_of(site).casebooks(site.site.folder, Credentials("rania", ""), wish, said.append)
    assert said == list(made)
    assert [Path(one.path).exists() for one in made] == [True]
