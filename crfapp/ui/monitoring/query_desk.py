"""What is written at the Queries tab beside the form: asked, closed, asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crfapp.ledger.keys import Scope

if TYPE_CHECKING:
    from crfapp.present.asking import Asking
    from crfapp.ui.casebook.inspector import Inspector
    from crfapp.ui.monitoring.compare_desk import CompareDesk


class QueryDesk(QObject):
    """Brings what is written in the inspector to the presenter, about the answer that is looked at."""

    def __init__(self, asking: Asking, inspector: Inspector, desk: CompareDesk) -> None:
        super().__init__(desk)
        self._asking, self._inspector, self._desk = asking, inspector, desk
        inspector.said.connect(self._say)
        inspector.left.connect(desk.take_keyboard)

    def _say(self, act: str, key: str, text: str) -> None:
        view, cell, asked = self._desk.view, self._desk.cell, self._inspector.asking
        if view is None or cell is None or asked is None:
            return
        match act:
            case "ask":
                refused = self._asking.ask(Scope(*view.key), cell, text)
            case "answer":
                refused = self._asking.answer(key, text)
            case "close":
                refused = self._asking.close(key, text)
            case _:
                refused = self._asking.reopen(key, text)
        if refused:
            asked.refuse(key, refused)
            return
        asked.said(key)
        self._desk.reread()
        self._desk.moved.emit()
        self._desk.take_keyboard()
