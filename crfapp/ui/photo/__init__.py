"""A photograph on the screen: shown, zoomed, moved, drawn over."""

from __future__ import annotations

from crfapp.ui.photo.canvas import Hand, PhotoCanvas
from crfapp.ui.photo.pane import read_picture
from crfapp.ui.photo.placement import Look, Placement

__all__ = ["Hand", "Look", "PhotoCanvas", "Placement", "read_picture"]
