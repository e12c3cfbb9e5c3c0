"""The text in which an outline with its calibration, and the figures worked out from it, are recorded.

One text for one drawing: coordinates with two decimals of a pixel, keys in a fixed order. What is recorded
is measured from the text, so that whoever reads it gets the same figures again.
"""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import NamedTuple

from crfapp.base.canonical import canonical
from crfapp.base.problems import Code, RefusedError
from crfapp.base.told import told_json
from crfapp.planimetry.calibration import Calibration, Line, Square
from crfapp.planimetry.measuring import Measured
from crfapp.planimetry.shapes import Outline, Part, Point

_VERSION = 1
_FIGURES = ("area", "perimeter", "length", "width", "uncertainty")


class Drawn(NamedTuple):
    """An outline and the calibration with which it was drawn."""

    outline: Outline
    calibration: Calibration


def to_text(outline: Outline, calibration: Calibration) -> str:
    """The canonical text; CALIBRATION_WRONG or OUTLINE_EMPTY where a number is none."""
    told: dict[str, object] = {
        "v": _VERSION,
        "parts": [{"hole": part.hole, "points": _points(part.points)} for part in outline.parts],
        "click_px": _number(calibration.click_px),
    }
    if isinstance(calibration, Line):
        told["line"] = {
            "points": _points((calibration.a, calibration.b)),
            "mm": _number(calibration.length_mm),
        }
    else:
        told["card"] = {
            "points": _points(calibration.corners),
            "mm": _number(calibration.side_mm),
            "other_mm": None if calibration.other_mm is None else _number(calibration.other_mm),
        }
    return canonical(told).decode("utf-8")


def from_text(text: str) -> Drawn:
    """The outline and calibration of a text; OUTLINE_TEXT where it is none of this program's."""
    try:
        told = told_json(text)
        if told["v"] != _VERSION:
            raise RefusedError(Code.OUTLINE_TEXT)
        parts = tuple(Part(_read_points(part["points"]), bool(part["hole"])) for part in told["parts"])
        return Drawn(Outline(parts), _read_calibration(told))
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise RefusedError(Code.OUTLINE_TEXT) from error


def figures_text(measured: Measured) -> str:
    """The figures in mm and mm2 with four decimals, as an event records them."""
    told = {name: f"{value:.4f}" for name, value in zip(_FIGURES, measured, strict=True)}
    return canonical({"v": _VERSION, **told}).decode("utf-8")


def read_figures(text: str) -> Measured:
    """The figures of a text; OUTLINE_TEXT where it is none."""
    try:
        told = told_json(text)
        return Measured(*(float(Decimal(told[name])) for name in _FIGURES))
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise RefusedError(Code.OUTLINE_TEXT) from error


def _read_calibration(told: dict[str, dict[str, str]]) -> Calibration:
    click = _read_number(str(told["click_px"]))
    if "line" in told:
        a, b = _read_points(told["line"]["points"])
        return Line(a, b, _read_number(told["line"]["mm"]), click)
    card = told["card"]
    a, b, c, d = _read_points(card["points"])
    other = None if card["other_mm"] is None else _read_number(card["other_mm"])
    return Square((a, b, c, d), _read_number(card["mm"]), other, click)


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _read_points(text: str) -> tuple[Point, ...]:
    pairs = [pair.split(",") for pair in text.split(" ")]
    return tuple(Point(_read_number(x), _read_number(y)) for x, y in pairs)


def _number(value: float) -> str:
    if not isfinite(value):
        raise RefusedError(Code.OUTLINE_TEXT)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _read_number(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return value
