"""What is said of one observation: how long it has been, what is measured next, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from datetime import datetime

    from crfapp.base.times import Moment
    from crfapp.present.texts import Texts
    from crfapp.work.observation import Observation, Passed

START, MEASURE, END, SAY_WHY, DRAFT, OPEN = "start", "measure", "end", "say-why", "draft", "open"
"""What can be done: it began, measure now, end it, say why it was short, draft a deviation, open its form."""
Grade = Literal["info", "warn", "error"]
_NEWS = timedelta(minutes=30)
"""A time that passed longer ago is no news: nothing sounds for it, as after a long lock."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: what it does, its words, whether it is the one thing to do."""

    key: str
    words: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock. ``key`` names it, ``text`` says who and how long, ``note`` what is next.

    ``reminders`` are the times that have come: each is told once. ``asks_why``: ending it now is too early.
    """

    key: str
    text: str
    note: str
    grade: Grade
    deeds: tuple[Deed, ...]
    reminders: tuple[str, ...] = ()
    asks_why: bool = False


def name_of(one: Observation) -> str:
    """Names an observation among those of a day."""
    return "|".join(map(str, one.key))


class RunningWords:
    """The words of an observation that runs. ``now`` is the present on the line of the dose's own times."""

    def __init__(self, say: Texts, one: Observation, passed: Passed, now: datetime) -> None:
        self._say, self._one, self._passed, self._now = say, one, passed, now
        self._point = one.point_at(now)

    def line(self, subject: str) -> ClockLine:
        """The whole line."""
        grade, note = self._next()
        moved = bool(self._passed.moved)
        early = self._passed.minutes < self._one.minutes
        return ClockLine(
            key=name_of(self._one),
            text=self._say(
                "{subject}: {minutes} of {all} minutes since the dose",
                subject=isolated(subject),
                minutes=max(0, self._passed.minutes),
                all=self._one.minutes,
            ),
            note=" ".join(filter(None, (note, self._missed(), moved_words(self._say, self._passed)))),
            grade="warn" if moved and grade == "info" else grade,
            deeds=self._deeds(moved=moved),
            reminders=self._reminders(),
            asks_why=early and self._one.binding.early is not None and not moved,
        )

    def _next(self) -> tuple[Grade, str]:
        say, point, now = self._say, self._point, self._now
        if self._one.started is None:
            return "warn", say("Its beginning is not recorded yet.")
        if point is None:
            if now >= self._one.over.utc:
                return "warn", say("The time is over: record the end.")
            return "info", say("All is measured. It ends at {time}.", time=_clock(self._one.over))
        minute, due, until = point.minute, _clock(point.due), _clock(point.latest)
        if now < point.earliest.utc:
            left = -(-(point.due.utc - now) // timedelta(minutes=1))
            return "info", say(
                "Next: minute {minute} at {time}, in {left} min.", minute=minute, time=due, left=left
            )
        if now <= point.latest.utc:
            return "warn", say("Measure now: minute {minute}, until {time}.", minute=minute, time=until)
        return "error", say("Minute {minute} was due at {time} and is not measured.", minute=minute, time=due)

    def _missed(self) -> str:
        """Measurements that were left behind."""
        before = self._point.minute if self._point is not None else 0
        missed = [str(point.minute) for point in self._one.points if point.is_open and point.minute < before]
        return self._say("Not measured: minute {list}.", list=self._say.listed(missed)) if missed else ""

    def _deeds(self, *, moved: bool) -> tuple[Deed, ...]:
        say, one, point = self._say, self._one, self._point
        leave = Deed(OPEN, say("Open"))
        if one.started is None:
            return (Deed(START, say("Watched since {time}", time=_clock(one.began)), primary=True), leave)
        deeds = []
        if point is not None and self._now >= point.earliest.utc:
            words = say("Write the time") if moved else say("Measured now")
            deeds.append(Deed(MEASURE, words, primary=True))
        over = point is None and self._now >= one.over.utc
        return (*deeds, Deed(END, say("End observation"), primary=over), leave)

    def _reminders(self) -> tuple[str, ...]:
        """What has come due and is not long past: measurements, and the end."""
        dues = [(point.row, point.due.utc) for point in self._one.points if point.is_open]
        dues.append(("end", self._one.over.utc))
        return tuple(
            f"{name_of(self._one)}|{what}" for what, due in dues if timedelta() <= self._now - due < _NEWS
        )


def ended_line(
    say: Texts, one: Observation, subject: str, watched: Passed, deeds: tuple[Deed, ...]
) -> ClockLine:
    """A clock that stopped too early."""
    text = say(
        "{subject}: watched for {minutes} of {all} minutes",
        subject=isolated(subject),
        minutes=watched.minutes,
        all=one.minutes,
    )
    return ClockLine(name_of(one), text, moved_words(say, watched), "warn", deeds)


def moved_words(say: Texts, passed: Passed) -> str:
    """That the clock of the computer moved in the meantime; empty where it did not."""
    if not passed.moved:
        return ""
    by = isolated(str(timedelta(seconds=abs(round(passed.moved.total_seconds())))))
    if passed.moved > timedelta():
        how = say("The clock of this computer was put forward by {time} since the dose.", time=by)
    else:
        how = say("The clock of this computer was put back by {time} since the dose.", time=by)
    return f"{how} {say('That does not count: write the times by another clock.')}"


def _clock(moment: Moment) -> str:
    return isolated(f"{moment.local:%H:%M}")
