"""A subject's answers on paper: what the expressions of a pack are asked about in tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.base.dates import PartialDate
from crfapp.base.times import Moment
from crfapp.study.language import Fault, Ref, RefKind, Source, compile_expression, parse
from crfapp.study.language.tree import Reference
from crfapp.study.types import ItemType, Kind, Value

if TYPE_CHECKING:
    from crfapp.study.language.meaning import Answer
    from crfapp.study.study import Study

Answers = Mapping[str, str]
AMMAN = "Asia/Amman"
NOW = "2025-03-01 12:00"


def moment(text: str) -> Moment:
    """A date and time as they are typed in Amman."""
    return Moment.at(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(AMMAN)), AMMAN)


def _day(text: str) -> date | PartialDate:
    partial = PartialDate.parse(text)
    return partial.lo if partial.complete else partial


_READ: dict[Kind, Callable[[str], Value]] = {
    Kind.INTEGER: int,
    Kind.SCALE: int,
    Kind.DECIMAL: Decimal,
    Kind.DATE: _day,
    Kind.PARTIALDATE: _day,
    Kind.DATETIME: moment,
    Kind.TIME: time.fromisoformat,
    Kind.CHOICES: lambda text: tuple(text.split()),
}


def read(kind: ItemType | None, text: str) -> Value:
    """A typed answer as the value that an item of this type holds; empty is no answer."""
    if text == "":
        return None
    return _READ.get(kind.kind, str)(text) if kind else text


@dataclass(frozen=True)
class Paper:
    """Answers by the text of a reference, rows by the text of their source, seen from one form.

    Inside a row, its own items stand by their name, and the same row elsewhere as ``FORM.ITEM``; items
    of the row's form that stand outside the rows are looked up among its answers too.
    """

    study: Study
    form: str
    answers: Answers
    tables: Mapping[str, Sequence[Answers]] = field(default_factory=dict)

    def value(self, ref: Ref, /) -> Value:
        if ref.kind is RefKind.PARAMETER and str(ref) not in self.answers:
            return self.study.parameter(ref.item)
        name = self._name(ref)
        return read(self._type(ref), self.answers[name]) if name in self.answers else None

    def missing_reason(self, _ref: Ref, /) -> str | None:
        return None

    def rows(self, source: Source, /) -> Sequence[Paper]:
        form = source.name if source.name in self.study.forms else self.form
        return [Paper(self.study, form, row) for row in self.tables.get(str(source), ())]

    def today(self) -> date:
        return moment(NOW).local.date()

    def now(self) -> Moment:
        return moment(NOW)

    @staticmethod
    def _name(ref: Ref) -> str:
        if ref.kind is RefKind.ROW:
            return f"ROW.{ref.item}"
        return str(ref).removeprefix(f"{ref.row}.") if ref.row else str(ref)

    def _type(self, ref: Ref) -> ItemType | None:
        match ref.kind:
            case RefKind.ITEM | RefKind.ABOVE:
                return self.study.field(ref.form or self.form, ref.item)
            case RefKind.VISIT if ref.item in ("DATE", "PLANNED"):
                return ItemType(Kind.DATE)
            case RefKind.PARAMETER if self.study.head.parameters[ref.item].type == "number":
                return ItemType(Kind.DECIMAL, digits=2)
            case _ if ref.item in ("OFFSET", "DAY", "N", "NUMBER"):
                return ItemType(Kind.INTEGER)
            case _:
                return None


def ask(
    study: Study, form: str, text: str, answers: Answers, tables: Mapping[str, Sequence[Answers]]
) -> Answer:
    """What an expression of a form gives for these answers."""
    tree = parse(text)
    assert not isinstance(tree, Fault), f"{text}: {tree}"
    for name in answers:
        assert isinstance(parse(name), Reference), name
    return compile_expression(tree)(Paper(study, form, answers, tables))
