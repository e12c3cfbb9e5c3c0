"""Joining a site from the first window of a workstation; what it needs is loaded when somebody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.present.entrance import Invited

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.bootstrap.door import SiteDoor
    from crfapp.store.invitation import InvitationFile
    from crfapp.store.wrapping import Cost
    from crfapp.work.ports import Clock


class SiteJoiner:
    """Implements :class:`crfapp.present.entrance.Joiner` for the folder in which the site will be."""

    def __init__(
        self, folder: Path, clock: Clock, *, cost: Cost | None = None, joined: Callable[[SiteDoor], None]
    ) -> None:
        self._folder, self._clock, self._cost, self._joined = folder, clock, cost, joined
        self._invitation: InvitationFile | None = None

    def open(self, file: Path, code: str) -> Invited:
        """Open an invitation with its code."""
        from crfapp.store.invitation import open_invitation

        self._invitation = open_invitation(file, code)
        inside = self._invitation.inside
        return Invited(f"{inside.card.study} · {inside.card.code} · {inside.label}", inside.login)

    def join(self, login: str, password: str, new: str) -> SiteDoor:
        """Begin the workstation; INVITATION_WRONG where none was opened."""
        from crfapp.bootstrap.joining import Newcomer, join

        if self._invitation is None:
            raise RefusedError(Code.INVITATION_WRONG)
        who = Newcomer(login, password, new)
        door = join(self._invitation, self._folder, who, self._clock, cost=self._cost)
        self._joined(door)
        return door
