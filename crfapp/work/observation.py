"""Who is being watched after a dose, what is measured next, and for how long it has been (REQ-920, T-40).

An observation runs because a dose has ended and no end of the observation is recorded. It is no state of
its own: it survives restart, lock and change of user, and travels with the data. It is shown until the day
is over on which it should have ended; after that the form is owed, and no clock runs.

Time that passed is what the wall clock says less what that clock is known to have jumped, so that setting
it neither lengthens nor shortens an observation unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.form.graph import FormRowInfo
from crfapp.form.plan import tree_of
from crfapp.ledger.events import ClockNoticed
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.study.language import compile_expression
from crfapp.work.begun import forms_begun
from crfapp.work.doses import as_number
from crfapp.work.offered import home_of
from crfapp.work.rows import StoredRow, recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.ledger.chain import Record
    from crfapp.ledger.state import ItemRow
    from crfapp.study.targets import Observation as Binding
    from crfapp.study.types import Value
    from crfapp.work.desk import Desk


@dataclass(frozen=True, slots=True)
class Point:
    """One measurement: the row it stands in, its minute, when it is due, and between when it may be taken.

    ``measured``: None while it is not recorded; ``skipped``: a reason stands instead of a time.
    """

    row: str
    minute: int
    due: Moment
    earliest: Moment
    latest: Moment
    measured: Moment | None
    skipped: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be measured."""
        return self.measured is None and not self.skipped


@dataclass(frozen=True, slots=True)
class Observation:
    """One subject watched after one dose. ``key`` is the form of the observation, begun or not.

    ``began`` is the end of the dose, recorded by event ``seq`` of the chain ``node``; ``minutes`` for how
    long somebody is watched, ``over`` when that will be. ``ended``: None while the observation runs.
    """

    key: FormKey
    binding: Binding
    began: Moment
    node: str
    seq: int
    minutes: int
    over: Moment
    points: tuple[Point, ...]
    started: Moment | None
    ended: Moment | None
    ended_seq: int = 0
    """The event of this workstation that recorded the end; 0 where it was recorded elsewhere."""

    def point_at(self, instant: datetime) -> Point | None:
        """The measurement to be taken at an instant, or next; None where all are, or their time has passed.

        One whose time has passed gives way as soon as the next may be taken.
        """
        waiting = [point for point in self.points if point.is_open]
        now = [point for point in waiting if point.earliest.utc <= instant]
        return now[-1] if now else next(iter(waiting), None)


