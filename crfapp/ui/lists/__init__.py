"""Short tables on cards: rows that are opened by a press or by Enter."""

from __future__ import annotations

from crfapp.ui.lists.table_card import CellView, Column, TableCard

__all__ = ["CellView", "Column", "TableCard"]
