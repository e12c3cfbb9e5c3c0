"""Monitoring: what there is to compare, one form beside its source, and the keys that go through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code
from crfapp.form.graph import Cell
from crfapp.ledger.keys import EventId, ItemKey, Scope
from crfapp.present.form_fields import FormFields
from crfapp.present.inspecting import inspect_cell
from crfapp.present.monitoring_view import ProgressLine, Step
from crfapp.present.problem_texts import problem_text
from crfapp.present.source_form import WAITING, SourceForm
from crfapp.present.texts import isolated
from crfapp.present.worklist import PAGE, Worklist
from crfapp.work.queries import RaiseQuery
from crfapp.work.roles import Right, Role
from crfapp.work.verification import Listed, UnverifyItem, VerifyForm, VerifyItem
from crfapp.work.verification_standing import total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.ledger.keys import FormKey
    from crfapp.present.form_view import Inspection
    from crfapp.present.monitoring_board import MonitoringBoard
    from crfapp.present.monitoring_view import SourceView, WorklistView
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command
    from crfapp.work.roles import Actor
    from crfapp.work.verification_standing import Counts

_READERS = frozenset({Role.DATA_MANAGER, Role.INVESTIGATOR, Role.AUDITOR})
"""Who besides those who verify sees how far it has come."""
_COUNTED_AT_ONCE = 4


def may_see(actor: Actor) -> bool:
    """Whether somebody has this page: to verify, or to read how far it has come."""
    return actor.may(Right.VERIFY) or actor.role in _READERS


class MonitoringPage:
    """The presenter of the page. Whoever may not verify reads how far it has come."""

    def __init__(self, workplace: Workplace, board: MonitoringBoard) -> None:
        self._at, self._board = workplace, board
        self._list = Worklist(workplace, board)
        self._form: SourceForm | None = None
        self._passed: set[ItemKey] = set()
        self.may_verify = workplace.actor.may(Right.VERIFY)
        self.may_ask = workplace.actor.may(Right.ASK)

    # ---- the list

    def changed_count(self) -> int:
        """How many answers changed since they were verified."""
        return self._list.changed_count()

    def worklist(self, most: int = PAGE) -> WorklistView:
        """What there is to compare, as far as it is looked at."""
        return self._list.view(most)

    def count_more(self) -> bool:
        """Count on a little while nobody waits; whether anything is left to count."""
        return self._board.count_more(_COUNTED_AT_ONCE)

    def begin_again(self) -> None:
        """What was passed over before is offered again."""
        self._passed.clear()

    # ---- one form

    def open(self, key: FormKey) -> SourceView | None:
        """Lay a form beside its source; None where there is no such subject."""
        subject = self._board.subject(key.subject)
        if subject is None:
            return None
        self._form = SourceForm(self._at, key, subject)
        return self._form.view()

    def view(self, *, fresh: bool = True) -> SourceView | None:
        """The form that lies open, as it stands now; not ``fresh`` right after an act, which has looked."""
        if self._form is None:
            return None
        if fresh:
            self._form.reread()
        return self._form.view()

    def first(self) -> Cell | None:
        """The first answer of the open form that waits."""
        return None if self._form is None else self._form.next_after(None, frozenset(self._passed))

    def inspect(self, cell: Cell) -> Inspection | None:
        """Everything about one answer."""
        if self._form is None:
            return None
        key = self._form.key
        findings = FormFields(self._at, key).findings(self._at.desk.forms.get(key), cell)
        return inspect_cell(self._at, key, cell, self._form.label(cell), findings)

    def label(self, cell: Cell) -> str:
        """What an answer of the open form is called."""
        return self._form.label(cell) if self._form is not None else ""

    # ---- acts

    def verify(self, cell: Cell) -> Step:
        """The answer agrees with its source: record it and go on."""
        form = self._opened()
        one = form.items.get(cell)
        if one is None:
            stored = self._at.desk.stored(ItemKey(*form.key, *cell))
            head = stored.head if stored is not None else EventId("", 0)
        else:
            head = one.stored.head
        return self._do(VerifyItem(key=form.key, row=cell.row, item=cell.item, head=head), cell)

    def skip(self, cell: Cell) -> Step:
        """Leave it for later and go on."""
        form = self._opened()
        self._passed.add(ItemKey(*form.key, *cell))
        return self._go_on(cell)

    def query(self, cell: Cell, text: str) -> Step:
        """Ask the site about it and go on."""
        form = self._opened()
        place = {"row": cell.row, "item": cell.item}
        return self._do(RaiseQuery(scope=Scope(*form.key), **place, text=text), cell)

    def take_back(self, cell: Cell, reason: str) -> Step:
        """The verification was a mistake."""
        form = self._opened()
        step = self._do(UnverifyItem(key=form.key, row=cell.row, item=cell.item, reason=reason), cell)
        return step if step.refusal else Step(form.key, cell, saved=step.saved)

    def listed(self) -> tuple[tuple[Cell, str], ...]:
        """What verifying the form as a whole would verify: each answer with what it is called."""
        form = self._opened()
        return tuple((cell, form.label(cell)) for cell in form.order() if form.items[cell].state in WAITING)

    def verify_form(self, cells: Iterable[Cell]) -> Step:
        """All answers of the list that was shown."""
        form = self._opened()
        known = [(cell, form.items[cell]) for cell in cells if cell in form.items]
        items = tuple(Listed(cell.row, cell.item, one.stored.head) for cell, one in known)
        return self._do(VerifyForm(key=form.key, items=items), Cell("", ""))

    # ---- progress

    def progress(self) -> tuple[ProgressLine, ...]:
        """Of the site, of the subject whose form lies open, and of each of its visits."""
        say = self._at.texts
        whole, counted = self._board.site()
        everybody = len(self._board.subjects())
        site = say("Site, {counted} of {everybody} subjects", counted=counted, everybody=everybody)
        if counted == everybody:
            site = say("Site")
        lines = [_line("site", site, whole, counting=counted < everybody)]
        subject = self._board.subject(self._form.key.subject) if self._form is not None else None
        if subject is None:
            return tuple(lines)
        compared = self._board.compared(subject)
        lines.append(_line("subject", isolated(subject.number), compared.whole))
        visits: dict[tuple[str, int], list[Counts]] = {}
        for key, counts in compared.forms.items():
            visits.setdefault((key.visit, key.visit_n), []).append(counts)
        for (visit, _n), several in visits.items():
            lines.append(_line("visit", self._at.study_texts.visit(visit), total(several)))
        return tuple(lines)

    def subjects_progress(self, most: int) -> tuple[tuple[str, ProgressLine], ...]:
        """The first subjects by number, each with its internal id; those not counted yet are left out."""
        known = [row for row in self._board.subjects() if self._board.knows(row)][:most]
        return tuple(
            (row.subject, _line("subject", isolated(row.number), self._board.compared(row).whole))
            for row in known
        )

    def forms_of(self, subject: str) -> tuple[tuple[FormKey, ProgressLine], ...]:
        """The forms of a subject with what is planned in each."""
        row = self._board.subject(subject)
        if row is None:
            return ()
        texts = self._at.study_texts
        return tuple(
            (key, _line("form", f"{texts.visit(key.visit)} · {texts.form(key.form)}", counts))
            for key, counts in self._board.compared(row).forms.items()
        )

    # ---- inside

    def _opened(self) -> SourceForm:
        if self._form is None:
            raise ValueError("no form lies open")
        return self._form

    def _do(self, command: Command, cell: Cell) -> Step:
        form = self._opened()
        try:
            self._at.send(command)
        except AppProblem as problem:
            form.reread()
            what, todo = problem_text(problem, self._at.texts)
            return Step(
                form.key, None if problem.code is Code.VERIFY_STALE else cell, f"{what} {todo}".strip()
            )
        form.reread()
        step = self._go_on(cell)
        return Step(
            step.form, step.cell, finished=step.finished, saved=self._at.texts.clock(self._at.now.local)
        )

    def _go_on(self, cell: Cell) -> Step:
        form = self._opened()
        here = form.next_after(cell, frozenset(self._passed))
        if here is not None:
            return Step(form.key, here)
        following = self._list.following(form.key, frozenset(self._passed))
        if following is None:
            return Step(form.key, None, finished=True)
        self.open(following[0])
        return Step(*following)


def _line(level: str, title: str, counts: Counts, *, counting: bool = False) -> ProgressLine:
    return ProgressLine(level, title, *counts, counting=counting)
