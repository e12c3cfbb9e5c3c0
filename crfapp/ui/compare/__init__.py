"""Visits of one lesion side by side."""

from __future__ import annotations

from crfapp.ui.compare.page import CompareWindowPage

__all__ = ["CompareWindowPage"]
