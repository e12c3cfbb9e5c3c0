"""The Queries page as the window shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.address import Address
from crfapp.ui.queries.body import QueriesBody
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from crfapp.present.palette import Action
    from crfapp.present.queries_page import QueriesPage
    from crfapp.present.query_view import QueriesView
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset({Topic.QUERIES, Topic.ANSWERS, Topic.FORMS, Topic.VISITS, Topic.SUBJECTS, Topic.PEOPLE})
_COUNTS = frozenset({Topic.QUERIES, Topic.ANSWERS})
"""An answer can be what was asked for."""


class QueriesWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`; what happened elsewhere is shown on coming back."""

    key = "queries"
    icon = "queries"

    def __init__(self, presenter: QueriesPage, shell: Shell, say: Texts) -> None:
        self._presenter, self._shell, self._say = presenter, shell, say
        self._waiting: int | None = None
        self._view: QueriesView | None = None
        self._at = ""
        self.body = body = QueriesBody(say)
        body.rows.chosen.connect(self._choose)
        body.rows.gone_to.connect(self._go)
        body.rows.writing.connect(body.write)
        body.thread_box.done.connect(self._say_words)
        body.thread_box.left.connect(body.rows.focus_chosen)
        body.go.clicked.connect(lambda: self._go(self._at))
        body.search.textChanged.connect(lambda text: self._narrow(typed=text))
        body.search.left.connect(self._leave_search)
        body.asker.chosen.connect(lambda key: self._narrow(asker=key))
        body.age.chosen.connect(lambda key: self._narrow(age=key))
        body.state_chosen.connect(lambda key: self._narrow(state=key))

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Queries")

    def badge(self) -> int:
        """What waits for this person."""
        if self._waiting is None:
            self._waiting = self._presenter.waiting()
        return self._waiting

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed; while the page is open it shows what its own acts changed by itself."""
        if _COUNTS.intersection(topics):
            self._waiting = None
        if _CARES.intersection(topics) and self.body.isVisible():
            self._renew()

    def shown(self) -> None:
        """Show how things stand now, with the keyboard on the list."""
        self._waiting = None
        self._renew()
        self.body.rows.focus_chosen()

    def open(self, at: Address) -> None:
        """Turn to what is asked about a place."""
        if at.subject and (key := self._presenter.show_place(at)):
            self._at = key
            self.body.search.clear()

    def address(self) -> Address:
        """This page."""
        return Address(self.key)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("↑ ↓", say("next or previous query")),
            KeyLine("Enter", say("go to what is asked about")),
            KeyLine("F2", say("write an answer or a word")),
            KeyLine("Ctrl+Enter", say("say what was written")),
            KeyLine("Esc", say("back to the list")),
            KeyLine("/", say("find by subject, form, question, person or check")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing that is not on the rail."""
        return ()

    # ---- inside

    def _renew(self) -> None:
        """The list anew; the chosen query stays chosen where it is still listed, else its place is."""
        view = self._view = self._presenter.view(self._at)
        keys = [line.key for line in view.lines]
        if self._at not in keys:
            place = min(self.body.rows.place, len(keys) - 1)
            self._at = keys[place] if keys else ""
        self.body.show_view(view, self._at)
        self._show_thread()

    def _show_thread(self) -> None:
        self.body.show_thread(self._presenter.thread(self._at) if self._at else None)

    def _choose(self, key: str) -> None:
        if key != self._at:
            self._at = key
            self._show_thread()

    def _narrow(self, **how: str) -> None:
        self._presenter.narrow(**how)
        self._renew()

    def _leave_search(self, clear: bool) -> None:
        if clear:
            self.body.search.clear()
        self.body.rows.focus_chosen()

    def _go(self, key: str) -> None:
        thread = self._presenter.thread(key) if key else None
        if thread is not None:
            self._shell.go(thread.address)

    def _say_words(self, act: str, key: str, text: str) -> None:
        acts = self._presenter.acts
        do = {"answer": acts.answer, "close": acts.close}.get(act, acts.reopen)

        refused = do(key, text)
        if refused:
            self.body.refuse(refused)
            return
        self.body.said()
        self._waiting = None
        self._renew()
        self._shell.recount()
        self.body.rows.focus_chosen()
