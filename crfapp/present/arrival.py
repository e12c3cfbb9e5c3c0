"""What somebody meets who has just come in: steps before work, and what happened since they left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.present.texts import N_

if TYPE_CHECKING:
    from datetime import datetime

    from crfapp.present.workplace import Workplace
    from crfapp.work.own_account import Step

STATEMENT_TEXT = N_(
    "My user name and password together are my electronic signature. It binds me like the signature of my"
    " hand. I give my password to nobody, I sign for nobody else, and I answer for everything that is done"
    " in my name. If I believe that somebody knows my password, I change it at once and tell the"
    " investigator and the site administrator."
)
"""Version :data:`crfapp.work.own_account.STATEMENT` of it; another text is another version."""

TRAINING_TEXT = N_(
    "I have been trained for my role in this study and for this version of the program, and I know where"
    " its instructions are."
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A login with a wrong password: when (UTC, by this workstation's clock), and how often in a row."""

    at: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """How somebody came in.

    ``steps``: what has to be done before anything else, in this order. ``aged``: the own password has reached
    the age at which the rules ask for a new one. ``attempts``: wrong passwords since the last login.
    ``reset_by``: name of whoever reset the password, until the person has an own one again. ``until``: when
    this session ends at the latest; None: it does not. ``torn``: the program ended last time in the middle of
    a commit.
    """

    steps: tuple[Step, ...] = ()
    aged: bool = False
    attempts: tuple[Attempt, ...] = ()
    reset_by: str = ""
    until: datetime | None = None
    torn: bool = False


def start_of(at: Workplace) -> Address:
    """Where somebody begins: Today; alone at a new site, an administrator where people are added."""
    from crfapp.ledger.state import PersonRow  # what the login page does not need waits
    from crfapp.work.roles import Right

    alone = at.actor.may(Right.ADMINISTER) and len(at.tables.find(PersonRow)) == 1
    return Address("administration" if alone else "today")
