"""What can be done about somebody's account by whoever looks at it, and the command that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code
from crfapp.present.acts import Act, AskedField, typed_day
from crfapp.present.words import ROLES
from crfapp.work.accounts import (
    ChangePerson,
    CheckIdentity,
    EndPerson,
    ResetPassword,
    UnlockAccount,
    UnlockAdministrator,
    may_vouch,
)
from crfapp.work.roles import Right, Role, go_together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crfapp.ledger.state import PersonRow
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command

PERSON_PLACES: Mapping[Code, str] = {
    Code.REASON_NEEDED: "reason",
    Code.REASON_TOO_SHORT: "reason",
    Code.DAYS_CROSSED: "valid_to",
    Code.ROLES_CONFLICT: "role",
}


def acts_about(at: Workplace, row: PersonRow, *, locked: bool, has_password: bool) -> tuple[Act, ...]:
    """The acts that may be begun here; the bus decides again when one is carried out."""
    say, actor = at.texts, at.actor
    if row.ended or row.login == actor.login:
        return ()
    administers = actor.may(Right.ADMINISTER)
    acts: list[Act] = []
    if locked and (administers or (actor.may(Right.OVERSEE) and row.role == Role.ADMINISTRATOR.value)):
        acts.append(_unlock(say))
    if not row.identity and actor.may(Right.VOUCH) and may_vouch(at.desk, actor, row):
        acts.append(_identity(say))
    if administers and not has_password:
        acts.append(Act("password", say("Set the password"), say("Set the password")))
    if administers:
        acts += [_change(at, row), *([_reset(say)] if has_password else []), _end(say)]
    return tuple(acts)


def command_of(at: Workplace, key: str, login: str, values: Mapping[str, str]) -> Command:
    """The command of an act with the answers to its questions; RefusedError for what is no day."""
    reason = values.get("reason", "").strip()
    if key == "identity":
        return CheckIdentity(login=login, how=values.get("reason", ""))
    if key == "reset":
        return ResetPassword(login=login, reason=reason)
    if key == "end":
        return EndPerson(login=login, reason=reason)
    if key == "unlock":
        administers = at.actor.may(Right.ADMINISTER)
        return (UnlockAccount if administers else UnlockAdministrator)(login=login, reason=reason)
    return ChangePerson(
        login=login,
        name=" ".join(values["name"].split()),
        role=Role(values["role"]),
        organisation=" ".join(values["organisation"].split()),
        valid_from=typed_day(at, values["valid_from"]),
        valid_to=typed_day(at, values["valid_to"]),
        reason=reason,
    )


def _reason(say: Texts) -> AskedField:
    return AskedField("reason", say("Why?"))


def _identity(say: Texts) -> Act:
    how = AskedField(
        "reason", say("How was it checked?"), remark=say("For example: passport seen, known for years.")
    )
    note = say("You say that this person is who the account says. Only then do they get a signing key.")
    return Act("identity", say("Confirm the identity"), say("Confirm the identity"), (how,), note)


def _unlock(say: Texts) -> Act:
    note = say("Ask the person whether the wrong passwords were theirs before you let them try again.")
    why = AskedField("reason", say("What did they say?"))
    return Act("unlock", say("Unlock"), say("Unlock"), (why,), note)


def _reset(say: Texts) -> Act:
    note = say(
        "A secret for one login is shown once. The person then chooses a password that nobody else knows;"
        " their signing key is lost, and their identity is checked anew by somebody other than you."
    )
    return Act("reset", say("Reset the password"), say("Reset the password"), (_reason(say),), note)


def _end(say: Texts) -> Act:
    note = say("The account is closed for ever, and its user name is never given again.")
    return Act("end", say("Close the account"), say("Close for ever"), (_reason(say),), note)


def _change(at: Workplace, row: PersonRow) -> Act:
    say = at.texts
    possible = tuple(
        (role.value, say(ROLES[role.value])) for role in Role if go_together(Role(row.role), role)
    )
    day = say("For example 12 Jan 2025; empty for no limit.")
    fields = (
        AskedField("name", say("Full name"), value=row.name),
        AskedField("organisation", say("Organisation"), value=row.organisation),
        AskedField("role", say("Role"), "choice", row.role, choices=possible),
        AskedField("valid_from", say("Valid from"), "code", row.valid_from, day),
        AskedField("valid_to", say("Valid to"), "code", row.valid_to, day),
        _reason(say),
    )
    note = say("Roles of another side can be given to no open account: they need another person.")
    if row.role == Role.ADMINISTRATOR.value:
        note = say("An account that administers can be given no other role.")
    return Act("change", say("Change"), say("Save the change"), fields, note)
