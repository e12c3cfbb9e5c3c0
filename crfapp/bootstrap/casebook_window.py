"""The casebook as a page of the window, with what this person may do in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.source_marks import SourceActs
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


def casebook_page(at: Workplace, shell: Shell, room: PhotoRoom | None) -> Page:
    """The casebook; ``room`` has the photographs, where the study takes any."""
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
