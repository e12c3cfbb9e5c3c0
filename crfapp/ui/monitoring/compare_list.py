"""The answers of one form, each with its mark: here the monitor's eyes and keys go down."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crfapp.ui.casebook.drawing import draw_line_of_words, draw_words, face, mirrored, words_height
from crfapp.ui.monitoring.plain_list import LINE, Index, Lines, PlainList, width_of
from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.present.monitoring_view import SourceLine

KEYS = {"v": "verify", "ر": "verify", "q": "query", "ض": "query", "s": "skip", "س": "skip"}
"""The letters of the page; beside each the one on the same key of an Arabic keyboard."""
_LABEL, _PILL = 0.33, 0.28
"""Shares of the width: the question, and at most the mark."""
_TONES = {"done": "ok", "changed": "warn", "queried": "query"}
_BAR = 3


class CompareList(PlainList):
    """``acted`` carries what a key asks for: verify, query, skip. ``turned``: another answer is looked at."""

    acted = Signal(str)
    turned = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, lambda owner: Lines(spoken, same, owner), parent)
        self.setItemDelegate(ComparePainter(self))
        self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        self.selectionModel().currentChanged.connect(self._turn)

    @property
    def cell(self) -> Cell | None:
        """The answer that is looked at."""
        line = self.currentIndex().data(LINE)
        return None if line is None else line.cell

    def go_to(self, cell: Cell | None) -> None:
        """Look at an answer; at the first line where it is none of these."""
        places = [n for n, line in enumerate(self.lines.lines) if line.cell == cell]
        row = places[0] if places else 0
        if self.lines.rowCount():
            index = self.lines.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index, PlainList.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters act; arrows go along the answers."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        act = KEYS.get(event.text().lower(), "") if plain else ""
        if act:
            self.acted.emit(act)
        else:
            super().keyPressEvent(event)

    def _turn(self, now: Index, _before: Index) -> None:
        line = now.data(LINE)
        if line is not None:
            self.turned.emit(line.cell)


class Parts(NamedTuple):
    """Where the parts of a line stand, mirrored where the window is."""

    heading: QRect
    label: QRect
    value: QRect
    then: QRect
    pill: QRect


class ComparePainter(QStyledItemDelegate):
    """Question, answer, mark; below the answer what was verified of it before it changed."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """At least as high as a line of a form."""
        line = index.data(LINE)
        width = width_of(option)
        return QSize(width, _heading_height(line) + _room(line, width).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One answer."""
        tokens, line = current(), index.data(LINE)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        parts = _parts(line, option.rect, right_to_left=rtl)
        painter.save()
        painter.setLayoutDirection(option.direction)
        body: QRect = option.rect.adjusted(0, _heading_height(line), 0, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(body, QColor(tokens.primary_soft))
            x = body.right() - _BAR + 1 if rtl else body.left()
            painter.fillRect(QRect(x, body.top(), _BAR, body.height()), QColor(tokens.focus))
        if line.heading:
            painter.fillRect(
                QRect(body.left(), option.rect.top(), body.width(), body.top() - option.rect.top()),
                QColor(tokens.ground),
            )
            draw_line_of_words(painter, parts.heading, line.heading, "muted", size="tiny", weight=600)
        draw_words(painter, parts.label, line.label, "text" if line.state else "muted")
        draw_words(painter, parts.value, line.value, "text", weight=600)
        if line.then:
            draw_words(painter, parts.then, line.then, "warn", size="small")
        elif line.note:
            draw_words(painter, parts.then, line.note, "muted", size="tiny")
        paint_mark(painter, parts.pill, line)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(body.left(), body.bottom(), body.right(), body.bottom())
        painter.restore()


def paint_mark(painter: QPainter, box: QRect, line: SourceLine) -> None:
    """The mark at the end: a pill, dashed while it waits, plain words where nothing is compared."""
    tokens = current()
    if not line.state:
        painter.setFont(face("small")[0])
        painter.setPen(QColor(tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line.pill)
        return
    tone = _TONES.get(line.state, "")
    if tone:
        rounded(painter, box, fill=tokens.colour(f"{tone}_soft"), edge="", radius=tokens.radius - 1)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.text), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), tokens.radius - 1, tokens.radius - 1)
    painter.setFont(face("tiny", 600)[0])
    painter.setPen(QColor(tokens.colour(tone) if tone else tokens.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line.pill)


def _heading_height(line: SourceLine) -> int:
    return current().control - current().hair if line.heading else 0


class Room(NamedTuple):
    """How much room the parts of a line take at a width."""

    label: int
    value: int
    pill: int
    first: int
    below: int
    height: int


def _room(line: SourceLine, width: int) -> Room:
    tokens = current()
    return _measured(line, width, tokens.scale, tokens.families)


@lru_cache(maxsize=4096)
def _measured(line: SourceLine, width: int, _scale: float, _families: tuple[str, ...]) -> Room:
    """Measuring words takes longer than painting them: once for each line and width."""
    tokens = current()
    room = width - 4 * tokens.pad
    metrics = face("tiny" if line.state else "small", 600 if line.state else 400)[1]
    pill = min(metrics.horizontalAdvance(line.pill) + 2 * tokens.gap, round(room * _PILL) + 2 * tokens.pad)
    label = round(room * _LABEL)
    value = room - label - pill
    words, size = _below(line)
    first = words_height(line.value, value, weight=600)
    below = words_height(words, value, size) if words else 0
    asked = words_height(line.label, label)
    return Room(
        label, value, pill, first, below, max(tokens.row - 2, max(first + below, asked) + 2 * tokens.gap)
    )


def _below(line: SourceLine) -> tuple[str, str]:
    """What stands under the answer, and in which size."""
    return (line.then, "small") if line.then else (line.note, "tiny")


def _parts(line: SourceLine, rect: QRect, *, right_to_left: bool) -> Parts:
    tokens, head, room = current(), _heading_height(line), _room(line, rect.width())
    top, high = rect.top() + head, rect.height() - head
    at = top + (high - room.first - room.below) // 2
    x = tokens.pad + room.label + tokens.pad
    mark = face("tiny", 600)[1].height() + tokens.hair
    boxes = (
        QRect(tokens.pad, rect.top(), rect.width() - 2 * tokens.pad, head),
        QRect(tokens.pad, top, room.label, high),
        QRect(x, at, room.value, room.first),
        QRect(x, at + room.first, room.value, room.below),
        QRect(rect.width() - tokens.pad - room.pill, top + (high - mark) // 2, room.pill, mark),
    )
    return Parts(*(mirrored(box, rect.width(), right_to_left=right_to_left) for box in boxes))


def spoken(line: SourceLine) -> str:
    """An answer in words."""
    return ", ".join(part for part in (line.label, line.value, line.pill, line.then, line.note) if part)


def same(one: SourceLine, other: SourceLine) -> bool:
    """Whether two lines are about the same answer and take the same room."""
    return (one.cell, one.heading, one.then, one.value) == (
        other.cell,
        other.heading,
        other.then,
        other.value,
    )
