"""What became of lesions or wounds: areas, percent of the baseline, scores and their classes."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from crfapp.exchange.confidential import Confidential
from crfapp.present.plot_view import Line, Mark, PlotView, Point
from crfapp.present.reports.view import ReportColumn, ReportTable, ReportView
from crfapp.present.texts import N_, isolated
from crfapp.present.words import UNIT_SIGNS
from crfapp.work.targets import courses_of, targets_of
from crfapp.work.tolerability import dose_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from crfapp.ledger.state import SubjectRow
    from crfapp.present.workplace import Workplace
    from crfapp.study.targets import Score
    from crfapp.work.targets import Seen, Target

KEY = "areas"
_HOW = {"outline": N_("outline"), "typed": N_("typed"), "ruler": N_("diameters"), "": ""}


class Areas:
    """The report, for one subject or for everybody."""

    def __init__(self, at: Workplace) -> None:
        self._at = at

    def view(self, subjects: Sequence[SubjectRow], one: str) -> ReportView:
        """``one`` is the subject that is looked at alone, or empty."""
        say = self._at.texts
        found = [(row, target, seen) for row in subjects for target, seen in self._courses(row) if seen]
        plots = tuple(self._plots(subjects[0], found)) if one else tuple(self._medians(found))
        return ReportView(
            KEY,
            say("Areas and their change"),
            say("Areas as they are recorded, and the change from baseline in percent: positive is smaller."),
            plots=plots,
            tables=(self._table(found),) if found else (),
            none=say("Nothing was measured yet."),
        )

    def _courses(self, row: SubjectRow) -> Iterator[tuple[Target, tuple[Seen, ...]]]:
        courses = courses_of(self._at.desk, row.subject)
        bound = self._at.study.head.targets
        keeps = Confidential(self._at.study).keeps  # a report may leave the site
        if bound is None or any(
            keeps(bound.measure.form, item)
            for item in (bound.measure.area, bound.measure.change, bound.measure.status)
        ):
            return
        for target in sorted(targets_of(self._at.desk, row.subject), key=lambda one: not one.treated):
            yield target, courses.get(target.row, ())

    def _plots(
        self, row: SubjectRow, found: Sequence[tuple[SubjectRow, Target, tuple[Seen, ...]]]
    ) -> Iterator[PlotView]:
        say, days = self._at.texts, dose_days(self._at.desk, row.subject)
        dates = [seen.date for _, _, course in found for seen in course if seen.date is not None]
        if not dates:
            return
        first = days[0] if days else min(dates)
        marks = tuple(
            Mark((day - first).days, say("Dose {number}", number=number))
            for number, day in enumerate(days, 1)
        )
        unit = UNIT_SIGNS.get(found[0][2][0].unit, found[0][2][0].unit)
        for words, axis, read in (
            (say("Areas, {subject}", subject=isolated(row.number)), unit, lambda seen: seen.area),
            (say("Change from baseline, {subject}", subject=isolated(row.number)), "%", _change),
        ):
            lines = tuple(
                Line(target.label, points, dashed=target.control)
                for _, target, course in found
                if (
                    points := tuple(
                        Point((seen.date - first).days, float(value))
                        for seen in course
                        if seen.date is not None and (value := read(seen)) is not None
                    )
                )
            )
            if lines:
                yield PlotView(words, say("Days since the first dose"), axis, lines, marks)

    def _medians(self, found: Sequence[tuple[SubjectRow, Target, tuple[Seen, ...]]]) -> Iterator[PlotView]:
        """The median of all treated and of all control lesions, visit by visit of the schedule."""
        say, order = self._at.texts, self._at.study.visit_order
        lines: list[Line] = []
        ticks: dict[float, str] = {}
        for words, wanted in ((say("Treated"), True), (say("Control"), False)):
            changes: dict[str, list[Decimal]] = {}
            for _, target, course in found:
                if target.treated is wanted and (wanted or target.control):
                    for seen in course:
                        if seen.change is not None:
                            changes.setdefault(seen.visit.visit, []).append(seen.change)
            visits = sorted(changes, key=lambda visit: order[visit])
            ticks |= {order[visit]: self._at.study_texts.visit(visit) for visit in visits}
            points = tuple(Point(order[visit], float(median(changes[visit]))) for visit in visits)
            if points:
                lines.append(Line(words, points, dashed=not wanted))
        if lines:
            title = say("Median change from baseline over all lesions")
            yield PlotView(title, say("Visit"), "%", tuple(lines), ticks=tuple(sorted(ticks.items())))

    def _table(self, found: Sequence[tuple[SubjectRow, Target, tuple[Seen, ...]]]) -> ReportTable:
        say = self._at.texts
        scores = self._scores()
        columns = (
            ReportColumn(say("Subject"), "SUBJECT", "short"),
            ReportColumn(say("Lesion"), "TARGET", "short"),
            ReportColumn(say("Role"), "ROLE", "short"),
            ReportColumn(say("Visit"), "VISIT"),
            ReportColumn(say("Day"), "DATE", "day"),
            ReportColumn(say("State"), "STATE"),
            ReportColumn(say("Area"), "AREA", "number"),
            ReportColumn(say("Unit"), "UNIT", "short"),
            ReportColumn(say("Measured by"), "METHOD", "short"),
            ReportColumn(say("Change, %"), "CHANGE_PCT", "number"),
            *(ReportColumn(say("Score"), score.item, "number") for score in scores),
            *(ReportColumn(say("Class"), score.of_class) for score in scores if score.of_class is not None),
        )
        rows = tuple(self._row(row, target, seen) for row, target, course in found for seen in course)
        return ReportTable(columns, rows, say("Visit by visit"))

    def _row(self, row: SubjectRow, target: Target, seen: Seen) -> tuple[str, ...]:
        say = self._at.texts
        role = say("treated") if target.treated else say("control") if target.control else ""
        scores = self._scores()
        judged = {one.place.item: one for one in seen.scores}
        values = [judged[s.item].value if s.item in judged else None for s in scores]
        classes = [
            self._decoded(s.form, s.of_class, judged[s.item].of_class) if s.item in judged else ""
            for s in scores
            if s.of_class is not None
        ]
        return (
            *(row.number, target.label, role, self._at.study_texts.visit(seen.visit.visit)),
            *(seen.date.isoformat() if seen.date else "", self._status(seen)),
            *(
                _text(seen.area),
                UNIT_SIGNS.get(seen.unit, seen.unit),
                say(_HOW[seen.how]) if seen.how else "",
            ),
            *(_text(seen.change), *(_text(value) for value in values), *classes),
        )

    def _scores(self) -> tuple[Score, ...]:
        """The judgements that may leave the site."""
        targets, keeps = self._at.study.head.targets, Confidential(self._at.study).keeps
        return tuple(one for one in targets.scores if not keeps(one.form, one.item)) if targets else ()

    def _status(self, seen: Seen) -> str:
        targets = self._at.study.head.targets
        if targets is None or not seen.status:
            return ""
        return self._decoded(targets.measure.form, targets.measure.status, seen.status)

    def _decoded(self, form: str, item: str, code: str | None) -> str:
        """The words of a code; a code that its list does not know stands as it is."""
        listed = self._at.study.place(form, item).item.codes
        return self._at.study_texts.code(listed, code) if listed and code else code or ""


def _change(seen: Seen) -> Decimal | None:
    return seen.change


def _text(value: object) -> str:
    return "" if value is None else str(value)
