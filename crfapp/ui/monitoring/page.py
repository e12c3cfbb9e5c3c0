"""The Monitoring page as the window shows it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.address import Address
from crfapp.ui.casebook.page_tabbing import add_keys
from crfapp.ui.monitoring.body import COMPARE, PROGRESS, VISITS, MonitoringBody
from crfapp.ui.shell.page import KeyLine
from crfapp.work.cases import Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from crfapp.present.monitoring_page import MonitoringPage
    from crfapp.present.monitoring_view import SourceView, Step, WorkLine
    from crfapp.present.monitoring_visits import MonitoringVisits
    from crfapp.present.palette import Action
    from crfapp.present.texts import Texts
    from crfapp.ui.shell.page import Shell

_CARES = frozenset(
    {
        Topic.ANSWERS,
        Topic.FORMS,
        Topic.SUBJECTS,
        Topic.VISITS,
        Topic.VERIFICATION,
        Topic.QUERIES,
        Topic.SIGNATURES,
    }
)
_COUNTS = frozenset({Topic.ANSWERS, Topic.VERIFICATION, Topic.FORMS})
_AFTER_MS = 40
"""The list at the side and the inspector follow when the eyes are already on the next answer."""
_IDLE_MS = 5
_MOST_SUBJECTS = 200


class MonitoringWindowPage:
    """Implements :class:`crfapp.ui.shell.page.Page`."""

    key = "monitoring"
    icon = "monitoring"

    def __init__(
        self, presenter: MonitoringPage, visits: MonitoringVisits, shell: Shell, say: Texts, *, folder: Path
    ) -> None:
        self._presenter, self._visits, self._shell, self._say = presenter, visits, shell, say
        self._folder = folder
        self._stale, self._acting = True, False
        self._most: int | None = None
        self._changed: int | None = None
        self._view: SourceView | None = None
        self._record = ""
        self.body = MonitoringBody(say, may_verify=presenter.may_verify, may_ask=presenter.may_ask)
        self._later = self._timer(_AFTER_MS, self._follow)
        self._idle = self._timer(_IDLE_MS, self._count_on)
        self._listen()

    # ---- what the frame asks

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
            if self.body.isVisible() and not self._acting:
                self._later.start()

    def shown(self) -> None:
        """The page has come to the front."""
        self._presenter.begin_again()
        if self._stale:
            self._reread()
        if not self._presenter.may_verify and self._view is None:
            self.body.turn(PROGRESS)
        elif self._view is None:
            self._open_first()
        self._focus()

    def open(self, at: Address) -> None:
        """Turn to a form, and to one of its answers."""
        if at.form:
            key = FormKey(at.subject, at.visit, at.visit_n, at.form, at.form_n)
            self.open_form(key, Cell(at.row, at.item) if at.item else None)

    def address(self) -> Address:
        """The answer that is looked at."""
        cell = self.body.compare.list.cell
        if self._view is None or cell is None:
            return Address(self.key)
        key = self._view.key
        return Address(
            self.key, key.subject, key.visit, key.visit_n, key.form, key.form_n, cell.row, cell.item
        )

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

    # ---- one form

    def open_form(self, key: FormKey, cell: Cell | None) -> None:
        """Lay a form beside its source, at one of its answers or the first that waits."""
        self._view = self._presenter.open(key)
        self.body.compare.refuse("")
        self.body.turn(COMPARE)
        self._show_form(cell or self._presenter.first())
        self._mark_list()

    def _open_line(self, line: WorkLine) -> None:
        self.open_form(line.key, line.cell)
        self.body.compare.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        lines = self.body.worklist.list.lines.lines
        if lines:
            self.open_form(lines[0].key, lines[0].cell)
        else:
            self.body.compare.show_form(None)

    def _open_subject(self, subject: str) -> None:
        forms = self._presenter.forms_of(subject)
        waiting = [key for key, line in forms if line.done < line.planned] or [key for key, _line in forms]
        if waiting:
            self.open_form(waiting[0], None)
            self.body.compare.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_form(self, cell: Cell | None) -> None:
        compare = self.body.compare
        compare.show_form(self._view)
        compare.list.go_to(cell)
        self._say_next()

    def _say_next(self) -> None:
        """The buttons follow the answer that is looked at."""
        cell = self.body.compare.list.cell
        line = next((one for one in self._view.lines if one.cell == cell), None) if self._view else None
        self.body.compare.say_next(line.label if line else "", line.state if line else "")

    def _turned(self, _cell: Cell) -> None:
        self._say_next()
        self._later.start()

    # ---- acts

    def _act(self, act: str) -> None:
        cell, compare, say = self.body.compare.list.cell, self.body.compare, self._say
        if self._view is None or (cell is None and act != "form"):
            return
        may = self._presenter.may_ask if act == "query" else self._presenter.may_verify
        if not may:
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
        cell = self.body.compare.list.cell
        if cell is not None:
            doing = self._presenter.query if act == "query" else self._presenter.take_back
            if self._take(partial(doing, cell, words)):
                self.body.compare.stop_asking()

    def _verify_form(self) -> None:
        cells = [cell for cell, _label in self._presenter.listed()]
        if self._take(partial(self._presenter.verify_form, cells)):
            self.body.compare.stop_asking()

    def _take(self, doing: Callable[[], Step]) -> bool:
        """Carry out an act and go where it leads; False where it was refused."""
        self._acting = True
        try:
            step = doing()
        finally:
            self._acting = False
        self._view = self._presenter.view(fresh=False)
        compare, here = self.body.compare, self.body.compare.list.cell
        self._show_form(step.cell or here)
        compare.refuse(step.refusal)
        if step.finished:
            compare.left.setText(self._say("Nothing else waits to be compared."))
        self._later.start()
        return not step.refusal

    # ---- what follows the eyes

    def _follow(self) -> None:
        """Inspector, list and numbers, when the next answer stands on the screen."""
        cell = self.body.compare.list.cell
        if self._view is not None and cell is not None and self.body.inspector.isVisible():
            inspection = self._presenter.inspect(cell)
            if inspection is not None:
                self.body.inspector.show_inspection(inspection)
        if self._stale:
            self._reread()

    def _reread(self) -> None:
        """The list, the numbers, and the form where somebody else changed it."""
        self._stale = False
        if self._view is not None:
            here = self.body.compare.list.cell
            view = self._presenter.view()
            if view != self._view:
                self._view = view
                self._show_form(here)
        left = self._presenter.count_more()
        self._show_list()
        self._show_progress()
        self._show_visits()
        if left:
            self._idle.start()

    def _show_list(self) -> None:
        view = self._presenter.worklist() if self._most is None else self._presenter.worklist(self._most)
        self.body.worklist.show_list(view)
        self._mark_list()

    def _mark_list(self) -> None:
        cell, view = self.body.compare.list.cell, self._view
        if view is None:
            return
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

    # ---- visits

    def _show_visits(self, problem: str = "") -> None:
        self.body.panel.show_visit(self._visits.running(), problem)
        self.body.visits.show_visits(self._visits.visits())
        if self._record:
            self.body.visits.show_record(self._visits.record(self._record))

    def _choose_visit(self, monitoring: str) -> None:
        self._record = monitoring
        self.body.visits.show_record(self._visits.record(monitoring))

    def _begin(self, purpose: str) -> None:
        self._show_visits(self._visits.begin(purpose))

    def _end(self, points: str) -> None:
        self._show_visits(self._visits.end(points))

    def _make_paper(self) -> None:
        proposed = str(self._folder / self._visits.file_name(self._record))
        name, _ = QFileDialog.getSaveFileName(
            self.body,
            self._say("Where should the record stand?"),
            proposed,
            "PDF (*.pdf)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            problem = self._visits.to_paper(self._record, Path(name))
            self.body.visits.record.say_result(problem or self._say("Written: {file}", file=name))

    # ---- inside

    def _focus(self) -> None:
        if self.body.at == COMPARE and self._view is not None:
            self.body.compare.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.body.tabs[self.body.at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _timer(self, after: int, doing: Callable[[], None]) -> QTimer:
        timer = QTimer(self.body)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(doing)
        return timer

    def _listen(self) -> None:
        body = self.body
        body.worklist.opened.connect(self._open_line)
        body.worklist.more_wanted.connect(self._more)
        body.compare.acted.connect(self._act)
        body.compare.told.connect(self._told)
        body.compare.listed.connect(self._verify_form)
        body.compare.turned.connect(self._turned)
        body.progress.opened.connect(self._open_subject)
        body.visits.chosen.connect(self._choose_visit)
        body.visits.paper_wanted.connect(self._make_paper)
        body.panel.begun.connect(self._begin)
        body.panel.ended.connect(self._end)
        turns = {f"Alt+{n}": partial(body.turn, tab) for n, tab in enumerate((COMPARE, PROGRESS, VISITS), 1)}
        add_keys(body, {**turns, "F3": self._turn_inspector})

    def _turn_inspector(self) -> None:
        self.body.turn_inspector("history")
        self._later.start()
