"""A form as it was at an event: the same page as ever, closed, with a band that says when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.base.problems import AppProblem
from crfapp.form.graph import Cell
from crfapp.present.address import Address
from crfapp.present.audit_lines import PAST
from crfapp.ui.casebook.form_view import FormView
from crfapp.ui.casebook.inspector import Inspector
from crfapp.ui.casebook.page_tabbing import add_keys
from crfapp.ui.shell.page import KeyLine
from crfapp.ui.theme import current
from crfapp.ui.widgets import Banner

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from crfapp.present.as_it_was import AsItWas
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell
    from crfapp.work.cases import Topic


class PastWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; only reached by an address with a moment."""

    key = PAST
    icon = "history"

    def __init__(self, presenter: AsItWas, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._at = Address(PAST)
        self.body = PastBody(say)
        self.body.banner.chosen.connect(self._chosen)
        add_keys(self.body, {"Esc": lambda: self._chosen("now")})
        self.body.form.focused.connect(self._inspect)
        self.body.inspector.past_wanted.connect(lambda moment: self._turn(replace(self._at, moment=moment)))

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name in the palette."""
        return self._say("A form as it was")

    def badge(self) -> int:
        """Nothing waits here."""
        return 0

    def refresh(self, topics: Collection[Topic]) -> None:
        """What was does not change."""

    def shown(self) -> None:
        """Nothing is shown before somebody asks for a moment."""

    def open(self, at: Address) -> None:
        """Turn to a form at a moment."""
        if at.form and at.moment:
            self._turn(at)

    def address(self) -> Address:
        """The form and the moment."""
        return self._at

    def keys(self) -> Sequence[KeyLine]:
        """The keys of a form that is only read."""
        return (KeyLine("Tab", self._say("next question")), KeyLine("Esc", self._say("back to now")))

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    def _turn(self, at: Address) -> None:
        try:
            past = self._presenter.turn_to(at)
        except AppProblem as problem:
            self._shell.tell(problem)
            return
        self._at = at
        self.body.show_past(past.what, past.note, before=past.before, after=past.after)
        self.body.inspector.clear()
        self.body.form.show_form(past.form)
        if at.item:
            self.body.form.jump(Cell(at.row, at.item))

    def _chosen(self, key: str) -> None:
        to = self._presenter.neighbour(key) if key in ("before", "after") else self._presenter.now()
        if to is None:
            return
        if to.page == PAST:
            self._turn(to)
        else:
            self._shell.go(to)

    def _inspect(self, cell: Cell) -> None:
        entry = self.body.form.entry
        if entry is not None:
            self.body.inspector.show_inspection(entry.page.inspect(cell))


class PastBody(QWidget):
    """The band, the form, and what had happened to its questions by then."""

    def __init__(self, say: Texts) -> None:
        super().__init__()
        tokens = current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        held = QVBoxLayout()
        held.setContentsMargins(tokens.pad, tokens.room, tokens.pad, 0)
        self.banner = Banner("", "warn", parent=self)
        self.before = self.banner.add_button("before", say("Change before"))
        self.after = self.banner.add_button("after", say("Next change"))
        self.now = self.banner.add_button("now", say("Back to now"), "primary")
        held.addWidget(self.banner)
        column.addLayout(held)
        row = QHBoxLayout()
        row.setSpacing(0)
        self.form = FormView(say, self)
        self.inspector = Inspector(say, self)
        self.inspector.setFixedWidth(round(self.inspector.breadth * tokens.scale))
        self.inspector.show_tab("history")
        row.addWidget(self.form, 1)
        row.addWidget(self.inspector)
        column.addLayout(row, 1)

    def show_past(self, what: str, note: str, *, before: bool, after: bool) -> None:
        """Say when this is, and which ways there are."""
        self.banner.show_text(what, note)
        self.before.setEnabled(before)
        self.after.setEnabled(after)
