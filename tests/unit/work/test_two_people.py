"""One person alone never comes to sign as another: over every order of what an administrator can do."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.state import PersonRow
from crfapp.work import accounts
from crfapp.work.accounts import (
    ChangePerson,
    CheckIdentity,
    EndPerson,
    ResetPassword,
    UnlockAccount,
    may_vouch,
)
from crfapp.work.own_account import (
    AcceptStatement,
    NoteTraining,
    RegisterKey,
    SetOwnPassword,
    UseRecoverySheet,
)
from crfapp.work.people import AddPerson, GivePassword
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN, Clinic
from tests.support.examples.people import hire
from tests.support.ward import Ward, ward_study

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.work.cases import Command
    from crfapp.work.desk import Desk

VICTIMS = {"haddad": "a1" * 32, "odeh": "b2" * 32}
KEY = "ff" * 32
PHANTOMS = ("eve", "mallory")


class Site(Clinic):
    """A small site as it stands: one administrator, two investigators whose keys are on record."""

    def __init__(self) -> None:
        super().__init__(ward_study())
        hire(self, ADMIN.login, Role.ADMINISTRATOR, ADMIN.name)
        for login, by in (("haddad", ADMIN), ("odeh", self.actor_of("haddad"))):
            actor = hire(self, login, Role.INVESTIGATOR)
            self.bus.send(CheckIdentity(login=login, how="passport"), by)
            self.bus.send(RegisterKey(public=VICTIMS[login]), actor)
        self.controlled = {ADMIN.login}

    def row(self, login: str) -> PersonRow | None:
        return self.ledger.tables.get(PersonRow, login)

    def actor_of(self, login: str) -> Actor:
        row = self.row(login)
        if row is None:
            return Actor(login, f"Dr {login.capitalize()}", Role.INVESTIGATOR, "CTC")
        return Actor(row.login, row.name, Role(row.role), row.organisation)

    def plot(self, by: str, command: Command, about: str) -> None:
        """One act of an administrator who acts alone, through every account whose secret they know."""
        if by not in self.controlled:
            return
        with suppress(RefusedError):
            self.bus.send(command, self.actor_of(by))
            if isinstance(command, AddPerson | ResetPassword | GivePassword):
                self.controlled.add(about)

    def is_taken_over(self) -> bool:
        """Whether a key of the plotter's stands on record for somebody who is real."""
        return any((self.row(login) or PersonRow("", "", "", "")).key == KEY for login in VICTIMS)


ACCOUNTS = (ADMIN.login, *VICTIMS, *PHANTOMS)


def _change(login: str) -> Command:
    role = Role.INVESTIGATOR
    return ChangePerson(login=login, name=f"Dr {login}", role=role, organisation="CTC", reason="as I like it")


ACTS: tuple[Callable[[str], Command], ...] = (
    lambda login: ResetPassword(login=login, reason="forgot it"),
    lambda login: CheckIdentity(login=login, how="passport"),
    lambda login: AddPerson(login=login, name=f"Dr {login}", role=Role.INVESTIGATOR, organisation="CTC"),
    lambda login: AddPerson(login=login, name=f"Admin {login}", role=Role.ADMINISTRATOR, organisation="CTC"),
    lambda login: GivePassword(login=login),
    lambda login: EndPerson(login=login, reason="left us"),
    lambda login: UnlockAccount(login=login),
    lambda _login: SetOwnPassword(),
    lambda _login: AcceptStatement(),
    lambda _login: NoteTraining(),
    lambda _login: RegisterKey(public=KEY),
    lambda _login: UseRecoverySheet(reset=True),
    _change,
)
PLOTS = st.lists(
    st.tuples(st.sampled_from(ACCOUNTS), st.integers(0, len(ACTS) - 1), st.sampled_from(ACCOUNTS)),
    max_size=40,
)
GET_READY = [7, 8, 9]


def carried_out(plot: list[tuple[str, int, str]]) -> Site:
    site = Site()
    for by, act, about in plot:
        site.plot(by, ACTS[act](about), about)
    return site


@pytest.mark.req("REQ-211", "REQ-310")
@settings(max_examples=150, deadline=None)
@given(plot=PLOTS)
def test_no_order_of_an_administrators_acts_puts_another_key_on_record_for_somebody(
    plot: list[tuple[str, int, str]],
) -> None:
    assert not carried_out(plot).is_taken_over()


def _as(by: str, acts: list[int]) -> list[tuple[str, int, str]]:
    return [(by, act, by) for act in acts]


