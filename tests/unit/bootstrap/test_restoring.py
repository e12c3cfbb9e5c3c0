"""A site restored on a new machine, photographs brought back, a drill, and paper that opens all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.backups import choose_second_place, keep_copies
from crfapp.bootstrap.drilling import drill
from crfapp.bootstrap.key_papers import KeyPapers
from crfapp.bootstrap.restoring import bring_back_photographs, restore
from crfapp.ledger.state import KeySharesRow, RestoreRow, SubjectRow
from crfapp.store.copy_place import KeyInHand
from crfapp.store.recovery import sheet_text
from crfapp.store.second_place import own_name
from crfapp.work.subjects import EnrolSubject
from tests.support.quick_site import ADMIN_PASSWORD, QuickSite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.bootstrap.restoring import Restored

BY_PASSWORD = KeyInHand("admin", ADMIN_PASSWORD)


class Ward:
    """A site with a stick on which its copies lie, and the machine after it was lost."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.site = QuickSite(tmp_path / "site")
        self.site.settle("rania")
        self.stick = tmp_path / "stick"
        self.stick.mkdir()
        self.new = tmp_path / "new"
        self._machine, self._monkeypatch = tmp_path / "other machine", monkeypatch
        with self.site.open() as opened:
            choose_second_place(opened, opened.actor("admin"), self.stick)
        self.enrol()
        self.copy()

    def enrol(self) -> None:
        with self.site.open() as opened:
            opened.bus.send(EnrolSubject(), opened.actor("rania"))

    def copy(self) -> None:
        with self.site.open() as opened:
            assert keep_copies(opened, opened.actor("rania"), now=True).problem is None

    def restored(self, key: KeyInHand = BY_PASSWORD, reason: str = "the laptop was stolen") -> Restored:
        self._monkeypatch.setenv("CRFAPP_STATE", str(self._machine))
        return restore(self.stick, self.new, key, self.site.clock, reason=reason)


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ward:
    return Ward(tmp_path, monkeypatch)


def code_of(act: Callable[..., object], *args: object, **more: object) -> Code:
    with pytest.raises(AppProblem) as problem:
        act(*args, **more)
    return problem.value.code


@pytest.mark.req("REQ-902")
def test_a_restored_site_has_all_of_the_copy_and_gives_no_number_again(ward: Ward) -> None:
    with ward.site.open() as opened:
        former = opened.store.workstation.node
    ward.enrol()  # lost with the laptop
    done = ward.restored()
    ward.site.folder = ward.new
    ward.site.restart()
    with ward.site.open() as opened:
        assert opened.store.workstation.node == done.node != former
        [subject] = opened.desk.tables.find(SubjectRow)
        [row] = opened.desk.tables.find(RestoreRow, what="restore")
        assert (row.former, row.events, row.login) == (former, done.events, "admin")
        assert opened.store.verify().wrong == ()
        assert opened.store.compare() == []
        opened.bus.send(EnrolSubject(), opened.actor("rania"))
        numbers = [row.number for row in opened.desk.tables.find(SubjectRow)]
        assert (subject.number, sorted(numbers)) == ("JO01-001", ["JO01-001", "JO01-022"])
    with ward.site.as_person("rania"):
        pass  # everybody comes in with the password they had


@pytest.mark.req("REQ-902")
def test_nothing_is_left_of_a_restore_that_was_refused(ward: Ward) -> None:
    assert code_of(ward.restored, KeyInHand("admin", "not this one")) is Code.WRONG_LOGIN
    assert code_of(ward.restored, KeyInHand("rania", "")) is Code.WRONG_LOGIN
    assert code_of(ward.restored, reason=" ") is Code.REASON_NEEDED
    by_nurse = KeyInHand("rania", paper=sheet_text(ward.site.secret))
    assert code_of(ward.restored, by_nurse) is Code.NOT_ALLOWED
    assert not ward.new.exists()
    empty = ward.stick.parent / "empty"
    empty.mkdir()
    restored = (restore, empty, ward.new, BY_PASSWORD, ward.site.clock)
    assert code_of(*restored, reason="why") is Code.NO_COPY_THERE
    ward.new.mkdir()
    (ward.new / "letter.txt").write_text("not ours")
    assert code_of(ward.restored) is Code.FOLDER_REFUSED
    assert [file.name for file in ward.new.iterdir()] == ["letter.txt"]


@pytest.mark.req("REQ-902")
def test_a_damaged_copy_restores_nothing_and_an_older_one_does(ward: Ward) -> None:
    ward.site.clock.later(days=1)
    ward.enrol()
    ward.copy()
    older, newest = sorted(ward.stick.glob("*/ledger-*.db"))
    sound = newest.read_bytes()
    newest.write_bytes(sound[:8000] + bytes(1000) + sound[9000:])
    assert code_of(ward.restored) in (Code.DATABASE_DAMAGED, Code.CHAIN_BROKEN)
    assert not ward.new.exists()
    done = restore(
        ward.stick, ward.new, BY_PASSWORD, ward.site.clock, reason="the disk broke", name=older.name
    )
    [(_, has, known)] = done.missing  # what lies beside says that the chain had come further
    assert known > has


