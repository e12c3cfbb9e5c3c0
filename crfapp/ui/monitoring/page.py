"""The Monitoring page as the window shows it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.ui.casebook.page_tabbing import add_keys
from crfapp.ui.monitoring.body import COMPARE, PROGRESS, VISITS, MonitoringBody
from crfapp.ui.monitoring.compare_desk import CompareDesk
from crfapp.ui.monitoring.query_desk import QueryDesk
from crfapp.ui.monitoring.visit_desk import VisitDesk
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from crfapp.present.monitoring_page import MonitoringPage
    from crfapp.present.monitoring_view import WorkLine
    from crfapp.present.monitoring_visits import MonitoringVisits
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts

_COUNTS = frozenset({Topic.ANSWERS, Topic.FORMS, Topic.VERIFICATION})
_CARES = _COUNTS | {Topic.SUBJECTS, Topic.VISITS, Topic.QUERIES, Topic.SIGNATURES}
_VERIFIES, _ASKS = frozenset({"verify", "skip", "form", "take"}), frozenset({"query"})
_AFTER_MS = 40
"""The list at the side and the inspector follow when the eyes are already on the next answer."""
_IDLE_MS = 5
_MOST_SUBJECTS = 200


class MonitoringWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`. ``folder`` is where a record is proposed to stand."""

    key = "monitoring"
    icon = "monitoring"

    def __init__(self, presenter: MonitoringPage, visits: MonitoringVisits, say: Texts, folder: Path) -> None:
        self._presenter, self._say = presenter, say
        self._stale = True
        self._most: int | None = None
        self._changed: int | None = None
        self.body = MonitoringBody(say, may_verify=presenter.may_verify, may_ask=presenter.may_ask)
        may = (_VERIFIES if presenter.may_verify else frozenset()) | (
            _ASKS if presenter.may_ask else frozenset()
        )
        self.desk = CompareDesk(presenter.comparing, self.body.compare, say, may=may, parent=self.body)
        QueryDesk(presenter.comparing.asking, self.body.inspector, self.desk)
        self._visits = VisitDesk(visits, self.body, say, folder)
        self._later = self._timer(_AFTER_MS, self._follow)
        self._idle = self._timer(_IDLE_MS, self._count_on)
        self._listen()

    @property
    def widget(self) -> QWidget:
        """What is shown."""
        return self.body

    def title(self) -> str:
        """Its name."""
        return self._say("Monitoring")

    def badge(self) -> int:
        """Answers that changed since they were verified, for whoever verifies."""
        if not self._presenter.may_verify:
            return 0
        if self._changed is None:
            self._changed = self._presenter.changed_count()
        return self._changed

    def refresh(self, topics: Collection[Topic]) -> None:
        """Something changed; what this page did itself is shown already."""
        if _COUNTS.intersection(topics):
            self._changed = None
        if _CARES.intersection(topics):
            self._stale = True
            if self.body.isVisible() and not self.desk.acting:
                self._later.start()

    def shown(self) -> None:
        """The page has come to the front."""
        self._presenter.comparing.begin_again()
        if self._stale:
            self._reread()
        if not self._presenter.may_verify and self.desk.view is None:
            self.body.turn(PROGRESS)
        elif self.desk.view is None:
            self._open_first()
        if self.body.at == COMPARE and self.desk.view is not None:
            self.desk.take_keyboard()
        else:
            self.body.tabs[self.body.at].setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, at: Address) -> None:
        """Turn to a form, and to one of its answers."""
        if at.form:
            key = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
            self.open_form(key, Cell(at.row, at.item) if at.item else None)

    def address(self) -> Address:
        """The answer that is looked at."""
        cell, view = self.desk.cell, self.desk.view
        if view is None or cell is None:
            return Address(self.key)
        return Address(self.key, *view.key, *cell)

    def keys(self) -> Sequence[KeyLine]:
        """The keys of this page."""
        say = self._say
        return (
            KeyLine("V", say("verify and go to the next planned answer")),
            KeyLine("Q", say("raise a query")),
            KeyLine("S", say("skip: leave it for later")),
            KeyLine("↑ ↓", say("next or previous answer")),
            KeyLine("F3", say("history")),
            KeyLine("Alt+1 … 3", say("compare, progress, monitoring visits")),
        )

    def actions(self) -> Sequence[Action]:
        """Nothing to be started from elsewhere."""
        return ()

    def open_form(self, key: FormKey, cell: Cell | None) -> None:
        """Lay a form beside its source, at one of its answers or the first that waits."""
        self.body.turn(COMPARE)
        self.desk.open_form(key, cell)
        self._mark_list()

    # ---- inside

    def _open_line(self, line: WorkLine) -> None:
        self.open_form(line.key, line.cell)
        self.desk.take_keyboard()

    def _open_first(self) -> None:
        lines = self.body.worklist.list.lines.lines
        if lines:
            self.open_form(lines[0].key, lines[0].cell)
        else:
            self.desk.close_form()

    def _open_subject(self, subject: str) -> None:
        forms = self._presenter.forms_of(subject)
        waiting = [key for key, line in forms if line.done < line.planned] or [key for key, _line in forms]
        if waiting:
            self.open_form(waiting[0], None)
            self.desk.take_keyboard()

    def _follow(self) -> None:
        """Inspector, list and numbers, when the next answer stands on the screen."""
        cell = self.desk.cell
        if cell is not None and self.body.inspector.isVisible():
            inspection = self._presenter.comparing.inspect(cell)
            if inspection is not None:
                self.body.inspector.show_inspection(inspection)
        if self._stale:
            self._reread()

    def _reread(self) -> None:
        """The list, the numbers, and the form where somebody else changed it."""
        self._stale = False
        self.desk.reread()
        left = self._presenter.count_more()
        self._show_list()
        self._show_progress()
        self._visits.show()
        if left:
            self._idle.start()

    def _show_list(self) -> None:
        view = self._presenter.worklist() if self._most is None else self._presenter.worklist(self._most)
        self.body.worklist.show_list(view)
        self._mark_list()

    def _mark_list(self) -> None:
        cell, view = self.desk.cell, self.desk.view
        if view is not None:
            self.body.worklist.mark(lambda line: line.key == view.key and line.cell in (None, cell))

    def _more(self) -> None:
        """The end of the list came into view."""
        self._most = 2 * max(len(self.body.worklist.list.lines.lines), 1)
        self._show_list()

    def _show_progress(self) -> None:
        subjects = self._presenter.subjects_progress(_MOST_SUBJECTS)
        places = self._presenter.progress()
        note = self._say("The first {count} subjects are listed.", count=_MOST_SUBJECTS)
        self.body.progress.show_progress(places, subjects, note if len(subjects) == _MOST_SUBJECTS else "")

    def _count_on(self) -> None:
        """Count while nobody waits; the list and the numbers grow with it."""
        if not self.body.isVisible():
            return
        left = self._presenter.count_more()
        if left:
            self._idle.start()
        if not left or not self.body.worklist.is_full:
            self._show_list()
            self._show_progress()

    def _timer(self, after: int, doing: Callable[[], None]) -> QTimer:
        timer = QTimer(self.body)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(doing)
        return timer

    def _listen(self) -> None:
        body = self.body
        self.desk.moved.connect(self._later.start)
        body.worklist.opened.connect(self._open_line)
        body.worklist.more_wanted.connect(self._more)
        body.progress.opened.connect(self._open_subject)
        turns = {f"Alt+{n}": partial(body.turn, tab) for n, tab in enumerate((COMPARE, PROGRESS, VISITS), 1)}
        add_keys(body, {**turns, "F3": self._turn_inspector})

    def _turn_inspector(self) -> None:
        self.body.turn_inspector("history")
        self._later.start()
