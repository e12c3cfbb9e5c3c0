"""What there is to compare with the source: changed since verified first, then asked about, then planned."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.form.graph import Cell
from crfapp.ledger.state import QueryRow, VerifiedRow
from crfapp.present.form_fields import FormFields
from crfapp.present.monitoring_view import WorkLine, WorklistView
from crfapp.present.texts import isolated
from crfapp.work.verification_standing import planned_items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey, ItemKey
    from crfapp.present.monitoring_board import MonitoringBoard
    from crfapp.present.workplace import Workplace
    from crfapp.work.verification_standing import Counts, PlannedItem, State

PAGE = 30
"""So many lines are made at a time: more than a window shows."""
LOOKED_INTO = 25
"""So many subjects that were not counted yet are looked into for one list; the rest comes with the count."""


class Worklist:
    """Makes the list as far as it is looked at, however many subjects there are."""

    def __init__(self, workplace: Workplace, board: MonitoringBoard) -> None:
        self._at, self._board = workplace, board
        self._texts = workplace.study_texts
        self._made: dict[ItemKey, tuple[PlannedItem, WorkLine]] = {}

    def changed_count(self) -> int:
        """How many answers changed since they were verified: the number on the rail."""
        return len(self._at.tables.find(VerifiedRow, state="changed"))

    def view(self, most: int = PAGE) -> WorklistView:
        """The first lines."""
        lines: list[WorkLine] = []
        for line in self._lines():
            if line is None or len(lines) == most:
                return WorklistView(self._title(), tuple(lines), more=True)
            lines.append(line)
        return WorklistView(self._title(), tuple(lines), more=False)

    def following(self, key: FormKey, passed: frozenset[ItemKey]) -> tuple[FormKey, Cell] | None:
        """The next form in which something waits that was not passed over, from a form on and round again."""
        everybody = self._board.subjects()
        begin = next((n for n, row in enumerate(everybody) if row.subject == key.subject), 0)
        for row in (*everybody[begin:], *everybody[:begin]):
            if self._board.is_done(row):
                continue
            forms = [form for form, counts in self._board.compared(row).forms.items() if _waits(counts)]
            if row.subject == key.subject:
                here = self._board.place(key)
                later = [form for form in forms if self._board.place(form) > here]
                forms = later + [form for form in forms if self._board.place(form) < here]
            for form in forms:
                first = self.first_waiting(form, passed)
                if first is not None:
                    return form, first
        return None

    def first_waiting(self, key: FormKey, passed: frozenset[ItemKey]) -> Cell | None:
        """The first answer of a form that waits, in the order of the form."""
        row = self._board.subject(key.subject)
        items = planned_items(self._at.desk, row, key) if row is not None else []
        waiting = {
            Cell(one.key.row, one.key.item)
            for one in items
            if one.state in ("planned", "changed") and one.key not in passed
        }
        if not waiting:
            return None
        graph = self._at.desk.forms.get(key)
        return next((cell for cell in graph.cells() if cell in waiting), None)

    # ---- inside

    def _title(self) -> str:
        """How much there is, as far as it was counted."""
        say = self._at.texts
        whole, counted = self._board.site()
        everybody = len(self._board.subjects())
        subjects = say.many("{count} subject", "{count} subjects", everybody)
        if counted < everybody:
            return say("Worklist · {subjects}", subjects=subjects)
        items = say.many("{count} item", "{count} items", whole.left)
        return say("Worklist · {items} left in {subjects}", items=items, subjects=subjects)

    def _lines(self) -> Iterator[WorkLine | None]:
        """The lines in their order; None where the list ends because the rest was not counted yet."""
        tables = self._at.tables
        yield from self._of_items(
            {row.subject for row in tables.find(VerifiedRow, state="changed")}, "changed"
        )
        asked = [row for state in ("open", "answered") for row in tables.find(QueryRow, state=state)]
        yield from self._of_items({row.subject for row in asked if row.item}, "queried")
        left = LOOKED_INTO
        for subject in self._board.subjects():
            if self._board.is_done(subject):
                continue
            if not self._board.knows(subject):
                if not left:
                    yield None
                    return
                left -= 1
            for key, counts in self._board.compared(subject).forms.items():
                waiting = counts.left - counts.changed - counts.queried
                if waiting:
                    yield self._planned(subject.number, key, waiting)

    def _of_items(self, subjects: set[str], state: State) -> Iterator[WorkLine]:
        """Single answers in one state, of subjects where there can be some."""
        for subject in self._board.subjects():
            if subject.subject in subjects:
                for one in self._board.compared(subject).pressing:
                    if one.state == state:
                        yield self._of_item(subject.number, one)

    def _of_item(self, number: str, one: PlannedItem) -> WorkLine:
        """The line of an answer, made once for how it stands."""
        known = self._made.get(one.key)
        if known is None or known[0] is not one:
            known = self._made[one.key] = (one, self._made_of(number, one))
        return known[1]

    def _made_of(self, number: str, one: PlannedItem) -> WorkLine:
        say, key = self._at.texts, one.key
        cell, where, label = Cell(key.row, key.item), self._where(number, key.of), self._label(key)
        if one.state == "queried":
            words = self._asked(key)
            return WorkLine(key.of, cell, "query", say("query open"), where, f"{label} · {words}")
        words = say("changed since verified")
        return WorkLine(key.of, cell, "changed", words, where, f"{label} · {words}")

    def _label(self, key: ItemKey) -> str:
        """What an answer is called; only one in a row needs its form to be opened."""
        if not key.row:
            return self._texts.item(key.form, key.item)
        graph = self._at.desk.forms.get(key.of)
        return FormFields(self._at, key.of).cell_label(graph, Cell(key.row, key.item))

    def _asked(self, key: ItemKey) -> str:
        """How the query about an answer stands."""
        rows = self._at.tables.find(QueryRow, subject=key.subject)
        row = next((row for row in rows if row[1:8] == key and row.state != "closed"), None)
        if row is None or row.state == "answered":
            return self._at.texts("query answered")
        return self._open_for(row)

    def _open_for(self, row: QueryRow) -> str:
        zone = ZoneInfo(self._at.site.zone)
        opened = datetime.fromisoformat(row.opened).replace(tzinfo=UTC).astimezone(zone).date()
        days = (self._at.today - opened).days
        say = self._at.texts
        return (
            say.many("query open {count} day", "query open {count} days", days) if days else say("query open")
        )

    def _planned(self, number: str, key: FormKey, waiting: int) -> WorkLine:
        say = self._at.texts
        items = say.many("{count} item planned", "{count} items planned", waiting)
        note = f"{self._texts.form(key.form)} · {items}"
        return WorkLine(key, None, "expected", say("planned"), self._where(number, key), note)

    def _where(self, number: str, key: FormKey) -> str:
        return f"{isolated(number)} · {self._texts.visit(key.visit)}"


def _waits(counts: Counts) -> bool:
    return counts.left > counts.queried
