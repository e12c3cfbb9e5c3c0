"""Who had an account, which rights and which duties at a moment of the past (REQ-204)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.times import utc_stamp
from crfapp.ledger.changes import Patch, Put
from crfapp.ledger.events import SessionOpened
from crfapp.ledger.fold import decided_by
from crfapp.ledger.fold_people import PEOPLE
from crfapp.ledger.state import DutyRow, PersonRow
from crfapp.work.delegation import duties_on, is_in_force
from crfapp.work.own_account import steps_of
from crfapp.work.roles import DUTIES, RIGHTS, Right, Role
from crfapp.work.validity import is_valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crfapp.base.times import Moment
    from crfapp.ledger.chain import Record
    from crfapp.ledger.changes import Change

PEOPLE_KINDS = frozenset(event.kind for event in PEOPLE) | {SessionOpened.kind}
"""The kinds of events that are needed to answer; a session says which version of the program ran."""


@dataclass(frozen=True, slots=True)
class PersonThen:
    """Somebody as they stood at a moment: their row, whether the account was valid, what they could do.

    ``duties`` are the lines of the delegation log that held on that day.
    """

    row: PersonRow
    valid: bool
    rights: frozenset[Right]
    duties: tuple[DutyRow, ...]


def people_at(records: Iterable[Record], moment: Moment) -> tuple[PersonThen, ...]:
    """Everybody who was on record at a moment of the site, by login: the events up to it, folded again."""
    until, software = utc_stamp(moment.utc), ""
    people: dict[str, PersonRow] = {}
    duties: dict[str, DutyRow] = {}
    for record in records:
        if record.envelope.at <= until:
            software = record.envelope.software
            for change in decided_by(record):
                _take(change, people, duties)
    day = moment.local.date().isoformat()
    return tuple(_then(people[login], duties, day, software) for login in sorted(people))


def rights_of(row: PersonRow, duties: Iterable[DutyRow], day: str, software: str) -> frozenset[Right]:
    """What somebody can do on an ISO day: the role's rights, as account, confirmations and log leave them."""
    if not is_valid(row, day):
        return frozenset()
    if steps_of(row, software):
        return frozenset({Right.ENTER})
    rights = RIGHTS[Role(row.role)]
    if not row.delegated:
        return rights
    return (rights - {*DUTIES, Right.OVERSEE}) | (rights & duties_on(tuple(duties), day))


def _then(row: PersonRow, duties: Mapping[str, DutyRow], day: str, software: str) -> PersonThen:
    own = tuple(duty for duty in duties.values() if duty.login == row.login)
    in_force = tuple(duty for duty in own if is_in_force(duty, day))
    return PersonThen(row, is_valid(row, day), rights_of(row, own, day, software), in_force)


def _take(change: Change, people: dict[str, PersonRow], duties: dict[str, DutyRow]) -> None:
    """One change, where it concerns people or duties."""
    if isinstance(change, Put):
        if isinstance(change.row, PersonRow):
            people[change.row.login] = change.row
        elif isinstance(change.row, DutyRow):
            duties[change.row.delegation] = change.row
    elif isinstance(change, Patch):
        _change(change, people, duties)


def _change(change: Patch, people: dict[str, PersonRow], duties: dict[str, DutyRow]) -> None:
    key = str(change.key[0])
    values: dict[str, object] = dict(change.values)
    if change.table is PersonRow and key in people:
        people[key] = people[key]._replace(**values)  # type: ignore[arg-type]  # columns of this table
    elif change.table is DutyRow and key in duties:
        duties[key] = duties[key]._replace(**values)  # type: ignore[arg-type]  # columns of this table
