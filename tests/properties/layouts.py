"""What a made-up study consists of, and by which names an expression may read its items from where.

Forms and items have an order. What decides visibility, values and rows reads only what comes before it, so
that no study goes round in a circle, not even over its visits. Findings may read everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYTHING = 10_000
"""The limit of an expression that decides nothing: it may name any item."""


@dataclass(frozen=True, slots=True)
class Named:
    """An item as expressions see it. ``family``: number, text, date ...; ``group``: its rows, if any."""

    form: str
    oid: str
    family: str
    group: str
    order: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands; items from ``limit`` on come later than it."""

    form: str
    group: str = ""
    limit: int = EVERYTHING


@dataclass
class Layout:
    """Forms, who holds them, and their items.

    ``rows_of``: what the rows of (form, group) are the rows of. ``back``: an item may read any item of its
    own form at the visit before; then it reads its own form at no other visit.
    """

    holders: dict[str, tuple[str, ...]]
    rows_of: dict[tuple[str, str], str]
    repeats: frozenset[str]
    baseline: frozenset[str]
    back: bool
    site_wide: bool
    items: list[Named] = field(default_factory=list)

    def names(self, place: Place, family: str) -> list[str]:
        """Every way to name an item of a family from a place."""
        return [name for item in self.items if item.family == family for name in self._ways(place, item)]

    def askable(self, place: Place) -> list[Named]:
        """The items that can be named plainly, of whatever family."""
        early = [item for item in self.items if item.family and item.order < place.limit]
        return [item for item in early if item.form == place.form and item.group in ("", place.group)]

    def sources(self, place: Place) -> list[str]:
        """The rows that an aggregate can gather, as the expression writes them."""
        found = [group for form, group in self.rows_of if form == place.form]
        for form in self.holders:
            decides = place.limit < EVERYTHING
            if decides and self._rank(form) > self._rank(place.form):
                continue
            if form != place.form:
                found.append(form)
            found += [f"{form}@{at}" for at in self._visits(place, form, early=True)]
            if not (decides and self.back and form == place.form):
                groups = ["", *(f".{group}" for of, group in self.rows_of if of == form)]
                found += [f"{form}@ALL{group}" for group in groups]
                found += [f"{form}@SITE{group}" for group in groups if self.site_wide]
        return found

    def inside(self, place: Place, source: str) -> list[Named]:
        """The items that a row of a source has, as far as the place may read them."""
        own = (place.form, source) in self.rows_of
        form, _, section = (place.form, "", source) if own else _parts(source)
        group = section or next((group for of, group in self.rows_of if of == form), "")
        return [
            item
            for item in self.items
            if item.family and item.form == form and item.group in ("", group) and item.order < place.limit
        ]

    def _ways(self, place: Place, item: Named) -> Iterator[str]:
        early = item.order < place.limit
        if item.form == place.form and item.group in ("", place.group):
            if early:
                yield item.oid
            if item.group and item.order <= place.limit:
                yield f"ABOVE.{item.oid}"
        if not self._one(place, item):
            return
        if early and item.form != place.form:
            yield f"{item.form}.{item.oid}"
        for visit in self._visits(place, item.form, early=early):
            yield f"{item.form}@{visit}.{item.oid}"

    def _visits(self, place: Place, form: str, *, early: bool) -> list[str]:
        """The visits at which a form may be named."""
        own = form == place.form
        looks_back = own and self.back and place.limit < EVERYTHING
        found = ["PREV"] if early or looks_back else []
        if early and not looks_back:
            found += self.holders[form]
            found += ["BASE"] if self.baseline.intersection(self.holders[form]) else []
        return found

    def _one(self, place: Place, item: Named) -> bool:
        """Whether a plain reference says which row and which copy is meant."""
        if item.group:
            here = self.rows_of.get((place.form, place.group))
            return here is not None and here == self.rows_of[item.form, item.group]
        return item.form not in self.repeats or item.form == place.form

    def _rank(self, form: str) -> int:
        return list(self.holders).index(form)


def _parts(source: str) -> tuple[str, str, str]:
    form, _, rest = source.partition("@")
    visit, _, section = rest.partition(".")
    return form, visit, section
