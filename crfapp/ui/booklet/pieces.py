"""The pieces of a cell, which no page breaks: a line of text, a row of tick boxes, boxes for figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader

from crfapp.present.paper.blocks import Boxes, Lines, Picture, Run, Ticks, Words
from crfapp.ui.booklet import ink
from crfapp.ui.booklet.ink import POINT, SetText, Setting, set_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from crfapp.present.paper.blocks import Part, Size

Draw = Callable[["QPainter", float, float], None]
"""Draws at the left edge of the cell's room and the top of the piece."""

_TICK = 7.5 * POINT
_TICK_GAP = 4 * POINT
_OPTION_GAP, _LEAST_GAP = 14 * POINT, 6 * POINT
_MOST_COLUMNS = 4
_BOX, _SMALL_BOX, _BOX_HEIGHT = 13 * POINT, 9.5 * POINT, 14 * POINT
_BETWEEN = 8 * POINT
_WRITING = 17 * POINT
_AIR = 1.5 * POINT
_UNBROKEN = 10_000 * POINT
_MOST_LINES = 2
"""Of the words behind a tick box, where more columns make more lines."""

_Option = tuple[float, float, SetText]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something of a height that is drawn whole."""

    height: float
    draw: Draw


def pieces_of(parts: Sequence[Part], width: float, setting: Setting) -> list[Piece]:
    """The parts of a cell of a width, from top to bottom."""
    found: list[Piece] = []
    boxes: list[_Boxed] = []
    for part in parts:
        if isinstance(part, Boxes):
            boxes.append(_Boxed(part, width, setting))
            continue
        found += _boxes_pieces(boxes, width, setting)
        boxes = []
        match part:
            case Words():
                found += words_pieces(part, width, setting)
            case Ticks():
                found += _Ticked(part, width, setting).pieces()
            case Lines():
                found += _lines(part, width, setting)
            case Picture():
                found += _picture(part, width, setting)
    return found + _boxes_pieces(boxes, width, setting)


def _picture(picture: Picture, width: float, setting: Setting) -> list[Piece]:
    """With its name on the same page; its pixels are read when it is drawn, so that many take no room."""
    size = _size_of(picture.content)
    if size.isEmpty():
        return []
    room = QSizeF(width, picture.millimetres * ink.MILLIMETRE)
    size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
    words = set_text((Run(picture.caption, "muted", ltr=True),), "tiny", width, setting)

    def draw(painter: QPainter, x: float, y: float) -> None:
        left = x + width - size.width() if setting.right_to_left else x
        painter.drawImage(
            QRectF(left, y + _AIR, size.width(), size.height()), QImage.fromData(picture.content)
        )
        words.draw_all(painter, x, y + size.height() + 2 * _AIR)

    return [Piece(size.height() + words.height + 3 * _AIR, draw)]


def _size_of(content: bytes) -> QSizeF:
    """Asked of its head alone; empty where it is none. The reader does not keep the buffer alive itself."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    size = QSizeF(QImageReader(buffer, b"jpeg").size())
    buffer.close()
    return size


def _boxes_pieces(boxes: Sequence[_Boxed], width: float, setting: Setting) -> list[Piece]:
    """Groups of boxes that follow one another (a date and a time): side by side where they fit."""
    whole = sum(each.whole for each in boxes) + _OPTION_GAP * (len(boxes) - 1)
    if len(boxes) < 2 or whole > width:  # noqa: PLR2004 - a pair
        return [each.piece() for each in boxes]
    placed, at = [], 0.0
    for each in boxes:
        shift = -at if setting.right_to_left else at
        placed.append((shift, each.piece()))
        at += each.whole + _OPTION_GAP

    def draw(painter: QPainter, x: float, y: float) -> None:
        for shift, piece in placed:
            piece.draw(painter, x + shift, y)

    return [Piece(max(piece.height for _, piece in placed), draw)]


def words_pieces(words: Words, width: float, setting: Setting) -> list[Piece]:
    """A paragraph, line by line."""
    if words.centred:
        setting = Setting(setting.right_to_left, Qt.AlignmentFlag.AlignHCenter)
    made = set_text(words.runs, words.size, width, setting)
    return [Piece(made.leading, partial(_line_of, made, number)) for number in range(len(made.lines))]


