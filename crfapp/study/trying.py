"""A check tried on paper: its expression asked in a situation that the pack's author wrote down.

Answers stand under the name by which the expression asks for them, rows under the text of their source;
every value is a text, an empty one is no answer, and a missing code stands for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crfapp.base.dates import PartialDate
from crfapp.base.times import Moment
from crfapp.study.language import Node, Ref, RefKind, Source, builtin_type, needs
from crfapp.study.study import row_group
from crfapp.study.types import ItemType, Kind, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crfapp.study.checks import Situation
    from crfapp.study.study import Study

Answers = Mapping[str, str]

TODAY = "TODAY"
"""The name under which a situation says which day it is; :data:`USUAL_DAY` where it says nothing."""
USUAL_DAY = "2025-03-01 12:00"
ZONE = "Asia/Amman"
"""Where a moment that is written without an offset was read from the clock."""
WHERE = frozenset({"ROW.KEY", "ROW.NUMBER", "VISIT.DATE", "VISIT.OID", "VISIT.N", "SUBJECT.ID"})
"""What a situation and each of its rows may say of where they stand, whether it is asked or not."""

_DAY = ItemType(Kind.DATE)
_WHOLE = ItemType(Kind.INTEGER)
_BUILTIN = {"DATE": _DAY, "PLANNED": _DAY, **dict.fromkeys(("OFFSET", "DAY", "N", "NUMBER"), _WHOLE)}


def moment(text: str) -> Moment:
    """A date and time: with offset and zone as it is recorded, or plainly as the clock said it."""
    if text.endswith("]"):
        return Moment.parse(text)
    local = datetime.fromisoformat(text)
    if local.tzinfo is not None or len(text) <= len("2025-01-05"):
        raise ValueError("not a date with a time of day")
    return Moment.at(local.replace(tzinfo=ZoneInfo(ZONE)), ZONE)


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError("not a number") from None
    if not found.is_finite():
        raise ValueError("not a number")
    return found


def _several(text: str) -> tuple[str, ...]:
    """Ticked codes: ``SUN;STRESS``, or apart by spaces where no code holds one."""
    return tuple(part.strip() for part in (text.split(";") if ";" in text else text.split()))


_READ: Mapping[Kind, Callable[[str], Value]] = {
    Kind.INTEGER: int,
    Kind.SCALE: int,
    Kind.DECIMAL: _number,
    Kind.DATE: date.fromisoformat,
    Kind.PARTIALDATE: PartialDate.parse,
    Kind.DATETIME: moment,
    Kind.TIME: time.fromisoformat,
    Kind.CHOICES: _several,
}


def name_of(ref: Ref) -> str:
    """The name under which a situation, or one of its rows, gives what a reference asks for."""
    if ref.kind is RefKind.CLOCK:
        return TODAY
    if ref.kind is RefKind.ROW:
        return f"ROW.{ref.item}"
    return str(ref).removeprefix(f"{ref.row}.") if ref.row else str(ref)


def form_of_rows(study: Study, form: str, source: Source) -> str:
    """The form whose items the rows of a source hold, seen from an expression of ``form``."""
    own = study.forms.get(form)
    plain = not source.visit and not source.section
    return form if plain and own is not None and row_group(own, source.name) else source.name


def type_asked(study: Study, form: str, ref: Ref) -> ItemType | None:
    """The type in which a reference of ``form`` is answered; None for plain texts."""
    match ref.kind:
        case RefKind.ITEM | RefKind.ABOVE:
            return study.field(ref.form or form, ref.item)
        case RefKind.PARAMETER:
            number = study.head.parameters[ref.item].type == "number"
            return ItemType(Kind.DECIMAL) if number else None
        case _:
            return _BUILTIN.get(ref.item)


def _codes_asked(study: Study, form: str, ref: Ref) -> tuple[str, ...] | None:
    """The only texts that can stand there; None where any can."""
    if ref.kind in (RefKind.ITEM, RefKind.ABOVE):
        place = study.place(ref.form or form, ref.item)
        if place.item.codes:
            return study.codes(place.item.codes)
        return ("N", "Y") if study.field(ref.form or form, ref.item).kind is Kind.YESNO else None
    if ref.kind is RefKind.VISIT and ref.item == "OID":
        return tuple(study.visits)
    known = builtin_type(ref)
    return None if known is None or known.codes is None else tuple(sorted(known.codes))


def read_answer(study: Study, form: str, ref: Ref, text: str) -> Value:
    """The value that a text stands for where a reference of ``form`` asks; ValueError where for none.

    An empty text and a missing code are no answer.
    """
    if text == "" or reason_of(study, form, ref, text):
        return None
    kind, codes = type_asked(study, form, ref), _codes_asked(study, form, ref)
    value = _READ.get(kind.kind, str)(text) if kind else text
    if codes is not None:
        for code in value if isinstance(value, tuple) else (text,):
            if code not in codes:
                raise ValueError(f"not one of {', '.join(codes[:12])}")
    return value


def reason_of(study: Study, form: str, ref: Ref, text: str) -> str | None:
    """The missing code that a text is at this place; a code of the item's own list goes before."""
    if ref.kind is not RefKind.ITEM or text in (_codes_asked(study, form, ref) or ()):
        return None
    return text if text in study.missing_codes(ref.form or form, ref.item) else None


