"""One open form: what it shows, and what happens when a field is left.

Every answer is on disk before the page shows anything of it (REQ-105). The view gets patches.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.exchange.audit_words import REDACTED
from crfapp.form.graph import Cell
from crfapp.form.values import shown
from crfapp.ledger.events import (
    FormCompleted,
    FormEvent,
    FormReopened,
    FormStarted,
    ItemEvent,
    RowAdded,
    RowVoided,
    VisitCancelled,
    VisitMerged,
    VisitMissed,
    VisitRedated,
    VisitStarted,
)
from crfapp.ledger.keys import ItemKey
from crfapp.present.asking import MARKS as ASKED
from crfapp.present.asking import Asking
from crfapp.present.body_map import map_of
from crfapp.present.earlier import beside_words
from crfapp.present.form_acts import FormActs
from crfapp.present.form_fields import FormFields
from crfapp.present.form_heads import head_of
from crfapp.present.form_photographs import FormPhotographs, file_name
from crfapp.present.form_signs import FormSigns
from crfapp.present.form_view import (
    FieldState,
    Obstacle,
    Patch,
    Refusal,
    SectionView,
    joined_patch,
)
from crfapp.present.holding import Holding, locked_words
from crfapp.present.inspecting import inspect_cell
from crfapp.present.label_scan import LabelScan
from crfapp.present.manifestation import shown_at
from crfapp.present.moving import moves_of
from crfapp.present.offers import offers_for
from crfapp.present.problem_texts import problem_text
from crfapp.present.site_present import SitePresent
from crfapp.present.source_marks import source_mark
from crfapp.present.target_guard import guard_of
from crfapp.present.texts import isolated
from crfapp.present.words import REASONS
from crfapp.study.types import Kind
from crfapp.work.drafts import TakeDraft
from crfapp.work.entry import CompleteForm, ConfirmFinding, RecordAnswer, ReopenForm
from crfapp.work.obstacles import PHOTOGRAPH, REQUIRED, obstacles
from crfapp.work.reading_items import field_of, manner_of
from crfapp.work.redaction import is_redacted
from crfapp.work.row_work import AddRow, VoidRow

if TYPE_CHECKING:
    from crfapp.form.graph import FormGraph
    from crfapp.form.plan_parts import PlanItem
    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import ItemRow
    from crfapp.present.form_view import FormHead, Inspection
    from crfapp.present.photo_room import PhotoRoom
    from crfapp.present.workplace import Workplace
    from crfapp.work.bus import Outcome
    from crfapp.work.cases import Command

_ROWS = (RowAdded, RowVoided)
_STATUS = (
    FormStarted,
    FormCompleted,
    FormReopened,
    VisitStarted,
    VisitMissed,
    VisitRedated,
    VisitMerged,
    VisitCancelled,
)


class FormPage:
    """The presenter of one form; ``acts`` is what is said of it as a whole, ``map`` its body map."""

    def __init__(
        self,
        workplace: Workplace,
        key: FormKey,
        asking: Asking | None = None,
        room: PhotoRoom | None = None,
    ) -> None:
        self.key = key
        self._at = workplace
        self._asking = asking or Asking(workplace)
        self.acts = FormActs(workplace, key)
        self.map = map_of(workplace, key)
        self._fields = FormFields(workplace, key)
        self._labels = LabelScan(workplace, key)
        self.guard = guard_of(workplace, key, room)
        self.signs = FormSigns(workplace, key, self._do)
        self.photographs = FormPhotographs(workplace, key, room, self._do) if room is not None else None

    # ---- what it shows

    def head(self) -> FormHead:
        """Title, place, status, signature, and how it is held."""
        asked = self._asked_words(self._asking.form_marks(self.key.subject).get(self.key, ""))
        return replace(head_of(self._at, self.key), may_ask=self._asking.may_ask, asked=asked)

    def sections(self) -> tuple[SectionView, ...]:
        """The cards of the page, with their rows as they stand."""
        self._graph.take_changes()  # whoever asks for the cards draws all of them
        return self._fields.sections(self._graph)

    def state(self, cell: Cell) -> FieldState:
        """The changing part of one question."""
        state = self._graph.state(cell)
        if state is None or not state.visible:
            return FieldState(visible=False, required=False)
        planned = self._graph.plan.items[cell.item]
        stored = self._at.desk.stored(ItemKey(*self.key, *cell))
        return FieldState(
            visible=True,
            required=state.required,
            text=_shown(self._at, self.key, planned, state.text),
            code=state.text or "",
            missing=self._fields.missing_words(state.missing) or _gone(self._at, stored),
            findings=self._fields.findings(self._graph, cell),
            to_confirm=stored is not None and stored.hidden == 2,  # noqa: PLR2004 - see ItemRow
            locked=locked_words(self._at, planned),
            previous=beside_words(self._at, self.key, cell, planned),
            verification=source_mark(self._at, self.key, cell, stored),
            asked=self._asked_words(self._asking.mark(self.key, cell)),
            sign=self.signs.view(cell),
        )

    def inspect(self, cell: Cell) -> Inspection:
        """Everything about one question."""
        name = self._fields.cell_label(self._graph, cell)
        return inspect_cell(self._at, self.key, cell, name, self._fields.findings(self._graph, cell))

    def reasons(self) -> tuple[str, ...]:
        """Reasons for change to pick from."""
        return tuple(self._at.texts(reason) for reason in REASONS)

    def present(self) -> SitePresent:
        """Now, today and the visit's date, as texts for editors."""
        return SitePresent(self._at, self.key)

    # ---- what happens

    def leave(self, cell: Cell, typed: str, reason: str = "") -> Patch:
        """A field was left with another text than it had: record it, or say why not.

        The label of a product is read out first, and then fills all fields that it is about.
        """
        asks = self._labels.weigh(cell, typed)
        if asks is not None:
            return Patch(refusal=asks)
        patches = [self._record(one, told, reason) for one, told in self._labels.spread(cell, typed)]
        return joined_patch(patches)

    def mark_missing(self, cell: Cell, code: str, why: str = "", reason: str = "") -> Patch:
        """A missing code instead of an answer; ``why`` stands as its reason."""
        command = RecordAnswer(
            key=self.key,
            row=cell.row,
            item=cell.item,
            missing=code,
            reason=reason or why,
            captured_at=self._at.desk.stamp(),
            query=self._asking.open_at(self.key, cell),
        )
        return self._do(command, cell)

    def confirm(self, cell: Cell, check: str, why: str) -> Patch:
        """The answer is right although a check fired."""
        return self._do(
            ConfirmFinding(key=self.key, row=cell.row, item=cell.item, check=check, reason=why), cell
        )

    def take_draft(self, cell: Cell, check: str) -> Patch:
        """Take over the row that a task drafts."""
        return self._do(TakeDraft(key=self.key, row=cell.row, item=cell.item, check=check), cell)

    def add_row(self, section: str) -> Patch:
        """One more row of a log."""
        return self._do(AddRow(key=self.key, section=section))

    def void_row(self, section: str, row: str, reason: str) -> Patch:
        """A row does not count."""
        return self._do(VoidRow(key=self.key, section=section, row=row, reason=reason))

    def complete(self) -> tuple[Patch, tuple[Obstacle, ...]]:
        """Mark the form complete; or what stands in the way, in the order of the form."""
        in_the_way = obstacles_in_words(self._at, self.key, self._fields)
        if in_the_way:
            return Patch(), in_the_way
        return self._do(CompleteForm(key=self.key)), ()

    def reopen(self, reason: str) -> Patch:
        """Take a complete form up again."""
        return self._do(ReopenForm(key=self.key, reason=reason))

    def hold(self, act: str, reason: str = "") -> Patch:
        """Freeze, lock or open again; ``act`` is one of the head's."""
        return Holding(self._at, self.key).do(act, reason)

    @property
    def _graph(self) -> FormGraph:
        return self._at.desk.forms.get(self.key)

    def _record(self, cell: Cell, typed: str, reason: str) -> Patch:
        command = RecordAnswer(
            key=self.key,
            row=cell.row,
            item=cell.item,
            typed=typed,
            reason=reason,
            captured_at=self._at.desk.stamp(),
            query=self._asking.open_at(self.key, cell),
        )
        return self._do(command, cell, typed)

    def _do(self, command: Command, cell: Cell | None = None, typed: str = "") -> Patch:
        before = self._graph
        try:
            outcome = self._at.send(command)
        except AppProblem as problem:
            return Patch(refusal=self._refusal(problem, cell, typed))
        return self._patch(outcome, cell, same_graph=before is self._graph)

    def _patch(self, outcome: Outcome, cell: Cell | None, *, same_graph: bool) -> Patch:
        here = [e for e in outcome.events if isinstance(e, FormEvent) and e.key == self.key]
        rows_changed = not same_graph or any(isinstance(e, _ROWS) for e in here)
        cells = set(self._graph.take_changes())
        cells |= {Cell(e.row, e.item) for e in here if isinstance(e, ItemEvent)}
        if rows_changed:
            cells = set(self._graph.cells())
        if cell is not None:
            cells.add(cell)
        local = self._at.now.local if outcome.events else None
        return Patch(
            cells=frozenset(cells),
            saved=self._at.texts.clock(local) if local else "",
            rows_changed=rows_changed,
            status_changed=any(isinstance(e, _STATUS) for e in outcome.events),
        )

    def _refusal(self, problem: AppProblem, cell: Cell | None, typed: str) -> Refusal:
        what, todo = problem_text(problem, self._at.texts)
        wants = problem.code in (Code.REASON_NEEDED, Code.REASON_TOO_SHORT)
        moves = moves_of(self._at, self.key, cell, typed) if wants and cell is not None else ""
        text = " ".join(part for part in (what, todo, moves) if part)
        correctable = isinstance(problem, RefusedError)  # else the records may be out of reach
        offers = offers_for(self._at, self.key, cell, typed) if cell is not None and correctable else ()
        return Refusal(problem.code.value, text, offers, wants_reason=wants)

    def _asked_words(self, mark: str) -> str:
        return self._at.texts(ASKED[mark]) if mark else ""


