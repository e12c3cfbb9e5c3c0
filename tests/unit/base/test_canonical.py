"""Canonical bytes: the same for the same meaning, different for another, and never of a float."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crfapp.base.canonical import canonical, sha256

TEXTS = st.text(st.characters(codec=None))
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values mean the same: 1 is not true, and key order says nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


@given(JSON, JSON)
def test_bytes_are_equal_exactly_where_the_meaning_is(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) == same(one, other)


@given(JSON)
def test_bytes_lead_back_to_the_value(value: Any) -> None:
    assert same(json.loads(canonical(value).decode("utf-8", "surrogatepass")), value)


@given(st.dictionaries(TEXTS, st.integers(), min_size=2), st.randoms())
def test_the_order_of_keys_says_nothing(value: dict[str, int], chance: Any) -> None:
    pairs = list(value.items())
    chance.shuffle(pairs)
    assert canonical(dict(pairs)) == canonical(value)


@given(JSON, st.floats(), st.sampled_from(["alone", "listed", "told", "deep"]))
def test_a_float_is_refused_wherever_it_stands(value: Any, number: float, where: str) -> None:
    places = {"alone": number, "listed": [value, number], "told": {"a": value, "b": number}}
    with pytest.raises(TypeError):
        canonical(places.get(where, [{"a": [{"b": (value, number)}]}]))


@pytest.mark.parametrize("wrong", [{1: "a"}, {None: "a"}, {"a": {2: 1}}, {1, 2}, b"bytes", object()])
def test_what_json_has_not_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        canonical(wrong)


def test_the_bytes_are_utf8_without_white_space_and_with_sorted_keys() -> None:
    assert canonical({"b": [1, None, True], "a": "ä"}) == '{"a":"ä","b":[1,null,true]}'.encode()
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
