"""The Administration page: people, backup."""

from __future__ import annotations

from crfapp.ui.administration.page import AdministrationWindowPage

__all__ = ["AdministrationWindowPage"]
