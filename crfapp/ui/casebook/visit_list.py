"""The visits of a subject at the side where reading begins; the current one shows its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from collections.abc import Sequence

    from crfapp.ledger.keys import FormKey
    from crfapp.present.casebook_view import FormEntry, VisitEntry
    from crfapp.ui.fields import Say

_HIGH = 29
_INDENT = 18


class ListLine(QAbstractButton):
    """One line of the list: sign, name, and at its end a day, a count, or that it is overdue."""

    def __init__(self, name: str, sign: str, end: str, *, listing: VisitList, parent: QWidget) -> None:
        super().__init__(parent)
        self._listing = listing
        self.setText(name)
        self.sign, self.end = sign, end
        self.indent = 0
        self.late = self.on = self.around = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

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
        ground = mirrored(self.rect().adjusted(self.indent, 0, 0, 0), self.width(), right_to_left=rtl)
        if self.on or self.around or self.underMouse():
            fill = tokens.primary if self.on else tokens.primary_soft if self.around else tokens.ground
            rounded(painter, ground.adjusted(0, 1, 0, -1), fill=fill, edge="", radius=tokens.radius)
        self._paint_content(painter)
        if self.hasFocus():
            focus_ring(painter, ground, tokens, tokens.radius)

    def _paint_content(self, painter: QPainter) -> None:
        tokens, rtl = current(), self.isRightToLeft()
        x = self.indent + tokens.gap
        tone = "on_primary" if self.on else "primary" if self.around else "text"
        if self.sign:
            sign = tokens.on_primary if self.on else tokens.colour(STATUS_TOKENS[self.sign])
            box = QRect(x, (self.height() - tokens.icon) // 2, tokens.icon, tokens.icon)
            where = mirrored(box, self.width(), right_to_left=rtl)
            picture = pixmap(self.sign, sign, tokens.icon, self.devicePixelRatioF())
            painter.drawPixmap(where.topLeft(), picture)
            x += tokens.icon + tokens.gap
        end = self._paint_end(painter)
        box = QRect(x, 0, self.width() - x - end - tokens.gap, self.height())
        weight = 600 if self.around else 400
        draw_line_of_words(
            painter, mirrored(box, self.width(), right_to_left=rtl), self.text(), tone, weight=weight
        )

    def _paint_end(self, painter: QPainter) -> int:
        """The words at the end; their width."""
        if not self.end:
            return 0
        tokens, rtl = current(), self.isRightToLeft()
        used = face("small")[1].horizontalAdvance(self.end) + 1
        if not self.late:
            box = QRect(self.width() - tokens.gap - used, 0, used, self.height())
            tone = "on_primary" if self.on else "muted"
            draw_line_of_words(
                painter, mirrored(box, self.width(), right_to_left=rtl), self.end, tone, size="small"
            )
            return used + tokens.gap
        used = face("tiny", 600)[1].horizontalAdvance(self.end) + 2 * tokens.gap - 2
        high = face("tiny", 600)[1].height() + tokens.hair
        box = QRect(self.width() - tokens.gap + 2 - used, (self.height() - high) // 2, used, high)
        pill = mirrored(box, self.width(), right_to_left=rtl)
        rounded(painter, pill, fill=tokens.error_soft, edge="", radius=tokens.radius - 1)
        painter.setFont(face("tiny", 600)[0])
        painter.setPen(QColor(tokens.error))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self.end)
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
        column.addWidget(self._scroll, 1)
        self.setAccessibleName(say("Visits"))

    def show_title(self, number: str, who: str) -> None:
        """Whose casebook it is."""
        self.number.setText(f"\u2068{number}\u2069")
        self.who.setText(who)
        self.who.setVisible(bool(who))

    def show_visits(self, visits: Sequence[VisitEntry], at: tuple[str, int], form: FormKey | None) -> None:
        """Show the schedule with one visit open and one form current."""
        tokens = current()
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(tokens.room, 0, tokens.room, tokens.room)
        column.setSpacing(0)
        self.entries = []
        logs = [visit for visit in visits if visit.standing == "log"]
        for visit in visits:
            if visit.standing != "log":
                self._add_visit(listing, visit, at, form)
        if logs:
            title = Words(self.say("Running logs"), "muted", size="tiny", weight=600, parent=listing)
            title.setContentsMargins(tokens.hair, tokens.gap, tokens.hair, tokens.hair)
            column.addWidget(title)
        for visit in logs:
            for entry in visit.forms:
                self._add_form(listing, entry, form, indent=0)
        column.addStretch(1)
        at_top = self._scroll.verticalScrollBar().value()
        had_keyboard = self._has_keyboard()
        self._scroll.setWidget(listing)
        self._scroll.verticalScrollBar().setValue(at_top)
        self._stop_at(
            next((e for e in self.entries if e.on), next((e for e in self.entries if e.around), None))
        )
        if had_keyboard:
            self.focus_current()

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

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _add_visit(
        self, listing: QWidget, visit: VisitEntry, at: tuple[str, int], form: FormKey | None
    ) -> None:
        end = self.say("overdue") if visit.overdue else visit.date_text
        entry = ListLine(visit.title, visit.status_icon, end, listing=self, parent=listing)
        entry.late = visit.overdue
        entry.around = (visit.visit, visit.visit_n) == at
        state = self.say(STANDING[visit.standing])
        entry.setAccessibleName(", ".join(part for part in (visit.title, state, visit.date_text) if part))
        entry.setToolTip(f"{visit.title}, {visit.date_text}" if visit.overdue else visit.title)
        entry.setObjectName(f"visit/{visit.visit}/{visit.visit_n}")
        entry.clicked.connect(lambda: self.visit_chosen.emit(visit.visit, visit.visit_n))
        self._append(listing, entry)
        if entry.around and visit.standing in {"started", "missed"}:
            for held in visit.forms:
                self._add_form(listing, held, form, indent=_INDENT)

    def _add_form(self, listing: QWidget, held: FormEntry, form: FormKey | None, *, indent: int) -> None:
        entry = ListLine(
            held.title, held.icon, str(held.count) if held.count else "", listing=self, parent=listing
        )
        entry.indent = round(indent * current().scale)
        entry.on = held.key == form
        state = self.say(FORM_STATUS[held.status])
        entry.setAccessibleName(f"{held.title}, {state}")
        entry.setToolTip(held.title)
        entry.setObjectName(f"form/{held.key.visit}/{held.key.visit_n}/{held.key.form}/{held.key.form_n}")
        entry.clicked.connect(lambda: self.form_chosen.emit(held.key))
        self._append(listing, entry)

    def _append(self, listing: QWidget, entry: ListLine) -> None:
        column = listing.layout()
        if column is not None:
            column.addWidget(entry)
        self.entries.append(entry)

    def _stop_at(self, stop: ListLine | None) -> None:
        """Tab stops at one entry only."""
        for entry in self.entries:
            here = entry is (stop or self.entries[0])
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
