"""What one event of every kind changes in the tables, as lines that can be read and kept.

``tests/unit/ledger/folded_kinds.txt`` holds them: a ledger that was written years ago has to give the tables
that it gave then. Where a table gets a column or a kind of event is new, the lines are made anew on purpose
(``python -m tests.support.folded_kinds``) and the difference is read.
"""

from __future__ import annotations

import types
import typing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from crfapp.ledger.chain import Envelope, Record
from crfapp.ledger.events import KINDS, Event
from crfapp.ledger.fold import decided_by

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = Path(__file__).parents[1] / "unit" / "ledger" / "folded_kinds.txt"
_FULL, _BARE, _OTHER = 0, 1, 2


def _value(name: str, kind: Any, sort: int) -> Any:
    """A value that says which field it is of; bare events leave out what may be left out."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return parts[min(sort, len(parts) - 1)]
    if origin in (types.UnionType, typing.Union, typing.Annotated):
        left_out = types.NoneType in parts and sort != _FULL
        return None if left_out else _value(name, parts[0], sort)
    if origin is tuple:
        return () if sort != _FULL else tuple(_value(f"{name}{n}", parts[0], n) for n in (0, 1))
    plain: dict[Any, Any] = {bool: sort == _FULL, int: 1000 + len(name), str: name}
    if kind in plain:
        return plain[kind]
    return kind(**{part: _value(part, of, sort) for part, of in typing.get_type_hints(kind).items()})


def _event(kind: type[Event], sort: int) -> Event:
    hints = typing.get_type_hints(kind, include_extras=True)
    return kind(**{name: _value(name, hints[name], sort) for name in kind.model_fields})


def _envelope() -> Envelope:
    hints = typing.get_type_hints(Envelope)
    told: dict[str, Any] = {
        name: 7 if of is int else f"e.{name} of the envelope" for name, of in hints.items()
    }
    return Envelope(**told)


def lines() -> Iterator[str]:
    """Every kind with every field told and with as little as may be, its changes below it; late ones too."""
    for name, kind in KINDS.items():
        for sort, words in ((_FULL, "told in full"), (_BARE, "told in short"), (_OTHER, "its third choice")):
            record = Record(_envelope(), _event(kind, sort))
            for late in (False, True):
                yield f"{name}, {words}{', late' if late else ''}"
                yield from (f"    {change!r}" for change in decided_by(record, late=late))


if __name__ == "__main__":
    KEPT.write_text("\n".join([*lines(), ""]), encoding="utf-8")
