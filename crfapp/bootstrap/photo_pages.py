"""The pages about photographs, put together for whoever is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.bootstrap.photo_desk import SitePhotographs
from crfapp.present.photo_room import PhotoRoom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Lane
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


def photo_room(at: Workplace, lane: Lane, site: OpenSite | None) -> PhotoRoom | None:
    """The site's photographs; None where the study takes none, or nobody is behind the door."""
    if site is None or at.study.head.photographs is None:
        return None
    return PhotoRoom(SitePhotographs(site), lane, at.texts)


def photo_pages(at: Workplace, shell: Shell, room: PhotoRoom | None) -> Sequence[Page]:
    """One photograph in full, and what is black in its copies."""
    if room is None:
        return ()
    from crfapp.present.photograph_page import PhotographPage
    from crfapp.ui.photograph import MaskWindowPage, PhotographWindowPage

    return (
        PhotographWindowPage(PhotographPage(at, room), shell, at.texts),
        MaskWindowPage(PhotographPage(at, room), shell, at.texts),
    )
