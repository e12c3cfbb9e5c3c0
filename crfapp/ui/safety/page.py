"""The Safety page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crfapp.present.address import Address
from crfapp.present.palette import Action
from crfapp.present.safety_watch import SAFETY
from crfapp.ui.safety.cards import (
    ContactCard,
    EventsCard,
    OpenEventCard,
    SignsBox,
    event_cells,
    hold_card,
    hold_cells,
    owed_card,
    owed_cells,
    sent_card,
    sent_cells,
)
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import EmptyState, Words
from crfapp.ui.widgets.slim_bar import give_slim_bars
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.safety_page import SafetyPage
    from crfapp.present.safety_view import SafetyView
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset(
    {Topic.SUBJECTS, Topic.ANSWERS, Topic.FORMS, Topic.SAFETY, Topic.PACKAGES, Topic.CONFLICTS}
)
_LOOKS_MS = 30_000


class SafetyWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`."""

    key = SAFETY
    icon = "safety"

    def __init__(self, presenter: SafetyPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._view: SafetyView | None = None
        self.body = SafetyBody(say, presenter.view().filters)
        card, acts = self.body.card, presenter.acts
        self.body.owed.opened.connect(self._open_owed)
        self.body.events.opened.connect(self._open_event)
        self.body.events.narrowed.connect(presenter.only)
        self.body.signs.opened.connect(self._open_sign)
        self.body.holds.opened.connect(lambda n: self._go([line.address for line in self._lines().holds], n))
        self.body.sent.opened.connect(lambda n: self._go([line.address for line in self._lines().sent], n))
        card.go_to_event.clicked.connect(lambda: shell.go(presenter.event_address()))
        card.begin.clicked.connect(acts.begin_report)
        card.make.clicked.connect(acts.ask_paper)
        card.send.clicked.connect(acts.ask_sent)
        card.form.wanted.connect(acts.carry_out)
        card.form.given_up.connect(acts.put_away)
        presenter.watch(self._show)
        self._looking = QTimer(self.body, interval=_LOOKS_MS)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Safety")

    def badge(self) -> int:
        """Reports that are owed."""
        return self._presenter.count()

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if _CARES.intersection(topics):
            self._presenter.heed()
            self._look()

    def shown(self) -> None:
        """Show how things stand, turned to what presses most."""
        self._presenter.turn(Address(SAFETY))
        self._presenter.refresh()
        first = self.body.card.make if self.body.card.make.isVisible() else self.body.card.go_to_event
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, at: Address) -> None:
        """Turn to an event."""
        self._presenter.turn(at)

    def address(self) -> Address:
        """Where the page is turned to."""
        return self._presenter.address()

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("F9", say("make the report to the sponsor: PDF and encrypted package")),
            KeyLine("↑ ↓", say("next or previous line")),
            KeyLine("Enter", say("open the line")),
        )

    def actions(self) -> Sequence[Action]:
        """The report that presses most, from anywhere."""
        title = self._say("Report to the sponsor")
        return (Action("notice", title, lambda: self._shell.go(Address(SAFETY)), keys="F9", icon="safety"),)

    def make_notice(self) -> None:
        """F9."""
        self._presenter.acts.ask_paper()

    def _show(self, view: SafetyView) -> None:
        self._view = view
        self.body.show_view(view)

    def _look(self) -> None:
        if self.body.isVisible():
            self._presenter.refresh()

    def _lines(self) -> SafetyView:
        return self._view or self._presenter.view()

    def _open_owed(self, number: int) -> None:
        self._presenter.choose(self._lines().owed[number].occasion)
        self.body.reveal()

    def _open_event(self, number: int) -> None:
        line = self._lines().events[number]
        if line.occasion is None:
            self._shell.go(line.address)
        else:
            self._presenter.choose(line.occasion)
            self.body.reveal()

    def _open_sign(self, number: int) -> None:
        signs = self._lines().signs
        if signs is not None:
            self._shell.go(signs.lines[number].address)

    def _go(self, addresses: list[Address], number: int) -> None:
        self._shell.go(addresses[number])


class SafetyBody(QScrollArea):
    """The cards in one column that scrolls."""

    def __init__(self, say: Texts, filters: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        tokens = current()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its keys reach it from the controls inside
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        give_slim_bars(self)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self.setWidget(inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(tokens.wide, tokens.pad, tokens.wide, tokens.wide)
        column.setSpacing(tokens.room)
        column.addWidget(Words(say("Safety"), size="title", weight=600))
        self.owed, self.card = owed_card(say), OpenEventCard(say)
        self.events, self.holds, self.sent = EventsCard(say, filters), hold_card(say), sent_card(say)
        self.contact, self.signs = ContactCard(say), SignsBox(say)
        self.empty = EmptyState(
            say("No adverse events yet"),
            say("Events, the reports that the sponsor waits for, and stop rules will stand here."),
            icon="safety",
        )
        parts = (self.owed, self.card, self.signs, self.holds, self.events, self.sent, self.contact)
        for part in (*parts, self.empty):
            column.addWidget(part)
        column.addStretch(1)

    def show_view(self, view: SafetyView) -> None:
        """Show how things stand."""
        self.owed.show_rows([owed_cells(line) for line in view.owed])
        self.holds.show_rows([hold_cells(line) for line in view.holds])
        self.events.show_rows([event_cells(line) for line in view.events])
        self.events.filter.show_value(view.at)
        self.sent.show_rows([sent_cells(line) for line in view.sent])
        self.card.show_card(view.card)
        self.signs.show_signs(view.signs)
        self.contact.show_contact(view.contact, view.no_contact)
        nothing = not (view.owed or view.events or view.holds or view.sent) and view.at == "all"
        self.owed.setVisible(bool(view.owed))
        self.holds.setVisible(bool(view.holds))
        self.sent.setVisible(bool(view.sent))
        self.events.setVisible(not nothing)
        self.empty.setVisible(nothing)

    def reveal(self) -> None:
        """Bring the open event into sight."""
        self.ensureWidgetVisible(self.card)
        self.card.go_to_event.setFocus(Qt.FocusReason.OtherFocusReason)
