"""The Administration page as the window shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.ui.administration.backups import BackupsSection
from crfapp.ui.administration.cards import BackupCard
from crfapp.ui.administration.clinic_days_card import ClinicDays
from crfapp.ui.administration.clock_card import Clock
from crfapp.ui.administration.person_card import PersonCard
from crfapp.ui.administration.workstations import WorkstationsSection
from crfapp.ui.people.access_card import AccessSection
from crfapp.ui.people.people_cards import PeopleSection
from crfapp.ui.people.rules_cards import RulesSection
from crfapp.ui.people.sections import SectionedBody
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.present.access import Access
    from crfapp.present.administration import Administration
    from crfapp.present.administration_view import AdministrationView
    from crfapp.present.backups import Backups
    from crfapp.present.palette import Action
    from crfapp.present.people import People
    from crfapp.present.rules import Rules
    from crfapp.present.texts import Texts
    from crfapp.present.workstations import Workstations

_CARES = frozenset({Topic.PEOPLE, Topic.SITE, Topic.PACKAGES, Topic.BACKUPS})


class AdministrationWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; its sections are reached by ``item`` of an address."""

    key = "administration"
    icon = "administration"

    def __init__(
        self,
        presenter: Administration,
        people: People,
        access: Access,
        rules: Rules,
        say: Texts,
        *,
        workstations: Workstations | None = None,
        backups: Backups | None = None,
    ) -> None:
        self._presenter, self._people, self._access, self._rules = presenter, people, access, rules
        self._workstations = workstations
        self._say = say
        self._adding, self._waiting = False, ""
        self._count: int | None = None
        section = WorkstationsSection(say, workstations, Path.home()) if workstations is not None else None
        safety = BackupsSection(say, backups, Path.home()) if backups is not None else None
        self.body = body = AdministrationBody(
            say, presenter, people, access, rules, workstations=section, backups=safety
        )
        body.person.typed.connect(self._show_rules)
        body.person.wanted.connect(self._add)
        body.person.other.clicked.connect(lambda: presenter.choose(""))
        body.people.password_wanted.connect(presenter.choose)
        body.backup.make.clicked.connect(presenter.copy_now)
        body.turned.connect(lambda _: self._look())
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
        """Accounts that wait for their password, or for somebody to let them try again."""
        if self._count is None:
            self._count = self._presenter.waiting_count()
        return self._count

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if Topic.PEOPLE in topics:
            self._count = None
        if _CARES.intersection(topics) and self.body.isVisible():
            self._look()

    def shown(self) -> None:
        """Show how things stand now."""
        self._look()
        if self.body.section == "people" and self._people.view.chosen is None:
            self.body.person.begin()

    def open(self, at: Address) -> None:
        """Turn to a section, and with ``row`` to somebody's card."""
        self.body.turn(at.item)
        if at.row:
            self.body.turn("people")
            self._people.choose(at.row)

    def address(self) -> Address:
        """This page and its section."""
        return Address(self.key, item=self.body.section)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        return (KeyLine("Enter", self._say("next field, and in the last one add the person")),)

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    def _look(self) -> None:
        """Look again at what is shown, and how much waits; a day is replayed only where it is looked at."""
        section, self._count = self.body.section, None
        if section == "people":
            self._people.refresh()
        elif section == "access":
            self._access.refresh()
        elif section == "rules":
            self._rules.refresh()
        elif section == "workstations" and self._workstations is not None:
            self._workstations.refresh()
        elif section == "backups":
            self._presenter.refresh()
            if self.body.safety is not None:
                self.body.safety.refresh()
        else:
            self._presenter.refresh()
            self.body.days.show_days()
            self.body.clock.show_clock()

    def _show_rules(self) -> None:
        person = self.body.person
        person.rules.show_rules(self._presenter.rules(person.filled()))
        person.questions["password"].refuse("")
        person.questions["again"].refuse("")

    def _add(self) -> None:
        self._presenter.add(self.body.person.filled())
        self.body.person.begin_at_refusal()

    def _show(self, view: AdministrationView) -> None:
        person = self.body.person
        was_adding, self._adding = self._adding, view.adding
        was_waiting, self._waiting = self._waiting, view.waiting
        if was_adding and not view.adding and (view.done or view.waiting):
            person.forget()
            self._look()
        elif view.waiting != was_waiting:
            person.forget_passwords()
        self.body.show_view(view)
        if view.waiting != was_waiting or (was_adding and view.done):
            self.body.ensureWidgetVisible(person)
            person.begin()


class AdministrationBody(SectionedBody):
    """People and the form for the next; access on a day; rules; workstations; days and copies of the site."""

    def __init__(
        self,
        say: Texts,
        presenter: Administration,
        people: People,
        access: Access,
        rules: Rules,
        *,
        workstations: WorkstationsSection | None = None,
        backups: BackupsSection | None = None,
    ) -> None:
        self.workstations, self.safety = workstations, backups
        self.people = PeopleSection(say, people)
        self.person = PersonCard(say, presenter.roles, presenter.site_name)
        self.access = AccessSection(say, access)
        self.rules = RulesSection(say, rules)
        self.backup = BackupCard(say)
        self.days = ClinicDays(say, presenter.clinic_days)
        self.clock = Clock(say, presenter.clock)
        super().__init__(
            say("Administration"),
            (
                ("people", say("People"), (self.people, self.person)),
                ("access", say("Access"), (self.access,)),
                ("rules", say("Rules"), (self.rules,)),
                *([("workstations", say("Workstations"), (workstations,))] if workstations else []),
                ("backups", say("Backups"), (self.backup, *([backups] if backups else []))),
                ("site", say("Site"), (self.days, self.clock, self.clock.found)),
            ),
        )

    def show_view(self, view: AdministrationView) -> None:
        """Show how the form and the copies stand."""
        self.person.show_view(view)
        self.backup.show_view(view)
