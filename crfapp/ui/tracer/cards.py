"""The cards beside the photograph: which one, the scale, what is measured, whose outlines are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, Question
from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded
from crfapp.ui.widgets import Button, Card, Words
from crfapp.ui.widgets.options import RadioList

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.present.tracer_view import Figures, OutlineLine, TracerView

LINE, CORNERS = "line", "corners"


class PhotographCard(Card):
    """The photographs of this lesion at this visit. ``chosen`` carries a hash."""

    chosen = Signal(str)

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Photograph"))
        inside, column = padded(self)
        self.choices = RadioList(parent=inside)
        self.choices.setAccessibleName(say("Photograph"))
        self.choices.chosen.connect(self.chosen)
        column.addWidget(self.choices)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.add_row(inside)

    def show_view(self, view: TracerView) -> None:
        """What there is, and which one is traced."""
        shown = tuple((one.photograph, one.title) for one in view.photographs)
        if shown != self._shown:
            self._shown = shown
            self.choices.set_choices(shown)
        self.choices.show_value(view.photograph)


class ScaleCard(Card):
    """How pixels become millimetres. ``by_corners``, and ``typed`` with the known length."""

    by_corners = Signal(bool)
    typed = Signal(str)
    done = Signal()

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Scale"))
        self._say, self._card_mm = say, ""
        inside, column = padded(self)
        self.way = RadioList(
            ((LINE, say("Two ends of a known length")), (CORNERS, say("Four corners of a square card"))),
            inside,
        )
        self.way.setAccessibleName(say("Scale"))
        self.way.chosen.connect(lambda code: self.by_corners.emit(code == CORNERS))
        column.addWidget(self.way)
        self.length = Line(say("Known length in mm"), ltr=True)
        self.question = Question(say("Known length in mm"), self.length, parent=inside)
        self.length.textEdited.connect(self.typed)
        self.length.returnPressed.connect(self.done)
        column.addWidget(self.question)
        self.last = Button("", "pill", parent=inside)
        self.last.hide()
        self.last.clicked.connect(self._take_last)
        column.addWidget(self.last, 0, Qt.AlignmentFlag.AlignLeading)
        self.add_row(inside)

    def show_state(self, *, corners: bool, length: str, card_mm: str, is_open: bool) -> None:
        """Which way, the length as it was typed, and the side of the card that was used last."""
        say, self._card_mm = self._say, card_mm
        self.way.show_value(CORNERS if corners else LINE)
        self.way.set_open(is_open)
        if self.length.text() != length:
            self.length.setText(length)
        self.length.setReadOnly(not is_open)
        self.question.ask(say("Side of the card in mm") if corners else say("Known length in mm"))
        remark = (
            say("The angle of the camera is corrected.")
            if corners
            else say("A card's four corners also correct the angle of the camera.")
        )
        self.question.say_remark(remark)
        offered = corners and bool(card_mm) and length != card_mm and is_open
        self.last.setText(say("As last time: {length} mm", length=card_mm))
        self.last.setAccessibleName(self.last.text())
        self.last.setVisible(offered)

    def _take_last(self) -> None:
        self.length.setText(self._card_mm)
        self.typed.emit(self._card_mm)


class FiguresCard(Card):
    """What the drawing measures, while it is drawn."""

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Measured"))
        inside = QWidget(self)
        tokens = current()
        grid = QGridLayout(inside)
        grid.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
        grid.setVerticalSpacing(tokens.hair)
        grid.setColumnStretch(0, 1)
        self.area = Words("", size="title", weight=600, parent=inside)
        self.uncertainty = Words("", "muted", parent=inside)
        self.perimeter, self.length, self.width_words = (
            Words("", weight=500, parent=inside) for _ in range(3)
        )
        lines = (
            (say("Area"), self.area),
            ("", self.uncertainty),
            (say("Circumference"), self.perimeter),
            (say("Longest diameter"), self.length),
            (say("Width across it"), self.width_words),
        )
        for row, (name, words) in enumerate(lines):
            if name:
                grid.addWidget(Words(name, "muted", wrap=True, parent=inside), row, 0)
            columns = (1, 1) if name else (0, 2)
            grid.addWidget(words, row, columns[0], 1, columns[1], Qt.AlignmentFlag.AlignTrailing)
        self.add_row(inside)

    def show_figures(self, told: Figures) -> None:
        """A dash where nothing can be measured yet."""
        self.uncertainty.setText(told.uncertainty)
        for words, text in (
            (self.area, told.area),
            (self.perimeter, told.perimeter),
            (self.length, told.length),
            (self.width_words, told.width),
        ):
            words.setText(text or "–")


class ComparedCard(Card):
    """Both outlines: whose, how large, how far apart. ``settled`` carries the one that counts and why."""

    settled = Signal(str, str)

    def __init__(self, say: Texts) -> None:
        super().__init__(say("Outlines"))
        self._say = say
        self._inside, self._column = padded(self)
        self.add_row(self._inside)
        self._outlines: tuple[OutlineLine, ...] = ()
        self.apart = Words("", wrap=True, parent=self._inside)
        self.rows: list[QWidget] = []
        self.choose: list[Button] = []
        self.reason = Line(say("Why this one counts"))
        self.question = Question(say("Why this one counts"), self.reason, parent=self._inside)
        self._column.addWidget(self.apart)
        self._column.addWidget(self.question)

    def show_view(self, view: TracerView) -> None:
        """Whose outlines there are."""
        may = any(line.may_choose for line in view.outlines)
        self.apart.setText(view.apart)
        self.apart.setVisible(bool(view.apart))
        self.question.setVisible(may)
        self.question.refuse(view.reason if may else "")
        if view.outlines == self._outlines:
            return
        self._outlines = view.outlines
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows, self.choose = [], []
        for place, line in enumerate(view.outlines):
            row = self._row(line)
            self._column.insertWidget(place, row)
            self.rows.append(row)

    def _row(self, line: OutlineLine) -> QWidget:
        tokens, say = current(), self._say
        row = QWidget(self._inside)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, tokens.gap)
        across.setSpacing(tokens.gap)
        across.addWidget(Swatch(line.colour), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(line.area, weight=600, parent=row))
        words.addWidget(Words(line.who, wrap=True, parent=row))
        words.addWidget(Words(line.when, "muted", size="small", wrap=True, parent=row))
        if line.counts:
            words.addWidget(Words(say("gives the value"), "ok", size="small", weight=500, parent=row))
        if line.may_choose:
            button = Button(say("This one counts"), parent=row)
            button.setAccessibleName(say("{who}: this one counts", who=line.who))
            button.clicked.connect(lambda: self.settled.emit(line.outline, self.reason.text()))
            self.choose.append(button)
            words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        across.addLayout(words, 1)
        return row


class Swatch(QWidget):
    """The colour of a line on the photograph."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """An icon's size."""
        return QSize(current().icon, current().icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A bright line in its dark edge, whole or broken as on the photograph."""
        tokens, painter = current(), QPainter(self)
        rounded(painter, self.rect(), fill=tokens.ink_edge, edge="", radius=tokens.radius - 1)
        middle = self.height() // 2
        style = Qt.PenStyle.SolidLine if self._colour == "ink" else Qt.PenStyle.DotLine
        painter.setPen(QPen(QColor(tokens.colour(self._colour)), 3, style))
        painter.drawLine(3, middle, self.width() - 3, middle)


def padded(card: Card) -> tuple[QWidget, QVBoxLayout]:
    """A row of a card with room around what stands in it."""
    tokens, inside = current(), QWidget(card)
    column = QVBoxLayout(inside)
    column.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.room)
    column.setSpacing(tokens.gap)
    return inside, column
