"""The blind reading: opened with chosen cases, judged by two readers, decided where they differ, closed.

Readers see two photographs of a lesion, the earlier and the later, in an order of their own, and never whose
they are or at which visit. An investigator may read too, unless they drew or scored one of these lesions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    Case,
    CaseRead,
    CaseSettled,
    Event,
    ReadingClosed,
    ReadingOpened,
)
from crfapp.ledger.state import PersonRow, PhotographRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.photo_protocol import said
from crfapp.work.readings import (
    READERS,
    Reading,
    classes_of,
    figure,
    has_seen,
    is_blind,
    next_for,
    order_for,
    reading_of,
    score_of,
    to_settle,
)
from crfapp.work.roles import RIGHTS, Right, Role
from crfapp.work.validity import is_valid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

_TOUCHED = (Topic.READINGS,)
_MOST_PERCENT = 100


class Chosen(NamedTuple):
    """A case to be judged: a lesion of a subject, its later photograph, and perhaps an earlier one."""

    subject: str
    target: str
    earlier: str
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReading(Command):
    """A reading of these cases by these two readers; each gets an order of their own."""

    title: str
    question: Literal["percent", "class"]
    cases: tuple[Chosen, ...]
    readers: tuple[str, ...]


@use_case(OpenReading, needs=Right.OVERSEE, touches=_TOUCHED)
def open_reading(cmd: OpenReading, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Open it; the names of its cases say nothing of what they are.

    READING_UNFIT where there is no title, no case, not two readers who may read, a photograph that is not of
    that lesion, or a question that the study does not ask. READER_NOT_BLIND for a reader who drew or scored
    one of the lesions.
    """
    title = cmd.title.strip()
    asked = score_of(desk) is not None and (cmd.question == "percent" or classes_of(desk))
    readers = tuple(dict.fromkeys(cmd.readers))
    if not (title and cmd.cases and asked) or len(readers) != READERS:
        raise RefusedError(Code.READING_UNFIT)
    cases = tuple(Case(desk.new_id(), *_checked(desk, chosen)) for chosen in cmd.cases)
    for login in readers:
        if not may_read(desk, login):
            raise RefusedError(Code.READING_UNFIT)
        if any(has_seen(desk, login, case) for case in cases):
            raise RefusedError(Code.READER_NOT_BLIND, login=login)
    told = {"reading": desk.new_id(), "title": title, "question": cmd.question}
    yield desk.lay(ReadingOpened(**told, cases=cases, readers=readers, seed=desk.new_id()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCase(Command):
    """What a reader says of a case: a whole percent, or the code of a class."""

    reading: str
    case: str
    answer: str


@use_case(ReadCase, needs=Right.RATE, touches=_TOUCHED)
def read_case(cmd: ReadCase, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record it. Cases come one after the other; what was said is changed only while the next one is open.

    READING_UNKNOWN where this person does not read this case now; READER_NOT_BLIND where they have come to
    know one of the lesions since; NOT_A_CODE, NOT_WHOLE, OFF_SCALE for an answer that is none.
    """
    opened = _open(desk, cmd.reading)
    if actor.login not in opened.readers:
        raise RefusedError(Code.READING_UNKNOWN)
    if not is_blind(desk, actor.login, opened):
        raise RefusedError(Code.READER_NOT_BLIND, login=actor.login)
    place = _place(desk, opened, actor.login, cmd.case)
    yield desk.lay(
        CaseRead(reading=cmd.reading, case=cmd.case, place=place, answer=_answer(desk, opened, cmd.answer))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleCase(Command):
    """Both readers differ; a third person, who is as blind as they are, says what counts."""

    reading: str
    case: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseReading(Command):
    """Nothing more is judged; from now on visits and sides may be shown. A reason where cases are open."""

    reading: str


def _always(_cmd: SettleCase, _desk: Desk) -> bool:
    return True


@use_case(SettleCase, needs=Right.RATE, touches=_TOUCHED, needs_reason=_always)
def settle_case(cmd: SettleCase, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record what counts and why.

    READING_UNKNOWN where nothing waits there; SAME_PERSON for one of the readers; READER_NOT_BLIND for
    somebody who knows the lesion.
    """
    opened = _open(desk, cmd.reading)
    waiting = {one.case.case: one.case for one in to_settle(desk, opened)}
    if cmd.case not in waiting:
        raise RefusedError(Code.READING_UNKNOWN)
    if actor.login in opened.readers:
        raise RefusedError(Code.SAME_PERSON)
    if has_seen(desk, actor.login, waiting[cmd.case]):
        raise RefusedError(Code.READER_NOT_BLIND, login=actor.login)
    answer = _answer(desk, opened, cmd.answer)
    yield desk.lay(CaseSettled(reading=cmd.reading, case=cmd.case, answer=answer, reason=cmd.reason.strip()))


def _leaves_open(cmd: CloseReading, desk: Desk) -> bool:
    opened = reading_of(desk, cmd.reading)
    if opened is None or opened.closed:
        return False
    unread = any(next_for(desk, opened, login) for login in opened.readers)
    return unread or bool(to_settle(desk, opened))


@use_case(CloseReading, needs=Right.OVERSEE, touches=_TOUCHED, needs_reason=_leaves_open)
def close_reading(cmd: CloseReading, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Close it for ever; READING_UNKNOWN where it is not open."""
    opened = _open(desk, cmd.reading)
    yield desk.lay(ReadingClosed(reading=opened.reading, reason=cmd.reason.strip() or None))


def may_read(desk: Desk, login: str) -> bool:
    """Whether somebody with an open account holds the right to read."""
    row = desk.tables.get(PersonRow, login)
    if row is None or not is_valid(row, desk.today.isoformat()):
        return False
    return Right.RATE in RIGHTS[Role(row.role)]


def _open(desk: Desk, reading: str) -> Reading:
    found = reading_of(desk, reading)
    if found is None or found.closed:
        raise RefusedError(Code.READING_UNKNOWN)
    return found


def _checked(desk: Desk, chosen: Chosen) -> Chosen:
    """The photographs are of that lesion, and the earlier one was taken at an earlier visit."""
    if not chosen.later or chosen.earlier == chosen.later:
        raise RefusedError(Code.READING_UNFIT)
    for photograph in filter(None, (chosen.earlier, chosen.later)):
        protocol, row = (
            desk.study.head.photographs,
            desk.tables.get(PhotographRow, chosen.subject, photograph),
        )
        if protocol is None or row is None:
            raise RefusedError(Code.READING_UNFIT)
        if said(desk, row.place.of, row.row, protocol.target) != chosen.target:
            raise RefusedError(Code.READING_UNFIT)
    return chosen


def _place(desk: Desk, opened: Reading, login: str, case: str) -> int:
    """Where the case stands for this reader: the next one, or the one just read, to be corrected."""
    order = order_for(opened, login)
    now = next_for(desk, opened, login)
    last = len(order) if now is None else now[1] - 1
    if case not in order or order.index(case) + 1 not in (last, last + 1):
        raise RefusedError(Code.READING_UNKNOWN)
    return order.index(case) + 1


def _answer(desk: Desk, opened: Reading, text: str) -> str:
    text = text.strip()
    if opened.question == "class":
        if text not in classes_of(desk):
            raise RefusedError(Code.NOT_A_CODE)
        return text
    value = figure(text)
    if value is None or not value.is_finite():
        raise RefusedError(Code.NOT_A_NUMBER)
    if value != int(value):
        raise RefusedError(Code.NOT_WHOLE)
    if not 0 <= value <= _MOST_PERCENT:
        raise RefusedError(Code.OFF_SCALE)
    return str(int(value))
