"""What leaves a site as a file, for the command line: the workbook, the audit trail, signatures."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.bootstrap.casebook_desk import CasebookDesk
    from crfapp.bootstrap.copy_desk import CopyDesk
    from crfapp.bootstrap.packaging import Packaging
    from crfapp.bootstrap.sending import Sending
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.parts import Credentials, ExportReport, TrailReport, TrailWish


class HandingOut:
    """Implements :class:`crfapp.cli.parts.HandingOut`; ``enter`` opens a site for whoever has a password."""

    def __init__(self, enter: Callable[[Path, Credentials], OpenSite]) -> None:
        self._enter = enter

    @property
    def copying(self) -> CopyDesk:
        """The site's own copies, comparing, open formats."""
        from crfapp.bootstrap.copy_desk import CopyDesk

        return CopyDesk(self._enter)

    @property
    def packaging(self) -> Packaging:
        """Making packages, and looking into them."""
        from crfapp.bootstrap.packaging import Packaging

        return Packaging(self._enter)

    @property
    def packages(self) -> Sending:
        """What goes over routes."""
        from crfapp.bootstrap.sending import Sending

        return Sending(self._enter)

    @property
    def casebooks(self) -> CasebookDesk:
        """Casebooks on paper, and the inspector's folder."""
        from crfapp.bootstrap.casebook_desk import CasebookDesk

        return CasebookDesk(self._enter)

    def workbook(
        self, site: Path, who: Credentials, target: Path, password: str, language: str
    ) -> ExportReport:
        """Hand a workbook over."""
        from crfapp.bootstrap.exporting import export_from

        with closing(self._enter(site, who)) as opened:
            return export_from(opened, opened.actor(who.login), target, password, language)

    def trail(self, site: Path, who: Credentials, wish: TrailWish) -> TrailReport:
        """Write the audit trail."""
        from crfapp.bootstrap.trail_exporting import trail_from

        with closing(self._enter(site, who)) as opened:
            return trail_from(opened, opened.actor(who.login), wish)

    def signatures(self, site: Path, who: Credentials, out: Path) -> int:
        """Write every signature with what was signed; how many."""
        from crfapp.bootstrap.signatures import write_signatures

        with closing(self._enter(site, who)) as opened:
            return write_signatures(opened, opened.actor(who.login), out)
