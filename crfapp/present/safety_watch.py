"""Which reports the sponsor waits for, told on every page to everybody who is in (REQ-920).

The whole site is looked through once; afterwards only subjects about whom something was recorded, and those
for whom something is owed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from crfapp.present.address import Address
from crfapp.present.texts import isolated
from crfapp.present.today_view import OwedLine
from crfapp.work.cases import Topic
from crfapp.work.owed_notices import notice_called, notices_owed, number_of
from crfapp.work.roles import Right
from crfapp.work.strict_time import strict_time

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.work.bus import Outcome
    from crfapp.work.owed_notices import Occasion, OwedNotice
    from crfapp.work.strict_time import StrictTime

SAFETY = "safety"
PRESSING = timedelta(hours=4)
"""With no more time left than this, a report is due within the working day."""
_MANY = frozenset({Topic.PACKAGES, Topic.CONFLICTS, Topic.TRAIL})
"""After these, anybody's records can be other ones."""


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """What the band says. ``grade``: an error once overdue. ``address``: where it is dealt with."""

    what: str
    todo: str
    grade: Literal["warn", "error"]
    address: Address


def strict(at: Workplace) -> StrictTime:
    """What is known of the time at this workstation now."""
    return strict_time(at.desk, at.events, known=at.steady(), steady=at.steady())


class SafetyWatch:
    """Knows what is owed, without looking through the whole site again and again."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        notices = workplace.study.head.notices
        self._forms = frozenset(form for one in notices for form in (one.form, one.arises) if form)
        self._subjects: set[str] | None = None if notices else set()
        self._known: frozenset[Occasion] = frozenset()

    def owed(self) -> tuple[OwedNotice, ...]:
        """Everything that is owed now, first reports before follow-ups, what presses most first."""
        if self._subjects is None:
            found = self._read(None)
            self._known = frozenset(owed.occasion for owed in found)
        else:
            found = [owed for subject in sorted(self._subjects) for owed in self._read(subject)]
        self._subjects = {owed.subject for owed in found}
        return tuple(sorted(found, key=lambda owed: (owed.number > 0, owed.left, owed.occasion)))

    def heed(self, outcome: Outcome) -> Address | None:
        """Something was recorded; where to look at once, if by that something has to be reported."""
        if self._subjects is None or (outcome.topics & _MANY and self._forms):
            self._subjects = None
            return None
        touched = {event.subject for event in outcome.events if getattr(event, "form", "") in self._forms}
        if not touched:
            return None
        self._subjects |= {subject for subject in touched if subject}
        owed = self.owed()
        new = [one for one in owed if one.number == 0 and one.occasion not in self._known]
        self._known = frozenset(one.occasion for one in owed)
        return address_of(new[0].occasion) if new else None

    def line(self) -> SafetyLine | None:
        """What the band says now; None where nothing has to be said."""
        owed = [one for one in self.owed() if one.number == 0 or one.overdue]
        if not owed:
            return None
        first, say = owed[0], self._at.texts
        subject = isolated(number_of(self._at.desk, first.subject))
        what = say("{notice} of {subject}: {left}", notice=title_of(self._at, first), subject=subject,
                   left=left_words(first.left, say))  # fmt: skip
        todo = say("Tell the sponsor, then note how, when and to whom it was sent.")
        if len(owed) > 1:
            more = say.many("{count} more report is owed.", "{count} more reports are owed.", len(owed) - 1)
            todo = f"{todo} {more}"
        return SafetyLine(what, todo, "error" if first.overdue else "warn", address_of(first.occasion))

    def _read(self, subject: str | None) -> list[OwedNotice]:
        at = self._at
        return list(notices_owed(at.desk, subject, at.events, lambda: strict(at)))


_WATCHES: WeakKeyDictionary[Workplace, SafetyWatch] = WeakKeyDictionary()


def watch_of(at: Workplace) -> SafetyWatch:
    """The one watch of a person at work: the band and the pages look at the same."""
    if at not in _WATCHES:
        _WATCHES[at] = SafetyWatch(at)
    return _WATCHES[at]


def owed_lines(at: Workplace) -> tuple[OwedLine, ...]:
    """Reports that the sponsor waits for, as lines of Today; for those who conduct the study."""
    if not at.actor.may(Right.RECORD):
        return ()
    say, zone = at.texts, ZoneInfo(at.site.zone)
    lines = []
    for owed in watch_of(at).owed():
        local = owed.due.astimezone(zone)
        due = say("by {day}, {time}", day=say.short_date(local.date()), time=isolated(f"{local:%H:%M}"))
        tone = "error" if owed.overdue else "warn" if owed.number == 0 else ""
        title = f"{isolated(number_of(at.desk, owed.subject))} · {title_of(at, owed)}"
        note = say("Report to the sponsor: {left}", left=left_words(owed.left, say))
        lines.append(OwedLine(title, note, due, "", address_of(owed.occasion), tone))
    return tuple(lines)


def address_of(occasion: Occasion) -> Address:
    """The event on the Safety page."""
    return Address(SAFETY, *occasion.key, row=occasion.row, item=occasion.notice)


def title_of(at: Workplace, owed: OwedNotice) -> str:
    """What is to be reported, in the person's language."""
    return notice_title(at, owed.notice)


def notice_title(at: Workplace, kind: str) -> str:
    """What a kind of report is called."""
    notice = notice_called(at.desk, kind)
    return at.study_texts.form(notice.form) if notice is not None else kind


def left_words(left: timedelta, say: Texts) -> str:
    """``23 h 12 min left``, or by how much it is overdue; a day and more in days."""
    minutes = int(abs(left).total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if minutes >= 72 * 60:
        time = say.many("{count} day", "{count} days", days)
    else:
        time = say("{hours} h {minutes} min", hours=days * 24 + hours, minutes=minutes % 60)
    return say("overdue by {time}", time=time) if left < timedelta() else say("{time} left", time=time)
