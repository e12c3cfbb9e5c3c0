"""The audit trail as people read it: filters, ready questions, lines, reviews, and a form as it was."""

from __future__ import annotations

from crfapp.ui.audit.page import AuditWindowPage
from crfapp.ui.audit.past_page import PastWindowPage

__all__ = ["AuditWindowPage", "PastWindowPage"]
