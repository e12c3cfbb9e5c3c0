"""Somebody comes in at an open site: what happened meanwhile is written and told, their own key looked at."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crfapp.base.passwords import password_problem
from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.bootstrap.letting_in import refuse_forged
from crfapp.ledger.state import PersonRow, SessionRow
from crfapp.present.arrival import Arrival, Attempt
from crfapp.work.own_account import RegisterKey, SetOwnPassword, Step, steps_of
from crfapp.work.people import NoteRefusal, OpenSession
from crfapp.work.policy import policy_of

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.store.own_key import OwnKey
    from crfapp.work.roles import Actor


def receive(site: OpenSite, actor: Actor, own: OwnKey | None, *, unlock: bool) -> Arrival:
    """Record that somebody came in, and say what they meet.

    ACCOUNT_ENDED; KEY_DIFFERS where the password opens the records, but not the key that this person has on
    record: then somebody else wrapped it, and nobody is let in with it.
    """
    last = _last_session(site, actor)
    _tell_refusals(site, actor)
    refuse_forged(site, actor, own)
    site.bus.send(OpenSession(how="unlock" if unlock else "login"), actor)
    if own is not None and _person(site, actor).password != "own":  # noqa: S105 - it was kept, and then the power went
        site.bus.send(SetOwnPassword(), actor)
    _register(site, actor, own.public if own is not None else "")
    _look_after_keys(site)
    policy = policy_of(site.desk.tables)
    return Arrival(
        steps=steps_left(site, actor),
        aged=_is_aged(site, _person(site, actor)),
        attempts=tuple(_attempts_since(site, actor, last)),
        reset_by=_reset_by(site, _person(site, actor)),
        until=site.clock.now() + timedelta(hours=policy.session_hours),
    )


def steps_left(site: OpenSite, actor: Actor) -> tuple[Step, ...]:
    """What somebody has to do before they work, an aged password among it (REQ-208)."""
    row = _person(site, actor)
    steps = steps_of(row, site.desk.software)
    return (Step.PASSWORD, *steps) if _is_aged(site, row) and Step.PASSWORD not in steps else steps


def choose_password(site: OpenSite, actor: Actor, current: str, password: str) -> None:
    """Wrap the keys under the password that a person chose, and record that they did.

    The vault comes first: what it opens then, the next login records where the power went in between.
    """
    desk = site.desk
    names = (desk.study.head.study, desk.site.code, desk.site.name, actor.login, actor.name)
    weak = password_problem(password, forbidden=names, shortest=policy_of(desk.tables).shortest)
    if weak is None and password == current:
        weak = Code.PASSWORD_TOO_COMMON
    if weak is not None:
        raise RefusedError(weak)
    site.gate.change_password(actor.login, current, password)
    site.bus.send(SetOwnPassword(), actor)
    _register(site, actor, site.gate.vault().public_key(actor.login))


def _register(site: OpenSite, actor: Actor, public: str) -> None:
    """Put the person's key on record, once they are known to be who they say (REQ-202)."""
    row = _person(site, actor)
    if public and row.identity and not row.key:
        site.bus.send(RegisterKey(public=public), actor)


def _tell_refusals(site: OpenSite, actor: Actor) -> None:
    """Write the attempts that failed; the name that was tried is known of those with an account."""
    attempts, names = site.gate.attempts, site.gate.names
    for tried in attempts.waiting():
        known = "" if tried.who.startswith("?") else tried.who
        name = names.pop(tried.number, known)
        site.bus.send(NoteRefusal(tried=name, at=tried.at, times=tried.times), actor)
        attempts.told(tried)


def _attempts_since(site: OpenSite, actor: Actor, last: str) -> list[Attempt]:
    """Wrong passwords for this login after a hybrid time, which no clock sets back."""
    return [
        Attempt(getattr(record.event, "at", "") or record.envelope.at, getattr(record.event, "times", 1))
        for record in site.events.records(kinds={"session-refused"})
        if record.envelope.hybrid > last and getattr(record.event, "tried", None) == actor.login
    ]


def _last_session(site: OpenSite, actor: Actor) -> str:
    row = site.desk.tables.get(SessionRow, actor.login)
    return row.hybrid if row is not None else ""


def _look_after_keys(site: OpenSite) -> None:
    """Take from the vault what closed accounts had there, and keep the counts by the rules in force.

    A full disk keeps nobody out: the next login tries again.
    """
    with suppress(AppProblem):
        vault = site.gate.vault()
        for row in site.desk.tables.find(PersonRow, ended=1):
            if row.login in vault.logins:
                vault.remove(row.login, for_ever=True)
        site.gate.attempts.allow(policy_of(site.desk.tables).attempts)
        site.gate.note_given()


def _is_aged(site: OpenSite, row: PersonRow) -> bool:
    days = policy_of(site.desk.tables).password_days
    if not days or not row.password_at:
        return False
    return site.clock.now() - datetime.fromisoformat(row.password_at) > timedelta(days=days)


def _reset_by(site: OpenSite, row: PersonRow) -> str:
    if row.password != "reset":  # noqa: S105 - how it came about
        return ""
    by = site.desk.tables.get(PersonRow, row.reset_by)
    return by.name if by is not None else row.reset_by


def _person(site: OpenSite, actor: Actor) -> PersonRow:
    row = site.desk.tables.get(PersonRow, actor.login)
    if row is None:
        raise RefusedError(Code.WRONG_LOGIN)
    return row
