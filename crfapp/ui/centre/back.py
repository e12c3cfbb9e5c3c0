"""The way back to the centre, and to its other sites, while the records of one site are open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crfapp.present.address import Address
from crfapp.present.palette import Action
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import KeyLine, Shell
    from crfapp.work.cases import Topic

SUBJECTS = Address("subjects")


class BackToCentre:
    """Implements :class:`crfapp.ui.shell.page.Page`: nothing is shown, it turns to the centre.

    ``others`` are the sites, (id, code, name): going to one of them by the palette takes one line.
    """

    key = "centre"
    icon = "switch"

    def __init__(self, shell: Shell, say: Texts, others: Sequence[tuple[str, str, str]]) -> None:
        self._shell, self._say, self._others = shell, say, others
        self.body = QWidget()

    @property
    def widget(self) -> QWidget:
        """An empty page, seen for the moment in which the centre's is made."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("All sites")

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """Nothing is shown."""

    def shown(self) -> None:
        """Go back."""
        self._shell.turn_to("", Address(self.key))

    def open(self, at: Address) -> None:
        """There is nothing to turn to."""

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """None of its own."""
        return ()

    def actions(self) -> Sequence[Action]:
        """Each of the sites."""
        say = self._say
        return tuple(
            Action(
                f"site-{code}",
                say("Open site {code}", code=isolated(code)),
                partial(self._shell.turn_to, site, SUBJECTS),
                detail=name,
                icon="place",
            )
            for site, code, name in self._others
        )
