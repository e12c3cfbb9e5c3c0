"""The casebook of one subject: visits, the open form, and everything about the question in focus."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from crfapp.ui.casebook.form_view import FormView
from crfapp.ui.casebook.page_tabbing import add_keys, enter_column, enter_next, leave, step_in_column
from crfapp.ui.casebook.query_talk import QueryTalk
from crfapp.ui.casebook.three_columns import ThreeColumns
from crfapp.ui.casebook.visit_card import VisitCard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.casebook_view import VisitEntry
    from crfapp.present.form_view import Patch
    from crfapp.ui.casebook.inspector import Inspector
    from crfapp.ui.casebook.ports import OpenCasebook
    from crfapp.ui.fields import Say

_BEGUN = frozenset({"started", "merged", "log"})


def _has_begun(entry: VisitEntry) -> bool:
    """Whether its forms are shown, and not how it begins; also where its own form says it was missed."""
    told = any(form.status != "expected" for form in entry.forms)
    return bool(entry.forms) and (entry.standing in _BEGUN or (told and not entry.can_start))


class CasebookView(ThreeColumns):
    """``moved`` carries where one is: (subject, visit, n, form, n, row, item), as far as it is known.

    ``saved`` carries the time at which the last answer was durable.
    """

    moved = Signal(tuple)
    saved = Signal(str)

    def __init__(self, casebook: OpenCasebook, say: Say, inspector: Inspector | None = None) -> None:
        super().__init__(say, inspector)
        self.casebook, self.say = casebook, say
        self.subject = ""
        self.key: FormKey | None = None
        self.at: tuple[str, int] = ("", 0)
        self._entries: Sequence[VisitEntry] = ()
        self._wanted: Callable[[], object] | None = None
        self.form = FormView(say, self)
        self.card = VisitCard(say, self)
        self.middle.addWidget(self.form)
        self.middle.addWidget(self.card)
        self._listen()
        self.talk = QueryTalk(self)
        self._make_shortcuts()

    def show_subject(self, subject: str) -> bool:
        """Turn to a subject, at the first visit that waits; False while something there is unsaved."""
        if not self._may_leave(lambda: self.show_subject(subject)):
            return False
        self.subject = subject
        self.casebook.open(subject)
        self.key, self.at = None, ("", 0)
        self.reread()
        for visit in first_wanted(self._entries):
            self.open_visit(visit.visit, visit.visit_n)
        return True

    def open_visit(self, visit: str, n: int) -> None:
        """Turn to a visit: its first form that is not complete, or how it begins."""
        entry = self._entry(visit, n)
        if entry is None or not self._may_leave(lambda: self.open_visit(visit, n)):
            return
        if _has_begun(entry):
            waiting = [form for form in entry.forms if form.status != "complete"]
            self.open_form((waiting or list(entry.forms))[0].key)
            return
        self.key, self.at = None, (visit, n)
        present = self.casebook.form(entry.forms[0].key).present() if entry.forms else None
        reasons = self.casebook.missed_reasons() if entry.can_miss else ()
        self.card.show_visit(entry, reasons, present)
        self.card.query.setVisible(self.casebook.acts.may_ask or bool(entry.asked))
        self.middle.setCurrentWidget(self.card)
        self.inspector.clear()
        self.visits.show_visits(self._entries, self.at, self.key)
        self.card.focus_first()
        self.moved.emit((self.subject, visit, n))

    def open_form(self, key: FormKey, cell: Cell | None = None) -> None:
        """Turn to a form, and to one of its questions; a visit that has not begun is asked about first."""
        if key == self.key and cell is not None:
            self.form.jump(cell)
            return
        entry = self._entry(key.visit, key.visit_n)
        if entry is not None and not _has_begun(entry):
            self.open_visit(key.visit, key.visit_n)
            return
        if not self._may_leave(lambda: self.open_form(key, cell)):
            return
        self.key, self.at = key, (key.visit, key.visit_n)
        self.middle.setCurrentWidget(self.form)
        self.inspector.clear()
        self.form.show_form(self.casebook.form(key))
        self.visits.show_visits(self._entries, self.at, self.key)
        if cell is None or not self.form.jump(cell):
            self.form.focus_first()
        self.moved.emit(tuple(key))

    def reread(self) -> None:
        """Ask anew for the visits: something changed here or elsewhere."""
        self._entries = self.casebook.visits()
        self.visits.show_title(*self.casebook.title())
        self.visits.show_visits(self._entries, self.at, self.key)

    def step_form(self, step: int) -> None:
        """To the next or previous form, over visit borders."""
        following = self.casebook.next_form(self.key, step) if self.key is not None else None
        if following is not None:
            self.open_form(following)
        elif self.key is None:
            self.step_visit(step)

    def step_visit(self, step: int) -> None:
        """To the next or previous visit."""
        order = [(visit.visit, visit.visit_n) for visit in self._entries]
        place = order.index(self.at) + step if self.at in order else 0
        if 0 <= place < len(order):
            self.open_visit(*order[place])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through visits, form and inspector in this order, whatever was made when."""
        here = QApplication.focusWidget()
        columns = (self.visits, self.middle, self.inspector)
        enters = (
            partial(enter_column, self.visits),
            self._enter_middle,
            partial(enter_column, self.inspector),
        )
        at = next((i for i, c in enumerate(columns) if here is not None and c.isAncestorOf(here)), -1)
        if at < 0:
            return super().focusNextPrevChild(forward)
        within = columns[at] if at != 1 else self.card
        if step_in_column(within, forward=forward) or enter_next(enters, at, forward=forward):
            return True
        return leave(self, forward=forward) or enters[0 if forward else 1](forward)

    # ---- inside

    def _listen(self) -> None:
        self.visits.visit_chosen.connect(self.open_visit)
        self.visits.form_chosen.connect(self.open_form)
        self.form.saved.connect(self._saved)
        self.form.status_changed.connect(self.reread)
        self.form.focused.connect(self._inspect)
        self.form.help_wanted.connect(lambda: self._turn_inspector("help"))
        self.form.completed.connect(self._go_to_waiting)
        self.form.leave_confirmed.connect(self._leave_now)
        book = self.casebook
        self.card.started.connect(lambda day: self._after(book.start_visit(*self.at, day)))
        self.card.booked.connect(lambda day: self._after(book.book_visit(*self.at, day)))
        self.card.missed.connect(lambda code, words: self._after(book.miss_visit(*self.at, code, words)))
        self.card.merged.connect(lambda into, why: self._after(book.merge_visit(*self.at, into, why)))

    def _make_shortcuts(self) -> None:
        """Keys that turn pages, wherever the keyboard is: lines and buttons would take the arrows."""
        add_keys(
            self,
            {
                "Alt+Down": lambda: self.step_form(1),
                "Alt+Up": lambda: self.step_form(-1),
                "Alt+Shift+Down": lambda: self.step_visit(1),
                "Alt+Shift+Up": lambda: self.step_visit(-1),
                "F2": self.talk.open_query,
                "F3": lambda: self._turn_inspector("history"),
            },
        )

    def _go_to_waiting(self) -> None:
        if (following := waiting_after(self._entry(*self.at), self.key)) is not None:
            self.open_form(following)

    def _enter_middle(self, forward: bool) -> bool:
        return self.form.enter(forward) or enter_column(self.card, forward)

    def _may_leave(self, then: Callable[[], object]) -> bool:
        """Whether nothing typed would be lost; ``then`` is what is done when the person leaves anyway."""
        if self.key is None or self.form.may_leave():
            return True
        self._wanted = then
        return False

    def _leave_now(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _entry(self, visit: str, n: int) -> VisitEntry | None:
        return next((v for v in self._entries if (v.visit, v.visit_n) == (visit, n)), None)

    def _saved(self, at: str) -> None:
        self.saved.emit(at)
        question = self.form.question_in_focus()
        if question is not None:
            self._inspect(question.cell)

    def _inspect(self, cell: Cell) -> None:
        if self.form.entry is None or self.key is None:
            return
        self.inspector.show_inspection(self.form.entry.page.inspect(cell))
        self.moved.emit((*self.key, *cell))

    def _after(self, patch: Patch) -> None:
        if patch.refusal is not None:
            self.card.refuse(patch.refusal.text)
            return
        self.reread()
        self.open_visit(*self.at)
        if patch.saved:
            self.saved.emit(patch.saved)

    def _turn_inspector(self, tab: str) -> None:
        self.turn_inspector(tab)
        if (question := self.form.question_in_focus()) is not None:
            self._inspect(question.cell)


def first_wanted(visits: Sequence[VisitEntry]) -> list[VisitEntry]:
    """The visit to begin with: one that waits, else one that can begin, else the first."""
    waiting = [v for v in visits if v.standing == "started" and v.status_icon != "complete"]
    ahead = [v for v in visits if v.can_start]
    return [*waiting, *ahead, *visits][:1]


def waiting_after(visit: VisitEntry | None, key: FormKey | None) -> FormKey | None:
    """The next form of a visit that is not complete, round from its end to its start; None where none is."""
    if visit is None or visit.standing != "started":
        return None
    forms = list(visit.forms)
    here = next((place for place, form in enumerate(forms) if form.key == key), -1)
    waiting = (form.key for form in forms[here + 1 :] + forms[:here] if form.status != "complete")
    return next(waiting, None)
