"""The form on which somebody gets an account, or an account its password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crfapp.present.new_person import NewPerson
from crfapp.present.texts import isolated
from crfapp.ui.entrance.lines import Line, PasswordField, Question
from crfapp.ui.exchange.parts import RuleList
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card, InlineMessage, Words
from crfapp.ui.widgets.options import OptionGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.administration_view import AdministrationView
    from crfapp.present.texts import Texts


class PersonCard(Card):
    """Who, for whom, in which role, with which password. ``typed`` at every change of a password."""

    typed = Signal()
    wanted = Signal()

    def __init__(self, say: Texts, roles: Sequence[tuple[str, str]], site: str) -> None:
        super().__init__(say("Add a person"))
        self._say, self._site = say, site
        self.name = Line(say("Full name"))
        self.login = Line(say("User name"), ltr=True)
        self.organisation = Line(say("Organisation"))
        self.organisation.setText(site)
        self.first, self.last = Line(say("Valid from"), ltr=True), Line(say("Valid to"), ltr=True)
        self.role = OptionGroup(roles)
        self.role.setAccessibleName(say("Role"))
        show = say("Show what is typed")
        self.password = PasswordField(say("Password"), show)
        self.again = PasswordField(say("The same password again"), show)
        day = say("For example 12 Jan 2025; empty for no limit.")
        first = say("It opens the records once: the person chooses their own then.")
        self.questions = {
            "name": Question(say("Full name"), self.name),
            "login": Question(say("User name"), self.login, remark=say("Small letters and digits.")),
            "organisation": Question(say("Organisation"), self.organisation),
            "role": Question(say("Role"), self.role),
            "valid_from": Question(say("Valid from"), self.first, remark=day),
            "valid_to": Question(say("Valid to"), self.last, remark=day),
            "password": Question(say("Password"), self.password, remark=first),
            "again": Question(say("The same password again"), self.again),
        }
        self.rules = RuleList(self)
        self.problem = InlineMessage("", "error", parent=self)
        self.done = Words("", "ok", weight=600, wrap=True, parent=self)
        self.go = Button(say("Add this person"), "primary")
        self.other = Button(say("Add somebody else instead"))
        self.add_row(self._laid_out())
        for field in (self.password, self.again):
            field.line.textChanged.connect(self.typed)
        for line in self._typed_in():
            line.returnPressed.connect(self._go_on)
        self.go.clicked.connect(self.wanted)

    def filled(self) -> NewPerson:
        """The form as it stands."""
        return NewPerson(
            self.name.text(),
            self.login.text(),
            self.organisation.text(),
            self.role.value(),
            self.password.line.text(),
            self.again.line.text(),
            self.first.text(),
            self.last.text(),
        )

    def show_view(self, view: AdministrationView) -> None:
        """Show refusals beside their fields, and for whom the form is."""
        say, waiting = self._say, view.waiting
        for name, question in self.questions.items():
            question.refuse(view.problems.get(name, ""))
        for name in ("name", "login", "organisation", "role", "valid_from", "valid_to"):
            self.questions[name].setVisible(not waiting)
        title = (
            say("Set the password of {login}", login=isolated(waiting)) if waiting else say("Add a person")
        )
        self.title.setText(title)
        self.setAccessibleName(title)
        self.go.setText(say("Set the password") if waiting else say("Add this person"))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(not view.adding)
        self.other.setVisible(bool(waiting))
        self.other.setEnabled(not view.adding)
        problem = view.problems.get("", "")
        self.problem.text.setText(problem)
        self.problem.setAccessibleName(problem)
        self.problem.setVisible(bool(problem))
        self.done.setText(view.done)
        self.done.setVisible(bool(view.done))

    def forget(self) -> None:
        """Empty the form for the next person."""
        for line in (self.name, self.login, self.first, self.last):
            line.clear()
        self.organisation.setText(self._site)
        self.role.show_value("")
        self.forget_passwords()

    def forget_passwords(self) -> None:
        """Empty both lines."""
        for field in (self.password, self.again):
            field.line.clear()
            field.hide_again()

    def begin(self) -> None:
        """Give the keyboard to the first field that is asked."""
        line = self.name if self.questions["name"].isVisibleTo(self) else self.password.line
        line.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_at_refusal(self) -> None:
        """Give the keyboard to the first field that was refused, if any was."""
        refused = next((name for name, question in self.questions.items() if question.refused), "")
        if refused == "role":
            self.role.focus_first()
        elif refused:
            self.questions[refused].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed_in(self) -> tuple[Line, ...]:
        days = (self.first, self.last)
        return (self.name, self.login, self.organisation, *days, self.password.line, self.again.line)

    def _go_on(self) -> None:
        """Enter goes to the next field, and in the last one adds."""
        if self.organisation.hasFocus():
            self.role.focus_first()
        elif self.again.line.hasFocus():
            self.wanted.emit()
        else:
            lines = self._typed_in()
            at = next((n for n, line in enumerate(lines) if line.hasFocus()), 0)
            lines[at + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _laid_out(self) -> QWidget:
        tokens = current()
        form = QWidget(self)
        column = QVBoxLayout(form)
        column.setContentsMargins(tokens.pad, tokens.pad, tokens.pad, tokens.pad)
        column.setSpacing(tokens.room)
        for row in (
            ("name", "login"),
            ("organisation",),
            ("role",),
            ("valid_from", "valid_to"),
            ("password", "again"),
        ):
            line = QHBoxLayout()
            line.setSpacing(tokens.pad)
            for name in row:
                line.addWidget(self.questions[name], 1, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)
        column.addWidget(self.rules)
        column.addWidget(self.problem)
        column.addWidget(self.done)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.gap)
        buttons.addWidget(self.go)
        buttons.addWidget(self.other)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return form
