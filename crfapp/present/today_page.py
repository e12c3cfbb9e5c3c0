"""Today: who is due, what is overdue, which findings wait, what was begun and not finished."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.ledger.state import FindingRow, FormRow, SubjectRow
from crfapp.present.address import Address
from crfapp.present.finding_words import finding_words
from crfapp.present.joined import JoinedWords
from crfapp.present.moves_waiting import move_lines
from crfapp.present.obligations import Obligations
from crfapp.present.palette import CASEBOOK
from crfapp.present.query_lines import queries_for
from crfapp.present.safety_watch import owed_lines
from crfapp.present.texts import N_, isolated
from crfapp.present.today_view import FindingLine, FormLine, Growth, TileView, TodayView, VisitLine
from crfapp.present.unlocks_waiting import unlock_lines
from crfapp.present.visit_words import due_words, visit_title, window_words
from crfapp.work.findings import TASK, WARNING
from crfapp.work.roles import Right
from crfapp.work.subjects import EnrolSubject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.ledger.keys import FormKey
    from crfapp.present.board import Board, Occurrence, Standing
    from crfapp.present.today_view import NoticeLine
    from crfapp.present.workplace import Workplace

SOON_DAYS = 7
MOST_VISITS, MOST_OWED, MOST_QUERIES, MOST_FINDINGS, MOST_FORMS = 30, 12, 12, 12, 8
_NOON, _EVENING = 12, 18
_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "د", "أ.د", "أ"})
_STANDING_ORDER = {"overdue": 0, "due": 1, "started": 2, "later": 3}
_LEVEL_ORDER = {"H": 0, "Q": 1}
_STANDING_WORDS = {
    "overdue": N_("overdue"),
    "due": N_("due"),
    "started": N_("in progress"),
    "later": N_("soon"),
}
_ICONS = {"overdue": "finding", "due": "expected", "started": "in-progress", "later": "expected"}


class TodayPage:
    """The presenter of the Today page. ``notices`` are what is to be known about accounts and duties."""

    def __init__(
        self,
        workplace: Workplace,
        board: Board,
        notices: Callable[[], tuple[NoticeLine, ...]] = tuple,
    ) -> None:
        self._at, self._notices = workplace, notices
        self._board = board
        self._texts = workplace.study_texts

    def view(self) -> TodayView:
        """Everything the page shows, as of now."""
        say = self._at.texts
        waiting = self._waiting()
        queries = queries_for(self._at)
        findings, forms = self._findings(), self._forms()
        asked = (*JoinedWords(self._at).lines(), *unlock_lines(self._at), *move_lines(self._at))
        owed = (*asked, *owed_lines(self._at), *Obligations(self._at).lines())
        return TodayView(
            greeting=self._greeting(),
            day=say.long_date(self._at.today),
            tiles=self._tiles(waiting, len(findings) + len(owed), len(queries)),
            growth=self._growth(),
            visits=tuple(self._visit_line(*one) for one in waiting[:MOST_VISITS]),
            owed=owed[:MOST_OWED],
            queries=queries[:MOST_QUERIES],
            findings=tuple(self._finding_line(row) for row in findings[:MOST_FINDINGS]),
            forms=tuple(self._form_line(row) for row in forms[:MOST_FORMS]),
            more_visits=max(0, len(waiting) - MOST_VISITS),
            more_queries=max(0, len(queries) - MOST_QUERIES),
            more_owed=max(0, len(owed) - MOST_OWED),
            more_findings=max(0, len(findings) - MOST_FINDINGS),
            more_forms=max(0, len(forms) - MOST_FORMS),
            may_enrol=self._at.actor.may(Right.ENROL),
            notices=self._notices(),
        )

    def waiting_count(self) -> int:
        """How many visits are due today or overdue: the number on the rail."""
        return sum(how == "overdue" or self._is_today(visit, how) for _, visit, how in self._waiting())

    def enrol(self) -> Address:
        """Take a new subject in; where its casebook begins. Raises what the bus raises."""
        return enrolled_by(self._at)

    def _greeting(self) -> str:
        say, hour = self._at.texts, self._at.now.local.hour
        name = isolated(greeted_as(self._at.actor.name))
        if hour < _NOON:
            return say("Good morning, {name}", name=name)
        return (
            say("Good afternoon, {name}", name=name)
            if hour < _EVENING
            else say("Good evening, {name}", name=name)
        )

    def _is_today(self, visit: Occurrence, how: str) -> bool:
        """Whether its day has come; while only its window is open there is time."""
        day = visit.slot.booked or visit.slot.planned
        return how == "due" and (day is None or day <= self._at.today)

    def _tiles(
        self, waiting: Sequence[tuple[Standing, Occurrence, str]], findings: int, queries: int
    ) -> tuple[TileView, ...]:
        say, planned = self._at.texts, self._at.study.head.subjects.planned
        due = sum(self._is_today(visit, how) for _, visit, how in waiting)
        overdue = sum(how == "overdue" for _, _, how in waiting)
        of = say("Enrolled, of {planned}", planned=planned) if planned else say("Enrolled")
        return (
            TileView("due", say("Due today"), due),
            TileView("overdue", say("Overdue"), overdue, "error" if overdue else "text"),
            TileView("findings", say("Open tasks and findings"), findings, "warn" if findings else "text"),
            TileView("queries", say("Queries for you"), queries, "query" if queries else "text"),
            TileView("enrolled", of, len(self._board.subjects())),
        )

    def _growth(self) -> Growth:
        zone = ZoneInfo(self._at.site.zone)
        days = sorted(
            datetime.fromisoformat(row.enrolled).astimezone(zone).date() for row in self._board.subjects()
        )
        count, steps = 0, []
        for day, same in groupby(days):
            count += len(list(same))
            steps.append((day, count))
        return Growth(tuple(steps), self._at.today, self._at.study.head.subjects.planned or 0)

    def _waiting(self) -> list[tuple[Standing, Occurrence, str]]:
        """Visits that are owed, or began today and are not done, most pressing first."""
        found: list[tuple[Standing, Occurrence, str]] = []
        horizon = self._at.today + timedelta(days=SOON_DAYS)
        for row in self._board.subjects():
            subject = self._board.standing(row)
            for visit, standing in subject.owed(self._at.today):
                opens = visit.slot.booked or visit.slot.opens or visit.slot.planned
                if standing != "later" or (opens is not None and opens <= horizon):
                    found.append((subject, visit, standing))
            found += [
                (subject, visit, "started")
                for visit in subject.visits
                if visit.slot.actual == self._at.today and not visit.done and visit.slot.status == "started"
            ]
        found.sort(key=lambda one: (_STANDING_ORDER[one[2]], _day_of(one[1]), one[0].row.number))
        return found

    def _visit_line(self, subject: Standing, visit: Occurrence, standing: str) -> VisitLine:
        say, slot = self._at.texts, visit.slot
        held = self._at.study.visit(slot.visit)
        when = say("today") if standing == "started" else due_words(slot, standing, self._at.today, say)
        return VisitLine(
            subject=subject.row.number,
            visit=visit_title(slot, held, self._texts.visit(slot.visit)),
            icon=_ICONS[standing],
            icon_words=say(_STANDING_WORDS[standing]),
            when=when,
            window=window_words(slot, held, say),
            know=self._know(subject, visit, standing),
            address=Address(CASEBOOK, subject.row.subject, slot.visit, slot.visit_n),
            pill="error" if standing == "overdue" else "",
        )

    def _know(self, subject: Standing, visit: Occurrence, standing: str) -> str:
        """What to know before the patient comes in."""
        say = self._at.texts
        parts: list[str] = []
        if standing == "started":
            parts.append(say("{done} of {all} forms complete", done=visit.complete, all=len(visit.forms)))
        elif visit.slot.planned is None:
            parts.append(say("nothing recorded yet"))
        elif visit.slot.provisional:
            parts.append(say("the day may still move"))
        if visit.slot.booked is not None and standing != "started":
            parts.append(say("booked"))
        if subject.findings:
            parts.append(say.many("{count} open finding", "{count} open findings", subject.findings))
        return " · ".join(parts)

    def _findings(self) -> list[FindingRow]:
        rows = [r for r in self._at.tables.find(FindingRow, state="open") if r.level not in (WARNING, TASK)]
        order = {visit: place for place, visit in enumerate(self._at.study.visits)}
        rows.sort(
            key=lambda r: (
                _LEVEL_ORDER.get(r.level, 3),
                self._number(r.subject),
                order.get(r.visit, 0),
                r.seq,
            )
        )
        return rows

    def _finding_line(self, row: FindingRow) -> FindingLine:
        say, texts = self._at.texts, self._texts
        title = f"{isolated(self._number(row.subject))} · {texts.item(row.form, row.item)}"
        return FindingLine(
            title=title,
            text=finding_words(self._at, row),
            check=say("check {check}", check=isolated(row.check)),
            visit=texts.visit(row.visit),
            icon="refusal" if row.level == "H" else "finding",
            address=_address(row.key.of, row.row, row.item),
        )

    def _forms(self) -> list[FormRow]:
        rows = self._at.tables.find(FormRow, status="open")
        return sorted(rows, key=lambda row: (row.changed, row.key), reverse=True)

    def _form_line(self, row: FormRow) -> FormLine:
        say, texts = self._at.texts, self._texts
        zone = ZoneInfo(self._at.site.zone)
        changed = datetime.fromisoformat(row.changed).astimezone(UTC).astimezone(zone)
        return FormLine(
            subject=self._number(row.subject),
            title=texts.form(row.form),
            visit=texts.visit(row.visit),
            changed=say("begun {day}", day=say.short_date(changed.date())),
            address=_address(row.key),
        )

    def _number(self, subject: str) -> str:
        row = self._at.tables.get(SubjectRow, subject)
        return row.number if row is not None else ""


def enrolled_by(at: Workplace) -> Address:
    """Enrol a subject in a person's name; where its casebook begins. Raises what the bus raises."""
    outcome = at.send(EnrolSubject())
    subject = next(event.subject for event in outcome.events if event.subject is not None)
    return Address(CASEBOOK, subject)


def _day_of(visit: Occurrence) -> str:
    slot = visit.slot
    day = slot.actual or slot.booked or slot.planned
    return day.isoformat() if day is not None else ""


def _address(key: FormKey, row: str = "", item: str = "") -> Address:
    return Address(CASEBOOK, key.subject, key.visit, key.visit_n, key.form, key.form_n, row, item)


def greeted_as(name: str) -> str:
    """What a person is greeted by: the first name, or all of it where it begins with a title (``Dr``)."""
    parts = name.split()
    return name if parts and parts[0].rstrip(".").casefold() in _TITLES else (parts or [""])[0]
