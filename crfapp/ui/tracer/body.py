"""What the Tracer page shows: the photograph with its tools, and the cards beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.ui.entrance.lines import Line, Question
from crfapp.ui.theme import current
from crfapp.ui.tracer.board import TraceBoard
from crfapp.ui.tracer.cards import ComparedCard, FiguresCard, PhotographCard, ScaleCard
from crfapp.ui.tracer.tools import Tools
from crfapp.ui.widgets import Banner, Button, InlineMessage, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from crfapp.present.texts import Texts
    from crfapp.present.tracer_view import Figures, TracerView
    from crfapp.present.tracing import Tracing

SAVE, LATER, DISCARD, STAY = "save", "later", "discard", "stay"


class TracerBody(QWidget):
    """``saved`` carries the reason; ``left`` what is to become of a drawing that is not saved."""

    saved = Signal(str)
    left = Signal(str)
    back_wanted = Signal()

    def __init__(self, tracing: Tracing, say: Texts) -> None:
        super().__init__()
        self._say = say
        self._measures = False
        self._stands: tuple[str, ...] = ()
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.pad)
        column.setSpacing(tokens.gap)
        column.addLayout(self._head())
        self.asking = self._asking()
        self.aside = Banner(say("This drawing was not saved yet. Go on with it."), parent=self)
        self.aside.add_button(DISCARD, say("Throw it away"))
        self.aside.chosen.connect(self.left)
        for band in (self.asking, self.aside):
            band.hide()
            column.addWidget(band)
        across = QHBoxLayout()
        across.setSpacing(tokens.pad)
        nothing = say("The photograph that is traced is shown here.")
        self.board = TraceBoard(tracing, say("Photograph, traced"), nothing, self)
        self.tools = Tools(self.board, say)
        self.hint = Words("", "primary", weight=500, wrap=True)
        self.hint.setMinimumHeight(tokens.control)
        left = QVBoxLayout()
        left.setSpacing(tokens.gap)
        left.addWidget(self.tools)
        left.addWidget(self.hint)
        left.addWidget(self.board, 1)
        across.addLayout(left, 1)
        across.addWidget(self._side())
        column.addLayout(across, 1)

    def show_view(self, view: TracerView) -> None:
        """How the item stands."""
        self.title.setText(view.title or self._say("Tracer"))
        self.where.setText(view.where)
        self.told.setText("\n".join(filter(None, (view.hindrance, *view.told))))
        self.told.setVisible(bool(self.told.text()))
        self.aside.setVisible(view.aside)
        self.photographs.show_view(view)
        self.photographs.setVisible(bool(view.photographs))
        draws = view.mode != "watch" and not view.hindrance
        self.board.pen.is_open = draws
        for widget in (self.scale, self.figures, self.save, self.hint):
            widget.setVisible(draws)
        self.anew.setVisible(view.mode == "second" or (view.mode == "watch" and bool(view.outlines)))
        self.compared.show_view(view)
        self.compared.setVisible(bool(view.outlines) and (not draws or len(view.outlines) > 1))
        wants = bool(view.reason) and draws
        self.reason_question.setVisible(wants)
        self.reason_question.refuse(view.reason if wants else "")
        if wants:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        stands = (view.title, view.where, view.mode)
        if stands != self._stands:  # something else is begun: at the top
            self._stands = stands
            self._area.verticalScrollBar().setValue(0)
        self._say_below(self.problem, view.problem)
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))
        self.tools.show_only_what_looks(not draws)
        self.tools.ghost.setVisible(bool(view.ghost))
        self.tools.ghost.setToolTip(self._say("The outline at {visit}", visit=view.ghost))
        self.tools.show_state()

    def show_figures(self, told: Figures) -> None:
        """What the drawing measures now."""
        self.hint.setText(told.hint)
        is_first = bool(told.area) and not self._measures
        self._measures = bool(told.area)
        self.figures.show_figures(told)
        if is_first and self.figures.isVisible():
            self._area.ensureWidgetVisible(self.figures)
        self._say_below(self.wrong, told.problem)
        self.tools.show_state()

    def ask_before_leaving(self, ask: bool) -> None:
        """The band that asks what becomes of a drawing that is not saved."""
        self.asking.setVisible(ask)
        if ask:
            self.asking_first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QHBoxLayout:
        tokens, say = current(), self._say
        row = QHBoxLayout()
        row.setSpacing(tokens.gap)
        self.back = Button(say("Back to the form"), "quiet", icon_name="chevron-start", parent=self)
        self.back.clicked.connect(self.back_wanted)
        self.title = Words(say("Tracer"), size="title", weight=600, parent=self)
        self.where = Words("", "muted", wrap=True, parent=self)
        row.addWidget(self.back)
        row.addWidget(self.title)
        row.addWidget(self.where, 1)
        return row

    def _asking(self) -> Banner:
        say = self._say
        band = Banner(say("The drawing is not saved."), "warn", parent=self)
        self.asking_first = band.add_button(SAVE, say("Save and go back"), "primary")
        band.add_button(LATER, say("Keep it for later"))
        band.add_button(DISCARD, say("Throw it away"))
        band.add_button(STAY, say("Stay here"), "quiet")
        band.chosen.connect(self.left)
        return band

    def _side(self) -> QWidget:
        """Cards that scroll, and below them, always in sight, what is asked and said, with Save."""
        tokens, side = current(), QWidget(self)
        side.setFixedWidth(17 * tokens.pad)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.gap)
        column.addWidget(self._cards(side), 1)
        self._foot(side, column)
        return side

    def _cards(self, side: QWidget) -> QScrollArea:
        tokens, say = current(), self._say
        self._area = area = QScrollArea(side)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        give_slim_bars(area)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        area.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, tokens.hair, 0)
        column.setSpacing(tokens.room)
        self.told = Words("", weight=500, wrap=True, parent=inside)
        self.photographs, self.scale = PhotographCard(say), ScaleCard(say)
        self.figures, self.compared = FiguresCard(say), ComparedCard(say)
        for widget in (self.told, self.compared, self.photographs, self.scale, self.figures):
            column.addWidget(widget)
        column.addStretch(1)
        return area

    def _foot(self, side: QWidget, column: QVBoxLayout) -> None:
        say = self._say
        self.wrong = InlineMessage("", "error", parent=side)
        self.problem = InlineMessage("", "error", parent=side)
        self.done = Words("", "ok", weight=600, wrap=True, parent=side)
        self.reason = Line(say("Why the outline changes"))
        self.reason_question = Question(say("Why the outline changes"), self.reason, parent=side)
        self.save = Button(say("Save the outline"), "primary", hint="Ctrl+Enter", parent=side)
        self.anew = Button(say("Draw it in place of that outline"), "quiet", parent=side)
        for widget in (self.wrong, self.problem, self.reason_question, self.done):
            column.addWidget(widget)
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.anew, 0, Qt.AlignmentFlag.AlignLeading)
        self.save.clicked.connect(self.tell_save)
        self.reason.returnPressed.connect(self.tell_save)

    def tell_save(self) -> None:
        """The drawing is to be saved, with the reason where one is asked for."""
        self.saved.emit(self.given_reason)

    @property
    def given_reason(self) -> str:
        """The reason, where one is asked for."""
        return self.reason.text() if self.reason_question.isVisible() else ""

    @staticmethod
    def _say_below(message: InlineMessage, text: str) -> None:
        message.text.setText(text)
        message.setAccessibleName(text)
        message.setVisible(bool(text))
