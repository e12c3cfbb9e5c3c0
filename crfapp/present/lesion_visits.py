"""What was seen of a lesion at each visit, in words, and where each of its figures comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.keys import ItemKey
from crfapp.present.address import Address
from crfapp.present.lesion_plot import spread_of
from crfapp.present.lesion_view import PhotoCell, SourceLine, StripColumn, VisitLine
from crfapp.present.lesion_words import area_words, dated, figure, how_words, state_words
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import isolated
from crfapp.work.doses import doses_of
from crfapp.work.target_events import events_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.ledger.keys import VisitKey
    from crfapp.present.workplace import Workplace
    from crfapp.study.targets import Measure
    from crfapp.work.doses import Dose, Portion
    from crfapp.work.target_events import LinkedEvent
    from crfapp.work.targets import Judged, Seen, Target

TRACER = "tracer"
_DAY = len("2025-01-12")


class _Row(NamedTuple):
    """One row of the table."""

    visit: VisitKey
    date: date | None
    doses: tuple[Dose, ...]


class LesionVisits:
    """The visits of one lesion."""

    def __init__(self, at: Workplace, subject: str, target: Target, targets: Sequence[Target]) -> None:
        self._at, self._subject, self._target = at, subject, target
        self._labels = {one.row: one.label for one in targets}
        self._doses = doses_of(at.desk, subject)
        self._events = events_of(at.desk, subject, target.row)

    def views(self, course: Sequence[Seen]) -> tuple[tuple[str, str], ...]:
        """The views that its photographs have: those of the protocol first."""
        protocol = self._at.study.head.photographs
        if protocol is None:
            return ()
        taken = [one.view for seen in course for one in seen.photographs if one.view]
        listed = self._at.study.place(protocol.form, protocol.view).item.codes or ""
        return tuple(
            (code, self._at.study_texts.code(listed, code))
            for code in dict.fromkeys((*protocol.views, *taken))
            if code in self._at.study.codes(listed)
        )

    def strip(self, course: Sequence[Seen]) -> Iterator[StripColumn]:
        """Every visit at which something was seen, with its photographs."""
        for seen in course:
            visit = self._visit(seen.visit)
            cells = tuple(
                (
                    one.view or "",
                    PhotoCell(
                        one.photograph,
                        self._at.texts("Photograph, {visit}", visit=isolated(visit)),
                        _address(one.place),
                    ),
                )
                for one in seen.photographs
            )
            yield StripColumn(
                visit, dated(self._at.texts, seen), state_words(self._at.texts, seen.state), cells
            )

    def lines(self, course: Sequence[Seen]) -> Iterator[VisitLine]:
        """Every visit at which it was seen or given something, with the events that began from then on."""
        rows = self._rows(course)
        events = self._events_by_row(rows)
        bound = self._at.study.head.targets
        unit = self._unit(bound.measure.length) if bound is not None else ""
        for number, (row, seen) in enumerate(zip(rows, self._seen_in(rows, course), strict=True)):
            say = self._at.texts
            yield VisitLine(
                visit=self._visit(row.visit),
                date=isolated(say.date(row.date)) if row.date is not None else "",
                state=state_words(say, seen.state if seen else None),
                length=figure(seen.length, unit) if seen else "",
                width=figure(seen.width, unit) if seen else "",
                area=area_words(say, seen) if seen else "",
                how=how_words(say, seen.how) if seen else "",
                change=figure(seen.change, "%") if seen else "",
                scores=say.listed(self._scored(one) for one in seen.scores) if seen else "",
                classes=say.listed(self._class(one) for one in seen.scores) if seen else "",
                dose=say.listed(self._given(dose) for dose in row.doses),
                events=say.listed(self._event(one) for one in events.get(number, ())),
                sources=tuple(self._sources(course, seen, row, events.get(number, ()))),
            )

    # ---- inside

    def _visit(self, key: VisitKey) -> str:
        words = self._at.study_texts.visit(key.visit)
        return f"{words} {key.visit_n}" if key.visit_n > 1 else words

    def _unit(self, item: str) -> str:
        bound = self._at.study.head.targets
        return self._at.study.place(bound.measure.form, item).item.unit or "" if bound is not None else ""

    def _score(self, one: Judged) -> str:
        return " · ".join(filter(None, (self._scored(one), isolated(self._class(one)))))

    def _scored(self, one: Judged) -> str:
        unit = self._at.study.place(one.place.form, one.place.item).item.unit or ""
        return figure(one.value, unit) if isinstance(one.value, int) else f"{one.value}"

    def _class(self, one: Judged) -> str:
        """The class in words; empty where the score has none."""
        bound = self._at.study.head.targets
        item = next((s.of_class for s in bound.scores if s.item == one.place.item), None) if bound else None
        if item is None or one.of_class is None:
            return ""
        listed = self._at.study.place(one.place.form, item).item.codes or ""
        known = one.of_class in self._at.study.codes(listed)
        return self._at.study_texts.code(listed, one.of_class) if known else one.of_class

    def _rows(self, course: Sequence[Seen]) -> list[_Row]:
        """The visits of the table, by day: those of the course, and those of the doses."""
        days = {seen.visit: seen.date for seen in course}
        doses: dict[VisitKey, list[Dose]] = {}
        for dose in self._doses:
            portion = dose.portion(self._target.row)
            if portion is not None and portion.treated:
                doses.setdefault(dose.key.at, []).append(dose)
                days.setdefault(dose.key.at, dose.start.local.date() if dose.start is not None else None)
        order = self._at.study.visit_order
        rows = [_Row(visit, day, tuple(doses.get(visit, ()))) for visit, day in days.items()]
        return sorted(rows, key=lambda row: (str(row.date or "9"), order[row.visit.visit], row.visit.visit_n))

    def _seen_in(self, rows: Sequence[_Row], course: Sequence[Seen]) -> list[Seen | None]:
        by_visit = {seen.visit: seen for seen in course}
        return [by_visit.get(row.visit) for row in rows]

    def _given(self, dose: Dose) -> str:
        portion = dose.portion(self._target.row)
        amounts = _amounts(portion) if portion is not None else ""
        return f"{isolated(str(dose.number))}: {amounts}" if dose.number and amounts else amounts

    def _events_by_row(self, rows: Sequence[_Row]) -> dict[int, list[LinkedEvent]]:
        """An event stands at the last visit that was not after its first day, or at the very last one."""
        found: dict[int, list[LinkedEvent]] = {}
        for event in self._events:
            day = date.fromisoformat(event.start) if len(event.start) == _DAY else date.max
            before = [n for n, row in enumerate(rows) if row.date is not None and row.date <= day]
            found.setdefault(before[-1] if before else 0, []).append(event)
        return found

    def _event(self, event: LinkedEvent) -> str:
        return self._at.texts("AE {number} {term}", number=isolated(event.label), term=isolated(event.term))

    def _sources(
        self, course: Sequence[Seen], seen: Seen | None, row: _Row, events: Sequence[LinkedEvent]
    ) -> Iterator[SourceLine]:
        bound, say = self._at.study.head.targets, self._at.texts
        if seen is not None and bound is not None:
            if seen.form is not None and seen.state is not None:
                yield from self._area_sources(seen, bound.measure)
            if seen.change is not None:
                yield from self._change_source(course, seen, bound.measure)
            for one in seen.scores:
                words = say("{score}: judged by eye.", score=isolated(self._score(one)))
                yield SourceLine(words, say("Form"), _address(one.place))
            if seen.photographs:
                words = say("Photographs of this visit beside those of the baseline.")
                to = Address("compare", self._subject, *seen.visit[1:], row=self._target.row)
                yield SourceLine(words, say("Compare"), to)
        for dose in row.doses:
            words = say("Given: {dose}.", dose=isolated(self._given(dose)))
            yield SourceLine(words, say("Form"), Address(CASEBOOK, *dose.key))
        for event in events:
            to = _address(ItemKey(*event.form, event.row, self._term()))
            yield SourceLine(self._event(event), say("Event"), to)

    def _term(self) -> str:
        events = self._at.study.head.events
        return events.term if events is not None else ""

    def _area_sources(self, seen: Seen, measure: Measure) -> Iterator[SourceLine]:
        say, area = self._at.texts, area_words(self._at.texts, seen)
        assert seen.form is not None  # noqa: S101  # the caller has looked
        form = ItemKey(*seen.form, self._target.row, measure.area)
        if seen.how == "outline":
            spread = spread_of(self._at, self._subject, seen)
            sure = f" ± {spread:.1f}" if spread else ""
            words = say("Area {area}{sure}: measured in an outline on a photograph.", area=area, sure=sure)
            yield SourceLine(words, say("Outline"), _address(form._replace(item=measure.outline), TRACER))
        elif seen.how == "typed":
            words = say("Area {area}: measured elsewhere and typed in.", area=area)
            yield SourceLine(words, say("Form"), _address(form._replace(item=measure.outline)))
        elif seen.how == "ruler":
            unit = self._unit(measure.length)
            words = say(
                "Area {area}: worked out from the diameters {length} and {width}.",
                area=area,
                length=figure(seen.length, unit),
                width=figure(seen.width, unit),
            )
            yield SourceLine(words, say("Form"), _address(form._replace(item=measure.length)))
        else:
            state = state_words(say, seen.state).words
            words = say("Recorded as {state}.", state=isolated(state)) if state else ""
            if words and seen.area is not None:
                words = say("Area {area}: recorded as {state}.", area=area, state=isolated(state))
            if words:
                yield SourceLine(words, say("Form"), _address(form._replace(item=measure.status)))
        if seen.together:
            names = say.listed(isolated(self._labels.get(row, row)) for row in seen.together)
            yield SourceLine(say("Counted together with {lesions}.", lesions=names))

    def _change_source(self, course: Sequence[Seen], seen: Seen, measure: Measure) -> Iterator[SourceLine]:
        """The pack works the change out; here stands what it is held against."""
        say = self._at.texts
        base = next(
            (
                one
                for one in course
                if one.area is not None and self._at.study.visit(one.visit.visit).baseline
            ),
            next((one for one in course if one.area is not None), None),
        )
        assert seen.form is not None  # noqa: S101  # a change stands in the form of the measurement
        to = _address(ItemKey(*seen.form, self._target.row, measure.change))
        if base is None or base is seen:
            return
        words = say(
            "Change {change}: calculated against {area} at {visit}, {date}.",
            change=figure(seen.change, "%"),
            area=area_words(say, base),
            visit=isolated(self._visit(base.visit)),
            date=dated(say, base),
        )
        yield SourceLine(words, say("Form"), to)


def _amounts(portion: Portion) -> str:
    parts = [figure(one.given, one.unit) for one in portion.amounts if one.given is not None]
    return " / ".join(parts)


def _address(place: ItemKey, page: str = CASEBOOK) -> Address:
    return Address(page, *place[:5], place.row, place.item)
