"""A second workstation begins from an invitation: the same records, the same people, a chain of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.joining import Invited, Newcomer, invite, join
from crfapp.ledger.events import PackageTakenIn
from crfapp.ledger.state import KnownEndRow, NodeRow, SubjectRow
from crfapp.store.invitation import open_invitation
from crfapp.store.vault import Vault
from crfapp.work.subjects import EnrolSubject
from tests.support.quick_site import QUICK, QuickSite, password_of

if TYPE_CHECKING:
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
