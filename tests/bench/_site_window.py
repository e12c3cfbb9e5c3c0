"""The window as people have it, on an encrypted site with many subjects, somebody logged in."""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from crfapp.bootstrap.ground import SystemClock
from crfapp.bootstrap.window import window_parts
from crfapp.ui.picturing import _log_in, _quiet, _window, settle
from crfapp.ui.running import application
from tests.bench.workbook_site import append_subject, template_of
from tests.support.real_site import NURSE, NURSE_PASSWORD, at_work, flagship_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ui.shell.main_window import MainWindow

_BATCH = 20


def populated(folder: Path, subjects: int, events: int) -> None:
    """A site of the flagship with as many copies of its example subject."""
    key, template = flagship_site(folder), template_of(events)
    with at_work(folder, key) as opened:
        for first in range(0, subjects, _BATCH):
            with opened.store.ledger.transaction() as running:
                for number in range(first, min(subjects, first + _BATCH)):
                    append_subject(running, template, number, opened.store.workstation.node)


@contextmanager
def nurse_at_work(folder: Path) -> Iterator[MainWindow]:
    """The window after the nurse has come in."""
    application()
    qInstallMessageHandler(_quiet)
    window = _window(window_parts(folder, SystemClock()))
    _log_in(window, NURSE, NURSE_PASSWORD)
    settle(300)
    yield window
    window.close()
    settle()


def memory_mb() -> dict[str, float]:
    """What this process has in memory: resident, its share of what is shared, and its own alone."""
    told = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    kb = {line.split(":")[0]: int(line.split()[1]) for line in told if line.endswith("kB")}
    own = kb["Private_Clean"] + kb["Private_Dirty"]
    return {"rss": round(kb["Rss"] / 1024, 1), "pss": round(kb["Pss"] / 1024, 1), "uss": round(own / 1024, 1)}


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
