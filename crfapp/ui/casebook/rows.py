"""A line of the form on the screen; and the line that holds one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.study.types import Kind
from crfapp.ui.casebook.drawing import draw_dot, draw_shield, draw_words, face, mirrored, words_height
from crfapp.ui.casebook.messages import Messages, shows_something
from crfapp.ui.casebook.question import Question, Wishes
from crfapp.ui.fields.choice import ChoiceEditor
from crfapp.ui.fields.datetime import DateTimeEditor
from crfapp.ui.fields.line import LineEditor
from crfapp.ui.fields.photo import stops_of
from crfapp.ui.icons import STATUS_TOKENS, pixmap
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.ui.casebook.asking import ReasonPrompt
    from crfapp.ui.casebook.lines import Line
    from crfapp.ui.fields import FieldEditor

_LABEL_SHARE = 0.36
"""The most of a row that its label takes."""
_DATETIME = 146
"""Just wide enough, so that the buttons beside it fit into a small window."""
AROUND = 7
"""Pixels above and below an editor at 100 %."""


class LineWidget(QWidget):
    """One built line. It measures itself for a width; ``room_changed`` says that it has to be asked again."""

    room_changed = Signal()

    def __init__(self, line: Line, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(parent)
        self.line, self.wishes = line, wishes
        self.messages: Messages | None = None

    def height_at(self, width: int) -> int:
        """How high the line is at a width; 0 while it does not apply."""
        raise NotImplementedError

    def questions(self) -> tuple[Question, ...]:
        """The questions on it."""
        return ()

    def stops(self) -> list[QWidget]:
        """Where the keyboard stops on it, in order."""
        return self.messages.stops() if self.messages is not None and self.messages.isVisible() else []

    def has_keyboard(self) -> bool:
        """Whether the keyboard is somewhere on this line."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def let_keyboard_go(self) -> None:
        """Give the keyboard up before the line is gone, so that nobody looks for where it should go."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            focused.clearFocus()

    def can_go(self) -> bool:
        """Whether nothing is lost when the line is built anew later."""
        idle = self.messages is None or (self.messages.prompt is None and self.messages.held is None)
        busy = any(q.refusal or q.unsaved for q in self.questions())
        return idle and not self.has_keyboard() and not busy

    def show_changes(self) -> None:
        """Draw again what the questions now are."""
        wanted = any(shows_something(question) for question in self.questions())
        if wanted or self.messages is not None:
            self.say().show_for(self.questions(), named=self.named)
        self.update()
        self.room_changed.emit()

    @property
    def named(self) -> bool:
        """Whether a message has to name its question."""
        return False

    def say(self) -> Messages:
        """The place for sentences, made when it is first needed."""
        if self.messages is None:
            self.messages = Messages(self)
            self.messages.changed.connect(self.room_changed)
        return self.messages

    def ask(self, prompt: ReasonPrompt, *, focus: bool) -> None:
        """Show a prompt below the line, with or without giving it the keyboard."""
        self.say().ask(prompt)
        self.messages_shown()
        if focus:
            prompt.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def hold(self, panel: QWidget | None) -> None:
        """Let a panel stand open below the line; None takes it away."""
        self.say().hold(panel)
        self.messages_shown()

    def messages_shown(self) -> None:
        """Put the messages where they belong, before the canvas asks for the height."""
        if self.messages is not None:
            self.messages.setVisible(not self.messages.empty)

    def messages_height(self, width: int) -> int:
        """The room that the sentences need."""
        if self.messages is None or self.messages.empty:
            return 0
        if not self.messages.hasHeightForWidth():  # only what is held stands there, without a sentence
            return self.messages.sizeHint().height()
        return max(0, self.messages.heightForWidth(width - 2 * current().pad))

    def place_messages(self, top: int) -> None:
        """Put the sentences below the line's own content."""
        if self.messages is not None:
            pad = current().pad
            self.messages.setGeometry(pad, top, self.width() - 2 * pad, self.messages_height(self.width()))
            self.messages_shown()

    def draw_status(self, painter: QPainter, status: str, middle: int) -> None:
        """A sign at the end of the line."""
        if not status:
            return
        tokens = current()
        tone = "ok" if status == "check" else STATUS_TOKENS[status]
        box = QRect(
            self.width() - tokens.pad - tokens.icon, middle - tokens.icon // 2, tokens.icon, tokens.icon
        )
        where = mirrored(box, self.width(), right_to_left=self.isRightToLeft())
        picture = pixmap(status, tokens.colour(tone), tokens.icon, self.devicePixelRatioF())
        painter.drawPixmap(where.topLeft(), picture)


