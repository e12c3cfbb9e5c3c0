"""A second workstation begins from an invitation: the same records, the same people, a chain of its own."""

from __future__ import annotations

import errno
import itertools
import json
import os
import zipfile
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.joining import Invited, Newcomer, invite, join
from crfapp.ledger.events import PackageTakenIn
from crfapp.ledger.state import KnownEndRow, NodeRow, SubjectRow
from crfapp.store.invitation import open_invitation
from crfapp.store.vault import Vault
from crfapp.work.subjects import EnrolSubject
from tests.support.quick_site import QUICK, QuickSite, password_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def invited(site: QuickSite, target: Path, label: str = "Ward") -> Invited:
    with site.open() as opened:
        return invite(opened, opened.actor("admin"), target, label)


def refused(code: Code, act: object, *arguments: object, **named: object) -> None:
    with pytest.raises(AppProblem) as caught:
        act(*arguments, **named)  # type: ignore[operator]  # whatever is to be refused
    assert caught.value.code is code


@pytest.fixture
def site(tmp_path: Path) -> QuickSite:
    site = QuickSite(tmp_path / "clinic")
    site.settle("rania", "haddad")
    with site.as_person("rania") as at:
        at.send(EnrolSubject())
    return site


@pytest.mark.req("REQ-214")
def test_the_second_workstation_has_the_records_the_people_and_a_chain_of_its_own(
    site: QuickSite, tmp_path: Path
) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    typed = made.code.upper().replace("-", " ").replace("0", "O").replace("1", "l")
    door = join(
        open_invitation(made.file, typed),
        tmp_path / "ward",
        Newcomer("rania", password_of("rania")),
        site.clock,
        cost=QUICK,
    )

    at = door.log_in("rania", password_of("rania"), language="en")
    assert door.site is not None
    tables = door.site.desk.tables
    assert len(tables.find(SubjectRow)) == 1
    at.send(EnrolSubject())
    chain = [record for record in door.site.events.records() if record.envelope.node == made.node]
    first = chain[0].event
    assert isinstance(first, PackageTakenIn)
    assert chain[0].envelope.login == "rania"
    places = {row.node: row.place for row in tables.find(NodeRow)}
    assert places == {first.sender: 0, made.node: 1}
    known = tables.find(KnownEndRow, peer=made.node)
    assert [row.node for row in known] == [first.sender]
    assert door.site.store.verify().breaks == ()
    assert door.site.store.compare() == []
    door.leave("logout")
    # the recovery sheet opens both
    assert Vault.load(tmp_path / "ward", QUICK).open_with_recovery(site.secret) == site.key


def unopened(folder: Path) -> bool:
    """Nothing is there, and nothing half done lies beside it."""
    return not folder.exists() and list(folder.parent.glob(f".{folder.name}*")) == []


def joined(site: QuickSite, made: Invited, folder: Path, login: str = "rania") -> SiteDoor:
    return join(
        open_invitation(made.file, made.code),
        folder,
        Newcomer(login, password_of(login)),
        site.clock,
        cost=QUICK,
    )


def test_an_invitation_says_nothing_to_whoever_finds_it(site: QuickSite, tmp_path: Path) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    content = made.file.read_bytes()
    for secret in (made.code, site.key, site.key.hex(), "rania", "Khalil", "PRIVATE KEY", "JO01"):
        wanted = secret if isinstance(secret, bytes) else secret.encode()
        assert wanted not in content, secret
    assert made.file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("typed", ["", "0000-0000-0000-0000", "not a code at all"])
def test_another_code_opens_nothing(site: QuickSite, tmp_path: Path, typed: str) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    refused(Code.INVITATION_CODE, open_invitation, made.file, typed)
    refused(Code.INVITATION_CODE, open_invitation, made.file, made.code[:-1])


