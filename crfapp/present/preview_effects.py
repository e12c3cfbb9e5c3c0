"""What an answer led to in a preview: what it showed, hid, worked out and found, here and elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.form.graph import Cell
from crfapp.form.plan_parts import is_computed
from crfapp.ledger.events import (
    FindingRaised,
    FindingSettled,
    ItemEvent,
    ItemHidden,
    ItemShownAgain,
    ValueRecorded,
)
from crfapp.present.form_view import ReasonLine, StepLine
from crfapp.present.reasons import Reasons
from crfapp.present.texts import N_, isolated
from crfapp.work.offered import forms_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.form.graph import CellState
    from crfapp.ledger.events import Event
    from crfapp.ledger.keys import FormKey
    from crfapp.present.reasons import Reason
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.work.bus import Outcome

_MOST_STEPS = 40
_ELSEWHERE = {
    ItemHidden: ("hidden", N_("Does not apply any more in another form.")),
    ItemShownAgain: ("shown", N_("Applies again in another form.")),
}
_ASKED = N_("The visit asks for this form now.")
_NOT_ASKED = N_("The visit does not ask for this form.")


class Standing(NamedTuple):
    """How a form stood: its cells, and the forms that its visit asks for."""

    cells: dict[Cell, CellState]
    asked: tuple[str, ...]


class Effects:
    """Watches a trial and keeps the latest steps, told to whoever reads ``say``."""

    def __init__(self, at: Workplace, say: Texts) -> None:
        self._at, self._say = at, say
        self._texts = at.study.texts(say.language)
        self._events: list[Event] = []
        self.steps: tuple[StepLine, ...] = ()
        at.listen(self._hear)

    def standing(self, key: FormKey) -> Standing:
        """How things stand before an act."""
        self._events.clear()
        graph = self._at.desk.forms.get(key)
        cells = {cell: state for cell in graph.cells() if (state := graph.state(cell)) is not None}
        return Standing(cells, tuple(one.form for one in forms_at(self._at.desk, key.at)))

    def note(self, key: FormKey, title: str, before: Standing) -> None:
        """Keep what is different after the act."""
        events, after = tuple(self._events), self.standing(key)
        lines = [
            *self._moved(key, before, after),
            *self._found(key, events),
            *self._elsewhere(key, events),
            *self._forms(key, before, after),
        ]
        self.steps = (StepLine(title, _together(lines)), *self.steps)[:_MOST_STEPS]

    def hidden(self, key: FormKey) -> tuple[ReasonLine, ...]:
        """The questions of a form that do not apply now, and why."""
        reasons, graph = Reasons(self._at, key, self._say), self._at.desk.forms.get(key)
        lines = []
        for cell in graph.cells():
            state = graph.state(cell)
            if state is not None and not state.visible:
                lines.append(self._line("hidden", reasons.shown(cell), self.label(key, cell)))
        return _together(lines)

    def label(self, key: FormKey, cell: Cell) -> str:
        """What a question is called, with its row, and its form where that is asked for."""
        label = self._texts.item(key.form, cell.item)
        if not cell.row:
            return label
        graph = self._at.desk.forms.get(key)
        group = graph.plan.items[cell.item].group
        row = next((one.info.label for one in graph.rows_in(group) if one.info.key == cell.row), "")
        rows = self._at.study.section(key.form, group).rows
        if rows is not None and cell.row in rows.fixed:
            row = self._texts.row(key.form, group, cell.row)
        return f"{row}, {label}" if row else label

    # ---- inside

    def _hear(self, outcome: Outcome) -> None:
        self._events.extend(outcome.events)

    def _moved(self, key: FormKey, before: Standing, after: Standing) -> Iterator[ReasonLine]:
        """Questions shown and hidden, values worked out."""
        reasons, plan = Reasons(self._at, key, self._say), self._at.desk.forms.get(key).plan
        for cell, state in after.cells.items():
            was = before.cells.get(cell)
            label = self.label(key, cell)
            if was is not None and was.visible != state.visible:
                yield self._line("shown" if state.visible else "hidden", reasons.shown(cell), label)
            if (
                is_computed(plan.items[cell.item])
                and state.visible
                and (was is None or was.text != state.text)
            ):
                yield self._line("computed", reasons.worked_out(cell), label)

    def _found(self, key: FormKey, events: Iterable[Event]) -> Iterator[ReasonLine]:
        say, reasons = self._say, Reasons(self._at, key, self._say)
        for event in events:
            if not isinstance(event, FindingRaised | FindingSettled):
                continue
            where = self._where(key, event)
            if isinstance(event, FindingSettled):
                yield ReasonLine("settled", say("Check {check} is settled", check=event.check), "", (where,))
                continue
            cause = reasons.fired(Cell(event.row, event.item), event.check) if event.key == key else None
            text = say(
                "Check {check} ({level}): {text}", check=event.check, level=event.level, text=event.text or ""
            )
            yield ReasonLine("finding", text, cause.expression if cause else "", (where,))

    def _elsewhere(self, key: FormKey, events: Iterable[Event]) -> Iterator[ReasonLine]:
        """What followed in the subject's other forms."""
        for event in events:
            if not isinstance(event, ItemEvent) or event.key == key:
                continue
            where = self._where(key, event)
            if isinstance(event, ValueRecorded):
                value = isolated(event.value or self._say("no value"))
                text = self._say("Worked out in another form: {value}", value=value)
                yield ReasonLine("computed", text, "", (where,))
            elif type(event) in _ELSEWHERE:
                kind, words = _ELSEWHERE[type(event)]
                yield ReasonLine(kind, self._say(words), "", (where,))

    def _forms(self, key: FormKey, before: Standing, after: Standing) -> Iterator[ReasonLine]:
        """Forms of the visit that are asked for now, and those that are not any more."""
        conditions = {held.form: held.when or "" for held in self._at.study.visit(key.visit).forms}
        for form in conditions:
            was, now = form in before.asked, form in after.asked
            if was != now:
                kind = "shown" if now else "hidden"
                yield ReasonLine(
                    kind,
                    self._say(_ASKED if now else _NOT_ASKED),
                    conditions[form],
                    (self._texts.form(form),),
                )

    def _where(self, key: FormKey, event: ItemEvent) -> str:
        label = self.label(event.key, Cell(event.row, event.item))
        return label if event.key == key else f"{self._texts.form(event.form)}: {label}"

    def _line(self, kind: str, reason: Reason | None, label: str) -> ReasonLine:
        if reason is None:
            return ReasonLine(kind, "", "", (label,))
        return ReasonLine(kind, reason.text, reason.expression, (label,))


def _together(lines: Iterable[ReasonLine]) -> tuple[ReasonLine, ...]:
    """Lines that say the same become one that names all its questions."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for line in lines:
        found.setdefault((line.kind, line.text, line.expression), []).extend(line.items)
    return tuple(ReasonLine(*said, tuple(dict.fromkeys(items))) for said, items in found.items())
