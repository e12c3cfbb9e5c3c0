"""Certified copies as the Exchange page asks for them; what they need is loaded when one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.own_copies import CopyCode

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Steps
    from crfapp.present.package_desk import Waiting
    from crfapp.work.roles import Actor


class CertifiedCopies:
    """Implements :class:`crfapp.present.own_copies.CopyDesk` for whoever is in."""

    def __init__(self, opened: OpenSite, actor: Actor) -> None:
        self._opened, self._actor = opened, actor

    def make(self, folder: Path, language: str, steps: Steps) -> str:
        """Make one in a folder."""
        from crfapp.bootstrap.beside import beside
        from crfapp.bootstrap.copying import make_copy

        return make_copy(beside(self._opened, steps), self._actor, folder, language=language).path.name

    def review(self, file: Path, sha256: str, secret: str, steps: Steps) -> None:
        """Prove one and record that it was looked through."""
        from crfapp.bootstrap.beside import beside
        from crfapp.bootstrap.copying import review_copy

        review_copy(beside(self._opened, steps), self._actor, file, secret, sha256=sha256)

    def code(self) -> CopyCode:
        """What opens them."""
        from crfapp.bootstrap.copying import copy_code

        secret = copy_code(self._opened, self._actor)
        return CopyCode(secret.text, secret.name)

    def since(self, stamp: str) -> Waiting:
        """What was recorded since a moment."""
        from crfapp.bootstrap.waiting import recorded_since

        return recorded_since(self._opened, stamp)
