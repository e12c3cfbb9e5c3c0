"""Strategies that make up forms and answers for the tests of the form graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from crfapp.form.graph import Answer
from tests.support.generated_forms import check, study_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.study.study import Study

Draw = Any
ANSWERS = st.one_of(
    st.none(),
    st.integers(-2, 6).map(lambda number: Answer(number, str(number))),
    st.just(Answer(None, None, "ND")),
)


class _Names:
    """How item ``number`` of a form may name the others. ``rows`` says which items stand in rows."""

    def __init__(self, draw: Draw, rows: list[bool], upward: bool) -> None:
        self._draw = draw
        self._rows = rows
        self._upward = upward

    def any_of(self, here: bool, numbers: list[int]) -> str:
        """An operand for an expression that stands in rows (``here``) or not."""
        names = [name for number in numbers for name in self._names(number, here)]
        return str(self._draw(st.sampled_from(names or ["1"])))

    def earlier(self, number: int) -> str:
        """An operand for what decides visibility or value: no circle can come of it."""
        here = self._rows[number]
        numbers = [n for n in range(number) if not (self._upward and here and not self._rows[n])]
        names = [name for n in numbers for name in self._names(n, here)]
        if here:
            reach = range(len(self._rows)) if self._upward else range(number + 1)
            names += [f"ABOVE.I{n}" for n in reach if self._rows[n]]
        return str(self._draw(st.sampled_from(names or ["1"])))

    def _names(self, number: int, here: bool) -> list[str]:
        if self._rows[number] and not here:
            fold = self._draw(st.sampled_from(["sum", "max", "count"]))
            inside = f"r for r in G if r.I{number} > 1" if fold == "count" else f"r.I{number} for r in G"
            return [f"{fold}({inside})"]
        return [f"I{number}"]


def _condition(draw: Draw, operand: Callable[[], str]) -> str:
    kind = draw(st.integers(0, 4))
    first = operand()
    if kind == 0:
        return f"{first} > {draw(st.integers(-1, 4))}"
    if kind == 1:
        return f"{first} < {operand()}"
    if kind == 2:
        return f"given({first})"
    if kind == 3:
        return f"not given({first}) or {operand()} == {draw(st.integers(0, 3))}"
    return f'missing_reason({first}) == "ND"' if first.startswith("I") else f"{first} != 2"


def _item(draw: Draw, number: int, count: int, names: _Names, here: bool) -> dict[str, Any]:
    item: dict[str, Any] = {"item": f"I{number}", "ask": f"Question {number}", "type": "integer"}
    everything = list(range(count))

    def earlier() -> str:
        return names.earlier(number)

    def any_item() -> str:
        return names.any_of(here, everything)

    if draw(st.booleans()):
        item["when"] = _condition(draw, earlier)
    if number and draw(st.integers(0, 2)) == 0:
        item["is"] = draw(st.sampled_from(["{} + 1", "{} * 2", "{} + {}", "{} - {}"])).format(
            earlier(), earlier()
        )
    return {**item, **_leaf(draw, any_item)}


def _leaf(draw: Draw, any_item: Callable[[], str]) -> dict[str, Any]:
    """What never feeds back: what is required, ranges, rules."""
    match draw(st.integers(0, 4)):
        case 0:
            return {"required": True}
        case 1:
            return {"required": _condition(draw, any_item)}
        case 2:
            return {"range": {"hard": [-1, any_item()], "soft": [0, 3]}}
        case 3:
            return {"should": {"that": _condition(draw, any_item), "say": "Hm."}, "sdv": "critical"}
        case _:
            return {}


@st.composite
def forms(draw: Draw) -> Study:
    """A form of up to nine items, some of them in the rows R1, R2 and R3."""
    count = draw(st.integers(2, 9))
    rows = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    names = _Names(draw, rows, upward=draw(st.booleans()))
    items = [_item(draw, number, count, names, rows[number]) for number in range(count)]
    checks = [_check(draw, number, names, rows) for number in range(draw(st.integers(0, 4)))]
    return study_of(_sections(items, rows), checks)


def _sections(items: list[dict[str, Any]], rows: list[bool]) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = []
    once = [item for item, in_rows in zip(items, rows, strict=True) if not in_rows]
    repeated = [item for item, in_rows in zip(items, rows, strict=True) if in_rows]
    if once:
        sections.append({"section": "ONCE", "title": "Once", "items": once})
    if repeated:
        fixed = {"R1": "One", "R2": "Two", "R3": "Three"}
        sections.append({"section": "G", "title": "Rows", "rows": {"fixed": fixed}, "items": repeated})
    return sections


def _check(draw: Draw, number: int, names: _Names, rows: list[bool]) -> dict[str, Any]:
    here = draw(st.booleans()) and any(rows)
    fires = _condition(draw, lambda: names.any_of(here, list(range(len(rows)))))
    on = draw(st.one_of(st.none(), st.integers(0, len(rows) - 1).map(lambda at: f"I{at}")))
    return check(number, fires, draw(st.sampled_from(["H", "Q", "W"])), on)
