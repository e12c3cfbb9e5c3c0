"""From the text of an expression to its tree.

Operators bind as in Python: ``or``, ``and``, ``not``, comparisons and ``in``, ``+ -``, ``* / // %``,
unary minus. ``a if c else b`` binds least.
"""

from __future__ import annotations

from crfapp.study.language.aggregates import AGGREGATES
from crfapp.study.language.faults import Fault, FaultKind, RefusedText, Span, nearest, refuse
from crfapp.study.language.functions import FUNCTIONS
from crfapp.study.language.literals import WORDS, literal, written_date
from crfapp.study.language.patterns import PatternError, compile_pattern
from crfapp.study.language.reading_names import NameReader
from crfapp.study.language.tokens import KEYWORDS, Cursor, Token, TokenKind, tokenize
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
    depth,
)

DEEPEST = 40
"""Most parts of an expression inside one another."""

OR, AND, NOT, COMPARE, ADD, MULTIPLY, MINUS = range(1, 8)
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_POWERS = {
    "or": OR,
    "and": AND,
    **dict.fromkeys((*_COMPARISONS, "in", "not"), COMPARE),
    **dict.fromkeys("+-", ADD),
    **dict.fromkeys(("*", "/", "//", "%"), MULTIPLY),
}
_CALLABLE = tuple(dict.fromkeys((*FUNCTIONS, *AGGREGATES, "date")))
_MANUAL = "docs/expressions.md"
_WHOLE = "Write the whole condition on both sides, as in: A == 1 or A == 2."


def parse(text: str) -> Node | Fault:
    """The tree of an expression, or the first fault that keeps it from being read. Never raises."""
    try:
        tree = _Parser(tokenize(text)).whole()
        if depth(tree) > DEEPEST:
            raise _too_deep(Span(0, len(text)))
    except RefusedText as refused:
        return refused.fault
    return tree


def _too_deep(at: Span) -> RefusedText:
    sentence = f"More than {DEEPEST} parts stand inside one another."
    return refuse(FaultKind.TOO_DEEP, at, sentence, "Split the expression into computed items.")


