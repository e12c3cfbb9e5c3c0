"""What was seen of a lesion at each visit, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crfapp.present.lesion_facts import LesionFacts
from crfapp.present.lesion_sources import LesionSources
from crfapp.present.lesion_view import PhotoCell, StripColumn, VisitLine
from crfapp.present.lesion_words import area_words, dated, figure, form_address, how_words, state_words
from crfapp.present.texts import isolated
from crfapp.work.doses import doses_of
from crfapp.work.target_events import events_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.ledger.keys import VisitKey
    from crfapp.present.workplace import Workplace
    from crfapp.work.doses import Dose
    from crfapp.work.target_events import LinkedEvent
    from crfapp.work.targets import Seen, Target

_DAY = len("2025-01-12")


class _Row(NamedTuple):
    """One row of the table."""

    visit: VisitKey
    date: date | None
    doses: tuple[Dose, ...]


class LesionVisits:
    """The visits of one lesion."""

    def __init__(self, at: Workplace, subject: str, target: Target, targets: Sequence[Target]) -> None:
        self._facts = LesionFacts(at, subject, target, targets)
        self._sources = LesionSources(self._facts)
        self._doses = doses_of(at.desk, subject)
        self._events = events_of(at.desk, subject, target.row)

    def views(self, course: Sequence[Seen]) -> tuple[tuple[str, str], ...]:
        """The views that its photographs have: those of the protocol first."""
        protocol = self._facts.at.study.head.photographs
        if protocol is None:
            return ()
        taken = [one.view for seen in course for one in seen.photographs if one.view]
        listed = self._facts.at.study.place(protocol.form, protocol.view).item.codes or ""
        return tuple(
            (code, self._facts.at.study_texts.code(listed, code))
            for code in dict.fromkeys((*protocol.views, *taken))
            if code in self._facts.at.study.codes(listed)
        )

    def strip(self, course: Sequence[Seen]) -> Iterator[StripColumn]:
        """Every visit at which something was seen, with its photographs."""
        for seen in course:
            visit = self._facts.visit(seen.visit)
            cells = tuple(
                (
                    one.view or "",
                    PhotoCell(
                        one.photograph,
                        self._facts.at.texts("Photograph, {visit}", visit=isolated(visit)),
                        form_address(one.place),
                    ),
                )
                for one in seen.photographs
            )
            yield StripColumn(
                visit, dated(self._facts.at.texts, seen), state_words(self._facts.at.texts, seen.state), cells
            )

    def lines(self, course: Sequence[Seen]) -> Iterator[VisitLine]:
        """Every visit at which it was seen or given something, with the events that began from then on."""
        rows = self._rows(course)
        events = self._events_by_row(rows)
        bound = self._facts.at.study.head.targets
        unit = self._facts.unit(bound.measure.length) if bound is not None else ""
        for number, (row, seen) in enumerate(zip(rows, self._seen_in(rows, course), strict=True)):
            say = self._facts.at.texts
            yield VisitLine(
                visit=self._facts.visit(row.visit),
                date=isolated(say.date(row.date)) if row.date is not None else "",
                state=state_words(say, seen.state if seen else None),
                length=figure(seen.length, unit) if seen else "",
                width=figure(seen.width, unit) if seen else "",
                area=area_words(say, seen) if seen else "",
                how=how_words(say, seen.how) if seen else "",
                change=figure(seen.change, "%") if seen else "",
                scores=say.listed(self._facts.scored(one) for one in seen.scores) if seen else "",
                classes=say.listed(self._facts.of_class(one) for one in seen.scores) if seen else "",
                dose=say.listed(self._facts.given(dose) for dose in row.doses),
                events=say.listed(self._facts.event(one) for one in events.get(number, ())),
                sources=tuple(self._sources.of(course, seen, row.doses, events.get(number, ()))),
            )

    # ---- inside

    def _rows(self, course: Sequence[Seen]) -> list[_Row]:
        """The visits of the table, by day: those of the course, and those of the doses."""
        days = {seen.visit: seen.date for seen in course}
        doses: dict[VisitKey, list[Dose]] = {}
        for dose in self._doses:
            portion = dose.portion(self._facts.target.row)
            if portion is not None and portion.treated:
                doses.setdefault(dose.key.at, []).append(dose)
                days.setdefault(dose.key.at, dose.start.local.date() if dose.start is not None else None)
        order = self._facts.at.study.visit_order
        rows = [_Row(visit, day, tuple(doses.get(visit, ()))) for visit, day in days.items()]
        return sorted(rows, key=lambda row: (str(row.date or "9"), order[row.visit.visit], row.visit.visit_n))

    def _seen_in(self, rows: Sequence[_Row], course: Sequence[Seen]) -> list[Seen | None]:
        by_visit = {seen.visit: seen for seen in course}
        return [by_visit.get(row.visit) for row in rows]

    def _events_by_row(self, rows: Sequence[_Row]) -> dict[int, list[LinkedEvent]]:
        """An event stands at the last visit that was not after its first day, or at the very last one."""
        found: dict[int, list[LinkedEvent]] = {}
        for event in self._events:
            day = date.fromisoformat(event.start) if len(event.start) == _DAY else date.max
            before = [n for n, row in enumerate(rows) if row.date is not None and row.date <= day]
            found.setdefault(before[-1] if before else 0, []).append(event)
        return found
