"""What can be done to the rows of a log: opened, added, voided with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from crfapp.ui.casebook.asking import ReasonPrompt

if TYPE_CHECKING:
    from crfapp.present.form_view import Patch
    from crfapp.ui.casebook.ports import OpenForm
    from crfapp.ui.casebook.question import Question
    from crfapp.ui.casebook.rows import LineWidget
    from crfapp.ui.fields import Say


class Taking(Protocol):
    """Who draws what an act led to."""

    page: OpenForm
    say: Say
    closed: str

    def take(self, patch: Patch, question: Question | None = None) -> bool:
        """Draw a patch; False where it was refused."""


class RowActs(QObject):
    """The acts on rows of the open form. ``toggled`` and ``added`` tell the page to change its shape."""

    row_toggled = Signal(str, str)
    row_added = Signal(str)

    def __init__(self, entry: Taking) -> None:
        super().__init__()
        self._entry = entry

    def toggle(self, section: str, row: str) -> None:
        """Open or close a row."""
        self.row_toggled.emit(section, row)

    def add(self, section: str) -> None:
        """One more row; it opens and takes the keyboard."""
        entry = self._entry
        if section and not entry.closed and entry.take(entry.page.add_row(section)):
            self.row_added.emit(section)

    def ask_void(self, line: LineWidget, section: str, row: str) -> None:
        """Ask why a row does not count, below its head."""
        entry, say = self._entry, self._entry.say
        prompt = ReasonPrompt(
            say("Why does this row not count? It stays readable in the history."),
            (say("Entered twice"), say("Wrong patient"), say("Did not happen")),
            say,
            go=say("Void row"),
            parent=line,
        )

        def void(reason: str) -> None:
            patch = entry.page.void_row(section, row, reason)
            if patch.refusal is not None:
                prompt.say_again(patch.refusal.text)
            else:
                line.say().stop_asking()
                entry.take(patch)

        prompt.given.connect(void)
        prompt.withheld.connect(lambda: line.say().stop_asking())
        line.ask(prompt, focus=True)
