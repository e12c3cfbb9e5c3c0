"""Copies kept against loss: what was kept, when it is too old, drills, restores, shares of the key.

The program keeps and verifies the copies itself (REQ-901). Here stands what is recorded of it, and the
rules after which somebody is told.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    BackupKept,
    BackupPlaceSet,
    BackupRulesSet,
    Event,
    KeySharesMade,
    OlderCopyTaken,
    RestoreTried,
    SiteRestored,
)
from crfapp.ledger.state import BackupPlaceRow, BackupRow, BackupRulesRow, KnownEndRow, RestoreRow
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.numbers import BLOCK, highest_number
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crfapp.work.desk import Desk
    from crfapp.work.ports import Tables
    from crfapp.work.roles import Actor

How = Literal["password", "sheet", "shares"]
Place = Literal["here", "second"]
LIMITS = {"here_days": (1, 30), "second_days": (1, 90), "drill_days": (30, 365)}
"""What a rule may be, lowest and highest."""
SHARES = range(2, 10)
"""How many shares there may be; SLIP-39 knows up to 16, and nobody finds 16 people."""
FIRST_DRILL_DAYS = 14
_FEWEST = 2
"""One share that opens everything is a sheet, and there is one already."""


def rules_of(tables: Tables) -> BackupRulesRow:
    """The rules in force; those of a site that set none are the defaults."""
    return tables.get(BackupRulesRow, "site") or BackupRulesRow("site", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBackup(Command):
    """The program kept a copy and verified it; see :class:`crfapp.ledger.events.BackupKept`."""

    place: Place
    file: str
    sha256: str
    events: int
    head: str


@use_case(NoteBackup, needs=Right.ENTER, touches=(Topic.BACKUPS,))
def note_backup(cmd: NoteBackup, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it in the name of whoever is in; the same copy in the same place once."""
    known = desk.tables.find(BackupRow, node=desk.node, place=cmd.place, sha256=cmd.sha256)
    if not known:
        yield BackupKept.model_validate({**asdict(cmd), "reason": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSecondPlace(Command):
    """Say that copies also go to a second place from here on, or (``given`` false) no more."""

    given: bool


@use_case(SetSecondPlace, needs=Right.ADMINISTER, touches=(Topic.BACKUPS,))
def set_second_place(cmd: SetSecondPlace, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it; where that place is, the workstation alone knows."""
    yield BackupPlaceSet(given=cmd.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBackupRules(Command):
    """After how many days an old copy and an old drill are said aloud."""

    here_days: int = 3
    second_days: int = 7
    drill_days: int = 90


@use_case(SetBackupRules, needs=Right.ADMINISTER, touches=(Topic.BACKUPS,), needs_reason=lambda _c, _d: True)
def set_backup_rules(cmd: SetBackupRules, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record them; OFF_SCALE outside :data:`LIMITS`, nothing where nothing changes."""
    days = {name: getattr(cmd, name) for name in LIMITS}
    for name, (low, high) in LIMITS.items():
        if not low <= days[name] <= high:
            raise RefusedError(Code.OFF_SCALE, low=low, high=high, rule=name)
    if rules_of(desk.tables)._replace(at="") != BackupRulesRow("site", "", **days):
        yield BackupRulesSet(**days, reason=cmd.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDrill(Command):
    """A restore was tried out; see :class:`crfapp.ledger.events.RestoreTried`."""

    file: str
    sha256: str
    how: How
    passed: bool
    code: str = ""
    events: int = 0
    newer: int = 0
    photographs: int = 0
    seconds: int = 0


@use_case(NoteDrill, needs=Right.ADMINISTER, touches=(Topic.BACKUPS,))
def note_drill(cmd: NoteDrill, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record what came of it, whether it went well or not (REQ-903)."""
    yield RestoreTried.model_validate({**asdict(cmd), "reason": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRestore(Command):
    """Work goes on out of a copy; ``lost``: (chain, its last event here, the last one that is known of)."""

    file: str
    sha256: str
    how: How
    events: int
    former: str
    last: int
    lost: tuple[tuple[str, int, int], ...] = ()


@use_case(NoteRestore, needs=Right.ADMINISTER, touches=(Topic.BACKUPS, Topic.SITE),
          needs_reason=lambda _c, _d: True)  # fmt: skip
def note_restore(cmd: NoteRestore, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it, and of every chain of which more was known what is missing."""
    why = cmd.reason.strip()
    told = {**asdict(cmd), "numbers_after": highest_number(desk) + BLOCK, "reason": why}
    del told["lost"]
    yield SiteRestored.model_validate(told)
    for chain, has, known in cmd.lost:
        yield OlderCopyTaken(chain=chain, has=has, known=known, reason=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteKeyShares(Command):
    """Shares of the key were printed and tried; those of an earlier set open nothing any more."""

    label: str
    needed: int
    made: int


@use_case(NoteKeyShares, needs=Right.ADMINISTER, touches=(Topic.SITE, Topic.BACKUPS))
def note_key_shares(cmd: NoteKeyShares, _desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record them by the label that is printed on each; SHARES_NUMBERS as :func:`refuse_numbers`."""
    refuse_numbers(cmd.needed, cmd.made)
    yield KeySharesMade(label=cmd.label, needed=cmd.needed, made=cmd.made)


def refuse_numbers(needed: int, made: int) -> None:
    """SHARES_NUMBERS unless two at least are needed, of at most nine."""
    if made not in SHARES or not _FEWEST <= needed <= made:
        raise RefusedError(Code.SHARES_NUMBERS, low=_FEWEST, high=SHARES[-1])


@dataclass(frozen=True, slots=True)
class Ages:
    """For how many whole days there was no copy here, none at the second place, no drill that passed.

    None: never. ``second_given``: copies also go to a second place. The other flags follow the site's rules.
    """

    here: int | None
    second: int | None
    drill: int | None
    second_given: bool
    here_old: bool
    second_old: bool
    drill_due: bool


def ages(tables: Tables, node: str, now: datetime, newest_here: datetime | None) -> Ages:
    """How old everything is; ``newest_here`` is when the newest copy in the site's folder was made.

    A site that never tried a restore is asked for it :data:`FIRST_DRILL_DAYS` after its first copy.
    """
    rules, place = rules_of(tables), tables.get(BackupPlaceRow, node)
    given = place is not None and place.given == 1
    copies = tables.find(BackupRow)
    second = [row.at for row in copies if (row.node, row.place) == (node, "second")]
    drills = [row.at for row in tables.find(RestoreRow) if not row.code]
    here = max((now - newest_here).days, 0) if newest_here is not None else None
    at_second, tried = _days_since(max(second, default=""), now), _days_since(max(drills, default=""), now)
    first = _days_since(min((row.at for row in copies), default=""), now)
    due = (first or 0) >= FIRST_DRILL_DAYS if tried is None else tried >= rules.drill_days
    return Ages(
        here,
        at_second,
        tried,
        given,
        here_old=here is None or here >= rules.here_days,
        second_old=given and (at_second is None or at_second >= rules.second_days),
        drill_due=due,
    )


def missing_ends(tables: Tables, node: str, has: Mapping[str, int]) -> tuple[tuple[str, int, int], ...]:
    """What a restored copy lacked: (chain, last event here, last one that others confirmed).

    ``has`` is how far every chain has come here. Only chains that ended with a restore are looked at: of any
    other one somebody may well know more for a while. A package of whoever has the events heals it (REQ-902).
    """
    ended = {row.former for row in tables.find(RestoreRow)} - {""}
    known: dict[str, int] = {}
    for row in tables.find(KnownEndRow):
        if row.peer != node and row.node in ended:
            known[row.node] = max(known.get(row.node, 0), row.seq)
    ends = ((chain, has.get(chain, 0), last) for chain, last in sorted(known.items()))
    return tuple(end for end in ends if end[1] < end[2])


def _days_since(at: str, now: datetime) -> int | None:
    return max((now - datetime.fromisoformat(at).astimezone(UTC)).days, 0) if at else None
