"""The Centre page as the window shows it: every site at a glance, and one of them from near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from crfapp.present.address import Address
from crfapp.ui.centre.back import SUBJECTS
from crfapp.ui.centre.sites import SitesSection
from crfapp.ui.people.sections import SectionedBody
from crfapp.ui.shell.page import KeyLine

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from crfapp.present.centre_page import CentrePage
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell
    from crfapp.work.cases import Topic


class CentreWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; its sections are reached by ``item`` of an address.

    ``subject`` of an address is the id of a site here. ``folder`` is where files are proposed to stand.
    """

    key = "centre"
    icon = "place"

    def __init__(self, presenter: CentrePage, shell: Shell, say: Texts, folder: Path) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._looked = False
        self.body = CentreBody(presenter, say, folder)
        self.body.sites.opened.connect(lambda site: shell.turn_to(site, SUBJECTS))
        self.body.sites.gone_to.connect(shell.turn_to)
        self.body.turned.connect(lambda _: self.body.begin())

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Centre")

    def badge(self) -> int:
        """How many sites have to be called."""
        return self._presenter.alarms()

    def refresh(self, topics: Collection[Topic]) -> None:
        """What is shown is read from the parts of the sites when the page is shown, and after each act."""

    def shown(self) -> None:
        """Show how things stand now."""
        if not self._looked:
            self._looked = True
            self._presenter.refresh()
        self.body.begin()

    def open(self, at: Address) -> None:
        """Turn to a section, or to a site."""
        if at.item:
            self.body.turn(at.item)
        if at.subject:
            self._presenter.choose(at.subject)

    def address(self) -> Address:
        """This page, its section and the chosen site."""
        chosen = self._presenter.view.chosen
        return Address(self.key, subject=chosen.site if chosen is not None else "", item=self.body.section)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("↑ ↓", say("next or previous site")),
            KeyLine("Enter", say("look at the site from near")),
            KeyLine("Ctrl+Enter", say("open the records of the site")),
            KeyLine("/", say("find a site by code or name")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()


class CentreBody(SectionedBody):
    """The sections of the page."""

    def __init__(self, presenter: CentrePage, say: Texts, folder: Path) -> None:
        self.sites = SitesSection(say, presenter, folder)
        super().__init__(say("Centre"), [("sites", say("Sites"), (self.sites,))])

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sites.begin()
