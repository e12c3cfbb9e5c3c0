"""The place of a signature: who signed, when and what was meant; nothing is typed here."""

from __future__ import annotations

from crfapp.ui.fields.static import RemarkEditor


class SignatureEditor(RemarkEditor):
    """Shows the signature, or says where it is given."""

    icon = "signed"

    def sentence(self) -> str:
        """What stands here before it is signed."""
        return self.say("Not signed yet. Signatures are given on the Signing page.")

    def draw_text(self, text: str) -> None:
        """The signature in full: name, role, time with its zone, meaning, and whether it is outdated."""
        words = text or self.sentence()
        self.words.setText(words)
        self.words.set_tone("text" if text else "muted")
        self.setAccessibleDescription(words)
