"""The columns of one item: its answer as a typed cell, the decode, the missing code, what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from crfapp.base.times import Moment
from crfapp.exchange.origin_words import origin_words, source_words
from crfapp.exchange.sheets import Cell, Column
from crfapp.form.choices_typed import SEPARATOR
from crfapp.ledger.origins import outline_in
from crfapp.study.types import Kind
from crfapp.work.measure_source import is_measure, told_source
from crfapp.work.units_then import in_unit

if TYPE_CHECKING:
    from crfapp.exchange.sheets import Kind as CellKind
    from crfapp.exchange.study_words import StudyWords
    from crfapp.ledger.state import ItemRow
    from crfapp.study.model import Item
    from crfapp.study.study import Study
    from crfapp.study.types import ItemType

LabelOf = Callable[[str, str], str]
"""What people call a row of a form (or a visit, or a person): (target, key) -> label."""

_CELL_KINDS: Mapping[Kind, CellKind] = {
    Kind.INTEGER: "number",
    Kind.SCALE: "number",
    Kind.DECIMAL: "number",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.DATETIME: "datetime",
}
_READ: Mapping[Kind, Callable[[str], Cell]] = {
    Kind.INTEGER: int,
    Kind.SCALE: int,
    Kind.DECIMAL: Decimal,
    Kind.DATE: date.fromisoformat,
    Kind.TIME: time.fromisoformat,
    Kind.DATETIME: lambda text: Moment.parse(text).local.replace(tzinfo=None),
}
_CODED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YESNO, Kind.ROWREF})
_MEASURED = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.TEXT})
_DECODE_WIDTH = 24


class ItemColumns:
    """The columns of one item, in the order in which :meth:`cells` fills them.

    ``name`` is the item's OID, after its form's where a column of the sheet has that name already.
    """

    def __init__(self, data: StudyWords, form: str, item: Item, name: str) -> None:
        self.item = item.item
        self._item, self._form = item, form
        self._type = data.study.field(form, item.item)
        self._read = _READ.get(self._type.kind)
        self._decodes = _decodes_of(data, item, self._type)
        self._coded = self._type.kind in _CODED
        self._asked = item.is_ is None
        self._zoned = self._type.kind is Kind.DATETIME
        self._sourced = is_measure(data.study, form, item.item)
        self._say = data.say
        self._measured = self._asked and item.unit is not None and self._type.kind in _MEASURED
        self.columns = tuple(self._columns(data, form, item, name))
        self.blank: tuple[Cell, ...] = (None,) * len(self.columns)

    def cells(self, stored: ItemRow | None, label_of: LabelOf, *, is_ruler: bool = False) -> tuple[Cell, ...]:
        """What the row holds of this item; blank where skip logic has hidden it.

        ``is_ruler``: the row says that it was measured with a ruler.
        """
        if stored is None or stored.hidden == 1:
            return self.blank
        text = stored.value
        cells: list[Cell] = [None if text is None else self._cell(text)]
        if self._coded:
            cells.append(None if text is None else self._decode(text, label_of))
        if self._zoned:
            cells.append(None if text is None else _zone_of(text))
        if self._measured:
            cells += (stored.entered, stored.unit)
        if self._sourced:
            cells.append(self._source(stored, is_ruler=is_ruler))
        if self._asked:
            cells.append(stored.missing)
        return tuple(cells)

    def unasked(self, study: Study) -> tuple[Cell, ...]:
        """No answer in a form of this version: blank, or not collected where that has no such item."""
        if not self._asked or self._form not in study.forms or self.item in study.items(self._form):
            return self.blank
        words = self._say("not collected in version {version}", version=study.head.version)
        return (*self.blank[:-1], words)

    def as_asked_now(self, stored: ItemRow, study: Study) -> ItemRow:
        """The answer in the unit of the column; beside it stands how its own version had it."""
        known = study.items(self._form).get(self.item) if self._form in study.forms else None
        unit = known.item.unit if known is not None else None
        if unit is None or unit == self._item.unit or stored.value is None:
            return stored
        value = in_unit(stored.value, self._item, unit)
        return stored._replace(value=value, entered=stored.entered or stored.value, unit=stored.unit or unit)

    def _source(self, stored: ItemRow, *, is_ruler: bool) -> str | None:
        """How a measure came about; of an outline its id, by which it stands among the outlines."""
        if outline_in(stored.origin):
            return origin_words(self._say, stored.origin)
        return source_words(self._say, told_source(stored, is_ruler=is_ruler)) or None

    def _cell(self, text: str) -> Cell:
        """The typed value; the text itself where an older version of the study asked for another type."""
        if self._read is None:
            return text
        try:
            return self._read(text)
        except (ValueError, ArithmeticError):
            return text

    def _decode(self, text: str, label_of: LabelOf) -> str:
        if self._type.kind is Kind.ROWREF:
            return label_of(self._type.rows_of or "", text)
        codes = text.split(SEPARATOR) if self._type.kind is Kind.CHOICES else (text,)
        return f"{SEPARATOR} ".join(self._decodes.get(code, code) for code in codes)

    def _columns(self, data: StudyWords, form: str, item: Item, name: str) -> list[Column]:
        say, ask = data.say, data.texts.item(form, item.item)
        label = f"{ask} ({item.unit})" if item.unit else ask
        columns = [Column(name, label, _CELL_KINDS.get(self._type.kind, "text"))]
        if self._coded:
            columns.append(Column(f"{name}_DECODE", say("{item}, in words", item=ask), width=_DECODE_WIDTH))
        if self._zoned:
            columns.append(Column(f"{name}_TZ", say("{item}, offset and time zone", item=ask)))
        if self._measured:
            columns.append(Column(f"{name}_ENTERED", say("{item}, as typed in another unit", item=ask)))
            columns.append(Column(f"{name}_UNIT", say("{item}, that other unit", item=ask)))
        if self._sourced:
            columns.append(Column(f"{name}_SOURCE", say("{item}, how it was measured", item=ask)))
        if self._asked:
            columns.append(Column(f"{name}_MISSING", say("{item}, why it is missing", item=ask)))
        return columns


def _decodes_of(data: StudyWords, item: Item, type: ItemType) -> Mapping[str, str]:
    if item.codes:
        return data.decodes(item.codes)
    return {"Y": data.say("Yes"), "N": data.say("No")} if type.kind is Kind.YESNO else {}


def _zone_of(text: str) -> str:
    """``+03:00 Asia/Amman`` of a moment's canonical text."""
    try:
        moment = Moment.parse(text)
    except ValueError:
        return ""
    return f"{moment.local.isoformat()[-6:]} {moment.zone}"
