"""Types of an expression, told when the study pack loads: every fault at once, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.study.language.aggregates import AGGREGATES
from crfapp.study.language.faults import Fault, FaultKind, Span, nearest
from crfapp.study.language.functions import FUNCTIONS, Types
from crfapp.study.language.kinds import Names, Type, TypeInfo, Unknown
from crfapp.study.language.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Junction,
    Listing,
    Literal,
    Membership,
    Minus,
    Node,
    Not,
    Reference,
)
from crfapp.study.language.typing_rules import (
    ANY_TYPE,
    OPEN,
    closest_code,
    comparable,
    conversion,
    either,
    fits,
    never_equal,
    ordered,
    repair,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TRUTH = TypeInfo(Type.TRUTH)
NUMBER = TypeInfo(Type.NUMBER)
_CALCULATED = frozenset({"round", "scientific"})


def check(tree: Node, names: Names, want: TypeInfo | Type | None = None) -> list[Fault]:
    """Every fault of a parsed expression, in the order of the text.

    ``want``: the type the place asks for (``Type.TRUTH`` for a condition), None where any will do.
    """
    checker = _Checker(names)
    found = checker.type_of(tree)
    if want is not None:
        checker.demand(tree, found, TypeInfo(want) if isinstance(want, Type) else want)
    return sorted(checker.faults, key=lambda fault: (fault.start, fault.end))


def type_of(tree: Node, names: Names) -> TypeInfo:
    """What an expression stands for; Type.UNKNOWN where a fault keeps it from being told."""
    return _Checker(names).type_of(tree)


class _Checker:
    """Types from the leaves up; a fault is noted once and its type then goes with everything."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._told: dict[int, TypeInfo] = {}
        self.faults: list[Fault] = []

    def type_of(self, node: Node) -> TypeInfo:
        """The type of a part; told once, so that its faults are noted once."""
        if id(node) not in self._told:
            self._told[id(node)] = _RULES[type(node)](self, node)
        return self._told[id(node)]

    def demand(self, node: Node, have: TypeInfo, want: TypeInfo) -> None:
        """Note where a part is not what its place asks for; looks into both outcomes of an ``if``."""
        if isinstance(node, Conditional):
            for outcome in (node.then, node.otherwise):
                self.demand(outcome, self.type_of(outcome), want)
        elif not fits(have, want):
            sentence = f"This is {have.type}; {want.type} is needed."
            self._note(FaultKind.WRONG_TYPE, node.at, sentence, conversion(have.type, want.type))
        elif want.codes is not None and have.codes is not None and not have.codes <= want.codes:
            wrong = TypeInfo(Type.TEXT, have.codes - want.codes)
            self._note(FaultKind.UNKNOWN_CODE, node.at, never_equal(wrong, want), closest_code(wrong, want))

    def _note(self, kind: FaultKind, at: Span, sentence: str, advice: str) -> TypeInfo:
        self.faults.append(Fault(kind, at.start, at.end, sentence, advice))
        return ANY_TYPE

    def _asked(self, node: Node, wanted: Types) -> TypeInfo:
        """The type of a part that must be one of some."""
        have = self.type_of(node)
        if have.type in OPEN or have.type in wanted:
            return have
        words = " or ".join(sorted(wanted))
        advice = next(filter(None, (conversion(have.type, want) for want in sorted(wanted))), "")
        return self._note(FaultKind.WRONG_TYPE, node.at, f"This is {have.type}; {words} is needed.", advice)

    def literal(self, node: Literal) -> TypeInfo:
        """A quoted text knows its own spelling, so that it can be looked up in a codelist."""
        return TypeInfo(node.type, frozenset({node.value}) if isinstance(node.value, str) else None)

    def reference(self, node: Reference) -> TypeInfo:
        """Ask the study what the name means."""
        return self._known(self._names.resolve(node.ref), node.at) or ANY_TYPE

    def _known(self, answer: TypeInfo | Unknown | None, at: Span) -> TypeInfo | None:
        if isinstance(answer, Unknown):
            some = f"There are: {', '.join(answer.known[:12])}." if answer.known else ""
            self._note(FaultKind.UNKNOWN_NAME, at, answer.reason, nearest(answer.wrong, answer.known, some))
            return None
        return answer

    def listing(self, node: Listing) -> TypeInfo:
        """All parts of one type; their known spellings together."""
        found = self._together(map(self.type_of, node.parts), node.at)
        return TypeInfo(Type.LIST, found.codes)

    def _together(self, types: Iterable[TypeInfo], at: Span) -> TypeInfo:
        joined = TypeInfo(Type.MISSING)
        for have in types:
            both = either(joined, have)
            if both is None:
                sentence = f"{joined.type.capitalize()} and {have.type} do not go together."
                return self._note(FaultKind.NOT_COMPARABLE, at, sentence, repair(joined.type, have.type))
            joined = both
        return joined

    def minus(self, node: Minus) -> TypeInfo:
        """A number with the other sign."""
        self._asked(node.operand, frozenset({Type.NUMBER}))
        return NUMBER

    def negation(self, node: Not) -> TypeInfo:
        """The opposite of a condition."""
        self._asked(node.operand, frozenset({Type.TRUTH}))
        return TRUTH

    def junction(self, node: Junction) -> TypeInfo:
        """Conditions only."""
        for part in node.parts:
            self._asked(part, frozenset({Type.TRUTH}))
        return TRUTH

    def comparison(self, node: Comparison) -> TypeInfo:
        """Neighbours must be comparable."""
        types = [self.type_of(part) for part in node.parts]
        for place, sign in enumerate(node.signs):
            at = Span(node.parts[place].at.start, node.parts[place + 1].at.end)
            self._compare(sign, types[place], types[place + 1], at)
        return TRUTH

    def _compare(self, sign: str, a: TypeInfo, b: TypeInfo, at: Span) -> None:
        if Type.MISSING in (a.type, b.type):
            sentence = "A comparison with missing is never true."
            self._note(FaultKind.NEVER_TRUE, at, sentence, "Write empty(...) or given(...).")
        elif not comparable(a, b):
            sentence = f"{a.type.capitalize()} cannot be compared with {b.type}."
            self._note(FaultKind.NOT_COMPARABLE, at, sentence, repair(a.type, b.type))
        elif sign not in ("==", "!=") and not (ordered(a) and ordered(b)):
            advice = "If the codes are numbers, write number(...) around them."
            self._note(FaultKind.NO_ORDER, at, f"{a.type.capitalize()} has no before and after.", advice)
        elif sentence := never_equal(a, b):
            self._note(FaultKind.UNKNOWN_CODE, at, sentence, closest_code(a, b))

    def membership(self, node: Membership) -> TypeInfo:
        """One of a list, or one of an item's ticked codes."""
        have = self.type_of(node.operand)
        if isinstance(node.choices, Listing):
            self.type_of(node.choices)
            for choice in node.choices.parts:
                self._compare("==", have, self.type_of(choice), choice.at)
            return TRUTH
        choices = self._asked(node.choices, frozenset({Type.CODES}))
        if choices.type is Type.CODES:
            self._compare("==", have, TypeInfo(Type.CODE, choices.codes, choices.codelist), node.at)
        return TRUTH

    def arithmetic(self, node: Arithmetic) -> TypeInfo:
        """Numbers only."""
        for part in node.parts:
            self._asked(part, frozenset({Type.NUMBER}))
        return NUMBER

    def conditional(self, node: Conditional) -> TypeInfo:
        """A condition, and two outcomes of one type."""
        self._asked(node.condition, frozenset({Type.TRUTH}))
        return self._together((self.type_of(node.then), self.type_of(node.otherwise)), node.at)

    def call(self, node: Call) -> TypeInfo:
        """Each operand as the function takes it."""
        function = FUNCTIONS[node.function]
        types = [self._asked(part, function.takes_at(place)) for place, part in enumerate(node.parts)]
        if node.function in _CALCULATED and len(node.parts) > 1 and not isinstance(node.parts[1], Literal):
            sentence = f"The digits of {node.function}() must be written down."
            self._note(FaultKind.WRONG_ARGUMENTS, node.parts[1].at, sentence, f"Write {function.usage}.")
        if node.function == "contains":
            self._contained(node, types)
        if function.gives is not None:
            return TypeInfo(function.gives)
        return self._together(types, node.at)

    def _contained(self, node: Call, types: list[TypeInfo]) -> None:
        whole, part = types
        if whole.type is Type.CODES:
            self._compare("==", part, TypeInfo(Type.CODE, whole.codes, whole.codelist), node.at)

    def aggregate(self, node: Aggregate) -> TypeInfo:
        """Rows that exist, a condition that filters them, elements the aggregate can fold."""
        self._known(self._names.resolve_rows(node.source), node.source_at)
        aggregation = AGGREGATES[node.function]
        element = self._asked(node.element, aggregation.takes)
        if node.where is not None:
            self._asked(node.where, frozenset({Type.TRUTH}))
        return element if aggregation.gives is None else TypeInfo(aggregation.gives)


_RULES: dict[type[Any], Callable[[_Checker, Any], TypeInfo]] = {
    Literal: _Checker.literal,
    Reference: _Checker.reference,
    Listing: _Checker.listing,
    Minus: _Checker.minus,
    Not: _Checker.negation,
    Junction: _Checker.junction,
    Comparison: _Checker.comparison,
    Membership: _Checker.membership,
    Arithmetic: _Checker.arithmetic,
    Conditional: _Checker.conditional,
    Call: _Checker.call,
    Aggregate: _Checker.aggregate,
}
