"""What a drawing measures, as it will be recorded, and what is still to be done."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import AppProblem
from crfapp.form.reading import Field, Manner, Reading
from crfapp.form.values import read
from crfapp.planimetry.measuring import Measured, clicks_spread, in_unit, measure
from crfapp.planimetry.written import from_text, to_text
from crfapp.present.problem_texts import problem_text
from crfapp.present.sketch import Sketch, calibration_of, outline_of
from crfapp.present.texts import LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE
from crfapp.present.tracer_view import Figures
from crfapp.present.words import UNIT_SIGNS
from crfapp.study.types import ItemType, Kind

if TYPE_CHECKING:
    from crfapp.planimetry.calibration import Calibration
    from crfapp.present.texts import Texts
    from crfapp.study.study import Study

_LENGTH = Field(ItemType(Kind.DECIMAL, digits=2), unit="mm")
_LEAST = 3
_ROUGH = 0.05
"""From this share on the clicks of the calibration make an area too uncertain."""


class Units(NamedTuple):
    """In which units, and with how many decimals, areas and diameters are recorded."""

    area: str
    area_digits: int
    length: str
    length_digits: int


def units_of(study: Study) -> Units:
    """Those of the items that the pack binds; the study must have targets."""
    bound = study.head.targets
    if bound is None:
        raise ValueError("the study has no targets")
    form, measure = bound.measure.form, bound.measure
    area, length = (study.place(form, item).item for item in (measure.outline, measure.length))
    return Units(
        area.unit or "mm2",
        study.field(form, measure.outline).digits or 0,
        length.unit or "mm",
        study.field(form, measure.length).digits or 0,
    )


def mm_of(typed: str, manner: Manner) -> float | None:
    """A length as it was typed, in mm (``5 cm!`` too); None where it is none."""
    reading = read(typed, _LENGTH, manner)
    found = isinstance(reading, Reading) and isinstance(reading.value, Decimal) and reading.value > 0
    return float(str(reading.value)) if found and isinstance(reading, Reading) else None


class Measuring:
    """Measures drawings, in one person's words."""

    def __init__(self, units: Units, manner: Manner, say: Texts) -> None:
        self._units, self._manner, self._say = units, manner, say

    def of(self, sketch: Sketch, typed: str) -> Figures:
        """The figures, or what is to be done first."""
        hint = self._next_step(sketch, typed)
        calibration = self.calibration(sketch, typed)
        if calibration is not None and clicks_spread(calibration) > _ROUGH:
            rough = self._say(
                "The scale is rough: zoom in and click its points again, or take a longer piece of the ruler."
            )
            hint = " ".join(filter(None, (rough, hint)))
        if calibration is None or not sketch.lines:
            return Figures(hint=hint)
        try:
            # measured from the text that is recorded, so that what is seen is what will stand there
            drawn = from_text(to_text(outline_of(sketch), calibration))
            measured = measure(drawn.outline, drawn.calibration)
        except AppProblem as problem:
            what, todo = problem_text(problem, self._say)
            return Figures(hint=hint, problem=f"{what} {todo}")
        return self._told(measured, hint, is_closed=not sketch.open)

    def calibration(self, sketch: Sketch, typed: str) -> Calibration | None:
        """How pixels become millimetres; None while clicks or the length are missing."""
        length = mm_of(typed, self._manner)
        return None if length is None else calibration_of(sketch, length)

    def text(self, sketch: Sketch, typed: str) -> str:
        """What is recorded of a drawing that can be measured; ValueError for any other."""
        calibration = self.calibration(sketch, typed)
        if calibration is None:
            raise ValueError("the calibration is not finished")
        return to_text(outline_of(sketch), calibration)

    def area(self, area_mm2: float) -> str:
        """An area with its unit."""
        return self._with_unit(in_unit(area_mm2, self._units.area, self._units.area_digits), self._units.area)

    def _told(self, told: Measured, hint: str, *, is_closed: bool) -> Figures:
        lengths = (
            self._with_unit(in_unit(value, self._units.length, self._units.length_digits), self._units.length)
            for value in (told.perimeter, told.length, told.width)
        )
        share = told.uncertainty / told.area * 100
        sign = f"{LEFT_TO_RIGHT_ISOLATE}± {self.area(told.uncertainty)}{POP_ISOLATE}"
        number = f"{share:.1f}".replace(".", self._manner.decimal_sign)
        percent = f"{LEFT_TO_RIGHT_ISOLATE}{number} %{POP_ISOLATE}"
        perimeter, length, width = lengths
        return Figures(
            self.area(told.area), f"{sign} ({percent})", perimeter, length, width, hint, ready=is_closed
        )

    def _with_unit(self, value: Decimal, unit: str) -> str:
        number = str(value).replace(".", self._manner.decimal_sign)
        return f"{LEFT_TO_RIGHT_ISOLATE}{number} {UNIT_SIGNS.get(unit, unit)}{POP_ISOLATE}"

    def _next_step(self, sketch: Sketch, typed: str) -> str:
        say, known = self._say, len(sketch.scale)
        if known < sketch.clicks:
            return (
                say("Click the four corners of the card: {known} of 4.", known=known)
                if sketch.corners
                else say(
                    "Click the two ends of a known length, such as 50 mm of the ruler: {known} of 2.",
                    known=known,
                )
            )
        if mm_of(typed, self._manner) is None:
            return say("Type how long that is in mm.")
        if sketch.open:
            if len(sketch.open) < _LEAST:
                return say("Go on round the lesion.")
            return say("Close the line: click its first point, or press Enter.")
        if not sketch.lines:
            return say("Draw round the lesion: click point by point, or hold the button and draw.")
        return ""
