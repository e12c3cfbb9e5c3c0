"""Qualification as the command line asks for it; what it takes is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.marking import N_

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.cli.qualify_parts import Qualified, QualifyWish, SignedFile
    from crfapp.exchange.openpgp import SecretKey
    from crfapp.qualify.reports import Told


class Qualification:
    """Implements :class:`crfapp.cli.qualify_parts.Qualifying`."""

    def installation(self, wish: QualifyWish) -> Qualified:
        """Whether the program is installed as it was made, and this machine is fit for it."""
        from crfapp.qualify.installation import installation_findings, site_of
        from crfapp.qualify.reports import write_report

        with site_of(wish) as opened:
            findings = list(installation_findings(wish.site, opened))
            told, key = _told("installation", wish, opened), _key(opened)
        return write_report(told, findings, wish.out, wish.language, key)

    def operation(self, wish: QualifyWish) -> Qualified:
        """Whether it does on this machine what it promises; of the real records only the bytes are read."""
        from crfapp.bootstrap.ground import site_folder
        from crfapp.qualify.installation import site_of
        from crfapp.qualify.operation import operation_findings
        from crfapp.qualify.reports import write_report
        from crfapp.qualify.untouched import Untouched

        with site_of(wish) as opened:
            told, key = _told("operation", wish, opened), _key(opened)
        untouched = Untouched(wish.site or site_folder())
        findings = [*operation_findings(), *untouched.findings()]
        return write_report(told, findings, wish.out, wish.language, key)

    def verify(self, file: Path) -> SignedFile:
        """A file of a report with its signature."""
        from crfapp.qualify.reports import verify_report

        return verify_report(file)

    def save_until_killed(self, folder: Path, most_bytes: int) -> None:
        """Found a made-up site in an empty folder and go on saving."""
        from crfapp.qualify.saving import save_until_killed

        save_until_killed(folder, most_bytes)


def _told(kind: str, wish: QualifyWish, opened: OpenSite | None) -> Told:
    from crfapp.bootstrap.ground import site_folder
    from crfapp.present.about import this_build
    from crfapp.qualify.reports import Told

    card = opened.store.folder.card if opened else None
    by = opened.actor(wish.who.login).name if opened and wish.who else ""
    more = {N_("Folder of the records"): str(wish.site or site_folder())}
    return Told(kind, f"{card.study} {card.code}" if card else "", by, this_build(), more)


def _key(opened: OpenSite | None) -> SecretKey | None:
    from crfapp.bootstrap.node_keys import node_key

    return node_key(opened.store, opened.store.folder.card.code) if opened else None
