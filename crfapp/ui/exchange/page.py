"""The Exchange page as the window shows it: packages, taking in, recipients, the workbook."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.present.palette import Action
from crfapp.ui.exchange.arriving import ArrivingSection
from crfapp.ui.exchange.casebooks import CasebooksSection
from crfapp.ui.exchange.copies import CopiesSection
from crfapp.ui.exchange.packages import PackagesSection
from crfapp.ui.exchange.recipients import RecipientsSection
from crfapp.ui.exchange.workbook import WorkbookSection
from crfapp.ui.people.sections import SectionedBody
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from crfapp.present.exchange_parts import ExchangeParts
    from crfapp.present.texts import Texts

_CARES = frozenset({Topic.SITE, Topic.SUBJECTS, Topic.EXPORTS, Topic.PACKAGES})


class ExchangeWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; its sections are reached by ``item`` of an address.

    ``folder`` is where files are proposed to stand.
    """

    key = "exchange"
    icon = "exchange"

    def __init__(self, parts: ExchangeParts, say: Texts, folder: Path) -> None:
        self._parts, self._say = parts, say
        self._stale: set[str] = set()
        self._count: int | None = None
        self.body = ExchangeBody(parts, say, folder)
        self._stale.update(self.body.sections)
        self.body.turned.connect(lambda _: self.shown())

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Exchange")

    def badge(self) -> int:
        """Recipients that this person can decide about, and those who have not answered for too long."""
        if self._count is None:
            recipients, packages = self._parts.recipients, self._parts.packages
            self._count = recipients.waiting() if recipients is not None else 0
            self._count += packages.alarms() if packages is not None else 0
        return self._count

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed."""
        if Topic.PACKAGES in topics:
            self._count = None
        if _CARES.intersection(topics):
            self._stale.update(self.body.sections)
            if self.body.isVisible():
                self._look()

    def shown(self) -> None:
        """Show how things stand now."""
        self._look()
        self.body.sections[self.body.section].begin()

    def open(self, at: Address) -> None:
        """Turn to a section."""
        if at.item:
            self.body.turn(at.item)
        if at.subject and self._parts.casebooks is not None:
            self._parts.casebooks.choose_subject(at.subject)

    def address(self) -> Address:
        """This page and its section."""
        return Address(self.key, item=self.body.section)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        return (KeyLine("Enter", self._say("next field, and in the last one do it")),)

    def actions(self) -> Sequence[Action]:
        """The other sections, by their names."""
        turn, here = self.body.turn, self._say("Exchange")
        return [
            Action(f"exchange-{key}", name, partial(turn, key), here, icon=self.icon)
            for key, name in self.body.names.items()
            if self.body.isVisible() and key != self.body.section
        ]

    def _look(self) -> None:
        """Look again at the section that is shown, where something changed since."""
        section, presenters = self.body.section, self._parts
        if section not in self._stale:
            return
        self._stale.discard(section)
        for key, presenter in (
            ("packages", presenters.packages),
            ("arriving", presenters.arriving),
            ("recipients", presenters.recipients),
            ("copies", presenters.copies),
            ("workbook", presenters.workbook),
            ("casebooks", presenters.casebooks),
        ):
            if key == section and presenter is not None:
                presenter.refresh()


Section = (
    PackagesSection | ArrivingSection | RecipientsSection | CopiesSection | WorkbookSection | CasebooksSection
)


class ExchangeBody(SectionedBody):
    """The sections that this person has to do with."""

    def __init__(self, parts: ExchangeParts, say: Texts, folder: Path) -> None:
        self.sections: dict[str, Section] = {}
        names: dict[str, str] = {}
        if parts.packages is not None:
            adds = parts.recipients is not None and parts.recipients.view.may_propose
            self.packages = PackagesSection(say, parts.packages, folder, adds=adds)
            self.sections["packages"], names["packages"] = self.packages, say("Packages")
        if parts.arriving is not None:
            self.arriving = ArrivingSection(say, parts.arriving, folder)
            self.sections["arriving"], names["arriving"] = self.arriving, say("Take in")
        if parts.recipients is not None:
            self.recipients = RecipientsSection(say, parts.recipients, folder)
            self.sections["recipients"], names["recipients"] = self.recipients, say("Recipients")
        if parts.copies is not None:
            self.copies = CopiesSection(say, parts.copies, folder)
            self.sections["copies"], names["copies"] = self.copies, say("Own copy")
        if parts.workbook is not None:
            self.workbook = WorkbookSection(say, parts.workbook, folder)
            self.sections["workbook"], names["workbook"] = self.workbook, say("Workbook")
        if parts.casebooks is not None:
            self.casebooks = CasebooksSection(say, parts.casebooks, folder)
            self.sections["casebooks"], names["casebooks"] = self.casebooks, say("Casebooks")
        self.names = names
        super().__init__(
            say("Exchange"), [(key, names[key], (section,)) for key, section in self.sections.items()]
        )
        if parts.packages is not None:
            self.packages.recipients_wanted.connect(lambda: self.turn("recipients"))
