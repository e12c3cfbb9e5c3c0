"""The place of a photograph."""

from __future__ import annotations

from crfapp.ui.fields.static import RemarkEditor


class PhotoEditor(RemarkEditor):
    """Says that photographs are not taken here."""

    icon = "camera"

    def sentence(self) -> str:
        """One honest sentence."""
        return self.say("Photographs are not taken on this page in this version.")
