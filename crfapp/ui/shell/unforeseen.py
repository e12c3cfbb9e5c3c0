"""An error that no page was ready for is said in the window; the window goes on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from shiboken6 import isValid

from crfapp.base.unforeseen import as_problem

if TYPE_CHECKING:
    from types import TracebackType

    from crfapp.ui.shell.main_window import MainWindow


def say_unforeseen(window: MainWindow) -> None:
    """Have everything that goes wrong unheard said above the pages from now on.

    Qt hands an error in whatever a key, a click or a timer set off to the hook of Python, and goes on. Where
    it came from goes to standard error as before: it may hold what somebody typed, and is kept nowhere.
    """
    before = sys.excepthook

    def heed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before(kind, error, trace)
        if isinstance(error, Exception) and isValid(window) and window.doorway.session is not None:
            window.doorway.session.tell(as_problem(error))

    sys.excepthook = heed
