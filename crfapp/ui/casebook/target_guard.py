"""Beside a dose and its time-out: which lesion, on which side, how it looks, and what a label says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from crfapp.form.graph import Cell
from crfapp.ui.body.close_figure import CloseFigure
from crfapp.ui.photo.thumb import SIDE, Thumb
from crfapp.ui.theme import current
from crfapp.ui.widgets import FlowRow, InlineMessage, Pill, Words

if TYPE_CHECKING:
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.target_guard import Compared, GuardCard
    from crfapp.ui.casebook.form_view import FormView
    from crfapp.ui.fields import Say

_WIDE = 290
"""Logical pixels of a lesion beside the others, at 100 %."""


class Guard(Protocol):
    """The lesions beside a form (``present.target_guard.TargetGuard``)."""

    room: PhotoRoom | None
    is_dose: bool

    def cards(self) -> tuple[GuardCard, ...]:
        """All lesions."""

    def compare(self, scanned: str, row: str = "") -> Compared:
        """Compare a scanned label with what is open."""


class GuardPictures(QWidget):
    """One lesion: in words, on the figure, and as it looked last."""

    def __init__(self, card: GuardCard, room: PhotoRoom | None, parent: QWidget, *, named: bool) -> None:
        super().__init__(parent)
        tokens = current()
        self.setAccessibleName(", ".join(filter(None, (card.label, card.role, card.place, card.plan))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.gap)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        if named:
            head = QHBoxLayout()
            head.setSpacing(tokens.gap)
            head.addWidget(Words(card.label, weight=600, parent=self))
            head.addWidget(Pill(card.role, "ok" if card.treat else "error", parent=self))
            head.addStretch(1)
            words.addLayout(head)
        words.addWidget(Words(card.place, "text" if card.treat else "error", wrap=True, parent=self))
        if card.plan:
            words.addWidget(Words(card.plan, "muted", size="small", wrap=True, parent=self))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.figure = CloseFigure(card.map, self)
        row.addWidget(self.figure)
        self.thumb: Thumb | None = None
        if card.photograph and room is not None:
            self.thumb = Thumb(card.label, parent=self)
            self.thumb.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.thumb.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(self.thumb)
            room.small(card.photograph, SIDE, self.thumb.show_data)


class GuardBar(QWidget):
    """Above the form: a line for labels of lesions, and before a dose all lesions side by side.

    ``found`` carries the row of the lesion whose label was right.
    """

    found = Signal(str)

    def __init__(self, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        self._guard: Guard | None = None
        self.row = ""
        tokens = current()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, tokens.gap)
        column.setSpacing(tokens.hair)
        line = QHBoxLayout()
        line.setSpacing(tokens.gap)
        line.addWidget(Words(say("Label of the lesion"), "muted", parent=self))
        self.line = QLineEdit(self)
        self.line.setAccessibleName(say("Scan the label of the lesion"))
        self.line.setPlaceholderText(say("Scan it here"))
        self.line.setFixedHeight(tokens.control)
        self.line.setTextMargins(tokens.gap - 3, 0, tokens.gap - 3, 0)
        self.line.setFixedWidth(round(220 * tokens.scale))
        self.line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.line.returnPressed.connect(self._compare)
        line.addWidget(self.line)
        self._answer = QHBoxLayout()
        line.addLayout(self._answer, 1)
        line.addStretch(0)
        column.addLayout(line)
        self.told: InlineMessage | None = None
        self._cards = QWidget(self)
        FlowRow(self._cards, gap=tokens.pad)
        column.addWidget(self._cards)
        self.pictures: list[GuardPictures] = []
        self.hide()

    def show_guard(self, guard: Guard | None) -> None:
        """Turn to a form."""
        self._guard, self.row = guard, ""
        self.setVisible(guard is not None)
        self.line.clear()
        self._say_told(None)
        for pictures in self.pictures:
            pictures.hide()
            pictures.deleteLater()
        self.pictures = []
        flow = self._cards.layout()
        cards = guard.cards() if guard is not None and not guard.is_dose else ()
        for card in cards:
            pictures = GuardPictures(card, guard.room if guard else None, self._cards, named=True)
            pictures.setFixedWidth(round(_WIDE * current().scale))
            self.pictures.append(pictures)
            if flow is not None:
                flow.addWidget(pictures)
            pictures.show()
        self._cards.setVisible(bool(cards))

    def listen(self, form: FormView) -> None:
        """Follow the keyboard through a form, and lead it to the lesion whose label was right."""
        form.focused.connect(self._at)
        self.found.connect(lambda row: self._go(form, row))

    def _at(self, cell: Cell | None) -> None:
        """Somebody is at a row: the next label has to be that of its lesion."""
        if cell is not None and cell.row:
            self.row = cell.row

    def _go(self, form: FormView, row: str) -> None:
        """To the first question of the lesion."""
        if form.entry is None or self._guard is None or not self._guard.is_dose:
            return
        for section in form.entry.page.sections():
            if any(one.key == row for one in section.rows):
                asked = (field for field in section.fields if not field.computed)
                any(form.jump(Cell(row, field.item)) for field in asked)
                return

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops."""
        return [self.line] if self.isVisible() else []

    def _compare(self) -> None:
        scanned = self.line.text().strip()
        if self._guard is None or not scanned:
            return
        told = self._guard.compare(scanned, self.row)
        self.line.selectAll()
        self._say_told(told)
        if told.is_right:
            self.found.emit(told.row)

    def _say_told(self, told: Compared | None) -> None:
        if self.told is not None:
            self.told.hide()
            self.told.deleteLater()
            self.told = None
        if told is not None:
            self.told = InlineMessage(told.words, "info" if told.is_right else "error", parent=self)
            self._answer.addWidget(self.told)
            self.told.show()
