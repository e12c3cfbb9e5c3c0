"""The outlines of one area as the Tracer page says them: whose is in force, who may draw, how far apart."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.base.times import Moment
from crfapp.ledger.state import PersonRow
from crfapp.planimetry.written import from_text, read_figures
from crfapp.present.sketch import known_length, sketch_of
from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE, isolated
from crfapp.present.tracer_drafts import Draft
from crfapp.present.tracer_view import Mode, OutlineLine
from crfapp.work.outlines import SettleOutline, apart, in_force
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.ledger.keys import ItemKey
    from crfapp.ledger.state import OutlineRow
    from crfapp.present.ghost import Lines
    from crfapp.present.tracer_figures import Measuring
    from crfapp.present.workplace import Workplace
    from crfapp.work.outlines_apart import Apart

_COLOURS = ("ink", "ink_other")


class TracerOutlines:
    """How the outlines of an area stand, for one person."""

    def __init__(self, at: Workplace, place: ItemKey | None) -> None:
        self._at = at
        self.first: OutlineRow | None = in_force(at.desk, place) if place is not None else None
        self.pair: Apart | None = apart(at.desk, place) if place is not None else None

    @property
    def own(self) -> OutlineRow | None:
        """The outline in force, where this person drew it."""
        mine = self.first is not None and self.first.login == self._at.actor.login
        return self.first if mine else None

    def own_draft(self) -> Draft | None:
        """The outline in force, to go on with, where this person drew it and it can be read."""
        if self.own is None or not self.own.drawn:
            return None
        drawn = from_text(self.own.drawn)
        return Draft(self.own.photograph, f"{known_length(drawn.calibration):g}", sketch_of(*drawn))

    def settling(self, outline: str, reason: str) -> SettleOutline | None:
        """That one of the two counts; None where no two are compared."""
        if self.pair is None:
            return None
        place, first = self.pair.place, self.pair.first.outline
        return SettleOutline(
            key=place.of,
            row=place.row,
            item=place.item,
            outline=outline,
            beside=self.pair.second.outline if outline == first else first,
            reason=reason,
        )

    def mode(self, *, anew: bool) -> Mode:
        """What this person draws here. Whoever did not draw the first outline draws blind, unless the value
        is to be given anew.
        """
        if not self._at.actor.may(Right.RECORD):
            return "watch"
        if self.first is None:
            return "first"
        if self.own is not None or anew:
            return "again"
        return "second" if self.pair is None else "watch"

    def told(self, mode: Mode) -> tuple[str, ...]:
        """Sentences about how it is drawn."""
        say = self._at.texts
        if mode == "second":
            return (
                say(
                    "{who} has traced this area. You trace it as the second person, without seeing that"
                    " outline or its area.",
                    who=self._who(self.first),
                ),
            )
        if mode == "again":
            return (say("An outline gives this area already. A new one takes its place, with a reason."),)
        return ()

    def compared(self, measuring: Measuring) -> tuple[OutlineLine, ...]:
        """Both people's outlines once both are there, else the one in force."""
        if self.first is None:
            return ()
        rows = (self.pair.first, self.pair.second) if self.pair is not None else (self.first,)
        return tuple(self._line(row, colour, measuring) for row, colour in zip(rows, _COLOURS, strict=False))

    def apart_words(self) -> str:
        """By how much the two differ, and whether somebody has to decide."""
        pair, say = self.pair, self._at.texts
        if pair is None:
            return ""
        percent = f"{LEFT_TO_RIGHT_ISOLATE}{pair.percent} %{POP_ISOLATE}"
        if pair.limit is None:
            return say("The areas differ by {percent}.", percent=percent)
        limit = f"{LEFT_TO_RIGHT_ISOLATE}{pair.limit} %{POP_ISOLATE}"
        if pair.percent <= pair.limit:
            return say(
                "The areas differ by {percent}; the study allows {limit}.", percent=percent, limit=limit
            )
        if not pair.is_open:
            return say(
                "The areas differ by {percent}, more than the {limit} that the study allows. It was decided "
                "which one counts.",
                percent=percent,
                limit=limit,
            )
        return say(
            "The areas differ by {percent}, more than the {limit} that the study allows. An investigator "
            "decides which one counts.",
            percent=percent,
            limit=limit,
        )

    def _line(self, row: OutlineRow, colour: str, measuring: Measuring) -> OutlineLine:
        pair = self.pair
        may = self._at.actor.may(Right.OVERSEE) and pair is not None and pair.is_open
        return OutlineLine(
            outline=row.outline,
            who=self._who(row),
            when=self._when(row),
            area=_area(row, measuring),
            colour=colour,
            lines=_lines(row),
            photograph=row.photograph,
            counts=self.first is not None and row.outline == self.first.outline,
            may_choose=may,
        )

    def _who(self, row: OutlineRow | None) -> str:
        person = self._at.tables.get(PersonRow, row.login) if row is not None else None
        return person.name if person is not None else (row.login if row is not None else "")

    def _when(self, row: OutlineRow) -> str:
        at = self._at
        local = Moment.at(datetime.fromisoformat(row.at), at.now.zone).local
        return isolated(f"{at.texts.date(local.date())} {at.texts.clock(local)}")


def _area(row: OutlineRow, measuring: Measuring) -> str:
    try:
        return measuring.area(read_figures(row.figures or "").area)
    except AppProblem:
        return ""


def _lines(row: OutlineRow) -> Lines:
    try:
        return tuple(part.points for part in from_text(row.drawn or "").outline.parts)
    except AppProblem:
        return ()
