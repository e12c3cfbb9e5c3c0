"""Recording the answers of one form anew in another one of the same kind, as they were typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import RefusedError
from crfapp.form.graph import Cell
from crfapp.ledger.events import Event, RowAdded
from crfapp.ledger.origins import is_told
from crfapp.study.types import Kind
from crfapp.work.entry import Told, record
from crfapp.work.photographs import carried
from crfapp.work.readiness import begin_whole
from crfapp.work.row_labels import is_label
from crfapp.work.row_work import AddRow, add_row
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.state import FormRowRow, ItemRow
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True)
class TakeOver:
    """What is to be recorded at ``to``: answers in the form's order, rows of logs, names of other rows."""

    desk: Desk
    to: FormKey
    answers: tuple[ItemRow, ...]
    rows: tuple[FormRowRow, ...]
    labels: dict[str, str]

    def recorded(self, actor: Actor) -> Generator[Event, None, int]:
        """The events of recording; returns how many answers nothing here answers to."""
        places = yield from self._rows_added(actor)
        waiting = [(row, Cell(places.get(row.row, row.row), row.item)) for row in self.answers]
        while waiting:  # an answer may open the question that another one stands at
            still = []
            for row, cell in waiting:
                taken = yield from self._taken(row, cell, actor)
                if not taken:
                    still.append((row, cell))
            if len(still) == len(waiting):
                break
            waiting = still
        yield from begin_whole(
            self.desk, self.to
        )  # where nothing of it applies the form stands here all the same
        return len(waiting)

    def _rows_added(self, actor: Actor) -> Generator[Event, None, dict[str, str]]:
        """Row of the form as it was entered -> row here: a new one of a log, or the one of the same name."""
        here = {label: key for key, label in labels_of_form(self.desk, self.to).items()}
        places = {row: here[label] for row, label in self.labels.items() if label in here}
        for row in sorted(self.rows, key=lambda one: one.position):
            for event in add_row(AddRow(key=self.to, section=row.section), self.desk, actor):
                if isinstance(event, RowAdded):
                    places[row.row] = event.row
                yield event
        return places

    def _taken(self, row: ItemRow, cell: Cell, actor: Actor) -> Generator[Event, None, bool]:
        """One answer; False where it cannot be recorded here, which is found out before anything is.

        What only an investigator answers is left to one, whoever had answered it for the wrong subject.
        """
        by = self.desk.study.place(self.to.form, cell.item).item.by
        if by and actor.role.value not in by:
            return False
        try:
            if row.value and self.desk.study.field(self.to.form, cell.item).kind is Kind.PHOTO:
                yield from carried(self.desk, row, self.to, cell)
            else:
                yield from record(self.desk, self.to, cell, self._told(row))
        except RefusedError:
            return False
        return True

    def _told(self, row: ItemRow) -> Told:
        return Told(
            typed=(row.typed if row.typed is not None else row.value) or "",
            missing=row.missing,
            reason=(row.reason or "") if row.missing is not None else "",
            taken_from=row.head,
        )


def take_over(
    desk: Desk, key: FormKey, to: FormKey, stored: Sequence[ItemRow], rows: Sequence[FormRowRow]
) -> TakeOver:
    """What a person answered in a form, and applies there, to be recorded in another one."""
    rank = desk.forms.plan(to).rank
    logs = {row.row for row in rows}
    labels = {row: name for row, name in labels_of_form(desk, key).items() if row not in logs}
    counted = {"", *logs, *labels}
    answers = [
        row
        for row in stored
        if is_told(row.origin)
        and row.hidden != 1
        and (row.value is not None or row.missing is not None)
        and row.row in counted
        and not is_label(desk.study, key.form, row.item)
    ]
    order = {row.row: place for place, row in enumerate(sorted(rows, key=lambda one: one.position))}
    answers.sort(key=lambda row: (row.row != "", order.get(row.row, 0), row.row, rank[row.item]))
    return TakeOver(desk, to, tuple(answers), tuple(rows), labels)
