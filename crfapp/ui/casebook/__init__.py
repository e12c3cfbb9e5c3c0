"""The casebook page: visits, the open form, and everything about the question in focus."""

from __future__ import annotations

from crfapp.ui.casebook.form_view import FormView
from crfapp.ui.casebook.page import CasebookView

__all__ = ["CasebookView", "FormView"]
