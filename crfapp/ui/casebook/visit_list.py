"""The visits of a subject at the side where reading begins; the current one shows its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.present.words import FORM_STATUS, STANDING
from crfapp.ui.casebook.visit_line import ListLine, Look
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, ElidedLabel, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crfapp.ledger.keys import FormKey
    from crfapp.present.casebook_view import FormEntry, VisitEntry
    from crfapp.ui.fields import Say

_INDENT = 12


class VisitList(QFrame):
    """Subject, visits, running logs. ``visit_chosen`` and ``form_chosen`` carry what was pressed.

    ``lesions`` leads to the subject's lesions, for whoever shows it.
    """

    visit_chosen = Signal(str, int)
    form_chosen = Signal(object)

    def __init__(self, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say = say
        self.entries: list[ListLine] = []
        tokens = current()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, tokens.room, 1, 0)
        column.setSpacing(tokens.hair)
        self.number = Words(weight=600, parent=self)
        self.who = ElidedLabel("", "muted", size="small", parent=self)
        top = QHBoxLayout()
        top.setContentsMargins(tokens.room + tokens.hair, 0, tokens.room, tokens.hair)
        top.setSpacing(tokens.gap - 2)
        top.addWidget(self.number)
        top.addWidget(self.who, 1)
        self.lesions = Button("", "quiet", icon_name="place", parent=self)
        self.lesions.setAccessibleName(say("Lesions on the body map"))
        self.lesions.setToolTip(self.lesions.accessibleName())
        self.lesions.hide()
        top.addWidget(self.lesions)
        column.addLayout(top)
        self._scroll = QScrollArea(self)
        give_slim_bars(self._scroll)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._leave_room_for_bar)
        self._column: QVBoxLayout | None = None
        self._shown_at: tuple[tuple[str, int], FormKey | None] | None = None
        self._reveal = QTimer(self, singleShot=True, interval=0)
        self._reveal.timeout.connect(self._bring_current_into_sight)
        column.addWidget(self._scroll, 1)
        self.setAccessibleName(say("Visits"))

    def show_title(self, number: str, who: str) -> None:
        """Whose casebook it is."""
        self.number.setText(f"\u2068{number}\u2069")
        self.who.setText(who)
        self.who.setVisible(bool(who))

    def show_visits(self, visits: Sequence[VisitEntry], at: tuple[str, int], form: FormKey | None) -> None:
        """Show the schedule with one visit open and one form current."""
        schedule = [v for v in visits if v.standing != "log"]
        above = [look for visit in schedule for look in self._visit_looks(visit, at, form)]
        logs = [self._form_look(f, form, 0) for v in visits if v.standing == "log" for f in v.forms]
        looks = [*above, *logs]
        if [look.place for look in looks] == [line.look.place for line in self.entries]:
            for line, look in zip(self.entries, looks, strict=True):
                line.show_look(look)
        else:
            self._rebuild(above, logs)
        self._stop_at(self._current())
        if (at, form) != self._shown_at:
            self._shown_at = at, form
            self._reveal.start()

    def focus_current(self) -> None:
        """Give the keyboard to the current entry."""
        for entry in self.entries:
            if entry.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                entry.setFocus(Qt.FocusReason.OtherFocusReason)
                self._scroll.ensureWidgetVisible(entry)

    def take_key(self, entry: ListLine, key: int) -> bool:
        """Up, Down, Home and End move through the entries."""
        place = self.entries.index(entry)
        target = {
            Qt.Key.Key_Down: place + 1,
            Qt.Key.Key_Up: place - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.entries) - 1,
        }.get(Qt.Key(key))
        if target is None:
            return False
        self._stop_at(self.entries[min(max(target, 0), len(self.entries) - 1)])
        self.focus_current()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line towards the form."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(current().line))
        x = 0 if self.isRightToLeft() else self.width() - 1
        painter.drawLine(x, 0, x, self.height())

    def _rebuild(self, above: Sequence[Look], logs: Sequence[Look]) -> None:
        tokens, listing = current(), QWidget()
        self._column = column = QVBoxLayout(listing)
        column.setSpacing(0)
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.isAncestorOf(focused)
        self.entries = [ListLine(look, self.take_key, listing) for look in (*above, *logs)]
        for line in self.entries[: len(above)]:
            column.addWidget(line)
        if logs:
            title = Words(self.say("Running logs"), "muted", size="tiny", weight=600, parent=listing)
            title.setContentsMargins(tokens.hair, tokens.gap, tokens.hair, tokens.hair)
            column.addWidget(title)
        for line in self.entries[len(above) :]:
            column.addWidget(line)
        column.addStretch(1)
        at_top = self._scroll.verticalScrollBar().value()
        self._leave_room_for_bar()
        self._scroll.setWidget(listing)
        self._scroll.verticalScrollBar().setValue(at_top)
        if had_keyboard:
            self._stop_at(self._current())
            self.focus_current()

    def _leave_room_for_bar(self) -> None:
        """The bar takes from the margin, not from the lines."""
        if self._column is not None:
            tokens, bar = current(), self._scroll.verticalScrollBar()
            end = tokens.room - (bar.sizeHint().width() if bar.maximum() else tokens.hair)
            left, right = (end, tokens.gap) if self.isRightToLeft() else (tokens.gap, end)
            self._column.setContentsMargins(left, 0, right, tokens.room)

    def _bring_current_into_sight(self) -> None:
        """The current form, and as far as there is room its visit with all forms."""
        around = [line for line in self.entries if line.look.around]
        inside = [line for line in self.entries if line.look.indent]
        here = self._current()
        for line in (*inside[-1:], *around, *([here] if here else [])):
            self._scroll.ensureWidgetVisible(line, 0, current().gap)

    def _current(self) -> ListLine | None:
        """The current form; the current visit where no form is open."""
        on = next((line for line in self.entries if line.look.on), None)
        return on or next((line for line in self.entries if line.look.around), None)

    def _visit_looks(self, visit: VisitEntry, at: tuple[str, int], form: FormKey | None) -> Iterator[Look]:
        around = (visit.visit, visit.visit_n) == at
        state = self.say(STANDING[visit.standing])
        yield Look(
            place=f"visit/{visit.visit}/{visit.visit_n}",
            name=visit.title,
            spoken=_joined(visit.title, state, visit.date_text, visit.held, visit.asked),
            sign=visit.status_icon,
            end=self.say("overdue") if visit.overdue else visit.date_text,
            chosen=lambda: self.visit_chosen.emit(visit.visit, visit.visit_n),
            around=around,
            late=visit.overdue,
            asked=bool(visit.asked) or any(held.asked for held in visit.forms),
            held=bool(visit.held),
        )
        if around and visit.standing in {"started", "missed"}:
            for held in visit.forms:
                yield self._form_look(held, form, _INDENT)

    def _form_look(self, held: FormEntry, form: FormKey | None, indent: int) -> Look:
        key = held.key
        return Look(
            place=f"form/{key.visit}/{key.visit_n}/{key.form}/{key.form_n}",
            name=held.title,
            spoken=_joined(held.title, self.say(FORM_STATUS[held.status]), held.held, held.asked),
            sign=held.icon,
            end=str(held.count) if held.count else "",
            chosen=lambda: self.form_chosen.emit(key),
            indent=round(indent * current().scale),
            on=key == form,
            asked=bool(held.asked),
            held=bool(held.held),
        )

    def _stop_at(self, stop: ListLine | None) -> None:
        """Tab stops at one entry only."""
        for entry in self.entries:
            here = entry is (stop or self.entries[0])
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)


def _joined(*parts: str) -> str:
    """What a screen reader says of a line."""
    return ", ".join(part for part in parts if part)
