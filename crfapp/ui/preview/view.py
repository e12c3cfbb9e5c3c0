"""The casebook of a preview: visits, form, and the reasons beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from crfapp.present.texts import RIGHT_TO_LEFT
from crfapp.ui.casebook import CasebookView
from crfapp.ui.preview.why_panel import WhyPanel
from crfapp.ui.widgets import Words

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.preview_page import PreviewCasebook
    from crfapp.present.texts import Texts


class PreviewView(CasebookView):
    """Forms in the language of the preview; the reasons in that of ``reader``.

    ``narrow`` tells whether visits and reasons do not fit beside the form together.
    """

    narrow = Signal(bool)

    def __init__(self, casebook: PreviewCasebook, reader: Texts) -> None:
        say = casebook.texts
        super().__init__(casebook, say, WhyPanel(reader))
        self._asked_for = True  # where there is little room the reasons come first
        rtl = say.language in RIGHT_TO_LEFT
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        for part in (self.visits, self.middle):
            part.setLayoutDirection(direction)
            for words in part.findChildren(Words):
                words.align()

    def open_form(self, key: FormKey, cell: Cell | None = None) -> None:
        """Turn to a form; its visit takes place with that, and the list shows it."""
        super().open_form(key, cell)
        self.reread()

    def turn_inspector(self, tab: str) -> None:
        """A preview has no history: asking for it shows what the answers led to."""
        if tab not in self.inspector.tabs:
            tab = "steps"
        if self.has_room or self.inspector.isVisible():
            self.inspector.show_tab(tab)
        else:
            super().turn_inspector(tab)

    def show_visits(self, *, shown: bool) -> None:
        """Where there is little room: the visits instead of the reasons, or the other way round."""
        self._asked_for = not shown
        self._fit()

    def _fit(self) -> None:
        super()._fit()
        self.narrow.emit(not self.has_room)
