"""One form beside its source: every answer with what was verified of it, then and now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from crfapp.form.graph import Cell
from crfapp.form.plan_parts import is_computed
from crfapp.form.values import shown
from crfapp.ledger.events import ItemEvent, ValueRecorded
from crfapp.ledger.state import FormRow
from crfapp.present.form_fields import FormFields
from crfapp.present.monitoring_view import SourceLine, SourceView
from crfapp.present.site_present import where_of
from crfapp.present.texts import N_, isolated
from crfapp.present.words import UNIT_SIGNS, status_words
from crfapp.study.types import Kind
from crfapp.study.verification import Offer, verification_plan
from crfapp.work.reading_items import field_of, manner_of
from crfapp.work.verification_standing import planned_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.form.graph import CellState, FormGraph
    from crfapp.ledger.chain import Envelope
    from crfapp.ledger.keys import FormKey, ItemKey
    from crfapp.ledger.state import SubjectRow, VerifiedRow
    from crfapp.present.workplace import Workplace
    from crfapp.work.verification_standing import PlannedItem

WAITING = ("planned", "changed")
"""The states in which an answer can be verified."""
_NOT_COMPARED = {
    Offer.HERE_FIRST: N_("first recorded here"),
    Offer.WORKED_OUT: N_("calculated"),
}
_SILENT = frozenset({Kind.NOTE, Kind.SIGNATURE})


class SourceForm:
    """Builds what is shown of one form."""

    def __init__(self, workplace: Workplace, key: FormKey, subject: SubjectRow) -> None:
        self._at, self.key, self._subject = workplace, key, subject
        self._fields = FormFields(workplace, key)
        self.items: dict[Cell, PlannedItem] = {}
        self._places: tuple[tuple[str, Cell], ...] = ()
        self._placed: tuple[FormGraph, tuple[Cell, ...]] | None = None
        self._made: dict[Cell, tuple[tuple[object, ...], SourceLine | None]] = {}
        self.reread()

    def reread(self) -> None:
        """Look anew at what is planned and how it stands."""
        found = planned_items(self._at.desk, self._subject, self.key)
        self.items = {Cell(one.key.row, one.key.item): one for one in found}

    @property
    def _graph(self) -> FormGraph:
        return self._at.desk.forms.get(self.key)

    def order(self) -> list[Cell]:
        """The planned answers in the order of the form."""
        return [cell for cell in self._graph.cells() if cell in self.items]

    def view(self) -> SourceView:
        """The whole form."""
        say = self._at.texts
        row = self._at.tables.get(FormRow, *self.key)
        status = row.status if row is not None else "expected"
        done = sum(one.state == "done" for one in self.items.values())
        return SourceView(
            key=self.key,
            title=self._at.texts_at(self.key).form(self.key.form),
            where=where_of(self._at, self.key),
            status=status,
            status_words=status_words(status, say),
            lines=tuple(self._lines()),
            done=done,
            planned=len(self.items),
            left=say("{done} of {planned} planned", done=done, planned=len(self.items)),
        )

    def next_after(self, cell: Cell | None, passed: frozenset[ItemKey]) -> Cell | None:
        """The next answer that waits and was not passed over, from one on and round again."""
        order = self.order()
        begin = order.index(cell) + 1 if cell in order else self._behind(cell, order)
        for other in (*order[begin:], *order[:begin]):
            one = self.items[other]
            if other != cell and one.state in WAITING and one.key not in passed:
                return other
        return None

    def label(self, cell: Cell) -> str:
        """What an answer is called, with its row."""
        return self._fields.cell_label(self._graph, cell)

    def line(self, cell: Cell) -> SourceLine | None:
        """One answer; None where nothing is recorded or the question does not apply.

        Made once for what it tells of: the next press of a key changes one of them.
        """
        graph, one = self._graph, self.items.get(cell)
        state = graph.state(cell)
        told: tuple[object, ...] = (one,)
        if state is not None:
            told = (one, state.visible, state.text, state.missing)
        known = self._made.get(cell)
        if known is None or known[0] != told:
            known = self._made[cell] = (told, self._line(cell, state))
        return known[1]

    # ---- inside

    def _line(self, cell: Cell, state: CellState | None) -> SourceLine | None:
        planned = self._graph.plan.items[cell.item]
        if state is None or not state.visible or planned.type.kind in _SILENT:
            return None
        if state.text is None and state.missing is None:
            return None
        one = self.items.get(cell)
        label = self._at.texts_at(self.key).item(self.key.form, cell.item)
        value = self._value(cell, state.text, state.missing)
        if one is None:
            return SourceLine(cell, label, value, "", self._why_not(cell))
        then = self._then(one) if one.verified is not None and one.verified.state == "changed" else ""
        return SourceLine(cell, label, value, one.state, self._pill(one), then, note=self._kept(cell))

    def _behind(self, cell: Cell | None, order: list[Cell]) -> int:
        """Where to go on behind an answer that is not planned."""
        cells = list(self._graph.cells())
        if cell is None or cell not in cells:
            return 0
        behind = set(cells[cells.index(cell) :])
        return next((place for place, other in enumerate(order) if other in behind), 0)

    def _lines(self) -> list[SourceLine]:
        found: list[SourceLine] = []
        above = ""
        for heading, cell in self._order():
            line = self.line(cell)
            if line is not None:
                found.append(replace(line, heading=heading) if heading != above else line)
                above = heading
        return found

    def _order(self) -> tuple[tuple[str, Cell], ...]:
        """Every answer with the title above it, worked out anew when rows came or went."""
        graph = self._graph
        shape = (graph, tuple(graph.cells()))
        if self._placed != shape:
            self._placed, self._places = shape, tuple(self._headed())
        return self._places

    def _headed(self) -> Iterator[tuple[str, Cell]]:
        for section in self._fields.sections(self._graph):
            rows = [(row.key, row.title) for row in section.rows] if section.group else [("", "")]
            for row, title in rows:
                heading = f"{section.title} · {title}" if title else section.title
                yield from ((heading, Cell(row, field.item)) for field in section.fields)

    def _value(self, cell: Cell, text: str | None, missing: str | None) -> str:
        if text is None:
            return self._fields.missing_words(missing)
        planned = self._graph.plan.items[cell.item]
        words = shown(text, field_of(self._at.desk, self.key, planned), manner_of(self._at.desk, self.key))
        unit = UNIT_SIGNS.get(planned.item.unit or "", planned.item.unit or "")
        return f"{isolated(words)} {isolated(unit)}" if unit else isolated(words)

    def _kept(self, cell: Cell) -> str:
        item = self._graph.plan.items[cell.item].item
        stays = item.site_only or self._at.study_at(self.key).form(self.key.form).site_only
        return self._at.texts("stays at the site") if stays else ""

    def _why_not(self, cell: Cell) -> str:
        say = self._at.texts
        if is_computed(self._graph.plan.items[cell.item]):
            return say("calculated")
        offer = verification_plan(self._at.study_at(self.key)).offer(self.key.form, cell.item)
        return say(_NOT_COMPARED.get(offer, N_("not planned")))

    def _pill(self, one: PlannedItem) -> str:
        say = self._at.texts
        if one.state == "done" and one.verified is not None:
            return say(
                "verified {day}", day=say.short_date(local_of(one.verified.at, one.verified.offset).date())
            )
        words = {"changed": N_("changed since verified"), "queried": N_("query open")}
        return say(words.get(one.state, N_("planned")))

    def _then(self, one: PlannedItem) -> str:
        """What was verified and by whom; what was done to it since, by whom, when and why."""
        say, before = self._at.texts, one.verified
        if before is None:
            return ""
        cell = Cell(one.key.row, one.key.item)
        words = say(
            "verified as {value} by {name}, {when}",
            value=self._value(cell, before.value, before.missing),
            name=isolated(before.name),
            when=when_words(self._at, before.at, before.offset),
        )
        since = self._since(one, before)
        return f"{words} · {since}" if since else words

    def _since(self, one: PlannedItem, before: VerifiedRow) -> str:
        """Who recorded the answer in force."""
        say, found = self._at.texts, None
        for record in self._at.events.records(
            subject=one.key.subject, kinds={ValueRecorded.kind}, item=one.key.item
        ):
            event = record.event
            if (
                isinstance(event, ItemEvent)
                and event.place == one.key
                and record.envelope.id == one.stored.head
            ):
                found = record
        if found is None or found.envelope.id == (before.head_node, before.head_seq):
            return ""
        name, when = isolated(found.envelope.name), when_of(self._at, found.envelope)
        reason = found.event.reason
        if reason:
            return say("changed by {name}, {when}: “{reason}”", name=name, when=when, reason=isolated(reason))
        return say("changed by {name}, {when}", name=name, when=when)


def local_of(at: str, offset: int) -> datetime:
    """An instant as the clock at the site showed it."""
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return instant.astimezone(timezone(timedelta(minutes=offset)))


def when_words(at: Workplace, instant: str, offset: int) -> str:
    """``5 Jan 2025, 14:10``."""
    local = local_of(instant, offset)
    say = at.texts
    return say("{day}, {time}", day=say.date(local.date()), time=isolated(f"{local:%H:%M}"))


def when_of(at: Workplace, envelope: Envelope) -> str:
    """When an event was stored, on the clock at the site."""
    return when_words(at, envelope.at, envelope.offset)
