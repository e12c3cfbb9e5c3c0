"""The window as people have it, on an encrypted site with many subjects, somebody logged in."""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.window import window_parts
from crfapp.ui.picturing import _log_in, _quiet, _window, settle
from crfapp.ui.running import application
from crfapp.ui.shell.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.ui.shell.main_window import MainWindow

_BATCH, _PATIENCE = 20, 600


def populated(folder: Path, subjects: int, events: int) -> str:
    """A site of the flagship with as many copies of its example subject; the nurse's password.

    What makes it is imported here: whoever only looks needs less memory.
    """
    from tests.bench.workbook_site import append_subject, template_of
    from tests.support.real_site import NURSE_PASSWORD, at_work, flagship_site

    key, template = flagship_site(folder), template_of(events)
    with at_work(folder, key) as opened:
        for first in range(0, subjects, _BATCH):
            with opened.store.ledger.transaction() as running:
                for number in range(first, min(subjects, first + _BATCH)):
                    append_subject(running, template, number, opened.store.workstation.node)
    return NURSE_PASSWORD


@contextmanager
def nurse_at_work(folder: Path, password: str) -> Iterator[MainWindow]:
    """The window after the nurse has come in."""
    application()
    qInstallMessageHandler(_quiet)
    window = _window(window_parts(folder, SystemClock()))
    _log_in(window, "rania", password)
    for _ in range(_PATIENCE):  # a busy machine takes its time over a password
        if not isinstance(window.centralWidget(), Frame):
            settle(100)
    settle(300)
    yield window
    window.close()
    settle()


def alive() -> dict[str, int]:
    """How many objects there are: of Qt, of them widgets, of ours in Python, and of all."""
    QApplication.sendPostedEvents(None, 0)
    gc.collect()
    everything = gc.get_objects()
    ours = sum(1 for one in everything if str(type(one).__module__).startswith("crfapp."))
    of_qt = [one for one in everything if isinstance(one, QObject)]
    shown = sum(isinstance(one, QWidget) for one in of_qt)
    widgets = len(QApplication.allWidgets())
    return {
        "widgets": widgets,
        "qobjects": len(of_qt),
        "widgets_wrapped": shown,
        "ours": ours,
        "objects": len(everything),
    }


def kinds() -> Counter[str]:
    """How many objects of each kind there are, to see what grows."""
    return Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())
