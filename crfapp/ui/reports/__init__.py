"""The Reports page."""

from crfapp.ui.reports.page import ReportsWindowPage

__all__ = ["ReportsWindowPage"]
