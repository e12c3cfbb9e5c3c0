"""What Qt is here."""

from __future__ import annotations

import PySide6
from PySide6.QtCore import qVersion


def qt_versions() -> dict[str, str]:
    """Qt and its Python bindings."""
    return {"Qt": qVersion(), "PySide6": PySide6.__version__}
