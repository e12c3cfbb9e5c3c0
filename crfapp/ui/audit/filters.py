"""What is looked for: one field for each thing that narrows the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from crfapp.present.audit_view import AuditWish
from crfapp.ui.entrance.lines import Line, Question
from crfapp.ui.fields import FieldSpec
from crfapp.ui.fields.dropdown import DropdownEditor
from crfapp.ui.fields.suggestions import Suggestions
from crfapp.ui.theme import current
from crfapp.ui.widgets import Button, Card

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.present.audit_view import AuditChoices, AuditView
    from crfapp.present.texts import Texts

    Items = Callable[[str], tuple[tuple[str, str], ...]]

_COLUMNS = 5


class FilterCard(Card):
    """Emits ``wanted`` with an :class:`AuditWish` when the person has said what they look for."""

    wanted = Signal(object)

    def __init__(self, say: Texts, items: Items) -> None:
        super().__init__(say("What to look for"))
        self._say, self._items = say, items
        self.lines = {
            "subject": Line(say("Subject"), ltr=True),
            "begin": Line(say("From"), ltr=True),
            "end": Line(say("To"), ltr=True),
            "words": Line(say("Words of the reason")),
        }
        for name in ("begin", "end"):
            self.lines[name].setPlaceholderText("2025-01-31 14:30")
        self.choices = {
            "login": self._choice(say("User")),
            "role": self._choice(say("Role")),
            "kinds": self._choice(say("Kind of event")),
            "form": self._choice(say("Form")),
            "item": self._choice(say("Question")),
            "node": self._choice(say("Workstation")),
        }
        self.questions: dict[str, Question] = {}
        self.go = Button(say("Show"), "primary", icon_name="search")
        self.clear = Button(say("Show everything"))
        self.add_row(self._laid_out())
        for line in self.lines.values():
            line.returnPressed.connect(self.tell)
        for choice in self.choices.values():
            choice.left.connect(lambda _text: self._chosen())
        self.go.clicked.connect(self.tell)
        self.clear.clicked.connect(self._forget)

    def offer(self, choices: AuditChoices) -> None:
        """What there is to choose from."""
        self.choices["login"].set_choices(choices.people)
        self.choices["role"].set_choices(choices.roles)
        self.choices["kinds"].set_choices(choices.kinds)
        self.choices["form"].set_choices(choices.forms)
        self.choices["node"].set_choices(choices.nodes)
        self.lines["subject"].setCompleter(Suggestions(self.lines["subject"], choices.subjects))

    def show_view(self, view: AuditView) -> None:
        """Refusals stand at their fields."""
        for name, question in self.questions.items():
            question.refuse(view.problem if view.where == name else "")

    def wish(self) -> AuditWish:
        """What stands in the fields."""
        typed = {name: line.text() for name, line in self.lines.items()}
        return AuditWish(**typed, **{name: self._code(name) for name in self.choices})

    def tell(self) -> None:
        """Say what is looked for now."""
        self.wanted.emit(self.wish())

    # ---- inside

    def _code(self, name: str) -> str:
        """The chosen key; what matches no words is looked for as it stands and finds nothing."""
        return self.choices[name].raw().strip()

    def _chosen(self) -> None:
        self.choices["item"].set_choices(self._items(self._code("form")))
        self.tell()

    def _forget(self) -> None:
        for line in self.lines.values():
            line.clear()
        for choice in self.choices.values():
            choice.draw_text("")
            choice.begin()
        self.tell()

    def _choice(self, name: str) -> DropdownEditor:
        return DropdownEditor(FieldSpec(name, self._say, hint=self._say("any")), self)

    def _laid_out(self) -> QWidget:
        tokens = current()
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(tokens.pad, tokens.room, tokens.pad, tokens.pad)
        grid.setHorizontalSpacing(tokens.room)
        grid.setVerticalSpacing(tokens.gap)
        order = ("subject", "login", "role", "kinds", "begin", "form", "item", "words", "node", "end")
        for place, name in enumerate(order):
            control = self.lines.get(name) or self.choices[name]
            self.questions[name] = question = Question(control.accessibleName(), control)
            grid.addWidget(question, place // _COLUMNS, place % _COLUMNS)
            grid.setColumnStretch(place % _COLUMNS, 1)
        foot = QWidget(inside)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, tokens.hair, 0, 0)
        row.addWidget(self.go)
        row.addWidget(self.clear)
        row.addStretch(1)
        grid.addWidget(foot, 2, 0, 1, _COLUMNS)
        return inside
