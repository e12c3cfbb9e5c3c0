"""The preview of a study: its forms on a trial desk, and why each question stands as it does."""

from __future__ import annotations

from crfapp.ui.preview.page import PreviewWindowPage

__all__ = ["PreviewWindowPage"]
