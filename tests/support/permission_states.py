"""States in which a command may find its form, its visit, its casebook, its site or its sender.

Each one is told as events, not brought about by commands: so a state is there before the command that
leads to it, and what refuses in it refuses whatever way led there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from crfapp.base.times import utc_stamp
from crfapp.ledger import events as ev
from crfapp.ledger.chain import Envelope, Record, seal
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.fold import changes_of
from crfapp.ledger.keys import Scope
from crfapp.ledger.state import TABLES, FormRow, PersonRow, SubjectRow
from crfapp.work.own_account import STATEMENT, trained_for
from crfapp.work.roles import Role
from tests.support.clinic import ADMIN, RANIA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crfapp.ledger.events import Event
    from crfapp.work.cases import Command
    from tests.support.clinic import Clinic
    from tests.support.ward import Ward

SOFTWARE = "0.1.0"
PEOPLE: tuple[tuple[str, str, Role], ...] = (
    *((role.value, role.value.capitalize(), role) for role in Role),
    (RANIA.login, RANIA.name, RANIA.role),
    (ADMIN.login, ADMIN.name, ADMIN.role),
)
"""Everybody at the ward who may be somebody's sender: login, name, role."""


class Place(NamedTuple):
    """Of what a command speaks; what it does not name is empty."""

    subject: str = ""
    visit: str = ""
    visit_n: int = 0
    form: str = ""
    form_n: int = 0

    @property
    def has_form(self) -> bool:
        return bool(self.form)

    @property
    def has_visit(self) -> bool:
        return bool(self.visit)


@dataclass(frozen=True)
class State:
    """A state: its name, what stands at the head of its column, whether it can be so of a place, how it
    comes about there."""

    name: str
    words: str
    applies: Callable[[Place], bool]
    told: Callable[[Ward, Place], Sequence[Event]]


@dataclass(frozen=True)
class Standing:
    """A state of whoever sends; ``told`` is put on record of the person with this login and role, anew."""

    name: str
    words: str
    told: Callable[[Ward, str, Role], Sequence[Event]]


def place_of(ward: Ward, command: Command) -> Place:
    """The form, visit or casebook that a command names, by a key or by the id of what lies there."""
    told = [getattr(command, field.name) for field in fields(command)]
    for value in told:
        if isinstance(value, tuple) and hasattr(value, "_fields") and value._fields[0] == "subject":
            return Place(*value[: len(Place._fields)])
    for value in (value for value in told if isinstance(value, str) and value):
        if ward.ledger.tables.get(SubjectRow, value) is not None:
            return Place(value)
        for table, spec in TABLES.items():
            row: Any = ward.ledger.tables.rows[table].get((value,)) if spec.key == 1 else None
            if row is not None and "subject" in row._fields[1:]:
                return Place(*(getattr(row, name) for name in Place._fields))
    return Place()


def _begun(ward: Ward, place: Place) -> Iterator[Event]:
    if ward.ledger.tables.get(FormRow, *place) is None:
        yield ev.FormStarted(**place._asdict())


def _complete(ward: Ward, place: Place) -> list[Event]:
    return [*_begun(ward, place), ev.FormCompleted(**place._asdict(), answers=1)]


def _moved(ward: Ward, place: Place) -> list[Event]:
    to = {"to_subject": place.subject, "to_visit": place.visit, "to_visit_n": place.visit_n}
    return [*_begun(ward, place), ev.FormMoved(**place._asdict(), move="m0", **to, to_form_n=place.form_n)]


def _held(kind: type[ev.ScopeEvent], narrow: Callable[[Place], Scope]) -> Callable[..., list[Event]]:
    def held(_ward: Ward, place: Place) -> list[Event]:
        return [kind(**narrow(place)._asdict(), reason="done")]

    return held


def _visit(place: Place) -> dict[str, Any]:
    return {"subject": place.subject, "visit": place.visit, "visit_n": place.visit_n}


def _form(place: Place) -> Scope:
    return Scope(*place)


def _casebook(place: Place) -> Scope:
    return Scope(place.subject)


