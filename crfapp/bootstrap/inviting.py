"""Invitations as the Administration page asks for them; what they need is loaded when one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.workstations import InvitationMade

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Steps
    from crfapp.work.roles import Actor


class SiteInvitations:
    """Implements :class:`crfapp.present.workstations.Inviting` for whoever is in."""

    def __init__(self, opened: OpenSite, actor: Actor) -> None:
        self._opened, self._actor = opened, actor

    def invite(self, target: Path, label: str, *, copy_of: str, steps: Steps) -> InvitationMade:
        """Register a workstation, or somebody's own copy, and write its invitation."""
        from crfapp.bootstrap.beside import beside
        from crfapp.bootstrap.joining import invite

        made = invite(beside(self._opened, steps), self._actor, target, label, copy_of=copy_of)
        return InvitationMade(made.label, made.code, made.short_code)

    def code(self, fingerprint: str) -> str:
        """What two people compare of a fingerprint."""
        from crfapp.exchange.openpgp import short_code

        return short_code(fingerprint)
