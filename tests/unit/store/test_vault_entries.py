"""Entries of the vault between two workstations: the same passwords open both, and nobody's key is lost."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.store.vault import FILE, Vault, entries_of, take_entries
from crfapp.store.wrapping import PasswordWrapping
from tests.support.quick_site import QUICK

if TYPE_CHECKING:
    from pathlib import Path

FIRST, OWN, LATER = "given by the administrator", "seven green bicycles", "nine black olives"


class TwoVaults:
    """The same vault in two folders, as after an invitation; rania has an account and a first password."""

    def __init__(self, folder: Path) -> None:
        self.folders = (folder / "clinic", folder / "ward")
        for each in self.folders:
            each.mkdir()
        vault, self.key = Vault.create(self.folders[0], "s1", QUICK)
        vault.add("admin", "the administrator's own", self.key, own=True)
        vault.add("rania", FIRST, self.key)
        (self.folders[1] / FILE).write_bytes((self.folders[0] / FILE).read_bytes())

    @property
    def clinic(self) -> Vault:
        return Vault.load(self.folders[0], QUICK)

    @property
    def ward(self) -> Vault:
        return Vault.load(self.folders[1], QUICK)

    def exchange(self, key: str = "", *, ward_first: bool = False, **more: str) -> None:
        """Each takes the other's entries as they were before."""
        keys = {"admin": self.clinic.public_key("admin"), "rania": key, **more}
        told = [(self.ward, entries_of(self.clinic)), (self.clinic, entries_of(self.ward))]
        for vault, entries in reversed(told) if ward_first else told:
            take_entries(vault, entries, keys)

    def opens(self, password: str, login: str = "rania") -> tuple[bool, bool]:
        return (opens(self.clinic, password, login), opens(self.ward, password, login))


def opens(vault: Vault, password: str, login: str = "rania") -> bool:
    try:
        vault.open(login, password)
    except RefusedError as problem:
        return problem.code is not Code.WRONG_LOGIN
    return True


@pytest.fixture
def two(tmp_path: Path) -> TwoVaults:
    return TwoVaults(tmp_path)


@pytest.mark.req("REQ-201", "REQ-211")
def test_a_password_chosen_on_one_workstation_opens_the_other_and_the_former_opens_neither(
    two: TwoVaults,
) -> None:
    two.ward.change_password("rania", FIRST, OWN)
    two.exchange()
    assert two.opens(OWN) == (True, True)
    assert two.opens(FIRST) == (False, False)
    key = two.ward.public_key("rania")
    assert two.clinic.public_key("rania") == key != ""

    two.clinic.change_password("rania", OWN, LATER)
    two.exchange(key)
    assert two.opens(LATER) == (True, True)
    assert two.opens(OWN) == (False, False)
    assert two.ward.unwrap("rania", LATER).own == two.clinic.unwrap("rania", LATER).own
    assert two.ward.public_key("rania") == key


@pytest.mark.parametrize("ward_first", [False, True])
def test_of_two_passwords_chosen_meanwhile_the_later_one_counts_on_both(
    two: TwoVaults, ward_first: bool
) -> None:
    two.clinic.change_password("rania", FIRST, OWN)
    two.exchange()
    key = two.clinic.public_key("rania")
    two.ward.change_password("rania", OWN, "the one before")
    two.clinic.change_password("rania", OWN, LATER)
    two.exchange(key, ward_first=ward_first)
    assert two.opens(LATER) == (True, True)
    assert two.opens("the one before") == (False, False)


@pytest.mark.req("REQ-202")
@pytest.mark.parametrize(("registered", "ward_first"), [*itertools.product((0, 1), (False, True))])
def test_the_key_on_record_stays_and_the_other_one_is_kept_aside(
    two: TwoVaults, registered: int, ward_first: bool
) -> None:
    two.clinic.change_password("rania", FIRST, OWN)
    two.ward.change_password("rania", FIRST, LATER)
    passwords = (OWN, LATER)
    keys = (two.clinic.public_key("rania"), two.ward.public_key("rania"))
    assert keys[0] != keys[1]

    two.exchange(keys[registered], ward_first=ward_first)
    assert two.opens(passwords[registered]) == (True, True)
    assert two.opens(passwords[1 - registered]) == (False, False)
    # the workstation where the other key was made still has it, and it opens no record
    [aside] = json.loads((two.folders[1 - registered] / FILE).read_bytes())["aside"]
    kept = PasswordWrapping.from_json(aside)
    own = kept.own_key("s1", passwords[1 - registered])
    assert own is not None
    assert own.public == keys[1 - registered]
    assert kept.sealed == b""
    # and after every further change
    two.ward.change_password("admin", "the administrator's own", "another one of the administrator")
    two.exchange(keys[registered])
    assert json.loads((two.folders[1 - registered] / FILE).read_bytes())["aside"] == [aside]


@pytest.mark.req("REQ-211")
def test_a_reset_and_an_account_that_ended_travel_and_come_back_by_no_package(two: TwoVaults) -> None:
    two.clinic.change_password("rania", FIRST, OWN)
    two.exchange()
    two.clinic.reset_password("rania", "once-only", two.key)
    two.exchange()
    assert two.opens("once-only") == (True, True)
    assert two.opens(OWN) == (False, False)

    two.clinic.remove("rania", for_ever=True)
    two.exchange()  # the ward had not heard of it when it made its package
    assert "rania" not in two.clinic.logins
    two.clinic.add("omar", FIRST, two.key)
    two.exchange(omar="")
    assert two.opens(FIRST, "omar") == (True, True)
    # whoever the ledger does not know as having an account is not let in by a package
    two.clinic.add("mallory", FIRST, two.key)
    two.exchange()
    assert two.opens(FIRST, "mallory") == (True, False)


def test_the_same_entries_once_more_write_nothing(two: TwoVaults) -> None:
    two.ward.change_password("rania", FIRST, OWN)
    two.exchange()
    before = [(folder / FILE).stat().st_ino for folder in two.folders]
    two.exchange()
    assert [(folder / FILE).stat().st_ino for folder in two.folders] == before
