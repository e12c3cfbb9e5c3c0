"""What is signed besides data: a monitor's record of a visit, an investigator's delegation of duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.canonical import canonical, sha256
from crfapp.base.marking import N_
from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import DutyRow, MonitoringRow, SignatureRow
from crfapp.work.cases import Topic, use_case
from crfapp.work.roles import Right
from crfapp.work.signing import Credentialed, Of, What, put_under, refuse_unready_signer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.events import Event
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor
    from crfapp.work.sentences import Say

MONITORING, DELEGATION = "MONITORING", "DELEGATION"
OWN_STATEMENTS: dict[str, str] = {
    MONITORING: N_("I made this visit, and the record says what I did and found."),
    DELEGATION: N_("I delegate these duties to this person, who is qualified for them, for this time."),
}
"""What is stated by signing, by the meaning; the study has no say in these."""


def own_statement(meaning: str, say: Say) -> str:
    """The statement in the language of the window and in English, each once."""
    english = OWN_STATEMENTS[meaning]
    return "\n".join(dict.fromkeys((say(english), english)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignMonitoring(Credentialed):
    """A monitor signs the record of a visit that has ended."""

    monitoring: str


@use_case(SignMonitoring, needs=Right.VERIFY, touches=(Topic.SIGNATURES, Topic.VERIFICATION))
def sign_monitoring(cmd: SignMonitoring, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it; only whoever made the visit signs for it, once, and after it has ended."""
    row = desk.tables.get(MonitoringRow, cmd.monitoring)
    if row is None or not row.ended:
        raise RefusedError(Code.NOTHING_TO_SIGN, level="monitoring")
    if row.login != actor.login:
        raise RefusedError(Code.NOT_ALLOWED, role=actor.role.value, needs=row.login)
    yield from _sign_own(cmd, desk, actor, MONITORING, row)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignDelegation(Credentialed):
    """An investigator signs that duties are delegated (REQ-206)."""

    delegation: str


@use_case(SignDelegation, needs=Right.OVERSEE, touches=(Topic.SIGNATURES, Topic.PEOPLE))
def sign_delegation(cmd: SignDelegation, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it for a delegation that is on record."""
    row = desk.tables.get(DutyRow, cmd.delegation)
    if row is None:
        raise RefusedError(Code.NOTHING_TO_SIGN, level="delegation")
    yield from _sign_own(cmd, desk, actor, DELEGATION, row)


def _sign_own(
    cmd: Credentialed, desk: Desk, actor: Actor, meaning: str, row: MonitoringRow | DutyRow
) -> Iterator[Event]:
    """``about`` is the row's key; the content is the whole row, as it is on record."""
    refuse_unready_signer(desk, actor)
    about, content = row[0], sha256(canonical(list(row)))
    given = desk.tables.find(SignatureRow, about=about, login=actor.login, state="valid")
    if any(one.content == content for one in given):
        raise RefusedError(Code.SIGNED_ALREADY)
    of: Of = "monitoring" if meaning == MONITORING else "delegation"
    statement = own_statement(meaning, desk.say)
    what = What(of, Scope(), meaning, statement, content, about)
    yield desk.lay(put_under(desk, cmd, actor, what))
