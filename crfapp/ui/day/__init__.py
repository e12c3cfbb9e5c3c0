"""The page of an injection day."""

from __future__ import annotations

from crfapp.ui.day.page import DayWindowPage

__all__ = ["DayWindowPage"]
