"""Blocks become strips: what stands together on one page, from margin to margin."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from crfapp.present.paper.blocks import Drawing, Heading, Run, Table, Words
from crfapp.ui.booklet import ink
from crfapp.ui.booklet.ink import POINT, Setting, set_text
from crfapp.ui.booklet.pieces import Piece, pieces_of, upright_piece, words_pieces
from crfapp.ui.theme import LIGHT
from crfapp.ui.widgets.plot import PlotInk, paint_legend, paint_plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from crfapp.present.paper.blocks import Block, Cell

_PAD, _TIGHT_PAD = 3.2 * POINT, 1.8 * POINT
_SIDE = 4 * POINT
_HEADING_ABOVE = 9 * POINT
_HEADING_PAD = 3 * POINT
_BAR = 2.4 * POINT
_PARAGRAPH_GAP = 2.5 * POINT


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece with what must stand above it: headings (``kept``: never last on a page), table heads.

    ``heads`` come again where the strip begins a page. ``cells`` are what a strip too high for any page
    is broken by.
    """

    piece: Piece
    kept: bool = False
    heads: tuple[Strip, ...] = ()
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    """One cell: where it stands in the row, and how."""

    left: float
    width: float
    shaded: bool
    low: bool
    """Whether the pieces stand at the foot of the cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as pieces, and how they are framed."""

    frames: tuple[_Frame, ...]
    cells: tuple[tuple[Piece, ...], ...] = field(repr=False)
    ruled: bool = False
    pad: float = _PAD

    @property
    def height(self) -> float:
        """As high as its highest cell."""
        return max(map(_high, self.cells), default=0) + 2 * self.pad

    def strip(self, heads: tuple[Strip, ...]) -> Strip:
        """The row as a strip."""
        return Strip(Piece(self.height, self._draw), heads=heads, row=self)

    def broken(self, room: float) -> tuple[Row, Row] | None:
        """As much of every cell as fits into ``room``, and the rest; None where not even a line fits."""
        above, below = [], []
        for cell in self.cells:
            fit, used = 0, 2 * self.pad
            while fit < len(cell) and used + cell[fit].height <= room:
                used += cell[fit].height
                fit += 1
            above.append(cell[:fit])
            below.append(cell[fit:])
        if not any(above):
            return None
        return replace(self, cells=tuple(above)), replace(self, cells=tuple(below))

    def _draw(self, painter: QPainter, x: float, y: float) -> None:
        for frame, cell in zip(self.frames, self.cells, strict=True):
            if frame.shaded:
                ink.shade(painter, QRectF(x + frame.left, y, frame.width, self.height))
            down = y + (self.height - self.pad - _high(cell) if frame.low else self.pad)
            for piece in cell:
                piece.draw(painter, x + frame.left + _SIDE, down)
                down += piece.height
        for frame in self.frames:
            foot = y + self.height
            ink.rule(painter, x + frame.left, foot, (x + frame.left + frame.width, foot))
            if self.ruled:
                for edge in (x + frame.left, x + frame.left + frame.width):
                    ink.rule(painter, edge, y, (edge, foot))


def _high(cell: Sequence[Piece]) -> float:
    return sum(piece.height for piece in cell)


def strips_of(blocks: Sequence[Block], width: float, setting: Setting) -> list[Strip]:
    """The strips of a chapter in their order."""
    found: list[Strip] = []
    for block in blocks:
        match block:
            case Table():
                found += _table(block, width, setting)
            case Heading():
                found.append(_heading(block, width, setting))
            case Drawing():
                found += _drawing(block, width, setting)
            case Words():
                lines = words_pieces(block, width, setting)
                found += [Strip(line) for line in lines]
                found.append(Strip(Piece(_PARAGRAPH_GAP, lambda _painter, _x, _y: None)))
    return found


def _table(table: Table, width: float, setting: Setting) -> list[Strip]:
    rows = [_row(table, cells, width, setting) for cells in table.rows]
    heads = tuple(row.strip(()) for row in rows[: table.heads])
    return [row.strip(heads) for row in rows[table.heads :]]


def _row(table: Table, cells: Sequence[Cell], width: float, setting: Setting) -> Row:
    frames: list[_Frame] = []
    made: list[tuple[Piece, ...]] = []
    at, before = 0.0, None
    for share, cell in zip(table.widths, cells, strict=True):
        room = share * width
        left = width - at - room if setting.right_to_left else at
        # turned words of a line from the left begin at the foot
        frames.append(_Frame(left, room, cell.shaded, cell.upright and not setting.right_to_left))
        like_before = made and cell is before and frames[-2].width == room
        made.append(made[-1] if like_before else _pieces(cell, room - 2 * _SIDE, setting))
        before = cell
        at += room
    return Row(tuple(frames), tuple(made), table.ruled, _TIGHT_PAD if setting.tight else _PAD)


def _pieces(cell: Cell, room: float, setting: Setting) -> tuple[Piece, ...]:
    if cell.upright:
        return (upright_piece(cell.parts, room, setting),)
    return tuple(pieces_of(cell.parts, room, setting))


def _drawing(drawing: Drawing, width: float, setting: Setting) -> list[Strip]:
    """Its title, the names of its lines, the plot: all on one page."""
    high = drawing.millimetres * ink.MILLIMETRE
    plot = drawing.plot
    written = ink.font("small", setting)
    drawn = PlotInk(LIGHT, written, setting.right_to_left, POINT * 0.75)
    title = set_text((Run(plot.title, "strong"),), "body", width, setting)
    names = ink.leading("small", setting) * 1.4

    def draw(painter: QPainter, x: float, y: float) -> None:
        title.draw_all(painter, x, y)
        top = y + title.height
        paint_legend(painter, QRectF(x, top, width, names), plot, drawn)
        paint_plot(painter, QRectF(x, top + names, width, high - title.height - names), plot, drawn)

    return [Strip(Piece(high, draw)), Strip(Piece(3 * _PARAGRAPH_GAP, lambda _painter, _x, _y: None))]


def _heading(heading: Heading, width: float, setting: Setting) -> Strip:
    runs = tuple(Run(run.text, "strong", run.ltr) if run.tone == "plain" else run for run in heading.runs)
    words = set_text(runs, "heading", width - 2 * _SIDE, setting)
    high = words.height + 2 * _HEADING_PAD
    rtl = setting.right_to_left

    def draw(painter: QPainter, x: float, y: float) -> None:
        top = y + _HEADING_ABOVE
        painter.fillRect(QRectF(x, top, width, high), QColor(LIGHT.primary_soft))
        painter.fillRect(QRectF(x + (width - _BAR if rtl else 0), top, _BAR, high), QColor(LIGHT.primary))
        words.draw_all(painter, x + _SIDE + (0 if rtl else _BAR / 2), top + _HEADING_PAD)

    return Strip(Piece(_HEADING_ABOVE + high, draw), kept=True)
