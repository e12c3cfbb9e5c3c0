"""The lines between questions: titles of cards, heads of a log's rows, the button for one more row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton

from crfapp.ui.casebook.drawing import draw_line_of_words, draw_words, face, mirrored
from crfapp.ui.casebook.rows import AROUND, LineWidget
from crfapp.ui.icons import pixmap
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring
from crfapp.ui.widgets import Button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.ui.casebook.lines import Line
    from crfapp.ui.casebook.question import Wishes

_TITLE = 38
_BESIDE = 480


class CardTitle(LineWidget):
    """The title of a card; how many rows it has where rows can be added."""

    def height_at(self, width: int) -> int:
        """One line."""
        return round(_TITLE * current().scale) if width else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title and note."""
        tokens, section = current(), self.line.section
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.isRightToLeft()
        room = self.width() - 2 * tokens.pad
        used = min(room, face("base", 600)[1].horizontalAdvance(section.title) + 1)
        box = mirrored(QRect(tokens.pad, 0, used, self.height()), self.width(), right_to_left=rtl)
        draw_line_of_words(painter, box, section.title, "text", weight=600)
        note = str(len(section.rows)) if section.grows and section.rows else ""
        if note:
            after = QRect(tokens.pad + used + tokens.gap, 0, room - used - tokens.gap, self.height())
            draw_line_of_words(painter, mirrored(after, self.width(), right_to_left=rtl), note, "muted")


class PartTitle(LineWidget):
    """The title of a part inside a row of a log."""

    def height_at(self, width: int) -> int:
        """One small line."""
        return round(_TITLE * current().scale) if width else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Quiet words."""
        tokens = current()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        box = QRect(tokens.pad, tokens.gap, self.width() - 2 * tokens.pad, self.height() - tokens.gap)
        title = self.line.section.parts[self.line.part][0]
        draw_words(painter, box, title, "muted", size="small", weight=600)


class RowToggle(QAbstractButton):
    """The whole head of a row: pressing it opens or closes the row."""

    def __init__(self, owner: RowHead) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """An arrow, the row's name, and its first answers."""
        tokens, owner, rtl = current(), self._owner, self.isRightToLeft()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        side, middle = tokens.icon - tokens.hair, self.height() // 2
        arrow = mirrored(QRect(tokens.pad, middle - side // 2, side, side), self.width(), right_to_left=rtl)
        name = "chevron-down" if owner.is_open else "chevron-end"
        painter.drawPixmap(arrow.topLeft(), pixmap(name, tokens.muted, side, self.devicePixelRatioF()))
        x = tokens.pad + side + tokens.gap
        title = owner.row.title
        used = face("base", 600)[1].horizontalAdvance(title) + 1
        box = mirrored(QRect(x, 0, used, self.height()), self.width(), right_to_left=rtl)
        draw_line_of_words(painter, box, title, "text", weight=600)
        if not owner.is_open:
            x += used + tokens.room
            box = mirrored(QRect(x, 0, self.width() - x, self.height()), self.width(), right_to_left=rtl)
            draw_line_of_words(painter, box, owner.summary, "muted")
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(4, 4, -4, -4), tokens, tokens.radius)


class RowHead(LineWidget):
    """The head of one row of a log: its number or label, its first answers, and a way to void it."""

    def __init__(self, line: Line, wishes: Wishes, parent: QWidget, *, is_open: bool, summary: str) -> None:
        super().__init__(line, wishes, parent)
        assert line.row is not None  # noqa: S101  # the head of a row always holds its row
        self.row = line.row
        self.is_open, self.summary = is_open, summary
        self._beside: QWidget | None = None
        self.toggle = RowToggle(self)
        self.toggle.setObjectName(f"{line.section.section}/{self.row.key}")
        self.toggle.clicked.connect(lambda: wishes.rows.toggle(line.section.section, self.row.key))
        self.away: Button | None = None
        if line.section.grows:
            self.away = Button("", "quiet", icon_name="close", parent=self)
            self.away.setAccessibleName(wishes.say("Void row {row}", row=self.row.title))
            self.away.setToolTip(self.away.accessibleName())
            self.away.clicked.connect(lambda: wishes.rows.ask_void(self, line.section.section, self.row.key))
        self.tell(is_open=is_open, summary=summary)

    def tell(self, *, is_open: bool, summary: str) -> None:
        """Say whether the row is open, and what it holds."""
        self.is_open, self.summary = is_open, summary
        say = self.wishes.say
        state = say("unfolded") if is_open else say("folded")
        self.toggle.setAccessibleName(f"{self.row.title}, {state}")
        self.toggle.setAccessibleDescription(summary)
        self.toggle.update()

    def put_beside(self, pictures: QWidget) -> None:
        """What tells this row from the others at a glance stands at its end."""
        self._beside = pictures
        pictures.setParent(self)
        pictures.show()

    def height_at(self, width: int) -> int:
        """One row, and the prompt while one is asked why it does not count."""
        return self._high + self.messages_height(width)

    @property
    def _high(self) -> int:
        beside = self._beside.sizeHint().height() + current().gap if self._beside is not None else 0
        return max(current().row, beside)

    def stops(self) -> list[QWidget]:
        """The head, the button that voids, the prompt."""
        return [self.toggle, *([self.away] if self.away else []), *super().stops()]

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """The head over the whole width, the button at its end."""
        tokens, rtl = current(), self.isRightToLeft()
        side, high = tokens.control, self._high
        end = side + tokens.gap if self.away else 0
        if self._beside is not None:
            wide = min(self.width() * 2 // 3, round(_BESIDE * tokens.scale))
            box = QRect(self.width() - end - wide - tokens.gap, tokens.hair, wide, high - tokens.gap)
            self._beside.setGeometry(mirrored(box, self.width(), right_to_left=rtl))
            end += wide + tokens.gap
        box = QRect(0, 0, self.width() - end, high)
        self.toggle.setGeometry(mirrored(box, self.width(), right_to_left=rtl))
        if self.away is not None:
            box = QRect(self.width() - end, (high - side) // 2, side, side)
            self.away.setGeometry(mirrored(box, self.width(), right_to_left=rtl))
        self.place_messages(high)


class AddRowLine(LineWidget):
    """The way to one more row."""

    def __init__(self, line: Line, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(line, wishes, parent)
        self.button = Button(wishes.say("Add row"), "quiet", icon_name="plus", hint="Ctrl++", parent=self)
        self.button.setObjectName(f"{line.section.section}/+")
        self.button.setAccessibleName(f"{wishes.say('Add row')}, {line.section.title}")
        self.button.clicked.connect(lambda: wishes.rows.add(line.section.section))

    def height_at(self, width: int) -> int:
        """One row."""
        return current().row if width else 0

    def stops(self) -> list[QWidget]:
        """The button, while rows can be added."""
        return [self.button] if self.button.isEnabled() else []

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """At the side where reading begins."""
        tokens = current()
        box = QRect(tokens.gap, round(AROUND * tokens.scale), self.button.sizeHint().width(), tokens.control)
        self.button.setGeometry(mirrored(box, self.width(), right_to_left=self.isRightToLeft()))
