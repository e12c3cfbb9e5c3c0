"""Going through what is about to be signed, form by form, and the bar from which it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crfapp.ui.signing.form_card import FormCard
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.signing_view import Review, ReviewedForm
    from crfapp.present.texts import Texts


class ReviewView(QWidget):
    """``left``: back to the list; ``sign``: everything was gone through; ``go``: an address is wanted."""

    left = Signal()
    sign = Signal()
    seen = Signal(object)
    go = Signal(object)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        self.cards: list[FormCard] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        give_slim_bars(self.area)
        column.addWidget(self.area, 1)
        self.bar = SignBar(say, self)
        self.bar.back.clicked.connect(self.left)
        self.bar.sign.clicked.connect(self.sign)
        column.addWidget(self.bar)

    def show_reviews(self, reviews: Sequence[Review]) -> None:
        """Lay out what is about to be signed, from its top."""
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        tokens = current()
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        self.cards = []
        for review in reviews:
            column.addWidget(Words(review.title, size="title", weight=600, parent=inside))
            if review.since:
                column.addWidget(Words(review.since, "muted", wrap=True, parent=inside))
            if review.hindrances:
                column.addWidget(self._hindrances(review, inside))
            for form in review.forms:
                column.addWidget(self._card(form, inside))
        column.addStretch(1)
        self.area.setWidget(inside)
        self.recount(hindered=sum(len(review.hindrances) for review in reviews))
        self._next()

    def recount(self, *, hindered: int | None = None) -> None:
        """Say how much is left; signing is offered when nothing is."""
        if hindered is not None:
            self._hindered = hindered
        left = sum(not card.form.seen and card.done.isVisibleTo(card) for card in self.cards)
        self.bar.show_left(left, self._hindered)

    def mark_seen(self, form: ReviewedForm) -> None:
        """A form was gone through: on to the next."""
        for card in self.cards:
            if card.form is form:
                card.mark_seen()
        self.recount()
        self._next()

    def refuse(self, sentence: str) -> None:
        """Something could not be done."""
        self.bar.say_problem(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list; Enter goes on through the forms, or presses what has the keyboard."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _next(self) -> None:
        """Give the keyboard to the end of the first form that is still to be gone through, or to signing."""
        waiting = next((card for card in self.cards if card.done.isVisibleTo(card)), None)
        target: QWidget = waiting.done if waiting is not None else self.bar.sign
        if waiting is None and not self.bar.sign.isEnabled():
            target = self.bar.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if waiting is not None:  # its beginning comes to the top: it is read from there
            self.area.verticalScrollBar().setValue(waiting.y() - current().pad)

    def _card(self, form: ReviewedForm, parent: QWidget) -> FormCard:
        card = FormCard(form, self._say, parent)
        card.seen.connect(lambda: self._at_end(card))
        card.opened.connect(lambda: self.go.emit(form.address))
        self.cards.append(card)
        return card

    def _at_end(self, card: FormCard) -> None:
        """A form was gone through when its end was in sight; before that, on by a page."""
        bar, height = self.area.verticalScrollBar(), self.area.viewport().height()
        end = card.y() + card.height()
        if end <= bar.value() + height or bar.value() == bar.maximum():
            self.seen.emit(card.form)
        else:
            bar.setValue(min(bar.value() + height - current().row, end - height + current().pad))

    def _hindrances(self, review: Review, parent: QWidget) -> Card:
        """What stands in the way, each with the way there."""
        tokens = current()
        card = Card(self._say("In the way of signing"), str(len(review.hindrances)), parent=parent)
        for line in review.hindrances:
            message = InlineMessage(line.text, "warn", actions=(("go", self._say("Go there")),), parent=card)
            message.chosen.connect(lambda _key, at=line.address: self.go.emit(at))
            held = QWidget(card)
            room = QHBoxLayout(held)
            room.setContentsMargins(tokens.pad, 0, tokens.pad, 0)
            room.addWidget(message)
            card.add_row(held)
        return card


class SignBar(QWidget):
    """Below the forms: back, how much is left, sign."""

    def __init__(self, say: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._say = say
        tokens = current()
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.wide, tokens.gap, tokens.wide, tokens.gap)
        row.setSpacing(tokens.room)
        self.back = Button(say("Back to the list"), hint="Esc", icon_name="chevron-start", parent=self)
        self.left = Words("", "muted", wrap=True, parent=self)
        self.sign = Button(say("Sign…"), "primary", icon_name="pen", parent=self)
        row.addWidget(self.back)
        row.addWidget(self.left, 1)
        row.addWidget(self.sign)

    def show_left(self, unseen: int, hindered: int) -> None:
        """How much keeps from signing."""
        say, parts = self._say, []
        if hindered:
            parts.append(say.many("{count} thing in the way", "{count} things in the way", hindered))
        if unseen:
            parts.append(say.many("{count} form to go through", "{count} forms to go through", unseen))
        self.left.setText(" · ".join(parts) or say("Everything was gone through."))
        self.left.set_tone("muted")
        self.sign.setEnabled(not parts)

    def say_problem(self, sentence: str) -> None:
        """Why something could not be done."""
        self.left.setText(sentence)
        self.left.set_tone("error")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A surface with a line above."""
        tokens, painter = current(), QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(0, 0, self.width(), 0)
