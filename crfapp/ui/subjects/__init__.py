"""The Subjects page: the casebook grid."""

from __future__ import annotations

from crfapp.ui.subjects.page import SubjectsWindowPage

__all__ = ["SubjectsWindowPage"]
