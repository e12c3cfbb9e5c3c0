"""What somebody should know about accounts and duties, without having looked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from crfapp.ledger.state import DutyRow, PersonRow, UpkeepRow
from crfapp.work.accounts import may_vouch
from crfapp.work.roles import RIGHTS, Right, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

REVIEW_DAYS = 90
"""After so many days it is looked through again who may do what (REQ-204)."""
ENDS_WITHIN = 7
_ENOUGH = 2
"""People who can vouch for others: when one of them loses a password, the other one vouches for them."""


class NoticeKind(StrEnum):
    """What a notice is about."""

    PASSWORD_RESET = "password-reset"  # noqa: S105 - the name of a notice
    IDENTITY_OPEN = "identity-open"
    DELEGATION_ENDS = "delegation-ends"
    REVIEW_DUE = "review-due"
    LETTER_OPEN = "letter-open"
    FEW_VOUCHERS = "few-vouchers"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know. ``login`` and ``name``: about whom; ``by``: through whom; ``day``: ISO.

    The day is since when or until when; what a notice does not have is empty.
    """

    kind: NoticeKind
    login: str = ""
    name: str = ""
    by: str = ""
    day: str = ""


def notices_for(desk: Desk, actor: Actor) -> tuple[Notice, ...]:
    """What concerns somebody, the most urgent first; who works under a role without such matters has none."""
    found: list[Notice] = []
    if actor.may(Right.OVERSEE):
        found += [*_resets(desk, actor), *_ending(desk)]
    if actor.may(Right.VOUCH):
        found += _unknown(desk, actor)
    if actor.may(Right.ADMINISTER):
        found += _administration(desk)
    if actor.may(Right.OVERSEE) or actor.may(Right.ADMINISTER):
        vouched = [row for row in desk.tables.find(PersonRow, ended=0) if row.identity and _vouches(row)]
        found += [Notice(NoticeKind.FEW_VOUCHERS)] if len(vouched) < _ENOUGH else []
    return tuple(found)


def _resets(desk: Desk, actor: Actor) -> Iterator[Notice]:
    """Whose password somebody else replaced, until they are known again to be who they say (REQ-211)."""
    for row in desk.tables.find(PersonRow, ended=0):
        is_open = row.password == "reset" or (row.vouched and not row.identity)  # noqa: S105
        if is_open and row.login != actor.login:
            by = desk.tables.get(PersonRow, row.reset_by)
            name = by.name if by is not None else row.reset_by
            yield Notice(NoticeKind.PASSWORD_RESET, row.login, row.name, name, row.password_at[:10])


def _unknown(desk: Desk, actor: Actor) -> Iterator[Notice]:
    """Who can sign once this person has said who they are."""
    for row in desk.tables.find(PersonRow, ended=0, identity=""):
        signs = RIGHTS[Role(row.role)] & {Right.SIGN, Right.VERIFY}
        if signs and may_vouch(desk, actor, row):
            yield Notice(NoticeKind.IDENTITY_OPEN, row.login, row.name)


def _ending(desk: Desk) -> Iterator[Notice]:
    today = desk.today
    till = (today + timedelta(days=ENDS_WITHIN)).isoformat()
    for row in desk.tables.find(DutyRow):
        if row.end and today.isoformat() <= row.end <= till:
            person = desk.tables.get(PersonRow, row.login)
            name = person.name if person is not None else row.login
            yield Notice(NoticeKind.DELEGATION_ENDS, row.login, name, day=row.end)


def _administration(desk: Desk) -> Iterator[Notice]:
    due = review_due(desk)
    if due is not None and due <= desk.today:
        yield Notice(NoticeKind.REVIEW_DUE, day=due.isoformat())
    if not letter_filed(desk):
        yield Notice(NoticeKind.LETTER_OPEN)


def review_due(desk: Desk) -> date | None:
    """The day on which it is to be looked through again who may do what; None where no site is founded."""
    row = desk.tables.get(UpkeepRow, "access")
    return date.fromisoformat(row.day) + timedelta(days=REVIEW_DAYS) if row is not None else None


def letter_filed(desk: Desk) -> str:
    """The ISO day on which the letter about electronic signatures was filed; empty: not yet (REQ-203)."""
    row = desk.tables.get(UpkeepRow, "letter")
    return row.day if row is not None else ""


def _vouches(row: PersonRow) -> bool:
    return Right.VOUCH in RIGHTS[Role(row.role)]
