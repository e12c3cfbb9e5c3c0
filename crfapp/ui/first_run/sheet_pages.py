"""The recovery sheet: shown and printed, then typed back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crfapp.base.problems import AppProblem
from crfapp.present.first_run import Step
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import isolated
from crfapp.ui.first_run.step_page import StepPage
from crfapp.ui.paper import print_recovery_sheet
from crfapp.ui.theme import current, font
from crfapp.ui.theme.style import field_panel, rounded
from crfapp.ui.widgets import Button, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINES = 4
_PAPER = "#FFFFFF"
"""A QR code is read from dark on light in every theme."""


class QrPicture(QWidget):
    """A QR code."""

    def __init__(self, svg: str, name: str) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(QByteArray(svg.encode()))
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Large enough for a scanner."""
        side = 9 * current().pad
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Always on white."""
        painter = QPainter(self)
        rounded(painter, self.rect(), fill=_PAPER, edge="", radius=current().radius)
        self._renderer.render(painter, QRectF(self.rect()))


class SheetLines(QWidget):
    """The lines as they will be typed: numbered, groups apart, from left to right."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = tuple(lines)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName("\n".join(self._lines))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One row a line."""
        tokens = current()
        return QSize(20 * tokens.pad, len(self._lines) * 2 * tokens.pad + tokens.gap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Numbers and groups in columns."""
        tokens, painter = current(), QPainter(self)
        rounded(painter, self.rect(), fill=tokens.ground, edge=tokens.line, radius=tokens.radius)
        signs = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        signs.setPixelSize(tokens.section + 1)
        step, top = 2 * tokens.pad, tokens.hair
        for number, line in enumerate(self._lines, start=1):
            painter.setFont(font("small"))
            painter.setPen(QColor(tokens.muted))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(tokens.room, top, step, step), middle, str(number))
            painter.setFont(signs)
            painter.setPen(QColor(tokens.text))
            groups = line.split(" ")
            width = (self.width() - 3 * tokens.pad) / max(1, len(groups))
            for place, group in enumerate(groups):
                box = QRectF(2.2 * tokens.pad + place * width, top, width, step)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, group)
            top += step


class SheetPage(StepPage):
    """Shown once, to be printed or copied out."""

    step = Step.SHEET

    def build(self) -> None:
        """The lines, the code, and the way to paper."""
        say, sheet, tokens = self.say, self.run.view.sheet, current()
        sentence = say(
            "It opens the records when every password is lost. Print it or copy it by hand, and lock it away:"
            " whoever has it can read everything. It is shown this once."
        )
        self.head(say("The recovery sheet"), sentence)
        if sheet is None:
            return
        row = QHBoxLayout()
        row.setSpacing(tokens.pad)
        words = QVBoxLayout()
        words.setSpacing(tokens.gap)
        words.addWidget(Words(isolated(sheet.label), weight=500, wrap=True))
        words.addWidget(SheetLines(sheet.lines))
        words.addStretch(1)
        row.addLayout(words, 1)
        row.addWidget(QrPicture(sheet.qr_svg, say("The same as a QR code")), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        save = QHBoxLayout()
        self.save = Button(say("Save as PDF…"), icon_name="print")
        self.save.clicked.connect(self._choose_file)
        save.addWidget(self.save)
        self.saved = Words("", "muted", size="small", wrap=True)
        save.addWidget(self.saved, 1)
        self.column.addLayout(save)

    def save_to(self, target: Path) -> None:
        """Write the PDF and say how it went."""
        sheet = self.run.view.sheet
        if sheet is None:
            return
        try:
            print_recovery_sheet(sheet, target, self.say)
        except AppProblem as problem:
            self.saved.setText(" ".join(problem_text(problem, self.say)))
            self.saved.set_tone("error")
            return
        done = self.say("Saved as {file}. Delete it once it is printed.", file=isolated(target.name))
        self.saved.setText(done)
        self.saved.set_tone("ok")

    def first_stop(self) -> QWidget | None:
        """The way to paper."""
        return self.save if self.run.view.sheet is not None else None

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.say("Save as PDF"), "recovery.pdf", "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))


class TypedSheet(QWidget):
    """Four lines to type, paste or scan into; Tab goes on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        tokens = current()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box = QPlainTextEdit(self)
        self.box.setAccessibleName(name)
        self.box.setTabChangesFocus(True)
        self.box.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.box.setFrameShape(QFrame.Shape.NoFrame)
        self.box.viewport().setAutoFillBackground(False)
        self.box.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        signs = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        signs.setPixelSize(tokens.section + 1)
        self.box.setFont(signs)
        self.box.setFixedHeight(round((_LINES + 0.7) * self.box.fontMetrics().lineSpacing()) + tokens.gap)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.hair, tokens.hair, tokens.hair, tokens.hair)
        column.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The ring around the field comes and goes with the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of a field."""
        focused = self.box.hasFocus()
        field_panel(QPainter(self), self.rect(), current(), mark="plain", focused=focused, closed=False)


class TestPage(StepPage):
    """The sheet is typed back: only a sheet that was seen to open the records is a recovery sheet."""

    step = Step.TEST
    __test__ = False  # not a test of the test runner's kind

    def build(self) -> None:
        """The field for the four lines."""
        say = self.say
        sentence = say(
            "Type the four lines from the paper, or scan the code. Capitals and gaps do not matter. Only when"
            " this opens the records is the site founded."
        )
        self.head(say("Does the sheet open the records?"), sentence)
        self.typed = TypedSheet(say("The four lines"))
        self.typed.box.textChanged.connect(lambda: self.run.write("typed", self.typed.box.toPlainText()))
        self.typed.box.setPlainText(self.run.view.values.get("typed", ""))
        self.ask("typed", say("The four lines"), self.typed)