TAKE_ODEH = [("admin", 0, "odeh"), *_as("odeh", GET_READY)]
BY_HIMSELF = [*TAKE_ODEH, ("admin", 1, "odeh"), ("odeh", 10, "odeh")]
BY_A_PHANTOM = [
    ("admin", 2, "eve"),
    *_as("eve", GET_READY),
    ("admin", 1, "eve"),
    ("eve", 10, "eve"),
    *TAKE_ODEH,
    ("eve", 1, "odeh"),
    ("odeh", 10, "odeh"),
]
BY_EVERYBODY_RESET = [
    ("admin", 3, "mallory"),
    *_as("mallory", GET_READY),
    ("admin", 0, "haddad"),
    *_as("haddad", GET_READY),
    *TAKE_ODEH,
    ("haddad", 1, "odeh"),
    ("mallory", 1, "odeh"),
    ("admin", 1, "odeh"),
    ("odeh", 10, "odeh"),
]
KNOWN = pytest.mark.parametrize("plot", [BY_HIMSELF, BY_A_PHANTOM, BY_EVERYBODY_RESET])


@pytest.mark.req("REQ-211")
@KNOWN
def test_the_plots_that_come_to_mind_fail(plot: list[tuple[str, int, str]]) -> None:
    site = carried_out(plot)
    assert not site.is_taken_over()
    assert "odeh" in site.controlled
    odeh = site.row("odeh")
    assert odeh is not None
    assert (odeh.password, odeh.identity, odeh.key) == ("own", "", "")


@KNOWN
def test_each_of_them_would_succeed_if_whoever_is_not_oneself_could_vouch(
    plot: list[tuple[str, int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin without the safeguard."""

    def anybody(_desk: Desk, actor: Actor, row: PersonRow) -> bool:
        return actor.login != row.login

    monkeypatch.setattr(accounts, "may_vouch", anybody)
    assert carried_out(plot).is_taken_over()


@pytest.mark.req("REQ-202", "REQ-211")
def test_with_a_second_person_the_way_back_is_open() -> None:
    site = carried_out(TAKE_ODEH)
    site.bus.send(CheckIdentity(login="odeh", how="passport"), site.actor_of("haddad"))
    site.bus.send(RegisterKey(public="cc" * 32), site.actor_of("odeh"))
    row = site.row("odeh")
    assert row is not None
    assert (row.identity, row.key) == ("haddad", "cc" * 32)


@pytest.mark.req("REQ-202")
def test_who_may_vouch_at_a_site_that_begins_and_at_one_that_stands() -> None:
    ward = Ward()
    hire(ward, ADMIN.login, Role.ADMINISTRATOR, ADMIN.name)
    omar, rania = hire(ward, "omar", Role.INVESTIGATOR), hire(ward, "samia", Role.NURSE)
    rows = {login: ward.ledger.tables.get(PersonRow, login) for login in ("admin", "omar", "samia")}
    assert all(rows.values())

    def may(actor: Actor, login: str) -> bool:
        row = ward.ledger.tables.get(PersonRow, login)
        return row is not None and may_vouch(ward.desk, actor, row)

    assert (may(omar, "omar"), may(ADMIN, "omar"), may(rania, "omar")) == (False, True, True)
    ward.bus.send(CheckIdentity(login="omar", how="passport"), ADMIN)
    # from here on somebody is vouched for: he vouches for the others, and not who gave them a password
    assert (may(ADMIN, "samia"), may(omar, "samia")) == (False, True)
    with pytest.raises(RefusedError) as refused:
        ward.bus.send(CheckIdentity(login="samia", how="passport"), ADMIN)
    assert refused.value.code is Code.SOMEBODY_ELSE
    with pytest.raises(RefusedError) as short:
        ward.bus.send(CheckIdentity(login="samia", how=" x "), omar)
    assert short.value.code is Code.REASON_TOO_SHORT


@pytest.mark.req("REQ-202")
def test_before_somebody_was_vouched_for_no_key_of_theirs_is_on_record() -> None:
    ward = Ward()
    omar = hire(ward, "omar", Role.INVESTIGATOR)
    with pytest.raises(RefusedError) as refused:
        ward.bus.send(RegisterKey(public=KEY), omar)
    assert refused.value.code is Code.SOMEBODY_ELSE
    ward.bus.send(CheckIdentity(login="omar", how="passport"), ADMIN)
    ward.bus.send(RegisterKey(public=KEY), omar)
    with pytest.raises(RefusedError):
        ward.bus.send(RegisterKey(public="00" * 32), omar)
    assert ward.bus.send(RegisterKey(public=KEY), omar).events == ()
