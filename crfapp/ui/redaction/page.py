"""The Redaction page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crfapp.present.address import Address
from crfapp.present.palette import Action
from crfapp.present.redaction_page import PLACE
from crfapp.ui.redaction.cards import AskCard, WishCard, decided_cells, decided_table
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Words
from crfapp.ui.widgets.slim_bar import give_slim_bars
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.redaction_page import RedactionPage
    from crfapp.present.redaction_view import RedactionView, WishLine
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.TRAIL, Topic.SUBJECTS})


class RedactionWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; reached from the palette or by address.

    The address of one text: ``subject``, ``moment`` the event (``node:seq``), ``item`` the told field.
    """

    key = PLACE
    icon = "eye"

    def __init__(self, presenter: RedactionPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._stale = True
        self.body = body = RedactionBody(say)
        body.ask.looked.connect(presenter.look)
        body.ask.asked.connect(presenter.ask)
        body.ask.setVisible(presenter.view.may_ask)
        body.decided_on.connect(
            lambda wish, agree, reason: presenter.decide(wish, agree=agree, reason=reason)
        )
        presenter.watch(self._show)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Redaction")

    def badge(self) -> int:
        """How many wishes this person can decide."""
        return self._presenter.waiting

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if _CARES.intersection(topics):
            self._stale = True
            if self.body.isVisible():
                self.shown()

    def shown(self) -> None:
        """Show how things stand now."""
        if self._stale:
            self._stale = False
            self.body.ask.numbers.setStringList(list(self._presenter.subjects()))
            self._presenter.refresh()
        first = self.body.ask.number if self._presenter.view.may_ask else self.body
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, at: Address) -> None:
        """Show what taking away one text would lead to."""
        if at.moment:
            self._presenter.point(at)

    def address(self) -> Address:
        """This page; never with what was looked for."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        return (KeyLine("Enter", self._say("look for the text, and in the last line ask")),)

    def actions(self) -> Sequence[Action]:
        """Reached from anywhere; what waits is said."""
        title = self._say("Take away a text that does not belong here")
        waits = self._presenter.waiting
        detail = (
            self._say.many("{count} wish waits for you", "{count} wishes wait for you", waits)
            if waits
            else ""
        )
        return (Action(PLACE, title, lambda: self._shell.go(Address(PLACE)), detail, icon=self.icon),)

    def _show(self, view: RedactionView) -> None:
        self.body.show_view(view)


class RedactionBody(QScrollArea):
    """Asking, what waits, what was decided. ``decided_on``: a wish, whether it is agreed to, and why."""

    decided_on = Signal(str, bool, str)

    def __init__(self, say: Texts) -> None:
        super().__init__()
        self._say = say
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        give_slim_bars(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        column.addWidget(Words(say("Redaction"), size="title", weight=600))
        self.done = Words("", "ok", weight=600, wrap=True)
        column.addWidget(self.done)
        self.ask = AskCard(say)
        column.addWidget(self.ask)
        self.waits = Words(say("Waits for a second person"), size="section", weight=600)
        column.addWidget(self.waits)
        self._wishes = QVBoxLayout()
        self._wishes.setSpacing(tokens.room)
        column.addLayout(self._wishes)
        self.nothing = Words(say("Nothing waits for a second person."), "muted")
        column.addWidget(self.nothing)
        self.decided = decided_table(say)
        column.addWidget(self.decided)
        column.addStretch(1)
        self.cards: dict[str, WishCard] = {}
        self._lines: tuple[WishLine, ...] = ()

    def show_view(self, view: RedactionView) -> None:
        """Show how things stand; cards of wishes that stay are kept with what was typed in them."""
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))
        self.ask.show_view(view)
        if view.done:
            for line in (self.ask.text, self.ask.reason):
                line.clear()
        if view.wishes != self._lines:
            self._lines = view.wishes
            self._make_cards(view.wishes)
        for wish, card in self.cards.items():
            card.question.refuse(view.problem if view.place == wish else "")
        self.waits.setVisible(bool(view.wishes))
        self.nothing.setVisible(not view.wishes)
        self.decided.show_rows(decided_cells(view.decided))
        self.decided.setVisible(bool(view.decided))

    def _make_cards(self, wishes: tuple[WishLine, ...]) -> None:
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self.cards = {line.wish: WishCard(self._say, line) for line in wishes}
        for wish, card in self.cards.items():
            self._wishes.addWidget(card)
            card.show()
            card.decided.connect(lambda agree, reason, wish=wish: self.decided_on.emit(wish, agree, reason))
