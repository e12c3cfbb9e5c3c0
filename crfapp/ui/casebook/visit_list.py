"""The visits of a subject at the side where reading begins; the current one shows its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crfapp.present.words import FORM_STATUS, STANDING
from crfapp.ui.casebook.drawing import draw_line_of_words, face, mirrored
from crfapp.ui.casebook.slim_bar import give_slim_bar
from crfapp.ui.icons import STATUS_TOKENS, pixmap
from crfapp.ui.theme import current
from crfapp.ui.theme.style import focus_ring, rounded
from crfapp.ui.widgets import ElidedLabel, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crfapp.ledger.keys import FormKey
    from crfapp.present.casebook_view import FormEntry, VisitEntry
    from crfapp.ui.fields import Say

_HIGH = 29
_INDENT = 18


class Look(NamedTuple):
    """What a line of the list shows. ``place``: its object name; ``spoken``: what a screen reader says.

    ``around``: the current visit, ``on``: the current form, ``late``: the end is a warning.
    """

    place: str
    name: str
    spoken: str
    sign: str
    end: str
    chosen: Callable[[], None]
    indent: int = 0
    around: bool = False
    on: bool = False
    late: bool = False


class ListLine(QAbstractButton):
    """One line of the list: sign, name, and at its end a day, a count, or that it is overdue."""

    def __init__(self, look: Look, listing: VisitList, parent: QWidget) -> None:
        super().__init__(parent)
        self._listing = listing
        self.setObjectName(look.place)
        self.show_look(look)
        self.clicked.connect(lambda: self.look.chosen())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_look(self, look: Look) -> None:
        """Show another state of the same line."""
        self.look = look
        self.setText(look.name)
        self.setToolTip(look.spoken)
        self.setAccessibleName(look.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """One line; at least as high as what is pressed has to be."""
        return QSize(current().label_width // 2, max(current().control, round(_HIGH * current().scale)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows, Home and End go through the list."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        elif not event.modifiers() and self._listing.take_key(self, key):
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Soft ground around the current visit, full ground on the current form."""
        tokens, rtl = current(), self.isRightToLeft()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        ground = mirrored(self.rect().adjusted(self.look.indent, 0, 0, 0), self.width(), right_to_left=rtl)
        if self.look.on or self.look.around or self.underMouse():
            resting = tokens.primary_soft if self.look.around else tokens.ground
            fill = tokens.primary if self.look.on else resting
            rounded(painter, ground.adjusted(0, 1, 0, -1), fill=fill, edge="", radius=tokens.radius)
        self._paint_content(painter)
        if self.hasFocus():
            focus_ring(painter, ground, tokens, tokens.radius)

    def _paint_content(self, painter: QPainter) -> None:
        tokens, rtl = current(), self.isRightToLeft()
        x = self.look.indent + tokens.gap
        tone = "on_primary" if self.look.on else "primary" if self.look.around else "text"
        if self.look.sign:
            sign = tokens.on_primary if self.look.on else tokens.colour(STATUS_TOKENS[self.look.sign])
            box = QRect(x, (self.height() - tokens.icon) // 2, tokens.icon, tokens.icon)
            where = mirrored(box, self.width(), right_to_left=rtl)
            picture = pixmap(self.look.sign, sign, tokens.icon, self.devicePixelRatioF())
            painter.drawPixmap(where.topLeft(), picture)
            x += tokens.icon + tokens.gap
        end = self._paint_end(painter)
        box = QRect(x, 0, self.width() - x - end - tokens.gap, self.height())
        weight = 600 if self.look.around else 400
        draw_line_of_words(
            painter, mirrored(box, self.width(), right_to_left=rtl), self.text(), tone, weight=weight
        )

    def _paint_end(self, painter: QPainter) -> int:
        """The words at the end; their width."""
        if not self.look.end:
            return 0
        tokens, rtl = current(), self.isRightToLeft()
        used = face("small")[1].horizontalAdvance(self.look.end) + 1
        if not self.look.late:
            box = QRect(self.width() - tokens.gap - used, 0, used, self.height())
            tone = "on_primary" if self.look.on else "muted"
            draw_line_of_words(
                painter, mirrored(box, self.width(), right_to_left=rtl), self.look.end, tone, size="small"
            )
            return used + tokens.gap
        used = face("tiny", 600)[1].horizontalAdvance(self.look.end) + 2 * tokens.gap - 2
        high = face("tiny", 600)[1].height() + tokens.hair
        box = QRect(self.width() - tokens.gap + 2 - used, (self.height() - high) // 2, used, high)
        pill = mirrored(box, self.width(), right_to_left=rtl)
        rounded(painter, pill, fill=tokens.error_soft, edge="", radius=tokens.radius - 1)
        painter.setFont(face("tiny", 600)[0])
        painter.setPen(QColor(tokens.error))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self.look.end)
        return used + tokens.gap


class VisitList(QFrame):
    """Subject, visits, running logs. ``visit_chosen`` and ``form_chosen`` carry what was pressed."""

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
        column.addLayout(top)
        self._scroll = QScrollArea(self)
        give_slim_bar(self._scroll)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._leave_room_for_bar)
        self._column: QVBoxLayout | None = None
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
        self.entries = [ListLine(look, self, listing) for look in (*above, *logs)]
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
            end = tokens.room - (bar.sizeHint().width() if bar.maximum() else 0)
            left, right = (end, tokens.room) if self.isRightToLeft() else (tokens.room, end)
            self._column.setContentsMargins(left, 0, right, tokens.room)

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
            spoken=", ".join(part for part in (visit.title, state, visit.date_text) if part),
            sign=visit.status_icon,
            end=self.say("overdue") if visit.overdue else visit.date_text,
            chosen=lambda: self.visit_chosen.emit(visit.visit, visit.visit_n),
            around=around,
            late=visit.overdue,
        )
        if around and visit.standing in {"started", "missed"}:
            for held in visit.forms:
                yield self._form_look(held, form, _INDENT)

    def _form_look(self, held: FormEntry, form: FormKey | None, indent: int) -> Look:
        key = held.key
        return Look(
            place=f"form/{key.visit}/{key.visit_n}/{key.form}/{key.form_n}",
            name=held.title,
            spoken=f"{held.title}, {self.say(FORM_STATUS[held.status])}",
            sign=held.icon,
            end=str(held.count) if held.count else "",
            chosen=lambda: self.form_chosen.emit(key),
            indent=round(indent * current().scale),
            on=key == form,
        )

    def _stop_at(self, stop: ListLine | None) -> None:
        """Tab stops at one entry only."""
        for entry in self.entries:
            here = entry is (stop or self.entries[0])
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
