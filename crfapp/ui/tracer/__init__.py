"""Tracing a lesion on a photograph."""

from __future__ import annotations

from crfapp.ui.tracer.board import TraceBoard
from crfapp.ui.tracer.page import TracerWindowPage

__all__ = ["TraceBoard", "TracerWindowPage"]
