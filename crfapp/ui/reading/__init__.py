"""The reading desk as the window shows it."""

from crfapp.ui.reading.page import ReadingWindowPage

__all__ = ["ReadingWindowPage"]
