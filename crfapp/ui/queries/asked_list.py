"""What is asked about one place: the lines for a new question, and the threads below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.ui.queries.thread_panel import AskPanel, ThreadPanel
from crfapp.ui.theme import current
from crfapp.ui.widgets import Words

if TYPE_CHECKING:
    from crfapp.present.query_view import AskView
    from crfapp.ui.fields import Say
    from crfapp.ui.queries.words_box import Drafts, WordsBox


class AskedList(QWidget):
    """Whoever may ask finds the empty lines first, the site what waits for its answer."""

    done = Signal(str, str, str)
    left = Signal()

    def __init__(self, asking: AskView, drafts: Drafts, say: Say, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().gap)
        self.ask: AskPanel | None = None
        if asking.may_ask:
            self.ask = AskPanel(asking, drafts, say, self)
        self.threads = [ThreadPanel(thread, drafts, say, self) for thread in asking.threads]
        if not self.threads:
            column.addWidget(Words(say("Nobody has asked about this."), "muted", wrap=True))
        panels: list[AskPanel | ThreadPanel] = [*([self.ask] if self.ask else []), *self.threads]
        for panel in panels:
            panel.done.connect(self.done)
            panel.left.connect(self.left)
            column.addWidget(panel)

    def write(self) -> bool:
        """Give the keyboard to the first lines; False where this person has nothing to say here."""
        for words in self._boxes():
            words.write()
            return True
        return False

    def refuse(self, key: str, sentence: str) -> None:
        """Say at the query, or at the new question, why it was not done."""
        for words in self._boxes(key):
            words.refuse(sentence)

    def said(self, key: str) -> None:
        """The words are in the ledger."""
        for words in self._boxes(key):
            words.said()

    def _boxes(self, key: str | None = None) -> list[WordsBox]:
        asked = [self.ask.words] if self.ask is not None and key in (None, "") else []
        threads = [panel for panel in self.threads if key in (None, panel.asked.key)]
        return [*asked, *(panel.words for panel in threads if panel.words is not None)]
