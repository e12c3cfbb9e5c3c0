"""Cells that both tables of lesions have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ui.lists import CellView

if TYPE_CHECKING:
    from crfapp.present.lesion_view import StateWords


def state_cell(state: StateWords) -> CellView:
    """A state in its colour; one that needs no attention stands plain."""
    pill = "" if state.tone == "muted" else state.tone
    return CellView(state.words, "muted", pill=pill) if state.words else CellView()