STATES: tuple[State, ...] = (
    State("example", "as it should be", lambda _p: True, lambda _w, _p: []),
    State("complete", "form complete", lambda p: p.has_form, _complete),
    State("moved", "form moved away", lambda p: p.has_form, _moved),
    State("frozen", "form frozen", lambda p: p.has_form, _held(ev.Frozen, _form)),
    State("locked", "form locked", lambda p: p.has_form, _held(ev.Locked, _form)),
    State(
        "visit-locked",
        "visit locked",
        lambda p: p.has_visit,
        _held(ev.Locked, lambda p: Scope(p.subject, p.visit, p.visit_n)),
    ),
    State("casebook-locked", "casebook locked", lambda p: bool(p.subject), _held(ev.Locked, _casebook)),
    State("site-locked", "site locked", lambda _p: True, _held(ev.Locked, lambda _p: Scope())),
    State(
        "missed",
        "visit missed",
        lambda p: p.has_visit,
        lambda _w, p: [ev.VisitMissed(**_visit(p), why="ILL")],
    ),
    State(
        "merged",
        "visit merged",
        lambda p: p.has_visit,
        lambda _w, p: [ev.VisitMerged(**_visit(p), into="V_C")],
    ),
    State(
        "cancelled",
        "visit cancelled",
        lambda p: p.has_visit,
        lambda _w, p: [ev.VisitCancelled(**_visit(p))],
    ),
)


def _account(login: str, name: str, role: Role, **dates: str) -> ev.PersonAdded:
    return ev.PersonAdded(login=login, name=name, role=role.value, organisation="CTC", **dates)


def fit(login: str, role: Role) -> list[Event]:
    """All that somebody needs who works here."""
    return [
        ev.IdentityChecked(login=login, how="passport"),
        ev.PasswordSet(login=login, how="own"),
        ev.StatementAccepted(login=login, statement=STATEMENT),
        ev.TrainingNoted(login=login, role=role.value, software=trained_for(SOFTWARE)),
    ]


def on_record(ward: Ward) -> list[Event]:
    """Everybody at the ward as people on record who may work, but those who are on record already."""
    known = {row.login for row in ward.ledger.tables.find(PersonRow)}
    return [
        event
        for login, name, role in PEOPLE
        if login not in known
        for event in (_account(login, name, role), *fit(login, role))
    ]


def _days_from_now(ward: Ward, days: int) -> str:
    return (ward.desk.today + timedelta(days=days)).isoformat()


def _other(role: Role) -> Role:
    return Role.NURSE if role is not Role.NURSE else Role.AUDITOR


def _forget(ward: Ward, login: str, _role: Role) -> list[Event]:
    """No event takes a person off the record; this is an account that there never was."""
    ward.ledger.tables.rows[PersonRow].pop((login,), None)
    return []


STANDINGS: tuple[Standing, ...] = (
    Standing(
        "ended",
        "the account has ended",
        lambda _w, who, role: [_account(who, who, role), *fit(who, role), ev.PersonEnded(login=who)],
    ),
    Standing(
        "before",
        "the account is valid from tomorrow",
        lambda ward, who, role: [
            _account(who, who, role, valid_from=_days_from_now(ward, 1)),
            *fit(who, role),
        ],
    ),
    Standing(
        "after",
        "the account was valid until yesterday",
        lambda ward, who, role: [
            _account(who, who, role, valid_to=_days_from_now(ward, -1)),
            *fit(who, role),
        ],
    ),
    Standing(
        "untrained",
        "neither statement nor training are confirmed",
        lambda _w, who, role: [_account(who, who, role)],
    ),
    Standing("unknown", "nobody with this account is on record", _forget),
    Standing(
        "other-role",
        "another role is on record",
        lambda _w, who, role: [_account(who, who, _other(role)), *fit(who, _other(role))],
    ),
)


def happen(ward: Clinic, events: Sequence[Event], *, node: str = "ws-test") -> None:
    """Let events have happened at the ward, as the fold tells them; forms on the desk open anew."""
    ledger, at = ward.ledger, ward.clock.now()
    for event in events:
        head = ledger.head
        hybrid = Hybrid.parse(head.hybrid).next(int(at.timestamp() * 1000))
        envelope = Envelope(
            node=node,
            seq=head.seq + 1,
            prev=head.hash,
            at=utc_stamp(at),
            offset=180,
            zone=ward.desk.zone,
            hybrid=str(hybrid),
            act="0" * 16,
            login=ADMIN.login,
            name=ADMIN.name,
            role=ADMIN.role.value,
            organisation=ADMIN.organisation,
            pack=ward.desk.pack_hash,
            software=SOFTWARE,
        )
        link = seal(envelope, event, lambda count: b"\0" * count)
        ledger.append([link], list(changes_of(Record(envelope, event))), str(hybrid))
    ward.desk.forget_forms()


__all__ = [
    "SOFTWARE",
    "STANDINGS",
    "STATES",
    "Place",
    "Standing",
    "State",
    "happen",
    "on_record",
    "place_of",
]
