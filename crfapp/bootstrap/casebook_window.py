"""The casebook and the lesions of its subject as pages of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.bootstrap.lesion_pages import lesion_pages
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.source_marks import SourceActs
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


def casebook_pages(at: Workplace, shell: Shell, room: PhotoRoom | None) -> Sequence[Page]:
    """The casebook, and lesions where the study follows some; ``room`` has the photographs, if any."""
    return (_casebook(at, shell, room), *lesion_pages(at, shell, room))


def _casebook(at: Workplace, shell: Shell, room: PhotoRoom | None) -> Page:
    from crfapp.present.casebook_page import CasebookPage
    from crfapp.ui.casebook.window_page import CasebookWindowPage

    return CasebookWindowPage(
        CasebookPage(at, room),
        shell,
        at.texts,
        _source(at),
        prints=at.actor.may(Right.EXPORT),
        lesions=at.study.head.targets is not None,
    )


def _source(at: Workplace) -> SourceActs | None:
    """The keys of verification in the casebook, for whoever verifies."""
    if not at.actor.may(Right.VERIFY):
        return None
    from crfapp.present.source_marks import SourceActs

    return SourceActs(at)