class _Parser:
    """Precedence climbing over the tokens; one method a construct."""

    def __init__(self, tokens: list[Token]) -> None:
        self._cursor = Cursor(tokens)
        self._names = NameReader(self._cursor)
        self._depth = 0

    def whole(self) -> Node:
        """The whole text as one expression."""
        tree = self._expression()
        if self._cursor.ahead.kind is not TokenKind.END:
            raise self._left_over()
        return tree

    def _left_over(self) -> RefusedText:
        if self._cursor.sees("**"):
            return self._cursor.unexpected("There is no power sign; write X * X.")
        return self._cursor.unexpected("Put an operator or a comma before it, or remove it.")

    def _expression(self) -> Node:
        start = self._cursor.ahead.at.start
        then = self._operation(OR)
        if not self._cursor.accept("if"):
            return then
        condition = self._operation(OR)
        self._cursor.expect("else", " and what holds otherwise")
        self._enter()
        otherwise = self._expression()
        self._depth -= 1
        return Conditional(then, condition, otherwise, self._since(start))

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _too_deep(self._cursor.ahead.at)

    def _operation(self, least: int) -> Node:
        start = self._cursor.ahead.at.start
        self._enter()
        node = self._operand(least)
        while (power := self._power_ahead()) >= least:
            node = self._chain(node, power, start)
        self._depth -= 1
        return node

    def _power_ahead(self) -> int:
        token = self._cursor.ahead
        return _POWERS.get(token.spelling, 0) if token.kind in (TokenKind.SIGN, TokenKind.NAME) else 0

    def _chain(self, first: Node, power: int, start: int) -> Node:
        if self._cursor.sees("in", "not"):
            return self._membership(first, start)
        signs: list[str] = []
        parts = [first]
        while self._power_ahead() == power and not self._cursor.sees("in", "not"):
            signs.append(self._cursor.take().spelling)
            parts.append(self._operation(power + 1))
        at = self._since(start)
        if power in (OR, AND):
            return Junction(signs[0], tuple(parts), at)
        kind = Comparison if power == COMPARE else Arithmetic
        return kind(tuple(signs), tuple(parts), at)

    def _membership(self, operand: Node, start: int) -> Node:
        wanted = not self._cursor.accept("not")
        self._cursor.expect("in", "")
        choices = self._listing() if self._cursor.sees("[") else self._operation(ADD)
        return Membership(wanted, operand, choices, self._since(start))

    def _listing(self) -> Node:
        start = self._cursor.take().at.start
        parts = self._comma_separated("]")
        return Listing(parts, self._since(start))

    def _operand(self, least: int) -> Node:
        start = self._cursor.ahead.at.start
        if self._cursor.sees("not"):
            if least > NOT:
                raise self._cursor.unexpected("Put brackets around the part with not.")
            self._cursor.take()
            operand = self._operation(NOT)
            return Not(operand, self._since(start))
        if self._cursor.accept("-"):
            operand = self._operation(MINUS)
            return Minus(operand, self._since(start))
        return self._primary()

    def _primary(self) -> Node:
        token = self._cursor.ahead
        if self._cursor.calls and token.spelling not in KEYWORDS:
            return self._call()
        if token.kind in (TokenKind.NUMBER, TokenKind.TEXT) or self._cursor.sees(*WORDS):
            return literal(self._cursor.take())
        if self._cursor.accept("("):
            node = self._expression()
            self._cursor.expect(")", " to close the bracket")
            return node
        if token.kind is TokenKind.NAME and token.spelling not in KEYWORDS:
            return self._names.reference()
        raise self._no_operand()

    def _no_operand(self) -> RefusedText:
        if self._cursor.sees("["):
            return self._cursor.unexpected('A list stands only behind in, as in: SEX in ["F", "M"].')
        if self._cursor.sees(*_COMPARISONS):
            return self._cursor.unexpected(_WHOLE)
        return self._cursor.unexpected("Write a value, a name or an opening bracket here.")

    def _call(self) -> Node:
        name = self._cursor.take()
        if name.spelling not in _CALLABLE:
            advice = nearest(name.spelling, _CALLABLE, f"{_MANUAL} lists all functions.")
            sentence = f"There is no function {name.spelling}()."
            raise refuse(FaultKind.UNKNOWN_FUNCTION, name.at, sentence, advice)
        self._cursor.expect("(", "")
        place = self._cursor.find_for()
        if place is not None:
            return self._aggregate(name, place)
        parts = self._comma_separated(")")
        call = Call(name.spelling, parts, self._since(name.at.start))
        return written_date(call) if name.spelling == "date" else _called_rightly(call)

    def _comma_separated(self, closing: str) -> tuple[Node, ...]:
        parts: list[Node] = []
        while not self._cursor.accept(closing):
            if parts:
                self._cursor.expect(",", f", or close with {closing}")
            parts.append(self._expression())
        return tuple(parts)

    def _aggregate(self, name: Token, place: int) -> Node:
        if name.spelling not in AGGREGATES:
            advice = f"Rows are gathered by: {', '.join(AGGREGATES)}."
            raise refuse(FaultKind.WRONG_ARGUMENTS, name.at, f"{name.spelling}() takes no rows.", advice)
        element_place = self._cursor.place
        self._cursor.jump(place + 1)
        row = self._cursor.take()
        self._cursor.expect("in", " and then the form or section")
        source_start = self._cursor.ahead.at.start
        source = self._names.source()
        source_at, behind = self._since(source_start), self._cursor.place
        self._cursor.jump(element_place)
        self._names.open_row(row, source)
        element = self._expression()
        if self._cursor.place != place:
            raise self._cursor.unexpected("Write one value before for, or an operator here.")
        self._cursor.jump(behind)
        where = self._expression() if self._cursor.accept("if") else None
        self._names.close_row(row.spelling)
        self._cursor.expect(")", " to close the bracket")
        at = self._since(name.at.start)
        return _gathered_rightly(
            Aggregate(name.spelling, element, row.spelling, source, where, at, source_at)
        )

    def _since(self, start: int) -> Span:
        return Span(start, self._cursor.behind.at.end)


def _called_rightly(call: Call) -> Call:
    """The call, where the number of operands fits and what must be written down is written down."""
    function = FUNCTIONS.get(call.function)
    if function is None:
        advice = f"Write it with rows, as in: {call.function}(r.ITEM for r in FORM)."
        raise refuse(FaultKind.WRONG_ARGUMENTS, call.at, f"{call.function}() gathers rows.", advice)
    if not function.accepts(len(call.parts)):
        sentence = f"{call.function}() is given {len(call.parts)} values."
        raise refuse(FaultKind.WRONG_ARGUMENTS, call.at, sentence, f"Write {function.usage}.")
    match call:
        case Call("matches", (_, Literal(_, str(pattern), at))):
            _readable_pattern(pattern, at)
        case Call("matches") | Call("missing_reason"):
            if not isinstance(call.parts[0], Reference) or call.function == "matches":
                sentence = f"{call.function}() cannot be asked like this."
                raise refuse(FaultKind.WRONG_ARGUMENTS, call.at, sentence, f"Write {function.usage}.")
        case _:
            pass
    return call


def _readable_pattern(pattern: str, at: Span) -> None:
    try:
        compile_pattern(pattern)
    except PatternError as problem:
        advice = f"{_MANUAL} says what patterns know."
        raise refuse(FaultKind.BAD_PATTERN, at, str(problem), advice) from None


def _gathered_rightly(gathered: Aggregate) -> Aggregate:
    """The aggregate, where count counts rows and not conditions."""
    whole_row = isinstance(gathered.element, Reference) and str(gathered.element.ref) == gathered.row
    if gathered.function == "count" and not whole_row:
        advice = f"Write count({gathered.row} for {gathered.row} in {gathered.source} if ...)."
        raise refuse(FaultKind.WRONG_ARGUMENTS, gathered.at, "count() counts rows.", advice)
    return gathered
