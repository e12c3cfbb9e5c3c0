"""What Qt is here, and which printers it knows."""

from __future__ import annotations

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtPrintSupport import QPrinterInfo

from crfapp.ui.running import application


def qt_versions() -> dict[str, str]:
    """Qt and its Python bindings."""
    return {"Qt": qVersion(), "PySide6": PySide6.__version__}


def printers() -> list[str]:
    """The names of the printers that are set up."""
    application()
    return QPrinterInfo.availablePrinterNames()