def _line_of(made: SetText, number: int, painter: QPainter, x: float, y: float) -> None:
    made.draw(painter, x, y, number)


def upright_piece(parts: Sequence[Part], width: float, setting: Setting) -> Piece:
    """Words turned by a quarter, read from below; as high as they are long, at most a third of a page."""
    most = 150 * POINT
    texts = [set_text(p.runs, p.size, most, setting) for p in parts if isinstance(p, Words)]
    height = max((made.widest for made in texts), default=0) + 2 * _AIR
    texts = [set_text(p.runs, p.size, height, setting) for p in parts if isinstance(p, Words)]

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.save()
        painter.translate(QPointF(x, y + height))
        painter.rotate(-90)
        down = (width - sum(made.height for made in texts)) / 2
        for made in texts:
            made.draw_all(painter, 0, down)
            down += made.height
        painter.restore()

    return Piece(height, draw)


class _Ticked:
    """Tick boxes in one line where they fit, else in columns of equal width."""

    def __init__(self, ticks: Ticks, width: float, setting: Setting) -> None:
        self._width, self._setting = width, setting
        lead = _TICK + _TICK_GAP
        whole = [set_text(option, "body", _UNBROKEN, setting) for option in ticks.options]
        wishes = [lead + made.widest + POINT for made in whole]
        gap = min(_OPTION_GAP, (width - sum(wishes)) / max(1, len(wishes) - 1))
        self._rows: list[list[_Option]] = []
        if gap >= _LEAST_GAP:
            self._rows.append(self._in_line(ticks.options, wishes, gap))
        else:
            most = self._most_columns(ticks.options)
            tried = [self._in_columns(ticks.options, columns) for columns in range(1, most + 1)]
            quiet = [
                rows for rows in tried[1:] if all(len(w.lines) <= _MOST_LINES for r in rows for _, _, w in r)
            ]
            self._rows = min([tried[0], *quiet], key=_height)

    def pieces(self) -> list[Piece]:
        """One piece for each row of boxes."""
        made = []
        for row in self._rows:
            height = max(words.height for _, _, words in row) + _AIR
            made.append(Piece(height, partial(self._draw, row)))
        return made

    def _in_line(
        self, options: Sequence[tuple[Run, ...]], wishes: Sequence[float], gap: float
    ) -> list[_Option]:
        x, row = 0.0, []
        for option, wish in zip(options, wishes, strict=True):
            row.append(self._placed(option, x, wish))
            x += wish + gap
        return row

    def _most_columns(self, options: Sequence[tuple[Run, ...]]) -> int:
        """How many columns there may be before one tears a word."""
        widest = max((ink.longest_word(option, "body") for option in options), default=0)
        fits = (self._width + _OPTION_GAP) // (widest + _TICK + _TICK_GAP + POINT + _OPTION_GAP)
        return max(1, min(_MOST_COLUMNS, int(fits)))

    def _in_columns(self, options: Sequence[tuple[Run, ...]], columns: int) -> list[list[_Option]]:
        """Filled downwards, so that a list is read column by column."""
        down = -(-len(options) // columns)
        room = (self._width - _OPTION_GAP * (columns - 1)) / columns
        rows = []
        for number in range(down):
            here = options[number::down]
            rows.append(
                [
                    self._placed(option, place * (room + _OPTION_GAP), room)
                    for place, option in enumerate(here)
                ]
            )
        return rows

    def _placed(self, option: tuple[Run, ...], x: float, room: float) -> _Option:
        """Where the box stands, where the words stand, and the words."""
        lead = _TICK + _TICK_GAP
        words = set_text(option, "body", max(room - lead, POINT), self._setting)
        if self._setting.right_to_left:
            return self._width - x - _TICK, self._width - x - max(room, lead + POINT), words
        return x, x + lead, words

    def _draw(self, row: Sequence[_Option], painter: QPainter, x: float, y: float) -> None:
        for box_at, words_at, words in row:
            down = (words.leading - _TICK) / 2
            ink.box(painter, QRectF(x + box_at, y + down, _TICK, _TICK))
            words.draw_all(painter, x + words_at, y)


def _height(rows: Sequence[Sequence[_Option]]) -> float:
    return sum(max(words.height for _, _, words in row) + _AIR for row in rows)


class _Boxed:
    """One box for each sign, with hints below; a line with the hints where boxes would be too small."""

    def __init__(self, boxes: Boxes, width: float, setting: Setting) -> None:
        self._boxes, self._width, self._setting = boxes, width, setting
        self._after = set_text((Run(boxes.after, "muted", ltr=True),), "small", _UNBROKEN, Setting(False))
        gaps = _BETWEEN * (len(boxes.groups) - 1)
        behind = self._after.widest + _TICK_GAP if boxes.after else 0
        signs = sum(count for count, _ in boxes.groups)
        self._side = min(_BOX, (width - gaps - behind) / max(1, signs))
        self.whole = self._side * signs + gaps
        self._behind = behind

    def piece(self) -> Piece:
        """Boxes, or a line to write on."""
        if self._side < _SMALL_BOX:
            return self._as_line()
        hints = any(hint for _, hint in self._boxes.groups)
        return Piece(_BOX_HEIGHT + (ink.leading("tiny", self._setting) if hints else 0) + _AIR, self._draw)

    def _as_line(self) -> Piece:
        hint = self._boxes.between.join(hint for _, hint in self._boxes.groups if hint)
        line = _lines(Lines(1, self._boxes.after), self._width, self._setting)[0]
        words = set_text((Run(hint, "muted"),), "tiny", self._width, self._setting)

        def draw(painter: QPainter, x: float, y: float) -> None:
            line.draw(painter, x, y)
            words.draw_all(painter, x, y + line.height)

        return Piece(line.height + (words.height if hint else 0), draw)

    def _draw(self, painter: QPainter, x: float, y: float) -> None:
        at = x + self._width - self.whole - self._behind if self._setting.right_to_left else x
        if self._setting.right_to_left and self._behind:
            self._sign(painter, self._after, at, y)
            at += self._behind
        for number, (count, hint) in enumerate(self._boxes.groups):
            if number:
                between = set_text((Run(self._boxes.between, "muted"),), "body", _UNBROKEN, Setting(False))
                self._sign(painter, between, at + (_BETWEEN - between.widest) / 2, y)
                at += _BETWEEN
            for place in range(count):
                ink.box(painter, QRectF(at + place * self._side, y, self._side, _BOX_HEIGHT))
            self._hint(painter, hint, at, y + _BOX_HEIGHT, count * self._side)
            at += count * self._side
        if self._behind and not self._setting.right_to_left:
            self._sign(painter, self._after, at + _TICK_GAP, y)

    def _sign(self, painter: QPainter, words: SetText, x: float, y: float) -> None:
        words.draw_all(painter, x, y + (_BOX_HEIGHT - words.height) / 2)

    def _hint(self, painter: QPainter, hint: str, x: float, y: float, room: float) -> None:
        if hint:
            centred = Setting(self._setting.right_to_left, Qt.AlignmentFlag.AlignHCenter)
            spare = 10 * POINT
            made = set_text((Run(hint, "muted"),), "tiny", room + 2 * spare, centred)
            made.draw(painter, x - spare, y, 0)


def _lines(lines: Lines, width: float, setting: Setting) -> list[Piece]:
    """Lines to write on, a unit behind the last."""
    size: Size = "small"
    after = set_text((Run(lines.after, "muted", ltr=True),), size, width / 2, Setting(False))
    behind = after.widest + _TICK_GAP if lines.after else 0

    def draw(last: bool, painter: QPainter, x: float, y: float) -> None:
        room = width - behind if last else width
        left = x + width - room if setting.right_to_left else x
        ground = y + _WRITING - 2 * POINT
        ink.line(painter, left, ground, (left + room, ground))
        if last and lines.after:
            unit_at = x if setting.right_to_left else left + room + _TICK_GAP
            after.draw_all(painter, unit_at, ground - after.height + 2 * POINT)

    return [Piece(_WRITING, partial(draw, number == lines.count - 1)) for number in range(lines.count)]
