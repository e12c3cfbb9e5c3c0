"""Prints the memory of an empty Qt window as JSON; imports nothing that it does not need."""

from __future__ import annotations

import json
import sys

from PySide6.QtWidgets import QApplication, QWidget

from tests.bench._peaks import memory_mb

if __name__ == "__main__":
    app, window = QApplication([]), QWidget()
    window.resize(1280, 800)
    window.show()
    app.processEvents()
    sys.stdout.write(json.dumps(memory_mb()))