def test_another_file_and_one_that_was_cut_or_changed_are_named_and_leave_nothing(
    site: QuickSite, tmp_path: Path
) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    whole = made.file.read_bytes()
    other = tmp_path / "other"
    for content in (
        b"",
        b"PK",
        os.urandom(4000),
        (site.folder / "ledger.db").read_bytes(),
        whole[: len(whole) // 2],
    ):
        other.write_bytes(content)
        refused(Code.INVITATION_WRONG, open_invitation, other, made.code)
    with zipfile.ZipFile(other, "w") as another:
        another.writestr("invitation.json", '{"format": 99}')
    refused(Code.INVITATION_WRONG, open_invitation, other, made.code)
    with zipfile.ZipFile(made.file) as parts:
        begins = {info.filename: info.header_offset + 60 for info in parts.infolist()}
    for name, at in begins.items():
        for there in (at, at + 40):
            other.write_bytes(whole[:there] + bytes([whole[there] ^ 1]) + whole[there + 1 :])
            with pytest.raises(AppProblem) as caught:
                joined(site, replace(made, file=other), tmp_path / "ward")
            allowed = {Code.INVITATION_WRONG, *({Code.INVITATION_CODE} if name != "ledger.db" else ())}
            assert caught.value.code in allowed, name
            assert unopened(tmp_path / "ward")


def test_a_later_program_s_invitation_and_one_that_takes_the_whole_machine_are_refused(
    site: QuickSite, tmp_path: Path
) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    with zipfile.ZipFile(made.file) as whole:
        head, sealed = json.loads(whole.read("invitation.json")), whole.read("sealed")

    def written(changed: dict[str, object]) -> Path:
        other = tmp_path / "other"
        with zipfile.ZipFile(other, "w") as into:
            into.writestr("invitation.json", json.dumps(changed))
            into.writestr("sealed", sealed)
        return other

    refused(Code.TOO_NEW, open_invitation, written({**head, "format": 2}), made.code)
    greedy = {**head, "kdf": {**head["kdf"], "m": 3_000_000}}
    refused(Code.INVITATION_WRONG, open_invitation, written(greedy), made.code)


def test_a_wrong_password_and_a_folder_that_holds_something_begin_nothing(
    site: QuickSite, tmp_path: Path
) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    opened = open_invitation(made.file, made.code)
    refused(
        Code.WRONG_LOGIN, join, opened, tmp_path / "ward", Newcomer("rania", "something else"), site.clock
    )
    assert unopened(tmp_path / "ward")
    rania = Newcomer("rania", password_of("rania"))
    refused(Code.SITE_EXISTS, join, opened, site.folder, rania, site.clock)
    (tmp_path / "ward").mkdir()
    (tmp_path / "ward" / "letter.txt").write_text("a letter")
    refused(Code.FOLDER_REFUSED, join, opened, tmp_path / "ward", rania, site.clock)
    (tmp_path / "ward" / "letter.txt").unlink()
    joined(site, made, tmp_path / "ward")


def test_a_full_disk_at_any_moment_leaves_no_half_workstation_and_the_same_invitation_goes_on(
    site: QuickSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    synced, failed, door = os.fsync, 0, None
    for survives in itertools.count():
        left = itertools.count(survives, -1)

        def full(descriptor: int, left: Iterator[int] = left) -> None:
            if next(left) <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            synced(descriptor)

        monkeypatch.setattr(os, "fsync", full)
        with suppress(EnvironmentProblem):
            door = joined(site, made, tmp_path / "ward")
            break
        assert unopened(tmp_path / "ward")
        failed += 1
    monkeypatch.undo()
    assert failed > 5
    assert door is not None
    door.log_in("rania", password_of("rania"), language="en")
    door.leave("logout")


def test_what_a_killed_joining_left_is_cleared_away_by_the_next(site: QuickSite, tmp_path: Path) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    left = tmp_path / ".ward.joining"
    left.mkdir()
    (left / "ledger.db").write_bytes(os.urandom(5000))
    joined(site, made, tmp_path / "ward")
    assert not left.exists()


@pytest.mark.req("REQ-214")
def test_an_invitation_counts_once_on_a_machine(site: QuickSite, tmp_path: Path) -> None:
    made = invited(site, tmp_path / "ward.crfapp-invitation")
    joined(site, made, tmp_path / "ward")
    with pytest.raises(AppProblem) as caught:
        joined(site, made, tmp_path / "elsewhere")
    assert caught.value.code is Code.INVITATION_USED
    assert unopened(tmp_path / "elsewhere")


def test_an_invitation_that_cannot_be_written_leaves_nobody_who_is_heard(
    site: QuickSite, tmp_path: Path
) -> None:
    with site.open() as opened:
        admin = opened.actor("admin")
        refused(Code.DISK_FAILS, invite, opened, admin, tmp_path / "no such folder" / "ward", "Ward")
        [ward] = [row for row in opened.desk.tables.find(NodeRow) if row.label == "Ward"]
        assert ward.revoked
        assert list(site.folder.glob(".inviting*")) == []


def test_two_workstations_of_a_site_on_one_machine_do_not_take_each_other_for_an_older_copy(
    site: QuickSite, tmp_path: Path
) -> None:
    door = joined(site, invited(site, tmp_path / "ward.crfapp-invitation"), tmp_path / "ward")
    for _ in range(2):
        with site.as_person("rania") as at:
            at.send(EnrolSubject())
        door.log_in("haddad", password_of("haddad"), language="en").send(EnrolSubject())
        door.leave("logout")
    # but a workstation that is put back is noticed on its own machine, whichever it is
    ward = tmp_path / "ward"
    before = {path.name: path.read_bytes() for path in ward.iterdir() if path.is_file()}
    door.log_in("haddad", password_of("haddad"), language="en").send(EnrolSubject())
    door.leave("logout")
    for name, content in before.items():
        (ward / name).write_bytes(content)
    with pytest.raises(AppProblem) as caught:
        SiteDoor(ward, site.clock, cost=QUICK).log_in("haddad", password_of("haddad"), language="en")
    assert caught.value.code is Code.OLDER_COPY
