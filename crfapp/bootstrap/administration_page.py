"""The Administration page, put together for whoever administers the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.bootstrap.backup_desk import SiteBackups
from crfapp.bootstrap.inviting import SiteInvitations
from crfapp.bootstrap.key_papers import KeyPapers
from crfapp.bootstrap.package_desk import RoutesAtHand
from crfapp.present.administration import Administration
from crfapp.present.backups import Backups
from crfapp.present.route_setting import RouteSetting
from crfapp.present.rules import Rules
from crfapp.present.workstations import Workstations
from crfapp.ui.administration import AdministrationWindowPage

if TYPE_CHECKING:
    from crfapp.bootstrap.keeping import SiteCopies, SiteKeys
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.access import Access
    from crfapp.present.people import People
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


def administration_page(
    at: Workplace,
    shell: Shell,
    site: OpenSite,
    copies: SiteCopies,
    staff: tuple[SiteKeys, People, Access],
) -> Page:
    """People, access, rules, workstations, backups and the site itself."""
    keys, people, access = staff
    routes = RouteSetting(at, shell.lane, RoutesAtHand(site, at.actor))
    return AdministrationWindowPage(
        Administration(at, shell.lane, keys, copies),
        people,
        access,
        Rules(at),
        at.texts,
        workstations=Workstations(at, shell.lane, SiteInvitations(site, at.actor), routes),
        backups=Backups(at, shell.lane, SiteBackups(site, at.actor), KeyPapers(site, at.actor)),
    )
