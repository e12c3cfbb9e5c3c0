"""An error in a key or a timer is said in the window, and the window goes on."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QWidget

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.ui.shell.unforeseen import say_unforeseen

if TYPE_CHECKING:
    from crfapp.ui.shell.main_window import MainWindow


class Told(QWidget):
    """A window that keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[Code] = []
        self.doorway = SimpleNamespace(session=self)

    def tell(self, problem: AppProblem) -> None:
        self.codes.append(problem.code)


@pytest.mark.usefixtures("qapp")
def test_what_goes_wrong_unheard_is_told_as_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    before, window = [], Told()
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: before.append(kind))
    say_unforeseen(cast("MainWindow", window))
    sys.excepthook(MemoryError, MemoryError(), None)
    sys.excepthook(AppProblem, EnvironmentProblem(Code.DISK_FAILS), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert window.codes == [Code.MEMORY_FULL, Code.DISK_FAILS]
    assert before == [MemoryError, AppProblem, KeyboardInterrupt]
