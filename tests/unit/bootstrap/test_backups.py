"""Copies that the program keeps against loss: made while people work, brought elsewhere, on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.backups import KeptCopies, choose_second_place, keep_copies
from crfapp.ledger.state import BackupRow
from crfapp.store.backup import prove
from crfapp.store.second_place import own_name
from crfapp.work.backups import ages
from crfapp.work.subjects import EnrolSubject
from tests.support.quick_site import QuickSite

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite


@pytest.fixture
def site(tmp_path: Path) -> QuickSite:
    site = QuickSite(tmp_path / "site")
    site.settle("rania")
    return site


def look(opened: OpenSite, *, now: bool = False) -> KeptCopies:
    return keep_copies(opened, opened.actor("rania"), now=now)


def enrol(opened: OpenSite) -> None:
    opened.bus.send(EnrolSubject(), opened.actor("rania"))


@pytest.mark.req("REQ-901")
def test_a_copy_is_made_each_day_and_another_an_hour_after_something_was_recorded(site: QuickSite) -> None:
    with site.open() as opened:
        first = look(opened)
        assert first.here.startswith("ledger-")
        assert first.problem is None
        site.clock.later(minutes=90)
        assert look(opened) == KeptCopies(), "nothing was recorded since"
        enrol(opened)
        again = look(opened)
        assert again.here == first.here
        site.clock.later(minutes=10)
        enrol(opened)
        assert look(opened) == KeptCopies(), "the hour is not over"
        assert look(opened, now=True).here == first.here
        rows = opened.desk.tables.find(BackupRow)
        assert [row.place for row in rows] == ["here"] * 3
        found = prove(site.key, opened.store.backups / first.here)
        assert found.events == rows[-1].events


@pytest.mark.req("REQ-901")
def test_each_copy_also_goes_to_the_second_place_while_that_is_connected(
    site: QuickSite, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with site.open() as opened:
        admin = opened.actor("admin")
        same_disk = choose_second_place(opened, admin, stick)
        assert same_disk, "a remark is due: one broken disk would take both"
        kept = look(opened)
        own = stick / own_name(opened.store)
        assert (own / kept.second).read_bytes() == (opened.store.backups / kept.here).read_bytes()
        assert {"site.json", "vault.json", "workstation.json"} <= {file.name for file in own.iterdir()}
        assert [row.place for row in opened.desk.tables.find(BackupRow)] == ["here", "second"]

        stick.rename(tmp_path / "taken out")
        site.clock.later(minutes=90)
        enrol(opened)
        away = look(opened)
        assert (away.here, away.second, away.problem) == (kept.here, "", None)
        site.clock.later(days=8)
        old = ages(opened.desk.tables, opened.desk.node, site.clock.now(), site.clock.now())
        assert (old.second, old.second_old, old.here_old) == (8, True, False)

        (tmp_path / "taken out").rename(stick)
        assert look(opened).second
        old = ages(opened.desk.tables, opened.desk.node, site.clock.now(), site.clock.now())
        assert (old.second, old.second_old) == (0, False)

        choose_second_place(opened, admin, None)
        assert not ages(opened.desk.tables, opened.desk.node, site.clock.now(), None).second_given
        assert own.is_dir(), "what lies there stays"


def test_no_second_place_lies_in_the_site_and_none_is_set_by_a_nurse(site: QuickSite, tmp_path: Path) -> None:
    with site.open() as opened:
        with pytest.raises(AppProblem) as within:
            choose_second_place(opened, opened.actor("admin"), site.folder / "backups")
        assert within.value.code is Code.PLACE_WITHIN
        with pytest.raises(AppProblem) as gone:
            choose_second_place(opened, opened.actor("admin"), tmp_path / "no such stick")
        assert gone.value.code is Code.FOLDER_REFUSED
        with pytest.raises(AppProblem) as refused:
            choose_second_place(opened, opened.actor("rania"), tmp_path)
        assert refused.value.code is Code.NOT_ALLOWED
        assert look(opened).second == ""
