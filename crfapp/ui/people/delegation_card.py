"""The delegation log on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crfapp.ui.lists import CellView, Column, TableCard
from crfapp.ui.people.act_form import ActForm
from crfapp.ui.signing.dialog import ask_signature
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, EmptyState

if TYPE_CHECKING:
    from crfapp.present.asking_signature import SignatureRequest
    from crfapp.present.delegation_log import DelegationLog, DutyLine, LogView
    from crfapp.present.texts import Texts


SignLine = Callable[[str, str, QWidget], bool]
"""Asks for the signature under a line of the log (its id, its words) over a widget; whether it was given."""


def signing_lines(request: Callable[[str, str], SignatureRequest], say: Texts) -> SignLine:
    """Asks for the signature under a line in the one dialog of signing."""
    return lambda delegation, of, over: ask_signature(request(delegation, of), say, over)


class DelegationSection(QWidget):
    """The lines of the log, a button for another, and the form of either.

    With ``sign`` a new line asks for its signature at once, and one that was not signed can be signed later.
    """

    def __init__(self, say: Texts, presenter: DelegationLog, sign: SignLine | None = None) -> None:
        super().__init__()
        self._presenter, self._sign = presenter, sign
        columns = (
            Column(say("Name"), 22),
            Column(say("Duties"), 40),
            Column(say("From"), 0),
            Column(say("To"), 0),
            Column(say("Given by"), 20),
            Column("", 0),
        )
        self.list = TableCard(say("Delegation log"), columns, say("End…") if presenter.view.may else "")
        self.delegate = Button(say("Delegate duties"), "primary", icon_name="plus")
        self.sign = Button(say("Sign what is not signed"), icon_name="pen")
        self.list.head_row.addWidget(self.sign)
        self.list.head_row.addWidget(self.delegate)
        self.sheet = Card()
        self.form = ActForm(say, self.sheet)
        self.sheet.add_row(self.form)
        self.empty = EmptyState(
            say("Nothing is delegated"),
            say("Who is in no line of the log acts by role. The first line narrows that to what it says."),
            icon="people",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().room)
        for part in (self.sheet, self.list, self.empty):
            column.addWidget(part)
        self.delegate.clicked.connect(presenter.begin)
        self.list.opened.connect(self._open)
        self.sign.clicked.connect(self._sign_first)
        self.form.wanted.connect(self._carry_out)
        self.form.given_up.connect(presenter.put_away)
        presenter.watch(self._show)

    def _carry_out(self, values: dict[str, str]) -> None:
        before = len(self._presenter.view.lines)
        self._presenter.carry_out(values)
        if len(self._presenter.view.lines) > before:
            self._sign_first()

    def _sign_first(self) -> None:
        """The newest line that waits for the signature of whoever gave it."""
        unsigned = self._presenter.view.unsigned
        if self._sign is not None and unsigned:
            self._sign(*unsigned[0], self.window())
            self._presenter.refresh()

    def _open(self, number: int) -> None:
        self._presenter.begin_end(self._presenter.view.lines[number].delegation)

    def _show(self, view: LogView) -> None:
        self.delegate.setVisible(view.may)
        self.sign.setVisible(self._sign is not None and bool(view.unsigned))
        self.list.show_rows([duty_cells(line) for line in view.lines])
        self.empty.setVisible(not view.lines)
        self.sheet.setVisible(view.state.act is not None or bool(view.state.done))
        self.form.show_state(view.state)


def duty_cells(line: DutyLine) -> tuple[CellView, ...]:
    """One line of the log as cells."""
    quiet = "muted" if line.tone == "muted" else "text"
    return (
        CellView(line.name, quiet, 600, note=line.role),
        CellView(line.duties, quiet),
        CellView(line.start, quiet),
        CellView(line.end or "–", quiet),
        CellView(line.by, "muted", note=line.signed),
        CellView(line.state, tone="muted", pill=line.tone if line.tone in ("warn", "ok") else ""),
    )
