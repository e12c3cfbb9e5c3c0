"""The tree of an expression: frozen nodes that know their place in the text.

Chains are flat (``a + b - c`` is one node), so a long sum is not a deep tree. Places do not take
part in comparison: two trees are equal when they say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from crfapp.base.dates import PartialDate
    from crfapp.study.language.faults import Span
    from crfapp.study.language.kinds import Type
    from crfapp.study.language.references import Ref, Source


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written down: number, text, date, true, false or missing."""

    type: Type
    value: Decimal | str | bool | date | PartialDate | None
    at: Span = field(compare=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """Nothing below."""
        return ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that stands for a value."""

    ref: Ref
    at: Span = field(compare=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """Nothing below."""
        return ()


@dataclass(frozen=True, slots=True)
class Listing:
    """``[a, b]``, the right side of ``in``."""

    parts: tuple[Node, ...]
    at: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Minus:
    """``-a``."""

    operand: Node
    at: Span = field(compare=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Not:
    """``not a``."""

    operand: Node
    at: Span = field(compare=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """The operand."""
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Junction:
    """``a and b and c`` or ``a or b or c``; ``word`` says which."""

    word: str
    parts: tuple[Node, ...]
    at: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``a < b`` or a chain ``a < b <= c``: one sign fewer than parts."""

    signs: tuple[str, ...]
    parts: tuple[Node, ...]
    at: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """``a in b`` or ``a not in b``; ``b`` is a list or a set of codes."""

    wanted: bool
    operand: Node
    choices: Node
    at: Span = field(compare=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """What is looked for, and among what."""
        return (self.operand, self.choices)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``a + b - c`` or ``a * b / c``, from left to right: one sign fewer than parts."""

    signs: tuple[str, ...]
    parts: tuple[Node, ...]
    at: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Conditional:
    """``a if condition else b``."""

    then: Node
    condition: Node
    otherwise: Node
    at: Span = field(compare=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """Both outcomes and the condition, as written."""
        return (self.then, self.condition, self.otherwise)


@dataclass(frozen=True, slots=True)
class Call:
    """``function(a, b)``."""

    function: str
    parts: tuple[Node, ...]
    at: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """``function(element for row in source if where)``; ``source_at``: where the source stands."""

    function: str
    element: Node
    row: str
    source: Source
    where: Node | None
    at: Span = field(compare=False)
    source_at: Span = field(compare=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        """The element and the filter."""
        return (self.element,) if self.where is None else (self.element, self.where)


Node = (
    Literal
    | Reference
    | Listing
    | Minus
    | Not
    | Junction
    | Comparison
    | Membership
    | Arithmetic
    | Conditional
    | Call
    | Aggregate
)


def walk(tree: Node) -> Iterator[Node]:
    """Every node, outer before inner, left before right."""
    open_nodes = [tree]
    while open_nodes:
        node = open_nodes.pop()
        yield node
        open_nodes.extend(reversed(node.parts))


def depth(tree: Node) -> int:
    """How many nodes stand above one another at the deepest place."""
    deepest = 0
    layer: list[Node] = [tree]
    while layer:
        deepest += 1
        layer = [part for node in layer for part in node.parts]
    return deepest
