"""The Safety page, put together for whoever is in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


def safety_page(at: Workplace, shell: Shell, site: OpenSite | None) -> Page:
    """For everybody; papers are made where there is an open site behind it."""
    from crfapp.bootstrap.notice_desk import NoticesAtHand
    from crfapp.present.safety_page import SafetyPage, SafetyParts
    from crfapp.ui.safety import SafetyWindowPage

    desk = NoticesAtHand(site, at.actor) if site is not None else None
    return SafetyWindowPage(SafetyPage(at, SafetyParts(shell.lane, desk, Path.home())), shell, at.texts)
