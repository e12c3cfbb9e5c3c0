"""How far the comparison has come: the site, the subject that lies open, its visits; and every subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.casebook.drawing import draw_line_of_words, mirrored
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring, rounded
from crfapp.ui.widgets import Card, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.present.monitoring_view import ProgressLine
    from crfapp.ui.fields import Say

_COLUMNS = 4
_NUMBER, _BAR = 72, 96
_THICK = 8


class ProgressView(QScrollArea):
    """``opened`` carries the internal id of a subject that was chosen."""

    opened = Signal(str)

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_slim_bars(self)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        self.places = ProgressTable(say("Progress"), say, inside)
        self.subjects = ProgressTable(say("Subjects"), say, inside)
        self.note = Words("", "muted", size="small", parent=inside)
        for widget in (self.places, self.subjects, self.note):
            column.addWidget(widget)
        column.addStretch(1)

    def show_progress(
        self, places: Sequence[ProgressLine], subjects: Sequence[tuple[str, ProgressLine]], note: str
    ) -> None:
        """Show how things stand."""
        self.places.show_rows([("", line) for line in places])
        self.subjects.show_rows(subjects)
        self.subjects.setVisible(bool(subjects))
        self.note.setText(note)
        for row in self.subjects.rows:
            row.opens = self.opened.emit


class ProgressTable(Card):
    """Planned, verified, changed, asked about, and a bar; one row for each place."""

    def __init__(self, title: str, say: Say, parent: QWidget) -> None:
        super().__init__(title, parent=parent)
        self._say = say
        self.rows: list[ProgressRow] = []
        self.titles = (say("To compare"), say("Verified"), say("Changed"), say("Queries"))
        self.add_row(ProgressHead(self.titles, self))

    def show_rows(self, lines: Sequence[tuple[str, ProgressLine]]) -> None:
        """Show these; what stands already is changed in place."""
        for row, (key, line) in zip(self.rows, lines, strict=False):
            row.show_line(key, line)
        for key, line in lines[len(self.rows) :]:
            row = ProgressRow(self.titles, self)
            self.rows.append(row)
            self.add_row(row)
            row.show_line(key, line)
        for row in self.rows[len(lines) :]:
            row.hide()
            row.deleteLater()
        del self.rows[len(lines) :]


class ProgressHead(QWidget):
    """The titles of the columns."""

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._titles = titles
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One low line."""
        return QSize(0, current().control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Small and muted."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        for box, title in zip(number_boxes(self), self._titles, strict=True):
            draw_line_of_words(painter, box, title, "muted", size="tiny", weight=600)


class ProgressRow(QAbstractButton):
    """One place with its numbers; it can be opened where it has a ``key``."""

    def __init__(self, titles: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._titles = titles
        self.key = ""
        self.line: ProgressLine | None = None
        self.opens: Callable[[str], None] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._open)

    def show_line(self, key: str, line: ProgressLine) -> None:
        """Show other numbers."""
        self.key, self.line = key, line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key else Qt.FocusPolicy.NoFocus)
        numbers = (line.planned, line.done, line.changed, line.queried)
        told = [f"{title} {number}" for title, number in zip(self._titles, numbers, strict=True)]
        self.setAccessibleName(", ".join((line.title, *told)))
        self.update()

    def _open(self) -> None:
        if self.key and self.opens is not None:
            self.opens(self.key)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(0, current().control + current().gap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title, numbers, bar."""
        tokens, line = current(), self.line
        if line is None:
            return
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.key and (self.underMouse() or self.hasFocus()):
            painter.fillRect(self.rect().adjusted(1, 1, -1, 0), QColor(tokens.primary_soft))
        rtl, boxes = self.isRightToLeft(), number_boxes(self)
        indent = tokens.pad if line.level in ("visit", "form") else 0
        end = _numbers_start(self.width()) - tokens.gap
        title = QRect(tokens.pad + indent, 0, end - tokens.pad - indent, self.height())
        weight = 600 if line.level in ("site", "subject") else 400
        draw_line_of_words(
            painter, mirrored(title, self.width(), right_to_left=rtl), line.title, "text", weight=weight
        )
        tones = ("text", "text", "warn" if line.changed else "muted", "query" if line.queried else "muted")
        numbers = (line.planned, line.done, line.changed, line.queried)
        for box, number, tone in zip(boxes, numbers, tones, strict=True):
            draw_line_of_words(painter, box, str(number), tone)
        self._paint_bar(painter, line)
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(1, 1, -1, -1), tokens, tokens.radius)

    def _paint_bar(self, painter: QPainter, line: ProgressLine) -> None:
        tokens = current()
        width, thick = _bar_width(self.width()), round(_THICK * tokens.scale)
        if width <= 0:
            return
        box = QRect(self.width() - tokens.pad - width, (self.height() - thick) // 2, width, thick)
        rounded(painter, mirrored(box, self.width(), right_to_left=self.isRightToLeft()),
                fill=tokens.line, edge="", radius=thick / 2)  # fmt: skip
        full = QRect(box.left(), box.top(), round(width * line.share), thick)
        if full.width() > 0 and line.planned:
            rounded(painter, mirrored(full, self.width(), right_to_left=self.isRightToLeft()),
                    fill=tokens.ok, edge="", radius=thick / 2)  # fmt: skip


def number_boxes(widget: QWidget) -> list[QRect]:
    """Where the numbers stand, from the side where reading begins."""
    width, number = widget.width(), round(_NUMBER * current().scale)
    start = _numbers_start(width)
    boxes = [QRect(start + n * number, 0, number, widget.height()) for n in range(_COLUMNS)]
    return [mirrored(box, width, right_to_left=widget.isRightToLeft()) for box in boxes]


def _bar_width(width: int) -> int:
    """The bar gives way where the window is narrow."""
    scale = current().scale
    return round(_BAR * scale) if width > round((_COLUMNS * _NUMBER + 2 * _BAR) * scale) else 0


def _numbers_start(width: int) -> int:
    tokens = current()
    bar = _bar_width(width)
    return width - tokens.pad - (bar + tokens.pad if bar else 0) - _COLUMNS * round(_NUMBER * tokens.scale)
