"""The Administration page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crfapp.present.address import Address
from crfapp.ui.administration.cards import BackupCard, people_card, person_cells
from crfapp.ui.administration.clinic_days_card import ClinicDays
from crfapp.ui.administration.clock_card import Clock
from crfapp.ui.administration.person_card import PersonCard
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Words
from crfapp.ui.widgets.slim_bar import give_slim_bars
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.administration import Administration
    from crfapp.present.administration_view import AdministrationView
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts

_CARES = frozenset({Topic.PEOPLE, Topic.SITE})


class AdministrationWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`."""

    key = "administration"
    icon = "administration"

    def __init__(self, presenter: Administration, say: Texts) -> None:
        self._presenter, self._say = presenter, say
        self._adding, self._waiting = False, ""
        self.body = AdministrationBody(say, presenter)
        body = self.body
        body.person.typed.connect(self._show_rules)
        body.person.wanted.connect(self._add)
        body.person.other.clicked.connect(lambda: presenter.choose(""))
        body.people.opened.connect(self._choose)
        body.backup.make.clicked.connect(presenter.copy_now)
        self._show_rules()
        presenter.watch(self._show)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Administration")

    def badge(self) -> int:
        """Accounts that wait for their password."""
        return sum(not line.has_password for line in self._presenter.view.people)

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if _CARES.intersection(topics) and self.body.isVisible():
            self._presenter.refresh()

    def shown(self) -> None:
        """Show how things stand now."""
        self._presenter.refresh()
        self.body.days.show_days()
        self.body.clock.show_clock()
        self.body.person.begin()

    def open(self, _at: Address) -> None:
        """There is nothing to turn to."""

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        return (KeyLine("Enter", self._say("next field, and in the last one add the person")),)

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    def _show_rules(self) -> None:
        person = self.body.person
        person.rules.show_rules(self._presenter.rules(person.filled()))
        person.questions["password"].refuse("")
        person.questions["again"].refuse("")

    def _add(self) -> None:
        self._presenter.add(self.body.person.filled())
        self.body.person.begin_at_refusal()

    def _choose(self, number: int) -> None:
        self._presenter.choose(self._presenter.view.people[number].login)

    def _show(self, view: AdministrationView) -> None:
        person = self.body.person
        was_adding, self._adding = self._adding, view.adding
        was_waiting, self._waiting = self._waiting, view.waiting
        if was_adding and not view.adding and (view.done or view.waiting):
            person.forget()
        elif view.waiting != was_waiting:
            person.forget_passwords()
        self.body.show_view(view)
        if view.waiting != was_waiting or (was_adding and view.done):
            person.begin()


class AdministrationBody(QScrollArea):
    """Who is here, the form for the next, the verified copies."""

    def __init__(self, say: Texts, presenter: Administration) -> None:
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
        column.addWidget(Words(say("Administration"), size="title", weight=600))
        self.people = people_card(say)
        self.person = PersonCard(say, presenter.roles, presenter.site_name)
        self.backup = BackupCard(say)
        self.days = ClinicDays(say, presenter.clinic_days)
        self.clock = Clock(say, presenter.clock)
        for card in (self.people, self.person, self.days, self.backup, self.clock, self.clock.found):
            column.addWidget(card)
        column.addStretch(1)

    def show_view(self, view: AdministrationView) -> None:
        """Show how things stand."""
        self.people.show_rows([person_cells(line, self._say) for line in view.people])
        self.person.show_view(view)
        self.backup.show_view(view)
