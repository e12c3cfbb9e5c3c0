"""The page of an injection day: who is here, whether anything stands against the dose, what to give where.

It shows what the pack's forms, calculations and checks say, and leads to the form in which it is recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import VisitKey
from crfapp.ledger.state import SubjectRow
from crfapp.present.address import Address
from crfapp.present.day_card import DayCard
from crfapp.present.day_view import ComingLine, DayView, SubjectCard, WatchedLine
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import isolated
from crfapp.present.visit_words import due_words, visit_title, window_words
from crfapp.work.dosing_day import dosing_visits
from crfapp.work.observation import observations_today

if TYPE_CHECKING:
    from crfapp.base.times import Moment
    from crfapp.present.board import Board, Occurrence, Standing
    from crfapp.present.workplace import Workplace
    from crfapp.work.observation import Observation, Point

DAY = "day"
MOST_COMING = 30


class DayPage:
    """The presenter of the page; only where the study gives doses (:func:`gives_doses`)."""

    def __init__(self, workplace: Workplace, board: Board) -> None:
        self._at, self._board = workplace, board
        self._visits = dosing_visits(workplace.study)

    def view(self) -> DayView:
        """Everything the page shows, as of now."""
        say, texts = self._at.texts, self._at.study_texts
        here, coming = self._here(), self._coming()
        forms = dict.fromkeys(binding.form for binding in self._visits.values())
        return DayView(
            day=say.long_date(self._at.today),
            cards=tuple(self._card(*one) for one in here),
            coming=tuple(self._coming_line(*one) for one in coming[:MOST_COMING]),
            watched=tuple(self._watched_line(one) for one in observations_today(self._at.desk)),
            dose=say.listed(texts.form(form) for form in forms),
        )

    def count(self) -> int:
        """How many are here today whose dose is not recorded yet: the number on the rail."""
        return len(self._here())

    # ---- who

    def _here(self) -> list[tuple[Standing, Occurrence]]:
        """Whose dosing visit has begun today, or is planned or booked for today; in the order of numbers."""
        found = []
        for row in self._board.subjects():
            subject = self._board.standing(row)
            waiting = [visit for visit, _ in subject.owed(self._at.today)]
            for visit in subject.visits:
                slot = visit.slot
                begun = slot.status == "started" and slot.actual == self._at.today
                planned = visit in waiting and (slot.booked or slot.planned) == self._at.today
                if slot.visit in self._visits and (begun or planned):
                    found.append((subject, visit))
        return found

    def _coming(self) -> list[tuple[Standing, Occurrence, str]]:
        """Who may come although the day is another one: the window is open, or was."""
        found = []
        for row in self._board.subjects():
            subject = self._board.standing(row)
            for visit, standing in subject.owed(self._at.today):
                day = visit.slot.booked or visit.slot.planned
                if (
                    visit.slot.visit in self._visits
                    and standing in ("due", "overdue")
                    and day != self._at.today
                ):
                    found.append((subject, visit, standing))
        return found

    # ---- in words

    def _card(self, subject: Standing, visit: Occurrence) -> SubjectCard:
        at = VisitKey(subject.row.subject, visit.slot.visit, visit.slot.visit_n)
        return DayCard(self._at, at, self._visits[at.visit]).view(subject.row.number, visit.slot)

    def _coming_line(self, subject: Standing, visit: Occurrence, standing: str) -> ComingLine:
        say, slot = self._at.texts, visit.slot
        held = self._at.study.visit(slot.visit)
        return ComingLine(
            icon="finding" if standing == "overdue" else "expected",
            subject=subject.row.number,
            visit=visit_title(slot, held, self._at.study_texts.visit(slot.visit)),
            when=due_words(slot, standing, self._at.today, say),
            window=window_words(slot, held, say),
            know=say("the day may still move") if slot.provisional else "",
            address=Address(CASEBOOK, subject.row.subject, slot.visit, slot.visit_n),
        )

    def _watched_line(self, one: Observation) -> WatchedLine:
        say = self._at.texts
        row = self._at.tables.get(SubjectRow, one.key.subject)
        if one.ended is None:
            icon, state, tone = "in-progress", say("until {time}", time=_clock(one.over)), "primary"
        else:
            minutes = int((one.ended.utc - one.began.utc).total_seconds() // 60)
            short = minutes < one.minutes
            icon, tone = ("finding", "warn") if short else ("complete", "ok")
            state = say("ended {time}, {minutes} min", time=_clock(one.ended), minutes=minutes)
        return WatchedLine(
            icon=icon,
            subject=row.number if row is not None else "",
            since=_clock(one.began),
            points=" · ".join(self._point(point) for point in one.points),
            state=state,
            tone=tone,
            address=Address(CASEBOOK, *one.key),
        )

    def _point(self, point: Point) -> str:
        time = "–" if point.measured is None else f"{point.measured.local:%H:%M}"
        return self._at.texts("{minute} min {time}", minute=point.minute, time=isolated(time))


def gives_doses(at: Workplace) -> bool:
    """Whether there is anything for this page to show."""
    return bool(dosing_visits(at.study))


def _clock(moment: Moment) -> str:
    return isolated(f"{moment.local:%H:%M}")
