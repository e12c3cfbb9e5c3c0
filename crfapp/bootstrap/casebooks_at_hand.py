"""Casebooks as the Exchange page asks for them; what they need is loaded when one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.lane import Steps
    from crfapp.work.roles import Actor


class CasebooksAtHand:
    """Implements :class:`crfapp.present.casebook_papers.CasebookPrinter` for whoever is in."""

    def __init__(self, opened: OpenSite, actor: Actor) -> None:
        self._opened, self._actor = opened, actor

    def make(
        self, subjects: Sequence[str], folder: Path, steps: Steps, *, language: str, whole: bool
    ) -> Sequence[str]:
        """Make one file for each subject, read and drawn beside the window."""
        from crfapp.bootstrap.beside import beside
        from crfapp.bootstrap.casebooks import file_name, make_casebook, subjects_named

        other, names = beside(self._opened, steps), []
        for number, subject in enumerate(subjects_named(other, subjects)):
            steps.step(number, len(subjects), subject.number)
            out = folder / file_name(other, subject, whole=whole)
            names.append(
                make_casebook(other, self._actor, subject, out, language=language, whole=whole).path.name
            )
        return names
