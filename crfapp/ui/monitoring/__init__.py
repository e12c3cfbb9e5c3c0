"""The Monitoring page: the worklist, one form beside its source, progress, and the visits of monitors."""

from __future__ import annotations

from crfapp.ui.monitoring.page import MonitoringWindowPage

__all__ = ["MonitoringWindowPage"]