@dataclass(frozen=True, slots=True)
class Jump:
    """The wall clock of a workstation moved by ``seconds``; ``at`` is what it showed after."""

    node: str
    seq: int
    at: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Passed:
    """How long it has been: ``real`` without the jumps of the clock, ``wall`` as the clock shows it."""

    real: timedelta
    wall: timedelta

    @property
    def minutes(self) -> int:
        """Whole minutes that have really passed."""
        return int(self.real.total_seconds() // 60)

    @property
    def moved(self) -> timedelta:
        """By how much the clock was set in the meantime."""
        return self.wall - self.real


def observations_today(desk: Desk) -> tuple[Observation, ...]:
    """The observations of the site that should be over today, in the order in which they began."""
    return tuple(sorted((one for one in _all(desk) if _same_day(desk, one)), key=lambda one: one.began.utc))


def running(desk: Desk) -> tuple[Observation, ...]:
    """The observations that run at the site now, that which began first first."""
    return tuple(one for one in observations_today(desk) if one.ended is None)


def observations_of(desk: Desk, subject: str) -> tuple[Observation, ...]:
    """All observations of one subject, running or over, the earliest first."""
    return tuple(sorted(_all(desk, subject=subject), key=lambda one: one.began.utc))


def time_passed(desk: Desk, observed: Observation, jumps: Iterable[Jump] = (), unnoticed: int = 0) -> Passed:
    """How long ago the dose ended.

    ``jumps`` are those that this workstation noticed, ``unnoticed`` the seconds by which its clock has moved
    against the steady one since the last of them.
    """
    wall = desk.now.utc - observed.began.utc
    moved = sum(jump.seconds for jump in jumps if _counts(desk, observed, jump)) + unnoticed
    return Passed(wall - timedelta(seconds=moved), wall)


def jumps_among(records: Iterable[Record]) -> list[Jump]:
    """The jumps of clocks that events tell of."""
    return [
        Jump(
            record.envelope.node,
            record.envelope.seq,
            datetime.fromisoformat(record.envelope.at),
            record.event.jumped_seconds,
        )
        for record in records
        if isinstance(record.event, ClockNoticed) and record.event.jumped_seconds
    ]


def time_watched(desk: Desk, observed: Observation, jumps: Iterable[Jump]) -> Passed | None:
    """How long somebody was watched; None while that goes on.

    Jumps count that were noticed after the end of the dose and before the end of the observation was
    written down.
    """
    if observed.ended is None:
        return None
    wall = observed.ended.utc - observed.began.utc
    before = (jump for jump in jumps if jump.seq < observed.ended_seq)
    moved = sum(jump.seconds for jump in before if _counts(desk, observed, jump))
    return Passed(wall - timedelta(seconds=moved), wall)


def _counts(desk: Desk, observed: Observation, jump: Jump) -> bool:
    """Whether the clock by which time is taken now jumped after the end of the dose was written down."""
    if jump.node != desk.node:
        return False
    if observed.node == desk.node:
        return jump.seq > observed.seq
    return jump.at - timedelta(seconds=jump.seconds) > observed.began.utc


def _all(desk: Desk, **equal: str) -> Iterator[Observation]:
    for binding in desk.study.head.observation:
        form, _, item = binding.after.partition(".")
        for row in forms_begun(desk, form=form, **equal):
            stored = desk.stored(ItemKey(*row.key, "", item))
            if stored is None or stored.value is None or stored.hidden == 1:
                continue
            found = _observation(desk, row.key, binding, stored)
            if found is not None:
                yield found


def _observation(desk: Desk, dose: FormKey, binding: Binding, stored: ItemRow) -> Observation | None:
    """The observation after a dose that has ended; None where nobody was to be watched."""
    began = Moment.parse(stored.value or "")
    key = home_of(desk.study, FormKey(*dose.at, binding.form, 1))
    if _is_ruled_out(desk, key, binding):
        return None
    minutes = _minutes(desk, key, binding)
    started = _once(desk, key, binding.started)
    ended, end = _once(desk, key, binding.ended), desk.stored(ItemKey(*key, "", binding.ended))
    return Observation(
        key=key,
        binding=binding,
        began=began,
        node=stored.node,
        seq=stored.seq,
        minutes=minutes,
        over=_later(began, minutes),
        points=_points(desk, key, binding, started if isinstance(started, Moment) else began),
        started=started if isinstance(started, Moment) else None,
        ended=ended if isinstance(ended, Moment) else None,
        ended_seq=end.seq if end is not None and end.node == desk.node else 0,
    )


def _is_ruled_out(desk: Desk, key: FormKey, binding: Binding) -> bool:
    """The form says that nobody was watched, or a reason stands instead of the end."""
    stored = desk.stored(ItemKey(*key, "", binding.ended))
    if stored is not None and stored.missing is not None and stored.hidden != 1:
        return True
    condition = desk.study.place(key.form, binding.ended).item.when
    if condition is None:
        return False
    return compile_expression(tree_of(condition))(_head_of(desk, key)) is False


def _head_of(desk: Desk, key: FormKey) -> StoredRow:
    """What stands once in a form, begun or not, as a scope for expressions."""
    return StoredRow(desk, key, FormRowInfo("", 1, ""))


def _points(desk: Desk, key: FormKey, binding: Binding, started: Moment) -> tuple[Point, ...]:
    ordered = sorted(binding.points.items(), key=lambda pair: pair[1])
    return tuple(
        _point(desk, ItemKey(*key, row, binding.measured), started, minute, tolerance)
        for row, minute in ordered
        for tolerance in [binding.last_tolerance if row == ordered[-1][0] else binding.tolerance]
    )


def _point(desk: Desk, place: ItemKey, started: Moment, minute: int, tolerance: tuple[int, int]) -> Point:
    low, high = tolerance
    stored, measured = desk.stored(place), recorded(desk, place)
    return Point(
        row=place.row,
        minute=minute,
        due=_later(started, minute),
        earliest=_later(started, max(0, minute + low)),
        latest=_later(started, minute + high),
        measured=measured if isinstance(measured, Moment) else None,
        skipped=stored is not None and stored.missing is not None,
    )


def _minutes(desk: Desk, key: FormKey, binding: Binding) -> int:
    found = as_number(compile_expression(tree_of(binding.minutes))(_head_of(desk, key)))
    return max(binding.points.values(), default=0) if found is None else int(found)


def _same_day(desk: Desk, observed: Observation) -> bool:
    """Until the end of the day on which it should have been over, at the site."""
    return desk.today <= observed.over.local.date()


def _later(moment: Moment, minutes: int) -> Moment:
    return Moment.at(moment.utc + timedelta(minutes=minutes), moment.zone)


def _once(desk: Desk, key: FormKey, item: str) -> Value:
    return recorded(desk, ItemKey(*key, "", item))
