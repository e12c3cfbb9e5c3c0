"""Examples of the commands about people: their accounts, what they confirm, duties, rules of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.journeys.newcomers import settle
from crfapp.ledger.state import DutyRow
from crfapp.work.accounts import (
    ChangePerson,
    CheckIdentity,
    EndPerson,
    ResetPassword,
    UnlockAccount,
    UnlockAdministrator,
)
from crfapp.work.delegation import DelegateDuties, EndDelegation
from crfapp.work.own_account import (
    AcceptStatement,
    NoteTraining,
    RegisterKey,
    SetOwnPassword,
    UseRecoverySheet,
)
from crfapp.work.people import AddPerson
from crfapp.work.policy import FileLetter, ReviewAccess, SetPolicy
from crfapp.work.roles import Actor, Role
from tests.support.clinic import ADMIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.work.cases import Command
    from tests.support.clinic import Clinic
    from tests.support.examples.kinds import Example
    from tests.support.ward import Ward


def hire(clinic: Clinic, login: str, role: Role, name: str = "", by: Actor = ADMIN) -> Actor:
    """Somebody with an account who has done what the first login asks."""
    name = name or f"Dr {login.capitalize()}"
    clinic.bus.send(AddPerson(login=login, name=name, role=role, organisation="CTC"), by)
    actor = Actor(login, name, role, "CTC")
    settle(clinic.bus, actor)
    return actor


def _about_omar(command: Callable[[], Command]) -> Callable[[Ward], Command]:
    """A command about a nurse who has an account."""

    def example(ward: Ward) -> Command:
        hire(ward, "omar", Role.NURSE)
        return command()

    return example


def _end_delegation(ward: Ward) -> Command:
    overseer = Actor("lina", "Dr Lina", Role.INVESTIGATOR, "CTC")
    ward.bus.send(_about_omar(_delegate)(ward), overseer)
    [row] = ward.ledger.tables.find(DutyRow)
    return EndDelegation(delegation=row.delegation, end="2025-02-01")


def _delegate() -> Command:
    return DelegateDuties(login="omar", duties=("RECORD", "ENROL"), start="2025-01-05", end="2025-03-31")


def _unlock_administrator(ward: Ward) -> Command:
    """From here on there is an administrator on record: whoever acts has to be, too."""
    hire(ward, Role.INVESTIGATOR.value, Role.INVESTIGATOR, by=ADMIN)
    hire(ward, "boss", Role.ADMINISTRATOR)
    return UnlockAdministrator(login="boss", reason="forgot it over the holidays")


CHANGED = ChangePerson(
    login="omar",
    name="Omar Nasser",
    role=Role.INVESTIGATOR,
    organisation="CTC",
    valid_to="2025-12-31",
    reason="finished his training",
)
PEOPLE: dict[type[Command], Example] = {
    ChangePerson: (
        _about_omar(lambda: CHANGED),
        Role.ADMINISTRATOR,
        ["person-changed"],
    ),
    EndPerson: (
        _about_omar(lambda: EndPerson(login="omar", reason="left the clinic")),
        Role.ADMINISTRATOR,
        ["person-ended"],
    ),
    CheckIdentity: (
        _about_omar(lambda: CheckIdentity(login="omar", how="passport")),
        Role.INVESTIGATOR,
        ["identity-checked"],
    ),
    ResetPassword: (
        _about_omar(lambda: ResetPassword(login="omar", reason="forgot it")),
        Role.ADMINISTRATOR,
        ["password-set"],
    ),
    UnlockAccount: (
        _about_omar(lambda: UnlockAccount(login="omar")),
        Role.ADMINISTRATOR,
        ["account-unlocked"],
    ),
    UnlockAdministrator: (_unlock_administrator, Role.INVESTIGATOR, ["account-unlocked"]),
    SetOwnPassword: (lambda _w: SetOwnPassword(), Role.NURSE, ["password-set"]),
    AcceptStatement: (lambda _w: AcceptStatement(), Role.NURSE, ["statement-accepted"]),
    NoteTraining: (lambda _w: NoteTraining(), Role.NURSE, ["training-noted"]),
    RegisterKey: (lambda _w: RegisterKey(public="ab" * 32), Role.NURSE, ["key-registered"]),
    DelegateDuties: (_about_omar(_delegate), Role.INVESTIGATOR, ["duties-delegated"]),
    EndDelegation: (_end_delegation, Role.INVESTIGATOR, ["delegation-ended"]),
    SetPolicy: (
        lambda _w: SetPolicy(password_days=365, reason="the sponsor asks for it"),
        Role.ADMINISTRATOR,
        ["policy-set"],
    ),
    FileLetter: (lambda _w: FileLetter(date="2025-01-02"), Role.ADMINISTRATOR, ["letter-filed"]),
    ReviewAccess: (lambda _w: ReviewAccess(finding="nothing"), Role.ADMINISTRATOR, ["access-reviewed"]),
    UseRecoverySheet: (
        lambda _w: UseRecoverySheet(reset=True),
        Role.ADMINISTRATOR,
        ["session-opened", "account-unlocked", "password-set"],
    ),
}
