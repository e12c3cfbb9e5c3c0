"""Two workstations of a site that both go on alone, and what packages between them bring together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.key_papers import KeyPapers
from crfapp.bootstrap.older_copy import go_on_from_copy
from crfapp.exchange.quarantine import quarantined
from crfapp.ledger.state import KnownEndRow, NodeRow, SubjectRow
from crfapp.store.recovery import sheet_text
from crfapp.store.site_folder import SiteFolder
from crfapp.store.vault import Vault
from crfapp.store.vault_papers import open_with_paper
from crfapp.work.nodes import RevokeNode
from crfapp.work.subjects import EnrolSubject
from tests.support.quick_site import OWN, QUICK, password_of
from tests.support.two_workstations import TwoWorkstations, Workstation

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def two(tmp_path: Path) -> TwoWorkstations:
    return TwoWorkstations(tmp_path)


def enrol(at: Workstation, count: int = 1, login: str = "rania") -> None:
    with at.open() as opened:
        for _ in range(count):
            opened.bus.send(EnrolSubject(), opened.actor(login))


def numbers(at: Workstation) -> list[str]:
    with at.open() as opened:
        assert opened.store.verify().breaks == ()
        assert opened.store.compare() == []
        return sorted(row.number for row in opened.desk.tables.find(SubjectRow))


@pytest.mark.req("REQ-214", "REQ-806")
def test_what_both_entered_alone_is_on_both_after_a_package_each_way(two: TwoWorkstations) -> None:
    enrol(two.clinic, 2)
    enrol(two.ward, 3)
    assert two.carry(two.clinic, two.ward).outcome == "new"
    assert two.carry(two.ward, two.clinic).outcome == "new"
    assert numbers(two.clinic) == numbers(two.ward)
    assert len(set(numbers(two.clinic))) == 5
    # the receipt came back: the next package begins behind what the ward confirmed
    ward = two.ward.node
    with two.clinic.open() as opened:
        known = {row.node: row.seq for row in opened.desk.tables.find(KnownEndRow, peer=ward)}
    assert known[two.clinic.node] > 0
    made = two.clinic.make(ward)
    assert made.events < 10
    two.ward.take(made.path)
    again = two.ward.take(made.path)
    assert again.outcome == "known"


@pytest.mark.req("REQ-201", "REQ-211")
def test_a_password_chosen_on_the_ward_opens_the_clinic_after_a_package(two: TwoWorkstations) -> None:
    door = SiteDoor(two.ward.folder, two.site.clock, cost=QUICK)
    door.log_in("rania", password_of("rania"), language="en")
    door.set_own_password(password_of("rania"), OWN)
    door.leave("logout")
    two.carry(two.ward, two.clinic)
    with two.site.as_person("rania", OWN) as at:
        assert at.arrival.steps == ()
    with pytest.raises(AppProblem) as caught, two.site.as_person("rania"):
        pass
    assert caught.value.code is Code.WRONG_LOGIN


def put_back(at: Workstation, content: bytes) -> str:
    """An older copy is put back, and an administrator goes on from it; the chain's new name."""
    (at.folder / "ledger.db").write_bytes(content)
    for left in ("ledger.db-wal", "ledger.db-shm"):
        (at.folder / left).unlink(missing_ok=True)
    report = go_on_from_copy(SiteFolder.open(at.folder), at.key, "admin", "the disk broke", at.site.clock)
    assert report.breaks
    return at.node


@pytest.mark.req("REQ-902")
def test_what_an_older_copy_lacks_comes_back_with_the_other_one_s_package_and_no_number_is_reused(
    two: TwoWorkstations,
) -> None:
    before = two.clinic.node
    enrol(two.clinic)
    two.carry(two.clinic, two.ward)
    two.carry(two.ward, two.clinic)
    yesterday = (two.clinic.folder / "ledger.db").read_bytes()
    enrol(two.clinic, 2)
    two.carry(two.clinic, two.ward)
    everything = numbers(two.ward)
    assert len(everything) == 3

    after = put_back(two.clinic, yesterday)
    assert after != before
    enrol(two.clinic)
    [_, new] = numbers(two.clinic)
    assert new not in everything
    # the ward hears the new name, for it is the same key; its package brings what was lost
    assert two.carry(two.clinic, two.ward).outcome == "new"
    assert two.carry(two.ward, two.clinic).outcome == "new"
    assert numbers(two.clinic) == numbers(two.ward) == sorted([*everything, new])
    with two.ward.open() as opened:
        chains = {record.envelope.id for record in opened.events.records()}
        assert len(chains) == sum(1 for _ in opened.events.records())
        rows = {row.node: row.place for row in opened.desk.tables.find(NodeRow)}
        assert len(set(rows.values())) == 3


