"""One row of one group: its answers, what they come to, and the scope its expressions run in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from crfapp.study.language import RefKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from crfapp.base.times import Moment
    from crfapp.form.findings import Finding
    from crfapp.form.graph import FormGraph
    from crfapp.study.language import Ref, Source
    from crfapp.study.types import Value


class Cell(NamedTuple):
    """Where an item stands in its form; ``row`` is empty outside repeating sections."""

    row: str
    item: str


class Answer(NamedTuple):
    """What is recorded at a cell: a value with its canonical text, or a missing code."""

    value: Value
    text: str | None
    missing: str | None = None


class FormRowInfo(NamedTuple):
    """A row that counts: its key, its number for people, and its label (``T01``)."""

    key: str
    number: int
    label: str


class Outside(Protocol):
    """What lies beyond the form: other forms and visits, the site, the clock."""

    def value(self, ref: Ref, row: str) -> Value:
        """The value a reference means, seen from a row of this form."""

    def missing_reason(self, ref: Ref, row: str) -> str | None:
        """The missing code that stands instead of an answer outside."""

    def rows(self, source: Source) -> Sequence[object]:
        """Rows of another form, as scopes."""

    def rows_holding(self, source: Source, item: str, value: Value) -> Sequence[object]:
        """Of everybody's rows of another form those that can hold this value at an item; others too."""

    def today(self) -> date:
        """The day at the site."""

    def now(self) -> Moment:
        """The present instant."""


class RowState:
    """One row of one group, and the scope its expressions run in. Group "" has a single row "".

    ``before`` and ``after`` are the rows above and below it in its group.
    """

    __slots__ = (
        "after",
        "answers",
        "before",
        "findings",
        "graph",
        "group",
        "info",
        "once",
        "required",
        "values",
        "visible",
    )

    def __init__(self, graph: FormGraph, group: str, info: FormRowInfo, size: int) -> None:
        self.graph = graph
        self.group = group
        self.info = info
        self.values: list[Value] = [None] * size
        self.visible = [False] * size
        self.required = [False] * size
        self.findings: list[tuple[Finding, ...]] = [()] * size
        self.answers: list[Answer | None] = [None] * size
        self.once = graph.once if group else self
        self.before: RowState | None = None
        self.after: RowState | None = None

    def value(self, ref: Ref) -> Value:
        """The value of a reference that is no plain slot."""
        match ref.kind:
            case RefKind.ABOVE:
                return (
                    None if self.before is None else self.before.values[self.graph.plan.items[ref.item].slot]
                )
            case RefKind.ROW:
                return self.info.key if ref.item == "KEY" else self.info.number
            case _:
                return self.graph.outside.value(ref, self.info.key)

    def missing_reason(self, ref: Ref) -> str | None:
        """The missing code that stands instead of an answer."""
        planned = self.graph.plan.items.get(ref.item)
        own = not ref.form or (ref.form == self.graph.plan.form.form and not ref.visit)
        if planned is None or not own:
            return self.graph.outside.missing_reason(ref, self.info.key)
        row = self if planned.group == self.group else self.once
        answer = row.answers[planned.slot]
        return answer.missing if answer is not None and row.visible[planned.slot] else None

    def rows(self, source: Source) -> Sequence[object]:
        """Rows of a section of this form, or of another form."""
        if not source.visit and source.name in self.graph.sections:
            return self.graph.rows_in(self.graph.sections[source.name])
        return self.graph.outside.rows(source)

    def rows_holding(self, source: Source, item: str, value: Value) -> Sequence[object]:
        """Rows of everybody that can hold this value at an item."""
        return self.graph.outside.rows_holding(source, item, value)

    def today(self) -> date:
        """The day at the site."""
        return self.graph.outside.today()

    def now(self) -> Moment:
        """The present instant."""
        return self.graph.outside.now()
