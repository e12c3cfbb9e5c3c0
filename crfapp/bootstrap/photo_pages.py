"""The pages about photographs, put together for whoever is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.bootstrap.photo_desk import SitePhotographs
from crfapp.present.photo_room import PhotoRoom

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Lane
    from crfapp.present.workplace import Workplace


def photo_room(at: Workplace, lane: Lane, site: OpenSite | None) -> PhotoRoom | None:
    """The site's photographs; None where the study takes none, or nobody is behind the door."""
    if site is None or at.study.head.photographs is None:
        return None
    return PhotoRoom(SitePhotographs(site), lane, at.texts)
