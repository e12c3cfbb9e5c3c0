"""The surface of a form: lines are built as they come into view, and what is in focus stays where it is.

Every line has a slot with a guessed height, and nothing else until it is seen; so opening a form costs
what fits into the window, whatever its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.ui.casebook.lines import LineKind
from crfapp.ui.casebook.slots import CardBox, Slot, Stack
from crfapp.ui.theme import current
from crfapp.ui.theme.style import rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from crfapp.ui.casebook.lines import Line
    from crfapp.ui.casebook.rows import LineWidget
    from crfapp.ui.casebook.scroll import FormScroll

WIDEST = 1000
"""Cards grow no wider than this at 100 %: the eye has to find its way back."""
MOST_BUILT = 100
"""More lines than this are not kept built; half of them stay when the others go."""
_ROW = 44
_GUESS = {LineKind.TITLE: 38, LineKind.COLUMNS: 32, LineKind.PART: 38}


class Canvas(QWidget):
    """All lines of a form below each other, on their cards.

    ``built`` and ``dropped`` carry a line that came onto the page, or is about to leave it.
    """

    built = Signal(object)
    dropped = Signal(object)

    def __init__(self, scroll: FormScroll, make: Callable[[Line, QWidget], LineWidget]) -> None:
        super().__init__(scroll)
        self._scroll, self._make = scroll, make
        self._stack = Stack()
        self._changed: set[LineWidget] = set()
        self._busy = False
        self._asked_for: Slot | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.arrange)

    @property
    def slots(self) -> list[Slot]:
        """The places of all lines, from top to bottom."""
        return self._stack.slots

    def show_lines(self, lines: Sequence[Line], *, keep: bool) -> None:
        """Show these lines; with ``keep``, lines that were there before keep their widgets."""
        before = {slot.line.key: slot for slot in self.slots if slot.widget is not None}
        anchor = self._anchor() if keep else None
        scale = current().scale
        self._stack.fill(lines, {kind: round(_GUESS.get(kind, _ROW) * scale) for kind in LineKind})
        if keep:
            self._stack.adopt(before)
        for old in before.values():
            self._drop(old)
        if not keep:
            self._scroll.verticalScrollBar().setValue(0)
        held = self._stack.same(anchor[0].line.key) if anchor else None
        self.arrange((held, anchor[1]) if held is not None and anchor else None)

    def arrange(self, anchor: tuple[Slot, int] | None = None) -> None:
        """Measure, place and build what is in sight, without moving the line in focus."""
        if self._busy or not self.slots or self.width() < 1:
            return
        self._busy = True
        try:
            hold = anchor or self._anchor()
            before = hold[0].height if hold else 0
            self._place(hold)
            while unbuilt := self._stack.unbuilt(*self._sight()):
                for slot in unbuilt:
                    self._build(slot)
                self._place(hold)
            seat(self.slots, self._side(), self._card_width())
            self._let_go()
        finally:
            self._busy = False
        if hold is not None and hold[0].height > before and has_keyboard(hold[0]):
            self.reveal(self.slots.index(hold[0]))  # what is now said below the question
        self.update()

    def widget_at(self, index: int) -> LineWidget:
        """The widget of a line, built now if it was not yet."""
        if (slot := self.slots[index]).widget is None:
            self._build(slot)
            self._asked_for = slot
            self.arrange()
        assert slot.widget is not None  # noqa: S101  # it was built above
        return slot.widget

    def reveal(self, index: int) -> None:
        """Scroll just so far that a line is in sight, with a little around it."""
        slot, bar = self.slots[index], self._scroll.verticalScrollBar()
        margin, seen = current().wide, self._scroll.viewport().height()
        top, bottom = slot.top - margin, slot.top + slot.height + margin
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + seen:
            bar.setValue(min(bottom - seen, top))

    def index_of(self, widget: QWidget | None) -> int:
        """The line that holds a widget; -1 where none does."""
        while widget is not None and widget.parentWidget() is not self:
            widget = widget.parentWidget()
        held = (i for i, slot in enumerate(self.slots) if widget is not None and slot.widget is widget)
        return next(held, -1)

    def widgets(self) -> Iterator[LineWidget]:
        """Every line that is built."""
        return (slot.widget for slot in self.slots if slot.widget is not None)

    def cards(self) -> list[CardBox]:
        """The surfaces, from top to bottom."""
        return self._stack.cards

    def fill(self) -> None:
        """Build what has come into sight by scrolling."""
        if not self._busy and self._stack.unbuilt(*self._sight()):
            self.arrange()

    def soon(self, widget: LineWidget) -> None:
        """A line needs other room: arrange once, after everything that happens now."""
        self._changed.add(widget)
        if not self._busy:
            self._later.start()

    def settle(self) -> None:
        """Arrange now if that is due."""
        if self._later.isActive():
            self._later.stop()
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: measure everything that is built again."""
        if event.size().width() != event.oldSize().width():
            self.dress()
            self.settle()

    def dress(self) -> None:
        """Another width, or another size of letters: everything that is built is measured again."""
        self._changed.update(self.widgets())
        self._later.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards in sight, and hairlines between their lines."""
        tokens, seen, painter = current(), event.rect(), QPainter(self)
        x, width = self._side(), self._card_width()
        for top, height in self._stack.cards:
            if top <= seen.bottom() and top + height >= seen.top():
                box = QRect(x, top, width, height + 1)
                rounded(painter, box, fill=tokens.surface, edge=tokens.line, radius=tokens.card_radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(tokens.line))
        for slot in self._stack.between(seen.top(), seen.bottom() + 2):
            if self._stack.ruled(slot):
                painter.drawLine(x + 1, slot.top, x + width - 2, slot.top)

    # ---- inside

    def _sight(self) -> tuple[int, int]:
        """The part of the page that is in the window."""
        return (top := self._scroll.verticalScrollBar().value()), top + self._scroll.viewport().height()

    def _anchor(self) -> tuple[Slot, int] | None:
        """The line that must not move (in focus, or topmost), and where it stands in the window."""
        top, bottom = self._sight()
        focused = self.index_of(QApplication.focusWidget())
        if focused >= 0 and top - (slot := self.slots[focused]).height < slot.top < bottom:
            return slot, slot.top - top
        if top == 0 or not self.slots:
            return None
        slot = self.slots[self._stack.index_at(top)]
        return slot, slot.top - top

    def _place(self, hold: tuple[Slot, int] | None) -> None:
        """Measure what changed, compute the tops, and keep the held line where it stands."""
        self._stack.measure(self._changed, self._card_width())
        self._changed.clear()
        tokens = current()
        self._stack.place(tokens.hair, tokens.room)
        bar, seen = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        wanted = max(0, hold[0].top - hold[1]) if hold else bar.value()
        high = max(self._stack.bottom + tokens.wide, wanted + seen if hold else 0, seen)
        if self.height() != high:
            self.resize(self.width(), high)
        if bar.value() != wanted:
            bar.setValue(wanted)

    def _build(self, slot: Slot) -> None:
        widget = self._make(slot.line, self)
        slot.widget = widget
        self._changed.add(widget)
        self.built.emit(widget)
        widget.room_changed.connect(lambda: self.soon(widget))

    def _let_go(self) -> None:
        """Forget lines far out of sight, so that a form read to its end is as quick as at its start."""
        if sum(1 for _ in self.widgets()) <= MOST_BUILT:
            return
        top, bottom = self._sight()
        for slot in self._stack.farthest_built((top + bottom) // 2, MOST_BUILT // 2):
            if slot is not self._asked_for and slot.widget is not None and slot.widget.can_go():
                self._drop(slot)

    def _drop(self, slot: Slot) -> None:
        if slot.widget is not None:
            self._changed.discard(slot.widget)
            self.dropped.emit(slot.widget)
            slot.widget.let_keyboard_go()
            slot.widget.hide()
            slot.widget.deleteLater()
            slot.widget = None

    def _side(self) -> int:
        """Where cards begin: the margin at the side where reading begins."""
        margin = current().wide
        return self.width() - margin - self._card_width() if self.isRightToLeft() else margin

    def _card_width(self) -> int:
        tokens = current()
        return min(self.width() - 2 * tokens.wide + self._scroll.reserved(), round(WIDEST * tokens.scale))


def has_keyboard(slot: Slot) -> bool:
    """Whether the keyboard is in this line."""
    here = QApplication.focusWidget()
    return slot.widget is not None and here is not None and slot.widget.isAncestorOf(here)


def seat(slots: Sequence[Slot], x: int, width: int) -> None:
    """Put every built line where it belongs; one without height does not apply."""
    for slot in slots:
        widget = slot.widget
        if widget is None:
            continue
        if not slot.height:
            widget.hide()
            continue
        box = QRect(x, slot.top, width, slot.height)
        if widget.geometry() != box:
            widget.setGeometry(box)
        if widget.isHidden():
            widget.show()
