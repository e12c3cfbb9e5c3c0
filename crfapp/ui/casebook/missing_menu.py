"""The small list of reasons why there is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.ui.fields import Say


class MissingMenu(QMenu):
    """Missing codes in words, each with a digit; ``chosen`` carries the code.

    Without codes it says that there is no way around an answer.
    """

    chosen = Signal(str)

    def __init__(self, codes: Sequence[tuple[str, str]], say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(say("Why is there no answer?"))
        self.addSection(say("Why is there no answer?"))
        for digit, (code, words) in enumerate(codes, start=1):
            action = self.addAction(f"&{digit}  {words.replace('&', '&&')}")
            action.setObjectName(code)
            action.triggered.connect(lambda _on=False, code=code: self.chosen.emit(code))
        if not codes:
            self.addAction(say("This question has to be answered.")).setEnabled(False)
        self.aboutToHide.connect(self.deleteLater)

    def open_below(self, widget: QWidget) -> None:
        """Show it under what it is about, where reading begins."""
        right_to_left = widget.isRightToLeft()
        corner = QPoint(widget.width() - self.sizeHint().width() if right_to_left else 0, widget.height())
        self.popup(widget.mapToGlobal(corner))
        first = self.actions()[1]
        self.setActiveAction(first)
