"""A window for the tests of the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from tests.support.entrance_fakes import FakeDoor
from tests.support.window_fakes import Workbench
from tests.ui.shell.clinic_window import ClinicWindow, tiny_clinic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def closed(qtbot: QtBot, tmp_path: Path) -> Iterator[ClinicWindow]:
    """A window that was not opened yet, so that a test can lay things out first."""
    clinic = tiny_clinic()
    door = FakeDoor(clinic, tmp_path)
    made = ClinicWindow(qtbot, Workbench(clinic, tmp_path, door=door), door)
    yield made
    if hasattr(made, "window"):
        door.ready.set()
        made.close()
    app = cast("QApplication", QApplication.instance())
    app.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture
def clinic_window(closed: ClinicWindow) -> ClinicWindow:
    """A window in front of the door."""
    closed.open()
    return closed
