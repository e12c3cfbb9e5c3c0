"""The Study page: what is recorded here, and by which figures."""

from __future__ import annotations

from crfapp.ui.study.page import StudyWindowPage

__all__ = ["StudyWindowPage"]
