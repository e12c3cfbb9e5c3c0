"""The Study page with the versions at the site, and the walk through the forms, for the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.present.study_page import StudyPage
from crfapp.ui.preview import PreviewWindowPage
from crfapp.ui.study import StudyWindowPage, VersionsSection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.preview_page import Preview
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


def study_pages(
    at: Workplace, shell: Shell, site: OpenSite | None, texts_in: Callable[[str], Texts]
) -> Sequence[Page]:
    """Both pages; without records behind the window, as in tests of the frame, no versions are shown."""

    def begin() -> Preview:
        from crfapp.present.preview_page import Preview  # its trial is made for whoever looks

        return Preview(at.study.in_force, at.today, texts_in, at.texts)

    versions = None
    if site is not None:
        from crfapp.bootstrap.amending import SiteAmendments
        from crfapp.present.study_amendments import StudyAmendments

        versions = VersionsSection(
            at.texts, StudyAmendments(at, shell.lane, SiteAmendments(site)), Path.home()
        )
    page = StudyWindowPage(StudyPage(at), shell, at.texts, versions=versions)
    return (page, PreviewWindowPage(begin, at.texts))
