"""What is owed for the subjects, as lines for Today: what presses most stands first."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.present.finding_words import finding_words
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import isolated
from crfapp.present.today_view import OwedLine
from crfapp.work.obligations import OUTLINES_APART, SECOND_CHECK, owed_at_site

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace
    from crfapp.work.obligations import Owed

_SOON = timedelta(hours=24)


class Obligations:
    """Says what is owed, in the language of one person."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self._zone = ZoneInfo(workplace.site.zone)

    def lines(self) -> tuple[OwedLine, ...]:
        """Everything owed at the site: what has a limit by its end, other tasks, forms not complete."""
        owed = sorted(owed_at_site(self._at.desk), key=self._order)
        return tuple(self._line(one) for one in owed)

    def _order(self, one: Owed) -> tuple[bool, str, bool, str, int]:
        end, visit = self._end(one), one.finding or one.visit
        place = self._at.study.visit_order[visit.visit] if visit else 0
        return end is None, end.isoformat() if end else "", one.finding is None, self._number(one), place

    def _line(self, one: Owed) -> OwedLine:
        say, texts = self._at.texts, self._at.study_texts
        finding = one.finding
        if finding is None:
            if one.kind == SECOND_CHECK:
                what = say("Answers wait for a second person")
            elif one.kind == OUTLINES_APART:
                what = say("Two outlines differ: an investigator decides which one counts")
            else:
                what = say.many(
                    "{count} form is not complete", "{count} forms are not complete", len(one.forms)
                )
            note = " · ".join(texts.form(key.form) for key in one.forms)
            key = one.forms[0]
            address = Address(CASEBOOK, *key)
            visit = one.visit.visit if one.visit else key.visit
        else:
            what = finding_words(self._at, finding)
            note = f"{texts.form(finding.form)} · {texts.item(finding.form, finding.item)}"
            address = Address(CASEBOOK, *finding.key)
            visit = finding.visit
        end = self._end(one)
        return OwedLine(
            title=f"{isolated(self._number(one))} · {what}",
            text=note,
            due=self._due_words(one, end),
            visit=texts.visit(visit),
            address=address,
            pill=self._tone(end),
        )

    def _end(self, one: Owed) -> datetime | None:
        """The instant by which it is owed; a day lasts to its end at the site."""
        if isinstance(one.due, datetime):
            return one.due
        if isinstance(one.due, date):
            day = datetime.combine(one.due + timedelta(days=1), datetime.min.time(), tzinfo=self._zone)
            return day - timedelta(minutes=1)
        return None

    def _due_words(self, one: Owed, end: datetime | None) -> str:
        say = self._at.texts
        if end is None:
            return ""
        local = end.astimezone(self._zone)
        day = say.short_date(local.date())
        if isinstance(one.due, datetime):
            return say("by {day}, {time}", day=day, time=isolated(f"{local:%H:%M}"))
        return say("by {day}", day=day)

    def _tone(self, end: datetime | None) -> str:
        if end is None:
            return ""
        left = end - self._at.now.utc
        if left < timedelta():
            return "error"
        return "warn" if left <= _SOON else ""

    def _number(self, one: Owed) -> str:
        row = self._at.tables.get(SubjectRow, one.subject)
        return row.number if row is not None else ""
