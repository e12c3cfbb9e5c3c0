"""Queries in the window: the page with all of them, and the thread that the casebook shows as well."""

from __future__ import annotations

from crfapp.ui.queries.page import QueriesWindowPage
from crfapp.ui.queries.thread_panel import AskPanel, ThreadPanel

__all__ = ["AskPanel", "QueriesWindowPage", "ThreadPanel"]