@pytest.mark.req("REQ-903")
def test_a_drill_says_what_a_restore_today_would_lose_and_is_on_record(ward: Ward) -> None:
    ward.enrol()
    with ward.site.open() as opened:
        admin = opened.actor("admin")
        found = drill(opened, admin, ward.stick, KeyInHand("admin", paper=sheet_text(ward.site.secret)))
        assert found.problem is None
        assert (found.how, found.lacking, found.lost) == ("sheet", 3, 3)
        [row] = opened.desk.tables.find(RestoreRow)
        assert (row.what, row.code, row.newer, row.how) == ("drill", "", 3, "sheet")
        assert row.seconds >= 1
        assert not list(ward.site.folder.glob("drill-*"))
        assert drill(opened, admin, ward.site.folder, BY_PASSWORD).problem is None
        assert code_of(drill, opened, admin, ward.stick, KeyInHand("admin", "no")) is Code.WRONG_LOGIN
        assert len(opened.desk.tables.find(RestoreRow)) == 2
        refused = opened.actor("rania")
        assert code_of(drill, opened, refused, ward.stick, BY_PASSWORD) is Code.NOT_ALLOWED


@pytest.mark.req("REQ-903")
def test_a_drill_on_a_copy_that_is_not_sound_fails_and_says_so(ward: Ward) -> None:
    [copy] = ward.stick.glob("*/ledger-*.db")
    sound = copy.read_bytes()
    copy.write_bytes(sound[:8000] + bytes(1000) + sound[9000:])
    with ward.site.open() as opened:
        found = drill(opened, opened.actor("admin"), ward.stick, BY_PASSWORD)
        assert found.problem is not None
        [row] = opened.desk.tables.find(RestoreRow)
        assert row.code == found.problem.code.value


def test_a_photograph_that_was_damaged_comes_back_from_beside_the_copy(ward: Ward) -> None:
    with ward.site.open() as opened:
        digest = opened.photographs.keep(b"a picture of a hand")
        photo = ward.site.folder / "photos" / digest
        opened.photographs.back_up_to(ward.stick / own_name(opened.store) / "photos")
        photo.write_bytes(b"rotten")
        back, kept = bring_back_photographs(opened, ward.stick)
        assert (back, kept.changed, kept.lost) == (1, (), ())
        assert opened.photographs.read(digest) == b"a picture of a hand"


@pytest.mark.req("REQ-904")
def test_any_two_of_three_shares_restore_the_site_and_an_older_set_does_not(ward: Ward) -> None:
    with ward.site.open() as opened:
        papers = KeyPapers(opened, opened.actor("admin"))
        _, older = papers.new_shares(2, 3)
        papers.shares_typed("\n".join(older[:2]))
        label, shares = papers.new_shares(2, 3)
        assert code_of(papers.shares_typed, shares[0]) is Code.SHARES_TOO_FEW
        assert code_of(papers.shares_typed, "\n".join(older[:2])) is Code.SHARES_MIXED
        papers.shares_typed(f"{shares[2]}\n\n{shares[0]}")
        [row] = opened.desk.tables.find(KeySharesRow)
        assert (row.label, row.needed, row.made) == (label, 2, 3)
    ward.copy()
    assert code_of(ward.restored, KeyInHand("admin", paper="\n".join(older[:2]))) is Code.WRONG_RECOVERY
    assert code_of(ward.restored, KeyInHand("admin", paper=shares[1])) is Code.SHARES_TOO_FEW
    assert ward.restored(KeyInHand("admin", paper="\n".join(shares[1:]))).how == "shares"


@pytest.mark.req("REQ-904")
def test_a_new_sheet_ends_the_lost_one_once_it_was_typed_back(ward: Ward) -> None:
    lost = sheet_text(ward.site.secret)
    with ward.site.open() as opened:
        papers = KeyPapers(opened, opened.actor("admin"))
        sheet = papers.new_sheet()
        assert code_of(papers.sheet_typed, lost) is Code.WRONG_RECOVERY
        assert opened.gate.vault().open_with_recovery(ward.site.secret)
        papers.sheet_typed("\n".join(sheet.lines))
        assert code_of(opened.gate.vault().open_with_recovery, ward.site.secret) is Code.WRONG_RECOVERY
    ward.copy()
    assert code_of(ward.restored, KeyInHand("admin", paper=lost)) is Code.WRONG_RECOVERY
    assert ward.restored(KeyInHand("admin", paper="\n".join(sheet.lines))).how == "sheet"
