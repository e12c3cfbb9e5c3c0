"""The People page: who has which duties, who is who, and who could do what on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.ui.people.access_card import AccessSection
from crfapp.ui.people.delegation_card import DelegationSection
from crfapp.ui.people.people_cards import PeopleSection
from crfapp.ui.people.sections import SectionedBody
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.present.access import Access
    from crfapp.present.delegation_log import DelegationLog
    from crfapp.present.palette import Action
    from crfapp.present.people import People
    from crfapp.present.texts import Texts
    from crfapp.ui.people.delegation_card import SignLine

PEOPLE_PAGE = "people"


class PeopleWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; its sections are reached by ``item`` of an address."""

    key = PEOPLE_PAGE
    icon = "people"

    def __init__(
        self,
        log: DelegationLog,
        people: People,
        access: Access,
        say: Texts,
        sign: SignLine | None = None,
    ) -> None:
        self._log, self._people, self._access, self._say = log, people, access, say
        self.delegation = DelegationSection(say, log, sign)
        self.people = PeopleSection(say, people)
        self.access = AccessSection(say, access)
        self.body = SectionedBody(
            say("People"),
            (
                ("delegation", say("Delegation log"), (self.delegation,)),
                ("people", say("People"), (self.people,)),
                ("access", say("Access"), (self.access,)),
            ),
        )
        self.body.turned.connect(lambda _: self.shown())

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("People")

    def badge(self) -> int:
        """Nothing waits here that Today does not tell."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if {Topic.PEOPLE, Topic.SITE}.intersection(topics) and self.body.isVisible():
            self.shown()

    def shown(self) -> None:
        """Show how things stand now; the day of a report is replayed only where it is looked at."""
        if self.body.section == "access":
            self._access.refresh()
        elif self.body.section == "people":
            self._people.refresh()
        else:
            self._log.refresh()

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
        say = self._say
        return (KeyLine("↑ ↓", say("next or previous line")), KeyLine("Enter", say("open the line")))

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()
