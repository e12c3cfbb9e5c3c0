"""PySide6 6.12 takes a reference of None with every call on Python 3.11, until the program aborts."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = 1000
NOISE = 50
"""The interpreter's own comings and goings."""


def references_lost(call: Callable[[], object]) -> int:
    """How many references of None a thousand calls cost."""
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(None)


def test_a_thousand_qt_calls_leave_none_alone(qapp: QObject) -> None:
    thing = QObject(qapp)
    assert references_lost(lambda: thing.setObjectName("weight")) < NOISE
    assert references_lost(lambda: thing.blockSignals(False)) < NOISE
    thing.deleteLater()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_the_count_shows_a_call_that_takes_references() -> None:
    none = ctypes.py_object(None)
    lost = references_lost(lambda: ctypes.pythonapi.Py_DecRef(none))
    for _ in range(CALLS):
        ctypes.pythonapi.Py_IncRef(none)
    assert lost > CALLS - NOISE
