"""The Redaction page: one person asks that a text becomes unreadable, another one decides."""

from __future__ import annotations

from crfapp.ui.redaction.page import RedactionWindowPage

__all__ = ["RedactionWindowPage"]
