"""What is known of this computer's clock: when it was compared with another one, or found to be wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.base.times import Moment
from crfapp.form.values import Field, Manner, Reading, read
from crfapp.ledger.events import ClockNoticed, ClockProved
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.study.types import ItemType, Kind
from crfapp.work.clock import CompareClock

if TYPE_CHECKING:
    from crfapp.ledger.chain import Record
    from crfapp.present.workplace import Workplace

MOST = 8
_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One thing that was found out: when (by this clock), what, who was in. ``icon`` names a drawing."""

    when: str
    what: str
    who: str
    icon: str


class ClockCard:
    """The presenter of the card."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace

    def now(self) -> str:
        """What this computer's clock shows at the site, with its zone and the distance from UTC."""
        now, say = self._at.now, self._at.texts
        clock = isolated(f"{say.date(now.local.date())} {now.local:%H:%M}")
        hours = now.local.isoformat(timespec="minutes")[-len("+03:00") :]
        return say("This computer says {now} ({zone}).", now=clock, zone=isolated(f"{now.zone}, UTC{hours}"))

    def lines(self) -> tuple[ClockLine, ...]:
        """What was found out about the clock, the latest first."""
        kinds = (ClockNoticed.kind, ClockProved.kind)
        records = list(self._at.events.records(kinds=kinds))
        records.sort(key=lambda record: record.envelope.hybrid, reverse=True)
        return tuple(self._line(record) for record in records[:MOST])

    def compare(self, against: str, shown: str) -> tuple[bool, str]:
        """Record what the other clock shows (hours and minutes at the site), and against what."""
        say, now = self._at.texts, self._at.now
        reading = read(shown, Field(ItemType(Kind.TIME)), Manner(zone=now.zone))
        if not isinstance(reading, Reading):
            return False, say("What does the other clock show? Write it as 14:05.")
        seconds = _ahead(now.local, reading.text)
        try:
            self._at.send(CompareClock(against=against, off_seconds=seconds))
        except AppProblem as problem:
            return False, " ".join(problem_text(problem, say))
        if not seconds:
            return True, say("Recorded: both clocks show the same minute.")
        return True, say("Recorded: {off} Set this computer's clock right.", off=self._off(seconds))

    def _line(self, record: Record) -> ClockLine:
        event, envelope, say = record.event, record.envelope, self._at.texts
        if isinstance(event, ClockProved):
            off = self._off(event.off_seconds) if event.off_seconds else say("It was right.")
            against = isolated(event.against or "")
            what, icon = say("Compared with {against}. {off}", against=against, off=off), "complete"
        elif isinstance(event, ClockNoticed) and event.jumped_seconds:
            what, icon = jump_words(self._at, event.jumped_seconds), "finding"
        else:
            behind = getattr(event, "behind_seconds", 0)
            ago = isolated(str(timedelta(seconds=behind)))
            what, icon = say("It was {time} behind what was recorded before.", time=ago), "finding"
        local = Moment.at(datetime.fromisoformat(envelope.at).astimezone(UTC), envelope.zone).local
        when = isolated(f"{say.date(local.date())} {local:%H:%M}")
        return ClockLine(when, what, envelope.name, icon)

    def _off(self, seconds: int) -> str:
        say, minutes = self._at.texts, abs(seconds) // 60
        if seconds > 0:
            return say.many("It was {count} minute ahead.", "It was {count} minutes ahead.", minutes)
        return say.many("It was {count} minute behind.", "It was {count} minutes behind.", minutes)


def jump_words(at: Workplace, seconds: int) -> str:
    """By how much the clock moved while the program ran."""
    by = isolated(str(timedelta(seconds=abs(seconds))))
    if seconds > 0:
        return at.texts("It was put forward by {time} while the program ran.", time=by)
    return at.texts("It was put back by {time} while the program ran.", time=by)


def _ahead(local: datetime, shown: str) -> int:
    """How far the minute of our clock is ahead of another one, whichever side of midnight that one is."""
    ours = local.replace(second=0, microsecond=0)
    hour, minute = map(int, shown.split(":")[:2])
    apart = ours - ours.replace(hour=hour, minute=minute)
    if apart > _HALF_A_DAY:
        apart -= 2 * _HALF_A_DAY
    elif apart <= -_HALF_A_DAY:
        apart += 2 * _HALF_A_DAY
    return int(apart.total_seconds())
