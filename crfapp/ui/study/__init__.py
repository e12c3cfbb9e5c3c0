"""The Study page: what is recorded here, by which figures and versions."""

from __future__ import annotations

from crfapp.ui.study.page import StudyWindowPage
from crfapp.ui.study.versions import VersionsSection

__all__ = ["StudyWindowPage", "VersionsSection"]
