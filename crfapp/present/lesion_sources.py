"""Where each figure of a lesion comes from, with the way there (REQ-931)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import ItemKey
from crfapp.present.address import Address
from crfapp.present.lesion_plot import spread_of
from crfapp.present.lesion_view import SourceLine
from crfapp.present.lesion_words import area_words, dated, figure, form_address, state_words
from crfapp.present.palette import CASEBOOK
from crfapp.present.texts import isolated
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.present.lesion_facts import LesionFacts
    from crfapp.study.targets import Measure
    from crfapp.work.doses import Dose
    from crfapp.work.target_events import LinkedEvent
    from crfapp.work.targets import Seen

TRACER = "tracer"


class LesionSources:
    """Nothing is worked out here: percentages are the pack's own items, and lead to them."""

    def __init__(self, facts: LesionFacts) -> None:
        self._facts = facts

    def of(
        self, course: Sequence[Seen], seen: Seen | None, doses: Sequence[Dose], events: Sequence[LinkedEvent]
    ) -> Iterator[SourceLine]:
        """The sources of one visit: of what was measured, judged and photographed, of doses and events."""
        bound, say = self._facts.at.study.head.targets, self._facts.at.texts
        if seen is not None and bound is not None:
            if seen.form is not None and seen.state is not None:
                yield from self._area_sources(seen, bound.measure)
            if seen.change is not None:
                yield from self._change_source(course, seen, bound.measure)
            for one in seen.scores:
                words = say("{score}: judged by eye.", score=isolated(self._facts.score(one)))
                yield SourceLine(words, say("Form"), form_address(one.place))
            if seen.photographs:
                words = say("Photographs of this visit beside those of the baseline.")
                to = Address("compare", self._facts.subject, *seen.visit[1:], row=self._facts.target.row)
                yield SourceLine(words, say("Compare visits"), to)
            yield from self._to_be_traced(seen, bound.measure)
        for dose in doses:
            words = say("Given: {dose}.", dose=isolated(self._facts.given(dose)))
            yield SourceLine(words, say("Form"), Address(CASEBOOK, *dose.key))
        for event in events:
            to = form_address(ItemKey(*event.form, event.row, self._term()))
            yield SourceLine(self._facts.event(event), say("Event"), to)

    def _term(self) -> str:
        events = self._facts.at.study.head.events
        return events.term if events is not None else ""

    def _area_sources(self, seen: Seen, measure: Measure) -> Iterator[SourceLine]:
        say, area = self._facts.at.texts, area_words(self._facts.at.texts, seen)
        assert seen.form is not None  # noqa: S101  # the caller has looked
        form = ItemKey(*seen.form, self._facts.target.row, measure.area)
        if seen.how == "outline":
            spread = spread_of(self._facts.at, self._facts.subject, seen)
            sure = f" ± {spread:.1f}" if spread else ""
            words = say("Area {area}{sure}: measured in an outline on a photograph.", area=area, sure=sure)
            yield SourceLine(words, say("Outline"), form_address(form._replace(item=measure.outline), TRACER))
        elif seen.how == "typed":
            words = say("Area {area}: measured elsewhere and typed in.", area=area)
            yield SourceLine(words, say("Form"), form_address(form._replace(item=measure.outline)))
        elif seen.how == "ruler":
            unit = self._facts.unit(measure.length)
            words = say(
                "Area {area}: worked out from the diameters {length} and {width}.",
                area=area,
                length=figure(seen.length, unit),
                width=figure(seen.width, unit),
            )
            yield SourceLine(words, say("Form"), form_address(form._replace(item=measure.length)))
        else:
            state = state_words(say, seen.state).words
            words = say("Recorded as {state}.", state=isolated(state)) if state else ""
            if words and seen.area is not None:
                words = say("Area {area}: recorded as {state}.", area=area, state=isolated(state))
            if words:
                yield SourceLine(words, say("Form"), form_address(form._replace(item=measure.status)))
        if seen.together:
            names = say.listed(isolated(self._facts.labels.get(row, row)) for row in seen.together)
            yield SourceLine(say("Counted together with {lesions}.", lesions=names))

    def _to_be_traced(self, seen: Seen, measure: Measure) -> Iterator[SourceLine]:
        """Where there is something to be traced, nobody did, and this person may."""
        say, there = self._facts.at.texts, seen.state in ("present", "reopened", "new")
        may = self._facts.at.actor.may(Right.RECORD) and bool(seen.photographs)
        if seen.form is not None and there and may and seen.how != "outline":
            place = ItemKey(*seen.form, self._facts.target.row, measure.outline)
            words = say("A photograph of this visit can be traced.")
            yield SourceLine(words, say("Trace"), form_address(place, TRACER))

    def _change_source(self, course: Sequence[Seen], seen: Seen, measure: Measure) -> Iterator[SourceLine]:
        """The pack works the change out; here stands what it is held against."""
        say = self._facts.at.texts
        base = next(
            (
                one
                for one in course
                if one.area is not None and self._facts.at.study.visit(one.visit.visit).baseline
            ),
            next((one for one in course if one.area is not None), None),
        )
        assert seen.form is not None  # noqa: S101  # a change stands in the form of the measurement
        to = form_address(ItemKey(*seen.form, self._facts.target.row, measure.change))
        if base is None or base is seen:
            return
        words = say(
            "Change {change}: calculated against {area} at {visit}, {date}.",
            change=figure(seen.change, "%"),
            area=area_words(say, base),
            visit=isolated(self._facts.visit(base.visit)),
            date=dated(say, base),
        )
        yield SourceLine(words, say("Form"), to)
