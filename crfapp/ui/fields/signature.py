"""The place of a signature."""

from __future__ import annotations

from crfapp.ui.fields.static import RemarkEditor


class SignatureEditor(RemarkEditor):
    """Says that signatures are not given here."""

    icon = "signed"

    def sentence(self) -> str:
        """One honest sentence."""
        return self.say("Signatures are not given on this page in this version.")
