"""How an account stands, in words: validity, identity, training, key, last login, and what to know first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.ledger.state import DutyRow, PersonRow, SessionRow
from crfapp.present.access_words import duties_words
from crfapp.present.acts import day_words
from crfapp.present.people_view import PersonLine
from crfapp.present.texts import isolated
from crfapp.present.words import ROLES
from crfapp.work.delegation import is_in_force
from crfapp.work.own_account import STATEMENT, steps_of, trained_for
from crfapp.work.validity import is_valid

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.workplace import Workplace


def lines_of(
    at: Workplace, rows: Sequence[PersonRow], holders: Collection[str], locked: Collection[str]
) -> tuple[PersonLine, ...]:
    """Everybody by name; closed accounts come last."""
    ordered = sorted(rows, key=lambda row: (row.ended, row.name.casefold(), row.login))
    return tuple(
        _line(at, row, has_password=row.login in holders, locked=row.login in locked) for row in ordered
    )


def facts_of(at: Workplace, row: PersonRow, *, locked: bool) -> tuple[tuple[str, str], ...]:
    """The same on a card, in full."""
    say = at.texts
    line = _line(at, row, has_password=True, locked=locked)
    statement = say("accepted") if row.statement == STATEMENT else say("not accepted yet")
    facts = [
        (say("Role"), line.role),
        (say("Organisation"), line.organisation),
        (say("Valid"), line.valid),
        (say("Identity"), line.identity),
        (say("Statement about signatures"), statement),
        (say("Training"), line.trained),
        (say("Signing key"), line.key),
        (say("Password"), _password_words(at, row)),
        (say("Last login"), line.last_login),
    ]
    if row.delegated:
        facts.insert(3, (say("Duties today"), _duties_words(at, row)))
    return tuple(facts)


def validity_words(at: Workplace, row: PersonRow) -> str:
    """From when to when an account holds."""
    say = at.texts
    first, last = day_words(at, row.valid_from), day_words(at, row.valid_to)
    if first and last:
        return say("{first} to {last}", first=first, last=last)
    if first:
        return say("from {first}", first=first)
    return say("until {last}", last=last) if last else say("without end")


def _line(at: Workplace, row: PersonRow, *, has_password: bool, locked: bool) -> PersonLine:
    say = at.texts
    state, tone = _state(at, row, has_password=has_password, locked=locked)
    checker = at.tables.get(PersonRow, row.identity) if row.identity else None
    identity = (
        say("checked by {name}", name=isolated(checker.name if checker is not None else row.identity))
        if row.identity
        else say("not checked yet")
    )
    _, _, version = row.trained.partition(" ")
    is_trained = row.trained == f"{row.role} {trained_for(at.desk.software)}"
    trained = say("version {version}", version=isolated(version)) if version else say("not confirmed yet")
    if version and not is_trained:
        trained = say("{training}, to be renewed", training=trained)
    return PersonLine(
        login=row.login,
        name=row.name,
        role=say(ROLES[row.role]),
        organisation=row.organisation,
        valid=validity_words(at, row),
        identity=identity,
        key=say("signing key on record") if row.key else say("no signing key yet"),
        trained=trained,
        last_login=_last_login(at, row),
        state=state,
        tone=tone,
        has_password=has_password or bool(row.ended),
    )


def _state(at: Workplace, row: PersonRow, *, has_password: bool, locked: bool) -> tuple[str, str]:
    """What should be known first, with its tone; nothing where somebody works as they should."""
    say, today = at.texts, at.today.isoformat()
    told = (
        (bool(row.ended), say("closed"), "muted"),
        (locked, say("locked out"), "error"),
        (not has_password, say("no password yet"), "warn"),
        (today < row.valid_from, say("not valid yet"), "warn"),
        (not is_valid(row, today), say("expired"), "warn"),
        (row.password == "reset", say("password reset"), "warn"),  # noqa: S105 - how it came about
        (bool(row.identity), "", "text"),
        (bool(steps_of(row, at.desk.software)), say("not begun"), "muted"),
    )
    return next(((words, tone) for holds, words, tone in told if holds), (say("identity open"), "warn"))


def _last_login(at: Workplace, row: PersonRow) -> str:
    session = at.tables.get(SessionRow, row.login)
    if session is None:
        return at.texts("not yet")
    local = datetime.fromisoformat(session.at).astimezone(ZoneInfo(at.site.zone))
    return f"{at.texts.date(local.date())} {isolated(f'{local:%H:%M}')}"


def _password_words(at: Workplace, row: PersonRow) -> str:
    say, day = at.texts, day_words(at, row.password_at)
    if row.password == "own":  # noqa: S105
        return say("chosen by the person, {day}", day=day)
    by = at.tables.get(PersonRow, row.reset_by) if row.reset_by else None
    name = isolated(by.name if by is not None else row.reset_by)
    if row.password == "reset" and row.reset_by:  # noqa: S105
        return say("reset by {name}, {day}", name=name, day=day)
    return say("given for the first login")


def _duties_words(at: Workplace, row: PersonRow) -> str:
    today = at.today.isoformat()
    rows = [duty for duty in at.tables.find(DutyRow, login=row.login) if is_in_force(duty, today)]
    return duties_words([name for duty in rows for name in duty.duties.split(",")], at.texts)
