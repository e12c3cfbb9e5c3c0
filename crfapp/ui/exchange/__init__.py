"""The Exchange page: handing a workbook to the sponsor."""

from __future__ import annotations

from crfapp.ui.exchange.page import ExchangeWindowPage

__all__ = ["ExchangeWindowPage"]
