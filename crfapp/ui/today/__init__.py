"""The Today page."""

from __future__ import annotations

from crfapp.ui.today.page import TodayWindowPage

__all__ = ["TodayWindowPage"]
