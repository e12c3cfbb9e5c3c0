"""The only door for change: right, reason, handler, seal, append; all in one transaction."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, RefusedError
from crfapp.base.times import utc_stamp
from crfapp.ledger.chain import Envelope, Record, Sealed, seal
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.events import ActRefused, ClockNoticed, Event, Redacted, Sort
from crfapp.ledger.fold import changes_of
from crfapp.ledger.speaking import may_say
from crfapp.work.cases import USE_CASES, Command, UseCase
from crfapp.work.last_words import last_words
from crfapp.work.marks import fallen, refuse_held
from crfapp.work.outcome import Outcome
from crfapp.work.receiving import NOTHING_NEW, Arrival, Arrived, receiving
from crfapp.work.standing import refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crfapp.ledger.changes import Change
    from crfapp.work.desk import Desk
    from crfapp.work.ports import Clock, Ledger, Transaction
    from crfapp.work.roles import Actor

REASON_MIN = 3
"""A reason shorter than this says nothing (REQ-104)."""

_UNENTITLED = frozenset(
    {
        Code.NOT_ALLOWED,
        Code.ACCOUNT_ENDED,
        Code.NOT_TRAINED,
        Code.OWN_PASSWORD_NEEDED,
        Code.NOT_DELEGATED,
        Code.SOMEBODY_ELSE,
    }
)


@dataclass(frozen=True, slots=True)
class Workstation:
    """Whose chain the events go to: ``node`` names it for ever, ``software`` is the version running.

    ``sort`` says where it is; a chain of the centre or of a monitor's copy says only what it may.
    """

    node: str
    software: str
    sort: Sort = "site"


class Bus:
    """Carries out commands, one at a time, or refuses them whole."""

    def __init__(
        self,
        ledger: Ledger,
        desk: Desk,
        clock: Clock,
        *,
        entropy: Callable[[int], bytes],
        workstation: Workstation,
    ) -> None:
        self._ledger = ledger
        self._desk = desk
        self._clock = clock
        self._entropy = entropy
        self._workstation = workstation
        desk.software, desk.node = workstation.software, workstation.node
        self._listeners: list[Callable[[Outcome], None]] = []
        self._noticed = 0

    def listen(self, listener: Callable[[Outcome], None]) -> None:
        """Be told of every outcome, after it is durable."""
        self._listeners.append(listener)

    def send(self, command: Command, actor: Actor) -> Outcome:
        """Carry out one command; its events are on disk when this returns.

        RefusedError where the actor may not, a reason is wanted, or the handler refuses: then nothing
        was written. EnvironmentProblem where the disk fails: then what is known is said by its code.
        """
        case = USE_CASES[type(command)]
        try:
            outcome = self._carried_through(case, command, actor)
        except RefusedError as refusal:
            if refusal.code in _UNENTITLED:
                self._note(ActRefused(command=type(command).__name__, code=refusal.code.value), actor)
            raise
        self._tell(outcome)
        return outcome

    def receive(self, arrival: Arrival, actor: Actor) -> Arrived:
        """Take in what another chain says, all of it or nothing; durable when this returns.

        In one transaction: links that are new here are appended, the tables made right, the receipt written,
        and, on a workstation of the site, what follows is recorded. RefusedError where the actor may not take
        packages in, and what :class:`crfapp.ledger.merge.Arriving` says of links that do not fit.
        """
        try:
            with self._ledger.transaction() as transaction:
                with self._desk.reading(transaction.tables, transaction.head.hash):
                    refuse_unfit(receiving(NOTHING_NEW, self._workstation.sort), self._desk, actor)
                received = transaction.receive(arrival.links)
                self._desk.forget_forms()
                with self._desk.reading(transaction.tables, transaction.head.hash):
                    self._desk.versions.heed()
                case = receiving(received, self._workstation.sort)
                outcome = self._carry_out(case, arrival, actor, transaction)
        except RefusedError as refusal:
            if refusal.code in _UNENTITLED:
                self._note(ActRefused(command=type(arrival).__name__, code=refusal.code.value), actor)
            raise
        finally:
            self._desk.forget_forms()
        outcome = replace(outcome, trouble=self._ledger.told())
        self._tell(outcome)
        return Arrived(outcome, received.new, received.subjects)

    def _tell(self, outcome: Outcome) -> None:
        for listener in self._listeners:
            listener(outcome)

    def _carried_through(self, case: UseCase, command: Command, actor: Actor) -> Outcome:
        """A command whose disk is full is tried once more where the ledger has made room for it."""
        try:
            outcome = self._within(case, command, actor)
        except EnvironmentProblem as problem:
            if not self._ledger.makes_room(problem):
                raise
            outcome = self._within(case, command, actor)
        return replace(outcome, trouble=self._ledger.told())

    def _within(self, case: UseCase, command: Command, actor: Actor) -> Outcome:
        """All of one command in one transaction."""
        begun = False
        try:
            with self._ledger.transaction() as transaction:
                with self._desk.reading(transaction.tables, transaction.head.hash):
                    refuse_unfit(case, self._desk, actor)
                    _ask_reason(case, command, self._desk)
                begun = True
                return self._carry_out(case, command, actor, transaction)
        except BaseException:
            if begun:  # asking for a reason decides nothing: the forms on the desk stay true
                self._desk.forget_forms()
            raise

    def _note(self, event: Event, actor: Actor) -> None:
        """Keep what somebody tried without being entitled to (REQ-117); they are refused in any case."""
        with suppress(AppProblem), self._ledger.transaction() as transaction:
            self._append((event,), actor, self._clock.now().astimezone(UTC), transaction)

    def _carry_out(self, case: UseCase, command: Command, actor: Actor, transaction: Transaction) -> Outcome:
        now_there = (transaction.head.hash, transaction.records, transaction.ends)
        with self._desk.reading(transaction.tables, *now_there):
            events = last_words(case.handler(command, self._desk, actor))
            refuse_held(self._desk, events)
            events = (*events, *fallen(self._desk, events))
        now = self._clock.now().astimezone(UTC)
        if events:
            events = self._append(events, actor, now, transaction)
            self._take_away(events, transaction)
        return Outcome(events, case.touches if events else frozenset(), now)

    def _take_away(self, events: tuple[Event, ...], transaction: Transaction) -> None:
        """What a redaction names goes in the same transaction: no event says so of what is still there."""
        if redacted := {event.of: event.fields for event in events if isinstance(event, Redacted)}:
            transaction.take_away(redacted)
            self._desk.forget_forms()

    def _append(
        self, events: tuple[Event, ...], actor: Actor, now: datetime, transaction: Transaction
    ) -> tuple[Event, ...]:
        """Seal and append; gives the events back, with what the clock gave cause to note."""
        _refuse_unsaid(events, self._workstation.sort)
        head, act = transaction.head, self._entropy(8).hex()
        seq, prev = head.seq, head.hash
        hybrid = Hybrid.parse(head.hybrid) if head.hybrid else Hybrid(0, 0)
        wall_ms = int(now.timestamp() * 1000)
        known = hybrid.ms
        if (behind := hybrid.behind(wall_ms)) and known != self._noticed:  # not with every act until then
            events = (ClockNoticed(behind_seconds=behind), *events)
        stamp = _Stamp.of(now, self._desk.zone)
        links: list[Sealed] = []
        changes: list[Change] = []
        for event, pack in zip(events, self._packs(events, transaction), strict=True):
            seq, hybrid = seq + 1, hybrid.next(wall_ms)
            envelope = Envelope(
                node=self._workstation.node,
                seq=seq,
                prev=prev,
                at=stamp.at,
                offset=stamp.offset,
                zone=stamp.zone,
                hybrid=str(hybrid),
                act=act,
                login=actor.login,
                name=actor.name,
                role=actor.role.value,
                organisation=actor.organisation,
                pack=pack,
                software=self._workstation.software,
            )
            link = seal(envelope, event, self._entropy)
            links.append(link)
            changes.extend(changes_of(Record(envelope, event)))
            prev = link.hash
        transaction.append(links, changes, str(hybrid))
        self._noticed = known if behind else 0
        return events

    def _packs(self, events: tuple[Event, ...], transaction: Transaction) -> list[str]:
        """The study version that each of these is made under."""
        with self._desk.reading(transaction.tables):
            return [self._desk.versions.of_event(event) for event in events]


def _refuse_unsaid(events: tuple[Event, ...], sort: Sort) -> None:
    for event in events:
        if not may_say(sort, event):
            raise RefusedError(Code.NOT_SAID_HERE, kind=event.kind, sort=sort)


@dataclass(frozen=True, slots=True)
class _Stamp:
    at: str
    offset: int
    zone: str

    @classmethod
    def of(cls, now: datetime, zone: str) -> _Stamp:
        offset = now.astimezone(ZoneInfo(zone)).utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        return cls(utc_stamp(now), minutes, zone)


def _ask_reason(case: UseCase, command: Command, desk: Desk) -> None:
    if not case.needs_reason(command, desk):
        return
    if not command.reason.strip():
        raise RefusedError(Code.REASON_NEEDED)
    if len(command.reason.strip()) < REASON_MIN:
        raise RefusedError(Code.REASON_TOO_SHORT, least=REASON_MIN)


__all__ = ["REASON_MIN", "Bus", "Outcome", "Workstation"]
