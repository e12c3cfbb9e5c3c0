"""The Exchange page, put together for whoever is in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.bootstrap.casebooks_at_hand import CasebooksAtHand
from crfapp.bootstrap.package_desk import PackagesAtHand, RoutesAtHand
from crfapp.bootstrap.site_copies import CertifiedCopies
from crfapp.present.arriving import Arriving
from crfapp.present.casebook_papers import CasebookPapers
from crfapp.present.exchange_page import ExchangePage
from crfapp.present.exchange_parts import ExchangeParts
from crfapp.present.own_copies import OwnCopies
from crfapp.present.packages_page import Packages
from crfapp.present.peers import compares_keys
from crfapp.present.recipients_page import Recipients
from crfapp.present.route_setting import RouteSetting
from crfapp.ui.exchange.page import ExchangeWindowPage
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.exchange_page import Snapshots
    from crfapp.present.lane import Lane
    from crfapp.present.workplace import Workplace


def exchange_page(
    at: Workplace, lane: Lane, site: OpenSite | None, snapshots: Snapshots
) -> ExchangeWindowPage:
    """The sections that this person has to do with; the workbook alone where there is nothing else."""
    may, workbook = at.actor.may, ExchangePage(at, lane, snapshots)
    if site is None:
        return ExchangeWindowPage(ExchangeParts(workbook=workbook), at.texts, Path.home())
    desk = PackagesAtHand(site, at.actor)
    routes = RouteSetting(at, lane, RoutesAtHand(site, at.actor))
    sends, takes = may(Right.SEND), may(Right.RECEIVE)
    parts = ExchangeParts(
        workbook=workbook if may(Right.EXPORT) or not (sends or takes) else None,
        packages=Packages(at, lane, desk) if sends else None,
        arriving=Arriving(at, lane, desk) if takes else None,
        recipients=Recipients(at, desk, routes) if compares_keys(at) else None,
        copies=OwnCopies(at, lane, CertifiedCopies(site, at.actor)) if _keeps_copies(at, site) else None,
        casebooks=CasebookPapers(at, lane, CasebooksAtHand(site, at.actor)) if may(Right.EXPORT) else None,
    )
    return ExchangeWindowPage(parts, at.texts, Path.home())


def _keeps_copies(at: Workplace, site: OpenSite) -> bool:
    """The site's own copies are for its people; whoever has a copy of the site makes none of it."""
    may = at.actor.may
    of_the_site = may(Right.RECORD) or may(Right.OVERSEE) or may(Right.ADMINISTER)
    return of_the_site and site.store.folder.card.sort == "site"