@dataclass(frozen=True, slots=True)
class Paper:
    """A situation, or one row of it, as the scope of an expression that stands in ``form``.

    Its texts must be readable (:func:`read_answer`); what it does not say is missing, but for the
    parameters, which have the pack's own value then.
    """

    study: Study
    form: str
    answers: Answers
    tables: Mapping[str, Sequence[Answers]] = field(default_factory=dict)

    def value(self, ref: Ref, /) -> Value:
        """The answer that is written under the reference's name."""
        text = self.answers.get(name_of(ref))
        if text is not None:
            return read_answer(self.study, self.form, ref, text)
        return self.study.parameter(ref.item) if ref.kind is RefKind.PARAMETER else None

    def missing_reason(self, ref: Ref, /) -> str | None:
        """The missing code that is written instead of an answer."""
        return reason_of(self.study, self.form, ref, self.answers.get(name_of(ref), ""))

    def rows(self, source: Source, /) -> Sequence[Paper]:
        """The rows that are written under the source."""
        form = form_of_rows(self.study, self.form, source)
        return [Paper(self.study, form, row) for row in self.tables.get(str(source), ())]

    def rows_holding(self, source: Source, _item: str, _value: Value, /) -> Sequence[Paper]:
        """All of them: there are few."""
        return self.rows(source)

    def today(self) -> date:
        """The day that the situation names, else the usual one."""
        return self.now().local.date()

    def now(self) -> Moment:
        """That day at noon, or at the time that it says."""
        text = self.answers.get(TODAY) or USUAL_DAY
        return moment(text if len(text) > len("2025-03-01") else f"{text} 12:00")


@dataclass(frozen=True, slots=True)
class Reads:
    """What expressions read, by the names under which a situation gives it; rows by their source."""

    answers: Mapping[str, Ref]
    rows: Mapping[str, tuple[Source, Mapping[str, Ref]]]


def reads(trees: Iterable[Node]) -> Reads:
    """Everything that a situation can say to these expressions."""
    answers: dict[str, Ref] = {}
    rows: dict[str, tuple[Source, dict[str, Ref]]] = {}
    for need in (need for tree in trees for need in needs(tree)):
        if isinstance(need, Source):
            rows.setdefault(str(need), (need, {}))
        elif need.source is not None:
            rows.setdefault(str(need.source), (need.source, {}))[1][name_of(need)] = need
        else:
            answers[name_of(need)] = need
    return Reads(answers, rows)


Unfit = tuple[tuple[str | int, ...], str, str]
"""Where in a situation, which name, and why its text means nothing there (empty: nobody asks for it)."""


def misfits(study: Study, form: str, read: Reads, situation: Situation) -> list[Unfit]:
    """What a situation says that the expressions do not read, or that cannot be read."""
    found = _unfit(study, form, {**_standing(situation.answers), **read.answers}, situation.answers)
    for name, rows in situation.rows.items():
        if name not in read.rows:
            found.append((("rows", name), name, ""))
            continue
        source, asked = read.rows[name]
        inside = form_of_rows(study, form, source)
        for number, row in enumerate(rows):
            known = {**_standing(row), **_items(study, inside, row), **asked}
            for at, text, why in _unfit(study, inside, known, row):
                found.append((("rows", name, number, *at), text, why))
    return found


def _standing(answers: Answers) -> dict[str, Ref]:
    parts = {name: name.partition(".") for name in WHERE & answers.keys()}
    return {name: Ref(RefKind(head), attribute) for name, (head, _, attribute) in parts.items()}


def _items(study: Study, form: str, row: Answers) -> dict[str, Ref]:
    """A row may hold any item of its form, whether it is asked or not."""
    return {name: Ref(RefKind.ITEM, name) for name in row if name in study.items(form)}


def _unfit(study: Study, form: str, known: Mapping[str, Ref], answers: Answers) -> list[Unfit]:
    found: list[Unfit] = []
    for name, text in answers.items():
        if name not in known:
            found.append(((name,), name, ""))
            continue
        try:
            _readable(study, form, known[name], text)
        except ValueError as error:
            found.append(((name,), name, f"'{text[:40]}' cannot be read: {error}"))
    return found


def _readable(study: Study, form: str, ref: Ref, text: str) -> None:
    if ref.kind is RefKind.CLOCK:
        Paper(study, form, {TODAY: text}).now()
    else:
        read_answer(study, form, ref, text)
