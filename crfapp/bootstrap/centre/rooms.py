"""The pages of a centre's window: its own, and those of the site whose records are open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.bootstrap.centre.door import CentreDoor
from crfapp.bootstrap.window import Rooms
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.other_workstations import CarryOut
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


class CentreRooms(Rooms):
    """The pages, made for whoever is in and for what they work on."""

    def pages(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        """The Centre page with audit and people of the centre; or a site's records, read and asked about."""
        from crfapp.bootstrap.centre.at_hand import CentreAtHand
        from crfapp.present.centre_arriving import CentreArriving
        from crfapp.present.centre_giving import CentreCards, CentreHandOut
        from crfapp.present.centre_page import CentrePage
        from crfapp.ui.centre import BackToCentre, CentreMore, CentreWindowPage

        door = self.door
        if not isinstance(door, CentreDoor) or door.site is None:
            return ()
        desk = CentreAtHand(door, at.actor)
        if door.behind(at) is not door.site:
            others = tuple((one.site, one.code, one.name) for one in desk.sites())
            return (BackToCentre(shell, at.texts, others), *self._of_a_site(at, shell))
        presenter, may = CentrePage(at, shell.lane, desk), at.actor.may
        more = CentreMore(
            arriving=CentreArriving(at, shell.lane, desk, presenter.refresh) if may(Right.RECEIVE) else None,
            hand_out=CentreHandOut(at, shell.lane, desk) if may(Right.EXPORT) else None,
            cards=CentreCards(at, desk, presenter.refresh) if may(Right.SEND) else None,
        )
        return (
            CentreWindowPage(presenter, more, shell, Path.home()),
            *self._audit(at, shell),
            *self._people(at, shell),
        )

    def rounds(self, _at: Workplace) -> CarryOut | None:
        """A centre has no other workstations."""
        return None

    def _of_a_site(self, at: Workplace, shell: Shell) -> Sequence[Page]:
        from crfapp.present.board import Board
        from crfapp.present.casebook_page import CasebookPage
        from crfapp.present.queries_page import QueriesPage
        from crfapp.present.subjects_page import SubjectsPage
        from crfapp.ui.casebook.window_page import CasebookWindowPage
        from crfapp.ui.queries.page import QueriesWindowPage
        from crfapp.ui.subjects.page import SubjectsWindowPage

        return (
            SubjectsWindowPage(SubjectsPage(at, Board(at)), shell, at.texts),
            CasebookWindowPage(CasebookPage(at), shell, at.texts, None),
            QueriesWindowPage(QueriesPage(at), shell, at.texts),
            *self._monitoring(at),
            *self._audit(at, shell),
            *self._study(at, shell),
        )
