"""Subject numbers: which one is next, and the same one given twice after all.

Alone, a workstation counts on. Once a second one is registered, numbers above a bound belong to the
workstations in turn, block by block, so that two that cannot reach each other never give the same one
(docs/decisions/0024).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, SubjectRenumbered
from crfapp.ledger.state import NodeRow, RestoreRow, SubjectRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables
    from crfapp.work.roles import Actor

BLOCK = 20
"""So many numbers in a row are one workstation's."""
PLACES = 8
"""Block k is that of the workstation with this remainder as its place."""


class Clash(NamedTuple):
    """One number that several subjects have; the one enrolled first stands first."""

    number: str
    subjects: tuple[SubjectRow, ...]


def clashes(tables: Tables) -> list[Clash]:
    """Numbers given twice, ordered by number; empty as a rule."""
    having: dict[str, list[SubjectRow]] = {}
    for row in tables.find(SubjectRow):
        having.setdefault(row.number, []).append(row)
    return [
        Clash(number, tuple(sorted(rows, key=lambda row: (row.enrolled, row.subject))))
        for number, rows in sorted(having.items())
        if len(rows) > 1
    ]


def numbers_ended(tables: Tables) -> int:
    """The last number that may have been given by a workstation that was restored since; 0 without any."""
    return max((row.numbers_after for row in tables.find(RestoreRow)), default=0)


def highest_number(desk: Desk) -> int:
    """The highest number that was ever given to a subject, or may have been."""
    pattern, code = desk.study.head.subjects.pattern, desk.site.code
    taken = {row.number for row in desk.tables.find(SubjectRow)}
    number = max(len(taken), numbers_ended(desk.tables))
    while pattern.format(site=code, number=number + 1) in taken:
        number += 1
    return number


def next_number(desk: Desk) -> str:
    """The next subject number that this workstation may give."""
    pattern, code = desk.study.head.subjects.pattern, desk.site.code
    rows = desk.tables.find(SubjectRow)
    taken = {row.number for row in rows}
    candidates = (pattern.format(site=code, number=number) for number in _numbers(desk, len(taken)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _numbers(desk: Desk, given: int) -> Iterator[int]:
    """The numbers of this workstation, in order; the one that founded the site has place 0."""
    ended = numbers_ended(desk.tables)
    others = [row for row in desk.tables.find(NodeRow, sort="site") if row.place > 0]
    if not others:
        yield from count(max(given, ended) + 1)
        return
    after = min(row.numbers_after for row in others)
    own = desk.tables.get(NodeRow, desk.node)
    place = own.place if own is not None else 0
    yield from (n for n in count(after + 1) if (n - after - 1) // BLOCK % PLACES == place)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenumberSubject(Command):
    """A subject whose number another one has too gets a number of its own: ``number``, or the next.

    ``reason`` says how it came about.
    """

    subject: str
    number: str = ""


@use_case(
    RenumberSubject,
    needs=Right.ENROL,
    touches=(Topic.SUBJECTS, Topic.CONFLICTS),
    needs_reason=lambda _cmd, _desk: True,
)
def renumber_subject(cmd: RenumberSubject, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record the new number; NOT_IN_CONFLICT where nobody else has the old one, NUMBER_TAKEN."""
    row = desk.tables.get(SubjectRow, cmd.subject)
    if row is None:
        raise RefusedError(Code.UNKNOWN_SUBJECT)
    if list(desk.tables.find(SubjectRow, number=row.number)) == [row]:
        raise RefusedError(Code.NOT_IN_CONFLICT)
    number = cmd.number.strip() or next_number(desk)
    if desk.tables.find(SubjectRow, number=number):
        raise RefusedError(Code.NUMBER_TAKEN, number=number)
    yield desk.lay(SubjectRenumbered(subject=cmd.subject, number=number, reason=cmd.reason.strip()))
