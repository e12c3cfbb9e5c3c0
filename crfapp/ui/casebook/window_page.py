"""The casebook as a page of the frame: reached by address, it comes back where somebody was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.present.palette import CASEBOOK
from crfapp.ui.casebook.page import CasebookView
from crfapp.ui.casebook.setting_aside import put_back, set_aside
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.present.unfinished import Unfinished
    from crfapp.ui.casebook.ports import OpenCasebook

_CARES = frozenset({Topic.SUBJECTS, Topic.VISITS})


class CasebookWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page` and :class:`crfapp.ui.shell.page.Writing`."""

    key = CASEBOOK
    icon = "subjects"

    def __init__(self, casebook: OpenCasebook, say: Texts) -> None:
        self._say = say
        self._at = Address(CASEBOOK)
        self.view = CasebookView(casebook, say)
        self.view.moved.connect(self._moved)

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.view

    def title(self) -> str:
        """Its name in the palette."""
        return self._say("Casebook")

    def badge(self) -> int:
        """Nothing is counted here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """The view redraws what its own commands changed; visits can change elsewhere."""
        if self.view.subject and not self.view.isVisible() and _CARES & set(topics):
            self.view.reread()

    def shown(self) -> None:
        """The page has come to the front."""

    def open(self, at: Address) -> None:
        """Turn to a subject, and as far as the address goes to a visit, a form and a question."""
        if at.subject and at.subject != self.view.subject and not self.view.show_subject(at.subject):
            return
        if at.form:
            key = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
            self.view.open_form(key, Cell(at.row, at.item) if at.item else None)
        elif at.visit:
            self.view.open_visit(at.visit, at.visit_n)

    def address(self) -> Address:
        """Where the person is."""
        return self._at

    def keys(self) -> Sequence[KeyLine]:
        """The keys of a form."""
        say = self._say
        return (
            KeyLine("Enter", say("next question")),
            KeyLine("Shift+Enter", say("previous question")),
            KeyLine("1 … 9", say("choose the answer and go on")),
            KeyLine("=", say("the answer of the row above")),
            KeyLine("N  T  V", say("now, today, visit date")),
            KeyLine("F1", say("help")),
            KeyLine("F3", say("history")),
            KeyLine("F6", say("mark as missing")),
            KeyLine("Ctrl++", say("add a row")),
            KeyLine("Alt+↓  Alt+↑", say("next or previous form")),
            KeyLine("Alt+Shift+↓  ↑", say("next or previous visit")),
            KeyLine("Ctrl+Enter", say("complete the form")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing that could be started from elsewhere."""
        return ()

    def set_aside(self) -> Sequence[Unfinished]:
        """Take out what is not recorded."""
        return set_aside(self.view, self.key)

    def put_back(self, texts: Sequence[Unfinished]) -> Sequence[Unfinished]:
        """Write it in again."""
        return put_back(self.view, texts)

    def _moved(self, place: tuple[str | int, ...]) -> None:
        names = ("subject", "visit", "visit_n", "form", "form_n", "row", "item")
        self._at = Address(CASEBOOK, **dict(zip(names, place, strict=False)))  # type: ignore[arg-type]
