"""How doses were borne: the highest score of every sign, day by day after each dose."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from crfapp.exchange.confidential import Confidential
from crfapp.present.plot_view import Line, Mark, PlotView, Point
from crfapp.present.reports.view import ReportColumn, ReportTable, ReportView
from crfapp.present.texts import isolated
from crfapp.work.tolerability import dose_days, sign_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from crfapp.ledger.state import SubjectRow
    from crfapp.present.workplace import Workplace
    from crfapp.work.tolerability import SignScore

KEY = "tolerability"
_MOST_LINES = 4
"""So many signs are drawn into one figure; more cannot be told apart."""


class Tolerability:
    """The report, for one subject or for everybody."""

    def __init__(self, at: Workplace) -> None:
        self._at = at

    def view(self, subjects: Sequence[SubjectRow], one: str) -> ReportView:
        """``one`` is the subject that is looked at alone, or empty."""
        say = self._at.texts
        keeps = Confidential(self._at.study).keeps  # a report may leave the site
        scores = {
            row: tuple(
                one for one in sign_scores(self._at.desk, row.subject) if not keeps(one.key.form, one.sign)
            )
            for row in subjects
        }
        plots = tuple(self._plots(row, found) for row, found in scores.items() if found) if one else ()
        tables = (self._by_dose(scores), self._days(scores)) if any(scores.values()) else ()
        return ReportView(
            KEY,
            say("Tolerability"),
            say(
                "The highest score of each sign over all treated places. Asked and not there counts as 0; "
                "what was not asked is left out."
            ),
            plots=plots if one else self._of_all(scores),
            tables=tables,
            none=say("No checklist was filled in yet."),
        )

    def _plots(self, row: SubjectRow, scores: Sequence[SignScore]) -> PlotView:
        say, days = self._at.texts, dose_days(self._at.desk, row.subject)
        first = days[0] if days else scores[0].day
        lines = tuple(
            Line(self._sign(sign), tuple(Point((day - first).days, top) for day, top in course))
            for sign, course in _shown(_worst(scores))
        )
        marks = tuple(
            Mark((day - first).days, say("Dose {number}", number=number))
            for number, day in enumerate(days, 1)
        )
        return PlotView(
            say("Signs after each dose, {subject}", subject=isolated(row.number)),
            say("Days since the first dose"),
            say("Highest score"),
            lines,
            marks,
            low=0,
            high=4,
        )

    def _of_all(self, scores: dict[SubjectRow, tuple[SignScore, ...]]) -> tuple[PlotView, ...]:
        """How many subjects had each highest score, dose by dose."""
        say = self._at.texts
        by_dose = _by_dose(scores)
        if not by_dose:
            return ()
        doses = sorted({dose for dose, _ in by_dose})
        shares = [
            Line(
                say("Score {score} or more", score=least),
                tuple(
                    Point(dose, sum(_top(by_dose, dose, row) >= least for row in scores)) for dose in doses
                ),
            )
            for least in (1, 2, 3)
        ]
        return (
            PlotView(
                say("Subjects by their highest score after each dose"),
                say("Dose"),
                say("Subjects"),
                tuple(shares),
                low=0,
                high=max(1, len(scores)),
                whole=True,
            ),
        )

    def _by_dose(self, scores: dict[SubjectRow, tuple[SignScore, ...]]) -> ReportTable:
        say = self._at.texts
        columns = (
            ReportColumn(say("Subject"), "SUBJECT", "short"),
            ReportColumn(say("Dose"), "DOSE", "number"),
            ReportColumn(say("Symptom or finding"), "SIGN"),
            ReportColumn(say("Highest score"), "MAXSCORE", "number"),
            ReportColumn(say("Places"), "PLACES", "short"),
            ReportColumn(say("Days to 0"), "DAYS_TO_0", "number"),
        )
        rows = tuple(line for row, found in scores.items() for line in self._lines(row.number, found))
        return ReportTable(columns, rows, say("By subject and dose"))

    def _lines(self, number: str, scores: Sequence[SignScore]) -> Iterator[tuple[str, ...]]:
        grouped: dict[tuple[int, str], list[SignScore]] = defaultdict(list)
        for one in scores:
            if one.dose:
                grouped[one.dose, one.sign].append(one)
        for (dose, sign), found in sorted(grouped.items(), key=lambda pair: pair[0][0]):
            top = max(one.score for one in found)
            if top:
                places = sorted({one.label for one in found if one.score})
                over = _days_to_none(found)
                yield (number, str(dose), self._sign(sign), str(top), " ".join(places), over)

    def _days(self, scores: dict[SubjectRow, tuple[SignScore, ...]]) -> ReportTable:
        """Every score above 0, as it was recorded."""
        say = self._at.texts
        columns = (
            ReportColumn(say("Subject"), "SUBJECT", "short"),
            ReportColumn(say("Day"), "DATE", "day"),
            ReportColumn(say("Dose"), "DOSE", "number"),
            ReportColumn(say("Days since"), "DAYS", "number"),
            ReportColumn(say("Place"), "PLACE", "short"),
            ReportColumn(say("Symptom or finding"), "SIGN"),
            ReportColumn(say("Score"), "SCORE", "number"),
        )
        rows = tuple(
            (
                *(row.number, one.day.isoformat(), str(one.dose), str(one.days) if one.dose else ""),
                *(one.label, self._sign(one.sign), str(one.score)),
            )
            for row, found in scores.items()
            for one in found
            if one.score
        )
        return ReportTable(columns, rows, say("Every score above 0"))

    def _sign(self, sign: str) -> str:
        checklist = self._at.study.head.checklist
        return self._at.study_texts.item(checklist.form, sign) if checklist is not None else sign


def _shown(worst: list[tuple[str, list[tuple[date, int]]]]) -> list[tuple[str, list[tuple[date, int]]]]:
    """Signs that were ever there; where none was, the first that were asked for."""
    there = [one for one in worst if any(score for _, score in one[1])]
    return (there or worst)[:_MOST_LINES]


def _worst(scores: Sequence[SignScore]) -> list[tuple[str, list[tuple[date, int]]]]:
    """Each sign with its highest score on each day, the most troublesome sign first."""
    days: dict[str, dict[date, int]] = defaultdict(dict)
    for one in scores:
        days[one.sign][one.day] = max(one.score, days[one.sign].get(one.day, 0))
    order = {sign: place for place, sign in enumerate(days)}
    worst = sorted(days.items(), key=lambda pair: (-sum(pair[1].values()), order[pair[0]]))
    return [(sign, sorted(found.items())) for sign, found in worst]


def _by_dose(scores: dict[SubjectRow, tuple[SignScore, ...]]) -> dict[tuple[int, str], int]:
    tops: dict[tuple[int, str], int] = {}
    for row, found in scores.items():
        for one in found:
            if one.dose:
                tops[one.dose, row.subject] = max(one.score, tops.get((one.dose, row.subject), 0))
    return tops


def _top(tops: dict[tuple[int, str], int], dose: int, row: SubjectRow) -> int:
    return tops.get((dose, row.subject), -1)


def _days_to_none(found: Sequence[SignScore]) -> str:
    """Days from the dose until the sign was asked for and gone everywhere; empty where that was not seen."""
    last = max((one.day for one in found if one.score), default=None)
    after = [one for one in found if last is not None and one.day > last]
    return str(min(one.days for one in after)) if after else ""
