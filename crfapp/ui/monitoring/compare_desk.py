"""What happens at the form that lies open: keys become acts, and the eyes go where an act leads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.comparing import Comparing
    from crfapp.present.monitoring_view import SourceView, Step
    from crfapp.present.texts import Texts
    from crfapp.ui.monitoring.compare import CompareView


class CompareDesk(QObject):
    """``moved``: another answer or form is looked at, or something was done to it.

    ``acting`` is true while an act is carried out: what it changes is shown here at once.
    """

    moved = Signal()

    def __init__(
        self, presenter: Comparing, view: CompareView, say: Texts, *, may: frozenset[str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._presenter, self._compare, self._say, self._may = presenter, view, say, may
        self.acting = False
        self.view: SourceView | None = None
        view.acted.connect(self._act)
        view.told.connect(self._told)
        view.listed.connect(self._verify_form)
        view.turned.connect(self._turned)

    @property
    def cell(self) -> Cell | None:
        """The answer that is looked at."""
        return self._compare.list.cell

    def open_form(self, key: FormKey, cell: Cell | None) -> None:
        """Lay a form beside its source, at one of its answers or the first that waits."""
        self.view = self._presenter.open(key)
        self._compare.refuse("")
        self._show(cell or self._presenter.first())
        self.moved.emit()

    def close_form(self) -> None:
        """Nothing lies open."""
        self.view = None
        self._compare.show_form(None)

    def reread(self) -> None:
        """Somebody else may have changed the form."""
        view = self._presenter.view()
        if view is not None and view != self.view:
            here = self.cell
            self.view = view
            self._show(here)

    def take_keyboard(self) -> None:
        """The keyboard goes to the answers."""
        self._compare.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- inside

    def _show(self, cell: Cell | None) -> None:
        self._compare.show_form(self.view)
        self._compare.list.go_to(cell)
        self._say_next()

    def _say_next(self) -> None:
        """The buttons follow the answer that is looked at."""
        cell = self.cell
        line = next((one for one in self.view.lines if one.cell == cell), None) if self.view else None
        self._compare.say_next(line.label if line else "", line.state if line else "")

    def _turned(self, _cell: Cell) -> None:
        self._say_next()
        self.moved.emit()

    def _act(self, act: str) -> None:
        cell, compare, say = self.cell, self._compare, self._say
        if self.view is None or (cell is None and act != "form"):
            return
        if act not in self._may:
            compare.refuse(say("Your role reads here and does not verify."))
        elif act == "form":
            compare.ask_form(self._presenter.listed())
        elif act == "query":
            label = self._presenter.label(cell) if cell else ""
            compare.ask("query", say("What does the source say? {item}", item=label), say("Raise query"))
        elif act == "take":
            compare.ask("take", say("Why is it taken back?"), say("Take back"))
        elif cell is not None:
            self._take(partial(self._presenter.verify if act == "verify" else self._presenter.skip, cell))

    def _told(self, act: str, words: str) -> None:
        cell = self.cell
        if cell is not None:
            doing = self._presenter.query if act == "query" else self._presenter.take_back
            if self._take(partial(doing, cell, words)):
                self._compare.stop_asking()

    def _verify_form(self) -> None:
        cells = [cell for cell, _label in self._presenter.listed()]
        if self._take(partial(self._presenter.verify_form, cells)):
            self._compare.stop_asking()

    def _take(self, doing: Callable[[], Step]) -> bool:
        """Carry out an act and go where it leads; False where it was refused."""
        self.acting = True
        try:
            step = doing()
        finally:
            self.acting = False
        here = self.cell
        self.view = self._presenter.view(fresh=False)
        self._show(step.cell or here)
        self._compare.refuse(step.refusal)
        if step.finished:
            self._compare.left.setText(self._say("Nothing else waits to be compared."))
        self.moved.emit()
        return not step.refusal