def line_of(question: Question) -> LineWidget:
    """The line on which a question stands."""
    line = question.editor.parentWidget()
    assert isinstance(line, LineWidget)  # noqa: S101  # questions are made by their lines
    return line


def editor_height(editor: FieldEditor, width: int, *, tight: bool = False) -> int:
    """The height an editor needs at a width; ``tight`` in the narrow column of a table."""
    if isinstance(editor, LineEditor):
        return editor.tight_height() if tight and isinstance(editor, DateTimeEditor) else current().control
    if editor.hasHeightForWidth():
        return editor.heightForWidth(width)
    return max(editor.sizeHint().height(), editor.minimumHeight())


class QuestionRow(LineWidget):
    """Label, editor and sign; below them what has to be said about the answer."""

    def __init__(self, line: Line, cell: Cell, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(line, wishes, parent)
        assert line.field is not None  # noqa: S101  # a question's line always holds its field
        self.question = Question(cell, line.field, wishes, self, row=line.row)
        self._tall = current().row
        self._high = current().control
        self.map = self._map_button() if line.field.on_map else None
        self._below = False
        if isinstance(self.question.editor, DateTimeEditor):
            self.question.editor.line.setFixedWidth(round(_DATETIME * current().scale))
        if line.field.type.kind in {Kind.LONGTEXT, Kind.PHOTO}:
            self.question.editor.typing.connect(self._grow)

    def questions(self) -> tuple[Question, ...]:
        """The one question."""
        return (self.question,)

    def stops(self) -> list[QWidget]:
        """The editor, then the buttons of the sentences."""
        if not self.question.visible:
            return []
        still = self.question.field.type.kind is Kind.NOTE
        mapped = [self.map] if self.map is not None else []
        return [*([] if still else stops_of(self.question.editor)), *mapped, *super().stops()]

    def height_at(self, width: int) -> int:
        """As high as the taller of label and editor, and the sentences."""
        if not self.question.visible:
            return 0
        tokens, around = current(), round(AROUND * current().scale)
        self._below = self._too_wide(width)
        label = self._label_height(width)
        editor = self._high = editor_height(self.question.editor, self._editor_box(width).width())
        self._tall = max(tokens.row, label + 2 * around, editor + 2 * around)
        if self._below:
            self._tall = label + editor + 2 * around + tokens.hair
        return self._tall + self.messages_height(width)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Put the editor beside the label and the sentences below."""
        self._arrange()

    def show_changes(self) -> None:
        """Draw again; the sentences may have changed without the height."""
        super().show_changes()
        if not self.isHidden():
            self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the label means the question."""
        if event.button() == Qt.MouseButton.LeftButton and event.position().y() < self._tall:
            self.question.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+M opens the body map."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self.map is not None and control and event.key() == Qt.Key.Key_M:
            self.map.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Label, marks and sign."""
        tokens, field, rtl = current(), self.question.field, self.isRightToLeft()
        painter = QPainter(self)
        room = self._label_room(self.width())
        band = self._first_band()
        painter.setLayoutDirection(self.layoutDirection())
        if field.type.kind is not Kind.NOTE:
            box = mirrored(QRect(tokens.pad, band.y(), room, band.height()), self.width(), right_to_left=rtl)
            if field.site_only:
                self._draw_label_and_site(painter, box)
            else:
                draw_words(painter, box, field.label, "text", weight=500)
        if self.question.state is not None and self.question.state.required:
            where = QPoint(tokens.pad // 2, band.center().y() + 1)
            x = self.width() - where.x() if rtl else where.x()
            draw_dot(painter, QPointF(x, where.y()), "edge" if self.question.answered else "primary")
        if field.critical:
            side = tokens.icon - tokens.hair
            after = min(room, face(weight=500)[1].horizontalAdvance(field.label)) if self._below else room
            box = QRect(tokens.pad + after + tokens.hair, band.center().y() - side // 2, side, side)
            draw_shield(painter, mirrored(box, self.width(), right_to_left=rtl), tokens)
        self.draw_status(painter, self.question.status()[0], band.center().y())

    def _draw_label_and_site(self, painter: QPainter, box: QRect) -> None:
        field, small = self.question.field, current().room + current().hair
        high = words_height(field.label, box.width(), weight=500)
        top = box.y() + max(0, (box.height() - high - small) // 2)
        draw_words(painter, QRect(box.x(), top, box.width(), high), field.label, "text", weight=500)
        below = QRect(box.x(), top + high, box.width(), small)
        draw_words(painter, below, self.wishes.say("stays at the site"), "muted", size="tiny")

    def _arrange(self) -> None:
        box = self._editor_box(self.width())
        high = editor_height(self.question.editor, box.width())
        around = round(AROUND * current().scale)
        top = (self._tall - high) // 2 if high <= current().control else around
        if self._below:
            top = self._tall - high - around
        place = QRect(box.x(), top, box.width(), high)
        self.question.editor.setGeometry(mirrored(place, self.width(), right_to_left=self.isRightToLeft()))
        if self.map is not None:
            side = current().control
            start = QRect(box.x() + box.width() + current().hair, top, side, side)
            self.map.setGeometry(mirrored(start, self.width(), right_to_left=self.isRightToLeft()))
        self.place_messages(self._tall)
        self._grow()

    def _grow(self) -> None:
        """A long text that was typed into, or broken anew at another width, needs another height."""
        box = self._editor_box(self.width())
        if editor_height(self.question.editor, box.width()) != self._high:
            self.room_changed.emit()

    def _first_band(self) -> QRect:
        """Where the label stands: beside the first line of a tall editor."""
        around = round(AROUND * current().scale)
        label = self._label_height(self.width())
        if self._below:
            return QRect(0, around, self.width(), label)
        if self.question.editor.height() <= current().control:
            return QRect(0, 0, self.width(), self._tall)
        return QRect(0, around, self.width(), max(current().control, label))

    def _label_height(self, width: int) -> int:
        tokens, field = current(), self.question.field
        if field.type.kind is Kind.NOTE:
            return 0  # its words are the answer's
        high = words_height(field.label, self._label_room(width), weight=500)
        return high + tokens.room + tokens.hair if field.site_only else high

    def _too_wide(self, width: int) -> bool:
        """Whether the answers need more room than there is beside the label: then they stand below it."""
        editor = self.question.editor
        self._below = False
        return (
            isinstance(editor, ChoiceEditor) and editor.sizeHint().width() > self._editor_box(width).width()
        )

    def _label_room(self, width: int) -> int:
        tokens = current()
        if self._below:
            return width - 2 * tokens.pad - 2 * tokens.icon
        return min(tokens.label_width, round(width * _LABEL_SHARE)) - tokens.icon - tokens.gap

    def _editor_box(self, width: int) -> QRect:
        tokens = current()
        note = self.question.field.type.kind is Kind.NOTE
        if self._below:
            return QRect(tokens.pad, 0, width - 2 * tokens.pad - self._map_room(), 0)
        x = tokens.pad if note else tokens.pad + self._label_room(width) + tokens.icon + tokens.gap
        end = width - tokens.pad - tokens.icon - tokens.gap - self._map_room()
        return QRect(x, 0, max(tokens.control, end - x), 0)

    def _map_room(self) -> int:
        return current().control + current().hair if self.question.field.on_map else 0

    def _map_button(self) -> Button:
        """The body map is beside the answers, which can be chosen and typed as before."""
        button = Button("", "quiet", icon_name="place", parent=self)
        words = self.wishes.say("{item}: choose on the body map", item=self.question.field.label)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda: self.wishes.maps.toggle(self.question))
        return button
