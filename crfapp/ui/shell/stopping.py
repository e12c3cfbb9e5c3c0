"""Asking whether the window may be closed although something runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crfapp.present.texts import Texts


def may_stop(over: QWidget, say: Texts) -> bool:
    """Ask the person whether the running job may be stopped; closing the question means no."""
    buttons = QMessageBox.StandardButton
    question = say("A job is still running. Stop it and close the window? Nothing half done will remain.")
    return QMessageBox.question(over, "crfapp", question, buttons.Yes | buttons.No, buttons.No) == buttons.Yes
