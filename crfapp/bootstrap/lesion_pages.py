"""The pages of lesions, for studies that follow some."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.workplace import Workplace
    from crfapp.ui.shell.page import Page, Shell


def lesion_pages(at: Workplace, shell: Shell, room: PhotoRoom | None) -> Sequence[Page]:
    """A subject's lesions on the body map, and each with its course; ``room`` has the photographs."""
    from crfapp.present.lesion_page import LesionPage, follows_lesions

    if not follows_lesions(at):
        return ()
    from crfapp.ui.lesion import LesionWindowPage

    return (LesionWindowPage(LesionPage(at), shell, at.texts, room),)
