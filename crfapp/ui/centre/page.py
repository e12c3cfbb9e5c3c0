"""The Centre page as the window shows it: every site at a glance, and one of them from near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.ui.centre.back import SUBJECTS
from crfapp.ui.centre.giving import CardsSection, HandOutSection
from crfapp.ui.centre.sites import SitesSection
from crfapp.ui.exchange.arriving import ArrivingSection
from crfapp.ui.people.sections import SectionedBody
from crfapp.ui.shell.page import KeyLine

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from crfapp.present.centre_arriving import CentreArriving
    from crfapp.present.centre_giving import CentreCards, CentreHandOut
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

    def __init__(self, presenter: CentrePage, more: CentreMore, shell: Shell, folder: Path) -> None:
        say = self._say = presenter.workplace.texts
        self._presenter, self._more = presenter, more
        self._looked = False
        self.body = CentreBody(presenter, more, say, folder)
        self.body.sites.opened.connect(lambda site: shell.turn_to(site, SUBJECTS))
        self.body.sites.gone_to.connect(shell.turn_to)
        self.body.turned.connect(lambda _: self._turned())

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
        self._turned()

    def _turned(self) -> None:
        if self._more.arriving is not None and self.body.section == "arriving":
            self._more.arriving.refresh()
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


@dataclass(frozen=True, slots=True)
class CentreMore:
    """The other sections; None where this person has nothing to do with one."""

    arriving: CentreArriving | None = None
    hand_out: CentreHandOut | None = None
    cards: CentreCards | None = None


Section = SitesSection | ArrivingSection | HandOutSection | CardsSection


class CentreBody(SectionedBody):
    """The sections of the page."""

    def __init__(self, presenter: CentrePage, more: CentreMore, say: Texts, folder: Path) -> None:
        self.sites = SitesSection(say, presenter, folder)
        self.sections: dict[str, Section] = {"sites": self.sites}
        names = {"sites": say("Sites")}
        if more.arriving is not None:
            self.arriving = ArrivingSection(say, more.arriving, folder)
            self.arriving.nothing.setText(say("What came is listed with each site."))
            self.sections["arriving"], names["arriving"] = self.arriving, say("Take in")
            self.arriving.card.set_words(
                say(
                    "Packages of the sites. Each is examined whole before anything of it is taken in; what is"
                    " refused is kept. You can also drop files here."
                )
            )
        if more.hand_out is not None:
            self.hand_out = HandOutSection(say, more.hand_out, folder)
            self.sections["hand-out"], names["hand-out"] = self.hand_out, say("Hand out")
        if more.cards is not None:
            self.cards = CardsSection(say, more.cards, folder)
            self.sections["cards"], names["cards"] = self.cards, say("Cards")
        rooms = [(key, names[key], (section,)) for key, section in self.sections.items()]
        super().__init__(say("Centre"), rooms)

    def begin(self) -> None:
        """The keyboard goes to the first thing that can be done."""
        self.sections[self.section].begin()
