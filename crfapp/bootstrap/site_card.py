"""The card of a site, for a centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.bootstrap.joining import register_this
from crfapp.bootstrap.node_keys import node_key
from crfapp.exchange.cards import SiteAsKnown, write_card

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.roles import Actor


def write_site_card(opened: OpenSite, actor: Actor, target: Path) -> SiteAsKnown:
    """Write the card of this site for a centre; from here on this workstation is registered at the site.

    EXPORT_EXISTS, NOT_ALLOWED, FOLDER_REFUSED and the like.
    """
    register_this(opened, actor)
    site, key = opened.desk.site, node_key(opened.store, opened.store.folder.card.code)
    named = (site.site, site.code, site.name, site.study, opened.store.workstation.node)
    card = SiteAsKnown(*named, key.certificate.armored)
    write_card(card, target)
    return card
