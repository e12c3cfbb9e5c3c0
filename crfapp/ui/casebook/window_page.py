"""The casebook as a page of the frame: reached by address, it comes back where somebody was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.present.audit_lines import PAST
from crfapp.present.palette import CASEBOOK, Action
from crfapp.ui.casebook.page import CasebookView
from crfapp.ui.casebook.page_tabbing import add_keys
from crfapp.ui.casebook.setting_aside import put_back, set_aside, unfinished
from crfapp.ui.casebook.source_keys import SourceKeys
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.present.texts import Texts
    from crfapp.present.unfinished import Unfinished
    from crfapp.ui.casebook.ports import OpenCasebook
    from crfapp.ui.casebook.source_keys import Comparing
    from crfapp.ui.shell.page import Shell

QUERIES, TRACER = "queries", "tracer"
PHOTOGRAPHS = {"look": "photograph", "mask": "masking", "compare": "compare"}
_CARES = frozenset({Topic.SUBJECTS, Topic.VISITS, Topic.LOCKS})
_MARKS = frozenset({Topic.VERIFICATION, Topic.QUERIES})
_SAID = frozenset({Topic.QUERIES, Topic.ANSWERS, Topic.FORMS})


class CasebookWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page` and :class:`crfapp.ui.shell.page.Writing`."""

    key = CASEBOOK
    icon = "subjects"

    def __init__(
        self,
        casebook: OpenCasebook,
        shell: Shell,
        say: Texts,
        source: Comparing | None = None,
        *,
        prints: bool = False,
        lesions: bool = False,
    ) -> None:
        self._say, self._shell, self._casebook, self._prints = say, shell, casebook, prints
        self._stale = self._overtaken = False
        self._lesions = lesions
        self._at = Address(CASEBOOK)
        self.view = CasebookView(casebook, say)
        self._source = SourceKeys(self.view, source) if source is not None else None
        self.view.moved.connect(self._moved)
        self.view.visits.lesions.setVisible(lesions)
        self.view.visits.lesions.clicked.connect(self._go_to_lesions)
        self.view.form.page_wanted.connect(self._go_to_photograph)
        self.view.inspector.past_wanted.connect(self._go_back_to)
        self.view.inspector.page_help_wanted.connect(shell.show_help)
        self.view.inspector.traces = self.view.inspector.helps = True
        self.view.inspector.trace_wanted.connect(self._go_to_tracer)
        add_keys(self.view, {"Shift+F2": self._go_to_query, "Ctrl+T": self._go_to_tracer})

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
        if self._source is not None and not self.view.isVisible() and _MARKS & set(topics):
            self._source.redraw()
        if self.view.subject and not self.view.isVisible() and _SAID & set(topics):
            self._stale = True
            self._overtaken = self._overtaken or Topic.ANSWERS in topics

    def shown(self) -> None:
        """The page has come to the front; what was asked and answered elsewhere shows."""
        self._catch_up()
        if self._stale:
            self._stale = False
            self.view.talk.refresh()

    def open(self, at: Address) -> None:
        """Turn to a subject, and as far as the address goes to a visit, a form and a question."""
        if at.subject and at.subject != self.view.subject and not self.view.show_subject(at.subject):
            return
        self._catch_up()
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
        compared = (
            KeyLine("V", say("verify and go to the next planned answer")),
            KeyLine("S", say("skip: leave it for later")),
        )
        return (
            *(compared if self._source is not None else ()),
            KeyLine("Enter", say("next question")),
            KeyLine("Shift+Enter", say("previous question")),
            KeyLine("1 … 9", say("choose the answer and go on")),
            KeyLine("=", say("the answer of the row above")),
            KeyLine("N  T  V", say("now, today, visit date")),
            KeyLine("F1", say("help")),
            KeyLine("F2", say("ask, or answer what is asked")),
            KeyLine("Shift+F2", say("to the query on the page Queries")),
            KeyLine("F3", say("history")),
            KeyLine("F6", say("mark as missing")),
            KeyLine("Ctrl+M", say("body map")),
            KeyLine("Ctrl+T", say("trace an area on a photograph")),
            KeyLine("Ctrl++", say("add a row")),
            KeyLine("Alt+↓  Alt+↑", say("next or previous form")),
            KeyLine("Alt+Shift+↓  ↑", say("next or previous visit")),
            KeyLine("Ctrl+Enter", say("complete the form")),
        )

    def actions(self) -> Sequence[Action]:
        """Asking about what is open as a whole, and the casebook on paper, for whoever may."""
        if not (self.view.isVisible() and self.view.subject):
            return ()
        asking = self._asking() if self._casebook.acts.may_ask else ()
        title = self._say("Casebook as PDF")
        paper = Action("casebook-pdf", title, self._go_to_paper, self._say("Exchange"), icon="export")
        lesions = Action("lesions", self._say("Lesions of this subject"), self._go_to_lesions, icon="place")
        return (*asking, *((paper,) if self._prints else ()), *((lesions,) if self._lesions else ()))

    def _asking(self) -> Sequence[Action]:
        say, talk = self._say, self.view.talk
        wanted = [
            ("ask-form", say("Ask about this form"), talk.ask_about_form, self.view.key is not None),
            ("ask-visit", say("Ask about this visit"), talk.ask_about_visit, bool(self.view.at[0])),
            ("ask-casebook", say("Ask about this casebook"), talk.ask_about_casebook, True),
        ]
        return [Action(key, title, run, icon="query") for key, title, run, there in wanted if there]

    def _go_to_lesions(self) -> None:
        """All lesions of the subject, on the body map."""
        self._shell.go(Address("lesion", self.view.subject))

    def _go_to_paper(self) -> None:
        """Where casebooks are made, with this subject chosen."""
        self._shell.go(Address("exchange", self.view.subject, item="casebooks"))

    def _go_to_query(self) -> None:
        question = self.view.form.question_in_focus()
        row, item = question.cell if question is not None else ("", "")
        self._shell.go(replace(self._at, page=QUERIES, row=row, item=item))

    def _go_to_photograph(self, what: str, cell: Cell) -> None:
        """Look at it, black out parts, or compare it with other visits."""
        if self.view.key is not None:
            self._shell.go(Address(PHOTOGRAPHS[what], *self.view.key, *cell))

    def _catch_up(self) -> None:
        """Draw the open form anew where its answers changed elsewhere; what stands in its fields stays."""
        view, at = self.view, self._at
        if self._overtaken and view.key is not None:
            texts, key = set_aside(view, self.key), view.key
            view.key = None
            view.reread()
            view.open_form(key, Cell(at.row, at.item) if at.item else None)
            put_back(view, texts)
        self._overtaken = False

    def _go_to_tracer(self) -> None:
        """The area in focus, on a photograph of it."""
        shown = self.view.inspector.shown
        if shown is not None and shown.traced:
            self._shell.go(replace(self._at, page=TRACER))

    def _go_back_to(self, moment: str) -> None:
        """The form that is open, as it was when something had just happened to the question in focus."""
        if self._shell is not None and moment:
            self._shell.go(replace(self._at, page=PAST, moment=moment))

    def unfinished(self) -> Sequence[Unfinished]:
        """What is not recorded."""
        return unfinished(self.view, self.key)

    def set_aside(self) -> Sequence[Unfinished]:
        """Take out what is not recorded."""
        return set_aside(self.view, self.key)

    def put_back(self, texts: Sequence[Unfinished]) -> Sequence[Unfinished]:
        """Write it in again."""
        return put_back(self.view, texts)

    def _moved(self, place: tuple[str | int, ...]) -> None:
        names = ("subject", "visit", "visit_n", "form", "form_n", "row", "item")
        self._at = Address(CASEBOOK, **dict(zip(names, place, strict=False)))  # type: ignore[arg-type]
