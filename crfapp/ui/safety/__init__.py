"""The Safety page: what the sponsor waits for, the events of the site, stop rules."""

from __future__ import annotations

from crfapp.ui.safety.page import SafetyWindowPage

__all__ = ["SafetyWindowPage"]
