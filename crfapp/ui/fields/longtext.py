"""A text of several lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from crfapp.ui.fields.base import FieldEditor, FieldSpec
from crfapp.ui.fields.line import STAYS
from crfapp.ui.theme import current
from crfapp.ui.theme.style import field_panel
from crfapp.ui.widgets.slim_bar import SlimStyle, give_slim_bars

_FEWEST_LINES = 2
_MOST_LINES = 12


class LongInput(QPlainTextEdit):
    """Several lines that grow with the text. Enter begins a line, Tab and Ctrl+Enter move on."""

    entered = Signal()
    moved_on = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.state = "plain"
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        each_line = self.document().defaultTextOption()
        each_line.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        if self.isRightToLeft():
            each_line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.document().setDefaultTextOption(each_line)
        self.setViewportMargins(4, 3, 4, 3)
        self.document().documentLayout().documentSizeChanged.connect(self.grow)
        self.grow()

    def grow(self) -> None:
        """As high as the text, between two and twelve lines."""
        lines = int(self.document().size().height())
        shown = min(max(lines, _FEWEST_LINES), _MOST_LINES)
        margins = 2 * int(self.document().documentMargin()) + 8
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + margins)
        over = lines > _MOST_LINES
        if over and not isinstance(self.verticalScrollBar().style(), SlimStyle):
            give_slim_bars(self)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if over else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard arrives."""
        super().focusInEvent(event)
        self.update()
        if event.reason() not in STAYS:
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes."""
        super().focusOutEvent(event)
        self.update()
        if event.reason() not in STAYS:
            self.moved_on.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter, Escape and the function keys belong to the editor around."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape or (
            enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll only where there is something to scroll and the keyboard is here; else the page scrolls."""
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()


class LongTextEditor(FieldEditor):
    """Free words over several lines."""

    def __init__(self, spec: FieldSpec, parent: QWidget | None = None) -> None:
        super().__init__(spec, parent)
        self.box = LongInput(spec.name, self)
        self.box.setPlaceholderText(spec.hint)
        self.box.setMaximumWidth(round(520 * current().scale))
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row.addWidget(self.box, 1000)
        self.row.addStretch(1)
        self.setFocusProxy(self.box)
        self._drawing = False
        self.box.textChanged.connect(self._typed)
        self.box.moved_on.connect(self.report)
        self.box.moved_on.connect(self.update)
        self.box.entered.connect(self.begin)
        self.box.entered.connect(self.update)

    def raw(self) -> str:
        """The lines as typed."""
        return self.box.toPlainText()

    def draw_text(self, text: str) -> None:
        """Write into the box."""
        self._drawing = True
        self.box.setPlainText(text)
        self._drawing = False

    def draw_mark(self) -> None:
        """Colour the border."""
        self.update()

    def focus_first(self) -> None:
        """Into the box, behind what is written."""
        self.box.setFocus(Qt.FocusReason.TabFocusReason)
        self.box.moveCursor(self.box.textCursor().MoveOperation.End)

    def set_enabled_state(self, enabled: bool, why: str) -> None:
        """A closed box can be read and copied."""
        self.box.setReadOnly(not enabled)
        self.box.setToolTip(why)
        self.box.setAccessibleDescription(why)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on; with Shift, back."""
        control = Qt.KeyboardModifier.ControlModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & control:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.go_on(self.wants_previous if back else self.wants_next)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The panel below the text."""
        field_panel(
            QPainter(self),
            self.box.geometry(),
            current(),
            mark=self.state,
            focused=self.box.hasFocus(),
            closed=self.box.isReadOnly(),
        )

    def _typed(self) -> None:
        if not self._drawing:
            self.typing.emit()
