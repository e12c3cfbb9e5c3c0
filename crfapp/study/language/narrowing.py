"""Which rows of everybody an aggregate can do without: those that do not hold what each has to hold.

``count(r for r in PHOTO@SITE if r.PHIMG == PHIMG and ...)`` counts only rows that hold the form's own
picture. Who has the rows can find those by what they hold, so that the cost does not follow the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.study.language.references import SITE_WIDE, RefKind
from crfapp.study.language.tree import Aggregate, Comparison, Junction, Reference, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.study.language.tree import Node

Demand = tuple[str, "Node"]
"""An item of the rows, and what it has to equal: an expression that asks nothing of the rows."""


def demand_of(node: Aggregate) -> Demand | None:
    """What every row that counts has to hold, where the aggregate asks about everybody and says so."""
    if node.source.visit != SITE_WIDE or node.where is None:
        return None
    return next(_demands(node.where, node.row), None)


def _demands(condition: Node, row: str) -> Iterator[Demand]:
    if isinstance(condition, Junction) and condition.word == "and":
        for part in condition.parts:
            yield from _demands(part, row)
    if isinstance(condition, Comparison) and condition.signs == ("==",):
        left, right = condition.parts
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Reference) and _is_item_of(one, row) and not _asks_rows(other):
                yield one.ref.item, other


def _is_item_of(node: Reference, row: str) -> bool:
    return node.ref.row == row and node.ref.kind is RefKind.ITEM and not node.ref.form


def _asks_rows(tree: Node) -> bool:
    return any(isinstance(n, Aggregate) or (isinstance(n, Reference) and n.ref.row) for n in walk(tree))
