"""T-36: every way in which people lose keys, and that the records open all the same; too few shares do not.

Each way is played on a site of its own: what was lost is lost, and whoever is left opens the records with
what they have. The twin is the same loss where nobody had kept a sheet or shares.
"""

from __future__ import annotations

import itertools
import json
import shutil
from copy import copy
from typing import TYPE_CHECKING

import pytest

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.backups import choose_second_place, keep_copies
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.key_papers import KeyPapers
from crfapp.bootstrap.letting_in import LettingIn
from crfapp.bootstrap.restoring import restore
from crfapp.cli.parts import Credentials
from crfapp.ledger.state import SubjectRow
from crfapp.store.copy_place import KeyInHand
from crfapp.store.key_shares import make_shares
from crfapp.store.recovery import new_secret, sheet_text
from crfapp.store.vault import Vault
from crfapp.store.vault_papers import open_with_paper
from crfapp.work.accounts import EndPerson
from crfapp.work.subjects import EnrolSubject
from tests.support.fault_figures import Figure, note
from tests.support.quick_site import ADMIN_PASSWORD, QUICK, QuickSite, password_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Loss:
    """A site whose records hold one subject, with sheet, shares of the key (2 of 3) and a stick."""

    def __init__(self, folder: Path) -> None:
        self.home, self.site = folder, QuickSite(folder / "site")
        self.site.settle("rania", "haddad")
        self.sheet = sheet_text(self.site.secret)
        stick = folder / "stick"
        stick.mkdir()
        with self.site.open() as opened:
            admin = opened.actor("admin")
            papers = KeyPapers(opened, admin)
            _, self.shares = papers.new_shares(2, 3)
            papers.shares_typed("\n".join(self.shares[:2]))
            choose_second_place(opened, admin, stick)
            opened.bus.send(EnrolSubject(), opened.actor("rania"))
            assert keep_copies(opened, admin, now=True).second

    def again(self, folder: Path) -> Loss:
        """The same once more, to be lost: making a site anew for each way would take too long."""
        shutil.copytree(self.home, folder)
        other = copy(self)
        other.home, other.site = folder, copy(self.site)
        other.site.folder = folder / "site"
        other.site.restart()
        return other

    def comes_in(self, login: str, password: str, folder: Path | None = None) -> bool:
        """Whether somebody who logs in finds the subject."""
        door = SiteDoor(folder or self.site.folder, self.site.clock, cost=QUICK)
        at = door.log_in(login, password, language="en")
        try:
            return len(at.tables.find(SubjectRow)) == 1
        finally:
            door.leave("logout")

    def restored(self, paper: str) -> bool:
        new = self.home / "new"
        key = KeyInHand("admin", paper=paper)
        restore(self.home / "stick", new, key, self.site.clock, reason="the laptop is dead")
        return self.comes_in("rania", password_of("rania"), new)


def forgotten_by_a_nurse(loss: Loss) -> bool:
    who = Credentials("admin", ADMIN_PASSWORD)
    secret = LettingIn(QUICK).by_administrator(loss.site.folder, who, "rania", reset=True)
    return loss.comes_in("rania", secret)


def forgotten_by_the_administrator_with_the_sheet(loss: Loss) -> bool:
    return loss.comes_in(
        "admin", LettingIn(QUICK).by_sheet(loss.site.folder, loss.sheet, "admin", reset=True)
    )


def forgotten_by_the_administrator_with_two_shares(loss: Loss) -> bool:
    paper = f"{loss.shares[2]}\n{loss.shares[1]}"
    return loss.comes_in("admin", LettingIn(QUICK).by_sheet(loss.site.folder, paper, "admin", reset=True))


def dead_laptop_with_the_sheet(loss: Loss) -> bool:
    shutil.rmtree(loss.site.folder)
    return loss.restored(loss.sheet)


def dead_laptop_with_two_shares(loss: Loss) -> bool:
    shutil.rmtree(loss.site.folder)
    return loss.restored(f"{loss.shares[0]}\n{loss.shares[2]}")


def wiped_notes_of_the_machine(loss: Loss) -> bool:
    """Keyring, settings and notes of the system are gone; nothing that opens the records was ever in them."""
    shutil.rmtree(loss.home / "notes")
    return loss.comes_in("rania", password_of("rania"))


def moved_profile(loss: Loss) -> bool:
    loss.site.folder.rename(loss.home / "another name")
    return loss.comes_in("rania", password_of("rania"), loss.home / "another name")


