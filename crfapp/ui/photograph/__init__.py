"""One photograph in full, and the rectangles that are black in its copies."""

from __future__ import annotations

from crfapp.ui.photograph.look_page import PhotographWindowPage
from crfapp.ui.photograph.mask_page import MaskWindowPage

__all__ = ["MaskWindowPage", "PhotographWindowPage"]
