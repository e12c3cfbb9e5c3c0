"""Measures, colours and set text of a page. The unit is a twentieth of a point, so pixels are whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from crfapp.present.texts import FIRST_STRONG_ISOLATE, LEFT_TO_RIGHT_ISOLATE, POP_ISOLATE
from crfapp.ui.theme import LIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.paper.blocks import Run, Size, Tone

POINT = 20
DOTS_PER_INCH = 72 * POINT
MILLIMETRE = DOTS_PER_INCH / 25.4
HAIR, FINE = 0.4 * POINT, 0.7 * POINT
_POINTS: dict[Size, float] = {"title": 15, "heading": 10.5, "body": 9, "small": 7.8, "tiny": 6.8}
_COLOURS: dict[Tone, str] = {
    "plain": LIGHT.text,
    "strong": LIGHT.text,
    "muted": LIGHT.muted,
    "mark": "#A3185C",
    "mark_strong": "#A3185C",
}
_STRONG = ("strong", "mark_strong")
_LEADING, _ARABIC_LEADING = 1.24, 1.42
_WITHOUT_TEXT = ("locl", "calt")
"""Forms of figures and letters that no sign stands for: a reader could neither find nor copy the word."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How lines run: reading direction, where a short line stands; ``tight``: with less air between rows."""

    right_to_left: bool
    alignment: Qt.AlignmentFlag | None = None
    tight: bool = False

    @property
    def option(self) -> QTextOption:
        """The same in Qt's words; a word longer than its line breaks anywhere."""
        option = QTextOption()
        rtl = self.right_to_left
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        start = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        option.setAlignment((self.alignment or start) | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        return option


@cache
def font(size: Size, setting: Setting, *, strong: bool = False, lent: bool = False) -> QFont:
    """The app's own font, without the forms that would have no text behind them in the file.

    The wide gaps that pairs of Arabic letters are given would be read as the ends of words. Signs are
    ``lent`` by other fonts only where the first has none to draw: for marks of direction, which nobody
    sees, a machine's own fonts would else come into the file.
    """
    made = QFont(list(LIGHT.families))
    made.setPixelSize(round(_POINTS[size] * POINT))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if not lent:
        made.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setKerning(not setting.right_to_left)
    for feature in _WITHOUT_TEXT:
        made.setFeature(QFont.Tag.fromString(feature), 0)
    return made


def leading(size: Size, setting: Setting) -> float:
    """From one line to the next; Arabic reaches further up and down."""
    return _POINTS[size] * POINT * (_ARABIC_LEADING if setting.right_to_left else _LEADING)


@dataclass(frozen=True, slots=True)
class SetText:
    """A paragraph broken into lines; ``widest`` is its longest line."""

    layout: QTextLayout
    lines: tuple[QTextLine, ...]
    leading: float
    widest: float

    @property
    def height(self) -> float:
        """Of all lines."""
        return self.leading * len(self.lines)

    def draw(self, painter: QPainter, x: float, y: float, line: int) -> None:
        """One line, its top at ``y``."""
        painter.setPen(QColor(LIGHT.text))
        drawn = self.lines[line]
        lift = (self.leading - drawn.height()) / 2
        drawn.draw(painter, QPointF(x, y + lift - drawn.y()))

    def draw_all(self, painter: QPainter, x: float, y: float) -> None:
        """Every line."""
        for number in range(len(self.lines)):
            self.draw(painter, x, y + number * self.leading, number)


def longest_word(runs: Sequence[Run], size: Size) -> float:
    """How wide a column must be so that no word of a text is torn."""
    metrics = QFontMetricsF(font(size, Setting(False)))
    return max((metrics.horizontalAdvance(word) for run in runs for word in run.text.split()), default=0)


def set_text(runs: Sequence[Run], size: Size, width: float, setting: Setting) -> SetText:
    """Break runs of text into lines of a width."""
    whole, formats = "", []
    for run in runs:
        words = _isolated(run, setting)
        made = QTextLayout.FormatRange()
        made.start, made.length = _units(whole), _units(words)
        made.format = _look(run.tone, size, setting, lent=not all(map(_has, words)))
        formats.append(made)
        whole += words
    layout = QTextLayout(whole, font(size, setting))
    layout.setTextOption(setting.option)
    layout.setFormats(formats)
    layout.setCacheEnabled(True)
    lines = []
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, 0))
        lines.append(line)
        line = layout.createLine()
    layout.endLayout()
    widest = max((one.naturalTextWidth() for one in lines), default=0)
    return SetText(layout, tuple(lines), leading(size, setting), widest)


def _isolated(run: Run, setting: Setting) -> str:
    """What reads from left to right must not be torn apart on a page that reads from the right."""
    if not setting.right_to_left or not run.text.strip():
        return run.text
    words = run.text.strip()
    before, after = run.text.split(words, 1)[0], run.text.rsplit(words, 1)[1]
    return f"{before}{LEFT_TO_RIGHT_ISOLATE if run.ltr else FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}{after}"


def _units(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


@cache
def _has(sign: str) -> bool:
    """Whether the first font draws a sign, or nothing is drawn for it."""
    return category(sign).startswith("C") or QFontMetricsF(font("body", Setting(False))).inFontUcs4(ord(sign))


@cache
def _look(tone: Tone, size: Size, setting: Setting, *, lent: bool) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFont(font(size, setting, strong=tone in _STRONG, lent=lent))
    look.setForeground(QColor(_COLOURS[tone]))
    return look


def line(painter: QPainter, x: float, y: float, to: tuple[float, float], width: float = HAIR) -> None:
    """A line in the colour of lines to write on."""
    painter.setPen(QPen(QColor(LIGHT.muted), width))
    painter.drawLine(QLineF(QPointF(x, y), QPointF(*to)))


def rule(painter: QPainter, x: float, y: float, to: tuple[float, float]) -> None:
    """A quiet line between rows."""
    painter.setPen(QPen(QColor(LIGHT.edge), HAIR))
    painter.drawLine(QLineF(QPointF(x, y), QPointF(*to)))


def box(painter: QPainter, frame: QRectF) -> None:
    """A box to write or tick in."""
    painter.setPen(QPen(QColor(LIGHT.muted), FINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(frame)


def shade(painter: QPainter, frame: QRectF) -> None:
    """A ground on which nobody writes."""
    painter.fillRect(frame, QColor(LIGHT.ground))
