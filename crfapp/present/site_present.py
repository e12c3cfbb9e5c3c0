"""The present, as date and time editors write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.times import Moment, local_candidates
from crfapp.form.moments_typed import with_offset
from crfapp.ledger.state import SubjectRow
from crfapp.present.hijri_words import HijriWords
from crfapp.present.words import TIMING

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.present.workplace import Workplace


class SitePresent:
    """What ``N``, ``T`` and ``V`` write into a date or time field."""

    def __init__(self, workplace: Workplace, key: FormKey) -> None:
        self._at = workplace
        self._key = key
        self.hijri = HijriWords(workplace.texts)

    def now_text(self) -> str:
        """The time of day at the site."""
        return f"{self._at.now.local:%H:%M}"

    def moment_text(self) -> str:
        """The present for a date with its time: the time alone where the visit's day completes it rightly."""
        now = Moment(self._at.now.local.replace(second=0, microsecond=0), self._at.now.zone)
        if len(local_candidates(now.local.replace(tzinfo=None), now.zone)) > 1:
            return with_offset(now)
        if now.local.date() == self._at.desk.visit_date(self._key):
            return self.now_text()
        return f"{now.local:%Y-%m-%d %H:%M}"

    def today_text(self) -> str:
        """The day at the site."""
        return self._at.today.isoformat()

    def visit_date_text(self) -> str:
        """The day of the visit; today where it has none."""
        day = self._at.desk.visit_date(self._key)
        return (day or self._at.today).isoformat()


def where_of(at: Workplace, key: FormKey) -> str:
    """Subject, visit, day and window in one line."""
    subject = at.tables.get(SubjectRow, key.subject)
    parts = [subject.number if subject else ""]
    slot = next(
        (s for s in at.desk.slots(key.subject) if (s.visit, s.visit_n) == (key.visit, key.visit_n)),
        None,
    )
    parts.append(at.study_texts.visit(key.visit))
    if slot is not None and slot.actual is not None:
        parts[-1] = at.texts("{visit}, {day}", visit=parts[-1], day=at.texts.long_date(slot.actual))
        if slot.offset is not None:
            parts.append(at.texts("day {day}", day=slot.offset))
        if slot.timing is not None:
            parts.append(at.texts(TIMING[slot.timing]))
    return " · ".join(part for part in parts if part)
