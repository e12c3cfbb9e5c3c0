"""The pages about photographs, put together for whoever is in."""

from __future__ import annotations

from pathlib import Path
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
    """One photograph in full, what is black in its copies, visits side by side, and tracing areas."""
    if room is None:
        return ()
    from crfapp.present.compare_photographs import ComparePage
    from crfapp.present.photograph_page import PhotographPage
    from crfapp.ui.compare import CompareWindowPage
    from crfapp.ui.photograph import MaskWindowPage, PhotographWindowPage

    return (
        PhotographWindowPage(PhotographPage(at, room), shell, at.texts),
        MaskWindowPage(PhotographPage(at, room), shell, at.texts),
        CompareWindowPage(ComparePage(at, room, WholeFiles()), shell, at.texts, Path.home()),
        *_tracer(at, shell, room),
    )


def _tracer(at: Workplace, shell: Shell, room: PhotoRoom) -> Sequence[Page]:
    """Tracing areas on photographs, for everybody who sees photographs; none where the study has none."""
    if at.study.head.targets is None:
        return ()
    from crfapp.present.tracer_page import TracerPage
    from crfapp.ui.tracer import TracerWindowPage

    return (TracerWindowPage(TracerPage(at, room), shell, at.texts),)


class WholeFiles:
    """Implements :class:`crfapp.present.compare_photographs.SheetFiles`."""

    def put(self, pdf: bytes, target: Path) -> str:
        """Write it whole or not at all, and nothing over what is there."""
        from crfapp.exchange.whole_file import put_whole, refuse_existing

        refuse_existing(target)
        return put_whole(target, pdf)
