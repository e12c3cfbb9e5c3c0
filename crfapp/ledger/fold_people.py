"""What events about people, their sessions and the site's rules change in the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger import events as ev
from crfapp.ledger.changes import Change, Patch, Put
from crfapp.ledger.state import DutyRow, PersonRow, PolicyRow, SessionRow, UpkeepRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record


def _person_added(event: ev.PersonAdded, _record: Record) -> Iterator[Change]:
    who = (event.login, event.name, event.role, event.organisation)
    yield Put(PersonRow(*who, event.valid_from, event.valid_to))


def _person_changed(event: ev.PersonChanged, _record: Record) -> Iterator[Change]:
    told = event.model_dump(include={"name", "role", "organisation", "valid_from", "valid_to"})
    yield Patch(PersonRow, (event.login,), told)


def _person_ended(event: ev.PersonEnded, _record: Record) -> Iterator[Change]:
    yield Patch(PersonRow, (event.login,), {"ended": 1})


def _identity_checked(event: ev.IdentityChecked, record: Record) -> Iterator[Change]:
    yield Patch(PersonRow, (event.login,), {"identity": record.envelope.login, "vouched": 1})


def _key_registered(event: ev.KeyRegistered, _record: Record) -> Iterator[Change]:
    yield Patch(PersonRow, (event.login,), {"key": event.public})


def _statement_accepted(event: ev.StatementAccepted, _record: Record) -> Iterator[Change]:
    yield Patch(PersonRow, (event.login,), {"statement": event.statement})


def _training_noted(event: ev.TrainingNoted, _record: Record) -> Iterator[Change]:
    yield Patch(PersonRow, (event.login,), {"trained": f"{event.role} {event.software}"})


def _password_set(event: ev.PasswordSet, record: Record) -> Iterator[Change]:
    """What a reset opens is not the person's own key: identity is checked anew before they sign again."""
    changed: dict[str, str | int | None] = {"password": event.how, "password_at": record.envelope.at}
    if event.how != "own":
        changed |= {"reset_by": record.envelope.login}
    if event.how == "reset":
        changed |= {"identity": "", "key": ""}
    yield Patch(PersonRow, (event.login,), changed)


def _duties_delegated(event: ev.DutiesDelegated, record: Record) -> Iterator[Change]:
    duties = ",".join(event.duties)
    by = (record.envelope.login, record.envelope.at)
    yield Put(DutyRow(event.delegation, event.login, duties, event.start, event.end, *by))
    yield Patch(PersonRow, (event.login,), {"delegated": 1})


def _delegation_ended(event: ev.DelegationEnded, _record: Record) -> Iterator[Change]:
    yield Patch(DutyRow, (event.delegation,), {"end": event.end})


def _session_opened(event: ev.SessionOpened, record: Record) -> Iterator[Change]:
    yield Put(SessionRow(record.envelope.login, event.how, record.envelope.at, 1, 0, record.envelope.hybrid))


def _session_closed(_event: ev.SessionClosed, record: Record) -> Iterator[Change]:
    yield Patch(SessionRow, (record.envelope.login,), {"open": 0})


def _policy_set(event: ev.PolicySet, record: Record) -> Iterator[Change]:
    rules = event.model_dump(exclude={"subject", "reason"})
    yield Put(PolicyRow("site", record.envelope.at, **{name: int(rule) for name, rule in rules.items()}))


def _letter_filed(event: ev.LetterFiled, record: Record) -> Iterator[Change]:
    yield Put(UpkeepRow("letter", event.date, record.envelope.login, record.envelope.at))


def access_seen_to(_event: ev.Event, record: Record) -> Iterator[Change]:
    """From here on it counts when who may do what has to be looked through again."""
    yield Put(UpkeepRow("access", record.envelope.at[:10], record.envelope.login, record.envelope.at))


PEOPLE: dict[type[ev.Event], Callable[[Any, Record], Iterator[Change]]] = {
    ev.PersonAdded: _person_added,
    ev.PersonChanged: _person_changed,
    ev.PersonEnded: _person_ended,
    ev.IdentityChecked: _identity_checked,
    ev.KeyRegistered: _key_registered,
    ev.StatementAccepted: _statement_accepted,
    ev.TrainingNoted: _training_noted,
    ev.PasswordSet: _password_set,
    ev.DutiesDelegated: _duties_delegated,
    ev.DelegationEnded: _delegation_ended,
    ev.SessionOpened: _session_opened,
    ev.SessionClosed: _session_closed,
    ev.PolicySet: _policy_set,
    ev.LetterFiled: _letter_filed,
    ev.AccessReviewed: access_seen_to,
}
