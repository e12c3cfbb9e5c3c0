"""The pages of a data centre."""

from __future__ import annotations

from crfapp.ui.centre.back import BackToCentre
from crfapp.ui.centre.page import CentreMore, CentreWindowPage

__all__ = ["BackToCentre", "CentreMore", "CentreWindowPage"]
