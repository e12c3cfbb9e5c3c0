"""Somebody who is to get an account: what is asked, and what is not in order about the answers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crfapp.base.passwords import SHORTEST, password_problem
from crfapp.present.exchange_view import Rule
from crfapp.present.problem_texts import code_text
from crfapp.present.texts import N_

if TYPE_CHECKING:
    from collections.abc import Collection

    from crfapp.base.problems import Code
    from crfapp.present.texts import Texts

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")
"""User names that every keyboard can type."""

OFFERED_ROLES = ("nurse", "investigator", "monitor", "data-manager", "auditor", "rater", "administrator")
"""In the order in which a site needs them."""

LOGIN_WANTED = N_("Type a user name: small letters and digits, beginning with a letter.")
NAME_WANTED = N_("Type the full name, as it should stand in the records.")
_DIFFERENT = N_("The two passwords differ. Type the same one twice.")
_WANTED = {
    "name": NAME_WANTED,
    "login": LOGIN_WANTED,
    "organisation": N_("Type for whom this person works."),
    "role": N_("Choose a role."),
}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """The form as it was filled.

    ``role`` is a value of :class:`crfapp.work.roles.Role`, or empty; the days as they were typed.
    """

    name: str = ""
    login: str = ""
    organisation: str = ""
    role: str = ""
    password: str = ""
    again: str = ""
    valid_from: str = ""
    valid_to: str = ""

    def tidied(self) -> NewPerson:
        """The same without room around the words; the passwords are left as they were typed."""
        name, login, organisation = (
            " ".join(unicodedata.normalize("NFC", text).split())
            for text in (self.name, self.login, self.organisation)
        )
        login = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in login)
        return replace(self, name=name, login=login, organisation=organisation)


def password_weakness(new: NewPerson, names: Collection[str], shortest: int = SHORTEST) -> Code | None:
    """Why the password is not good enough; ``names``: of study and site, ``shortest``: by the policy."""
    return password_problem(new.password, forbidden=(*names, new.login, new.name), shortest=shortest)


def password_rules(
    new: NewPerson, names: Collection[str], say: Texts, shortest: int = SHORTEST
) -> tuple[Rule, ...]:
    """The rules of a password, and which of them are kept so far."""
    long_enough = len(unicodedata.normalize("NFC", new.password)) >= shortest
    unusual = long_enough and password_weakness(new, names, shortest) is None
    return (
        Rule(say("at least {count} characters", count=shortest), long_enough),
        Rule(say("not easily guessed, no name of study, site or user"), unusual),
        Rule(say("typed twice alike"), bool(new.password) and new.password == new.again),
    )


def person_problems(new: NewPerson, say: Texts) -> dict[str, str]:
    """What is not in order about the person, as sentences by field; the password is judged apart."""
    in_order = {
        "name": bool(new.name),
        "login": bool(LOGIN.fullmatch(new.login)),
        "organisation": bool(new.organisation),
        "role": new.role in OFFERED_ROLES,
    }
    return {field: say(_WANTED[field]) for field, right in in_order.items() if not right}


def password_problems(
    new: NewPerson, names: Collection[str], say: Texts, shortest: int = SHORTEST
) -> dict[str, str]:
    """What is not in order about the password, as sentences by field."""
    weak = password_weakness(new, names, shortest)
    if weak is not None:
        return {"password": " ".join(code_text(weak, {"least": shortest}, say))}
    return {} if new.password == new.again else {"again": say(_DIFFERENT)}