@pytest.mark.req("REQ-902", "REQ-805")
def test_an_older_copy_that_was_put_back_on_the_sly_is_named_when_it_shows(
    two: TwoWorkstations, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    yesterday = {file.name: file.read_bytes() for file in two.clinic.folder.iterdir() if file.is_file()}
    enrol(two.clinic)
    two.carry(two.clinic, two.ward)
    for name, content in yesterday.items():
        (two.clinic.folder / name).write_bytes(content)
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "a machine that knows nothing"))
    enrol(two.clinic, 2)
    refused = two.carry(two.clinic, two.ward)
    assert (refused.outcome, refused.code) == ("refused", Code.CHAIN_FORKED)
    assert len(numbers(two.ward)) == 1


@pytest.mark.req("REQ-214", "REQ-805")
def test_an_invitation_that_was_opened_twice_is_named_when_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = TwoWorkstations(tmp_path)
    clinic, ward = two.clinic.node, two.ward.node
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("CRFAPP_STATE", str(tmp_path / "another machine"))
        twin = two.joined(tmp_path / "twin", "haddad")
        assert twin.node == ward
        enrol(twin)
        made = twin.make(clinic)
    enrol(two.ward)
    assert two.carry(two.ward, two.clinic).outcome == "new"
    refused = two.clinic.take(made.path)
    assert (refused.outcome, refused.code) == ("refused", Code.CHAIN_FORKED)
    assert len(numbers(two.clinic)) == 1


def revoke(at: Workstation, node: str) -> None:
    with at.open() as opened:
        opened.bus.send(RevokeNode(node=node, reason="left in a taxi"), opened.actor("admin"))


@pytest.mark.req("REQ-214", "REQ-806")
def test_a_revoked_workstation_is_not_heard_and_what_it_has_stays_there_and_can_be_carried_out(
    two: TwoWorkstations,
) -> None:
    enrol(two.ward)
    early = two.ward.make(two.clinic.node)
    two.site.clock.later(minutes=5)
    revoke(two.clinic, two.ward.node)
    two.site.clock.later(minutes=5)
    enrol(two.ward, 2)
    late = two.ward.make(two.clinic.node)

    refused = two.clinic.take(late.path)
    assert (refused.outcome, refused.code) == ("refused", Code.PACKAGE_REVOKED_SIGNER)
    assert len(numbers(two.clinic)) == 0
    kept = quarantined(two.clinic.folder)
    assert [one.path.read_bytes() for one in kept] == [late.path.read_bytes()]
    # what it had sent before still counts
    assert two.clinic.take(early.path).outcome == "new"
    assert len(numbers(two.clinic)) == 1
    with pytest.raises(AppProblem) as caught:
        two.clinic.make(two.ward.node)
    assert caught.value.code is Code.NODE_REVOKED
    # nothing there was deleted, locked or taken away
    assert len(numbers(two.ward)) == 3
    assert early.path.exists()
    assert late.path.exists()
    assert two.ward.make(two.clinic.node, full=True).path.exists()


@pytest.mark.req("REQ-214", "REQ-805")
def test_neither_a_lost_key_nor_a_revoked_one_comes_back_under_a_new_name(two: TwoWorkstations) -> None:
    yesterday = (two.ward.folder / "ledger.db").read_bytes()
    enrol(two.ward)
    put_back(two.ward, yesterday)
    enrol(two.ward)
    kept = (two.ward.folder / "node-key.sealed").read_bytes()
    (two.ward.folder / "node-key.sealed").unlink()
    stranger = two.ward.make(two.clinic.node)
    refused = two.clinic.take(stranger.path)
    assert (refused.outcome, refused.code) == ("refused", Code.PACKAGE_UNKNOWN_SIGNER)

    (two.ward.folder / "node-key.sealed").write_bytes(kept)
    with two.clinic.open() as opened:
        [former] = [row.node for row in opened.desk.tables.find(NodeRow) if row.label == "Ward"]
    revoke(two.clinic, former)
    two.site.clock.later(minutes=5)
    refused = two.clinic.take(two.ward.make(two.clinic.node).path)
    assert (refused.outcome, refused.code) == ("refused", Code.PACKAGE_REVOKED_SIGNER)
    assert len(numbers(two.clinic)) == 0


@pytest.mark.req("REQ-904")
def test_a_recovery_sheet_that_ended_on_one_workstation_ends_on_the_other_too(two: TwoWorkstations) -> None:
    lost = sheet_text(two.site.secret)
    two.carry(two.ward, two.clinic)
    with two.clinic.open() as opened:
        papers = KeyPapers(opened, opened.actor("admin"))
        sheet = "\n".join(papers.new_sheet().lines)
        papers.sheet_typed(sheet)
        _, shares = papers.new_shares(2, 3)
        papers.shares_typed("\n".join(shares[:2]))
    two.carry(two.clinic, two.ward)
    vault = Vault.load(two.ward.folder, QUICK)
    assert open_with_paper(vault, sheet) == (two.ward.key, "sheet")
    assert open_with_paper(vault, "\n".join(shares[1:])) == (two.ward.key, "shares")
    with pytest.raises(AppProblem) as problem:
        open_with_paper(vault, lost)
    assert problem.value.code is Code.WRONG_RECOVERY