def other_machine(loss: Loss) -> bool:
    """The folder is carried to a machine of another id and name."""
    shutil.rmtree(loss.home / "notes")
    shutil.move(loss.site.folder, loss.home / "carried")
    return loss.comes_in("haddad", password_of("haddad"), loss.home / "carried")


def somebody_left(loss: Loss) -> bool:
    with loss.site.open() as opened:
        opened.bus.send(EndPerson(login="haddad", reason="retired"), opened.actor("admin"))
        opened.gate.vault().remove("haddad", for_ever=True)
    with pytest.raises(AppProblem):
        loss.comes_in("haddad", password_of("haddad"))
    return loss.comes_in("rania", password_of("rania"))


def lost_sheet(loss: Loss) -> bool:
    with loss.site.open() as opened:
        papers = KeyPapers(opened, opened.actor("admin"))
        lines = papers.new_sheet().lines
        papers.sheet_typed("\n".join(lines))
    with pytest.raises(AppProblem) as problem:
        LettingIn(QUICK).by_sheet(loss.site.folder, loss.sheet, "admin", reset=False)
    assert problem.value.code is Code.WRONG_RECOVERY
    secret = LettingIn(QUICK).by_sheet(loss.site.folder, "\n".join(lines), "admin", reset=True)
    return loss.comes_in("admin", secret)


def damaged_vault(loss: Loss) -> bool:
    """The file in the site's folder is torn; the one beside the copies opens them."""
    for name in ("vault.json", "vault.json.bak"):
        (loss.site.folder / name).write_bytes(b"{")
    with pytest.raises(AppProblem) as problem:
        loss.comes_in("rania", password_of("rania"))
    assert problem.value.code is Code.VAULT_DAMAGED
    assert (loss.site.folder / "ledger.db").is_file()
    return loss.restored(loss.sheet)


WAYS: tuple[Callable[[Loss], bool], ...] = (
    forgotten_by_a_nurse,
    forgotten_by_the_administrator_with_the_sheet,
    forgotten_by_the_administrator_with_two_shares,
    dead_laptop_with_the_sheet,
    dead_laptop_with_two_shares,
    wiped_notes_of_the_machine,
    moved_profile,
    other_machine,
    somebody_left,
    lost_sheet,
    damaged_vault,
)


@pytest.mark.req("REQ-904")
def test_the_records_open_after_every_loss_and_with_too_few_shares_they_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "made" / "notes"))
    made = Loss(tmp_path / "made")
    bad = []
    for way in WAYS:
        monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / way.__name__ / "notes"))
        if not way(made.again(tmp_path / way.__name__)):
            bad.append(way.__name__)
    monkeypatch.setenv("CRFAPP_STATE", str(tmp_path / "twin" / "notes"))
    locked_out = without_paper(made.again(tmp_path / "twin"))
    note(
        Figure(
            "T-36",
            "ways to lose passwords, papers and machines",
            len(WAYS),
            len(bad),
            "a vault without sheet and shares, all passwords lost",
            len(locked_out),
            sum(locked_out),
            "any 2 of 3 shares open the records, 1 opens nothing",
        )
    )
    assert bad == []
    assert all(locked_out)


def without_paper(loss: Loss) -> list[bool]:
    """The twin: nobody kept paper. Whether each of what is in the safe opens nothing."""
    vault = loss.site.folder / "vault.json"
    content = json.loads(vault.read_bytes())
    content = {name: fact for name, fact in content.items() if name not in ("shares", "digest")}
    content = {**content, "format": 2, "recovery": None}
    written = json.dumps({**content, "digest": sha256(canonical(content))})
    for name in ("vault.json", "vault.json.bak"):
        (loss.site.folder / name).write_text(written)
    papers = [loss.sheet, *map("\n".join, itertools.combinations(loss.shares, 2))]
    return [not _opens(loss, paper) for paper in papers]


@pytest.mark.req("REQ-904")
def test_fewer_shares_than_are_needed_open_nothing_whatever_is_put_beside_them(tmp_path: Path) -> None:
    loss = Loss(tmp_path / "made")
    strangers = make_shares(new_secret(), 2, 3)
    for mine in loss.shares:
        for text in (mine, f"{mine}\n{mine}", *(f"{mine}\n{other}" for other in strangers)):
            assert not _opens(loss, text)
    for two in itertools.permutations(loss.shares, 2):
        assert _opens(loss, "\n".join(two))
    assert not _opens(loss, "\n".join(strangers[:2]))


def _opens(loss: Loss, paper: str) -> bool:
    try:
        return open_with_paper(Vault.load(loss.site.folder, QUICK), paper)[0] == loss.site.key
    except AppProblem:
        return False
