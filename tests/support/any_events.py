"""Any event of any kind, whatever stands in it: for what must hold of all of them."""

from __future__ import annotations

import types
import typing
from typing import Any, Literal

from hypothesis import strategies as st

from crfapp.ledger.events import KINDS, Event

TEXTS = st.text(st.characters(codec=None), max_size=12)


def _strategy(kind: Any) -> st.SearchStrategy[Any]:
    """Values for a field of an event, by its annotation."""
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _strategy(typing.get_args(kind)[0])
    if origin is Literal:
        return st.sampled_from(typing.get_args(kind))
    if origin in (types.UnionType, typing.Union):
        return st.one_of([_strategy(part) for part in typing.get_args(kind)])
    if origin is tuple:
        return st.lists(_strategy(typing.get_args(kind)[0]), max_size=3).map(tuple)
    known: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXTS,
        int: st.integers(),
        bool: st.booleans(),
        type(None): st.none(),
    }
    if kind not in known:  # a named tuple, such as the id of an event
        return st.builds(kind, **{name: _strategy(of) for name, of in typing.get_type_hints(kind).items()})
    return known[kind]


def events(kind: type[Event]) -> st.SearchStrategy[Event]:
    """Events of one kind."""
    hints = typing.get_type_hints(kind, include_extras=True)
    fields = {name: _strategy(hints[name]) for name in kind.model_fields}
    return st.fixed_dictionaries(fields).map(lambda values: kind(**values))


ANY_EVENT = st.one_of([events(kind) for kind in KINDS.values()])
