"""Completing a form and going on from it: nothing typed may be lost, nothing required forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.form_view import Obstacle

if TYPE_CHECKING:
    from crfapp.ui.casebook.entry import Entry
    from crfapp.ui.casebook.obstacles import Obstacles
    from crfapp.ui.fields import Say


class Closing:
    """Lists what stands in the way at the top of the form."""

    def __init__(self, obstacles: Obstacles, say: Say) -> None:
        self._obstacles, self._say = obstacles, say

    def complete(self, entry: Entry) -> bool:
        """Complete the form; False where something has to be done first."""
        if not self._all_saved(entry, self._say("Save or put back these answers first:"), leaving=False):
            return False
        self._obstacles.hide()
        found = entry.complete()
        if found:
            self._obstacles.show_obstacles(self._say("Before the form is complete:"), found, leaving=False)
        return not found and self._obstacles.isHidden()

    def may_leave(self, entry: Entry) -> bool:
        """Whether everything that was typed is saved."""
        return self._all_saved(entry, self._say("Not saved yet:"), leaving=True)

    def give_up(self, entry: Entry) -> None:
        """Put back what could not be saved."""
        for question in entry.unsaved():
            question.editor.revert()
        self._obstacles.hide()

    def say_refused(self, sentence: str) -> None:
        """Something about the form as a whole was refused."""
        self._obstacles.show_obstacles(sentence, (), leaving=False)

    def _all_saved(self, entry: Entry, sentence: str, *, leaving: bool) -> bool:
        unsaved = entry.unsaved()
        if unsaved:
            listed = [Obstacle(q.cell, f"{q.name}: {q.editor.raw()}") for q in unsaved]
            self._obstacles.show_obstacles(sentence, listed, leaving=leaving)
        return not unsaved
