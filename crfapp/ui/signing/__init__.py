"""The Signing page, and the dialog in which anything is signed."""

from __future__ import annotations

from crfapp.ui.signing.dialog import ask_signature
from crfapp.ui.signing.page import SigningWindowPage

__all__ = ["SigningWindowPage", "ask_signature"]