def _gone(at: Workplace, stored: ItemRow | None) -> str:
    """An answer that was made unreadable says so; it was given all the same."""
    if stored is None or stored.value is not None or stored.missing is not None:
        return ""
    return at.texts(REDACTED) if is_redacted(at.tables, stored.head, "value") else ""


def _shown(at: Workplace, key: FormKey, planned: PlanItem, text: str | None) -> str:
    if not text or planned.type.kind is Kind.NOTE:
        return ""
    if planned.type.kind is Kind.SIGNATURE:
        signed = shown_at(at, key)
        return signed.sentence if signed is not None else text
    if planned.type.kind is Kind.PHOTO:
        return file_name(at, key.subject, text)
    field = field_of(at.desk, key, planned)
    return shown(text, field, manner_of(at.desk, key))


def obstacles_in_words(at: Workplace, key: FormKey, fields: FormFields) -> tuple[Obstacle, ...]:
    """What keeps a form from being completed, each with the question that it is about."""
    graph, found = at.desk.forms.get(key), []
    for name, cell in obstacles(at.desk, key):
        label = fields.cell_label(graph, cell)
        if name.startswith(REQUIRED):
            words = at.texts("{item}: an answer is missing.", item=label)
        elif name.startswith(PHOTOGRAPH):
            which = isolated(name.removeprefix(PHOTOGRAPH))
            words = at.texts("{which}: the photograph is missing.", which=which)
        else:
            findings = fields.findings(graph, cell)
            words = f"{label}: {next((f.text for f in findings if f.check == name), '')}"
        found.append(Obstacle(cell, words))
    return tuple(found)
