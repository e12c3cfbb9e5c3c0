"""Made-up expressions of a wanted type, over the names that a place may use."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.properties.layouts import Layout, Named, Place

Way = Callable[[int], str]
"""Writes an expression of at most a depth."""
CODES = ("A", "B", "7")
_PLAIN = {
    "number": ("0", "1", "2", "3.5", "P.LIMIT", "VISIT.OFFSET", "VISIT.DAY", "VISIT.N"),
    "text": ('"ab"', '"A"', "VISIT.OID", "SUBJECT.ID", "SITE.CODE", "P.WORD"),
    "date": ('date("2025-01-05")', "VISIT.DATE", "VISIT.PLANNED", "VISIT@V_A.DATE", "today()"),
    "pdate": ('date("2025-01")', 'date("2024")'),
    "code": ('"A"', '"B"'),
}
"""What can always be written; for the other families only an item will do."""


class Writer:
    """Writes expressions for one place."""

    def __init__(self, draw: Any, layout: Layout, place: Place) -> None:
        self._draw = draw
        self._layout = layout
        self._place = place

    def of(self, family: str, depth: int = 2) -> str:
        """An expression for an item of a family."""
        writers: dict[str, Way] = {
            "number": self.number,
            "text": self.text,
            "date": self.date,
            "truth": self.truth,
            "yn": lambda depth: f'"Y" if {self.truth(depth)} else "N"',
            "code": self._code,
        }
        return writers[family](depth) if family in writers else self._name(family)

    def truth(self, depth: int = 2) -> str:
        """A condition."""
        ways: list[Way] = [self._compared, self._known, self._coded, self._ordered]
        if depth > 0:
            ways += [self._joined, self._of_rows, self._spelled]
        return self._way(ways)(depth - 1)

    def number(self, depth: int = 2) -> str:
        """A number."""
        ways: list[Way] = [lambda _depth: self._name("number")] * 2
        if depth > 0:
            ways += [self._reckoned, self._gathered, self._chosen, self._measured]
        return self._way(ways)(depth - 1)

    def text(self, depth: int = 1) -> str:
        """A text."""
        ways: list[Way] = [lambda _depth: self._name("text")]
        if depth > 0:
            ways += [
                lambda depth: f"text({self.number(depth)})",
                lambda _depth: f"upper({self._name('text')})",
                lambda _depth: self._over("text", "join") or self._name("text"),
            ]
        return self._way(ways)(depth - 1)

    def date(self, depth: int = 1) -> str:
        """A date."""
        ways: list[Way] = [lambda _depth: self._name("date")] * 2
        if depth > 0:
            ways += [
                lambda _depth: f"add_days({self._name('date')}, {self._one(('1', '-7'))})",
                lambda _depth: f"{self._one(('lo', 'hi'))}({self._name('pdate')})",
                lambda _depth: self._over("date", "max") or self._name("date"),
            ]
        return self._way(ways)(depth - 1)

    # ---- names

    def _way(self, ways: list[Way]) -> Way:
        way: Way = self._one(ways)
        return way

    def _one(self, choices: Sequence[Any]) -> Any:
        return choices[self._draw(st.integers(0, len(choices) - 1))]

    def _name(self, family: str) -> str:
        """A name of that family; where there is none, what can always be written."""
        names = self._layout.names(self._place, family)
        plain = _PLAIN.get(family, ())
        if family == "number" and self._place.group:
            plain = (*plain, "ROW.NUMBER")
        if names and (not plain or self._draw(st.integers(0, 3))):
            return str(self._one(names))
        return str(self._one(plain)) if plain else "missing"

    def _any_name(self) -> str:
        families = ["number", "text", "date", "pdate", "time", "moment", "code", "codes", "yn", "row"]
        names = [n for family in families for n in self._layout.names(self._place, family)]
        return str(self._one(names or ["P.LIMIT"]))

    # ---- conditions

    def _compared(self, depth: int) -> str:
        sign = self._one((">", "<=", "==", "!="))
        return f"{self.number(depth)} {sign} {self.number(min(depth, 0))}"

    def _known(self, _depth: int) -> str:
        items = self._layout.askable(self._place)
        if items and self._draw(st.booleans()):
            return f'missing_reason({self._one(items).oid}) == "ND"'
        return f"{self._one(('given', 'empty'))}({self._any_name()})"

    def _code(self, _depth: int) -> str:
        return self._name("code")

    def _coded(self, depth: int) -> str:
        ways = [f'{name} == "{self._one(CODES)}"' for name in self._layout.names(self._place, "code")[:9]]
        ways += [f'{name} in ["A", "7"]' for name in self._layout.names(self._place, "code")[:9]]
        ways += [f'"A" in {name}' for name in self._layout.names(self._place, "codes")[:9]]
        ways += [f'{name} == "Y"' for name in self._layout.names(self._place, "yn")[:9]]
        ways += ['VISIT.WINDOW == "LATE"', 'VISIT.OID == "V_A"']
        return str(self._one(ways)) if self._draw(st.integers(0, 5)) else self._compared(depth)

    def _ordered(self, _depth: int) -> str:
        family = self._one(("date", "pdate", "time", "moment"))
        a, b = self._name(family), self._name(family)
        if "missing" in (a, b):
            return f"given({self._any_name()})"
        way = self._one(("{} < {}", "{} >= {}", "{} == {}"))
        if family in ("date", "pdate"):
            way = self._one((way, "certainly_before({}, {})", "days(lo({}), hi({})) > 3"))
        return str(way).format(a, b)

    def _joined(self, depth: int) -> str:
        a, b = self.truth(depth), self.truth(min(depth, 0))
        return str(self._one(("({} and {})", "({} or {})", "(not ({}) or {})"))).format(a, b)

    def _spelled(self, _depth: int) -> str:
        text = self._name("text")
        ways = ("contains({}, 'a')", "matches({}, '[a-z]+')", "same_letters({}, 'AB')", "length({}) > 2")
        return str(self._one(ways)).format(text)

    # ---- numbers

    def _reckoned(self, depth: int) -> str:
        a, b = self.number(depth), self._name("number")
        ways = ("({} + {})", "({} - {})", "({} * {})", "round({} / {}, 1)", "max({}, {})", "({} // {})")
        return str(self._one(ways)).format(a, b)

    def _chosen(self, depth: int) -> str:
        a, b = self._name("number"), self._name("number")
        if self._draw(st.booleans()):
            return f"first_given({a}, {b})"
        return f"({a} if {self.truth(min(depth, 0))} else {b})"

    def _measured(self, _depth: int) -> str:
        ways = (f"days({self._name('date')}, {self._name('pdate')})", f"length({self._name('text')})",
                f"number({self._name('code')})", f"year({self._name('date')})")  # fmt: skip
        return str(self._one(ways))

    # ---- rows

    def _gathered(self, _depth: int) -> str:
        how = self._one(("sum", "max", "min", "first", "last", "distinct", "count"))
        counted = self._counted()
        return counted if how == "count" else self._over("number", how) or counted

    def _counted(self) -> str:
        source = self._one(self._layout.sources(self._place))
        return f"count(r for r in {source}{self._filter(source)})"

    def _of_rows(self, _depth: int) -> str:
        source = self._one(self._layout.sources(self._place))
        condition = self._row_condition(source)
        return f"{self._one(('any', 'all'))}({condition} for r in {source})"

    def _over(self, family: str, how: str) -> str:
        """An aggregate of a family's items; empty where the rows that were drawn have none."""
        source = self._one(self._layout.sources(self._place))
        items = [item for item in self._layout.inside(self._place, source) if item.family == family]
        if not items:
            return ""
        name = f"r.{self._one(items).oid}"
        known = self._filter(source) or f" if given({name})"
        return f"{how}({name} for r in {source}{known})"

    def _filter(self, source: str) -> str:
        return f" if {self._row_condition(source)}" if self._draw(st.booleans()) else ""

    def _row_condition(self, source: str) -> str:
        conditions = [_in_row(item) for item in self._layout.inside(self._place, source)]
        conditions += ["r.ROW.NUMBER > 1", 'r.VISIT.OID == "V_A"', "r.VISIT.OFFSET > 0"]
        return str(self._one(conditions))


def _in_row(item: Named) -> str:
    name = f"r.{item.oid}"
    ways = {"number": f"{name} > 1", "code": f'{name} == "A"', "yn": f'{name} == "Y"'}
    return ways.get(item.family, f"given({name})")
