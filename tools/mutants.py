"""Programs with one small fault each: what a test that can fail has to find.

A mutant is one change inside one function of a module: another comparison, ``or`` for ``and``, a lost
``not``, a number one higher, another text, ``None`` instead of an answer, a statement left out. What a module
says outside its functions (tables, classes, defaults) is not changed: a mutant is put in place by giving the
running function another code, which is what makes thousands of them affordable (docs/decisions/0032).
"""

from __future__ import annotations

import ast
import copy
import gc
import types
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef
MARK = "__reached__"
"""The global name by which a marked module says which statement it has come to."""

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
_UNTOUCHED = frozenset({"annotation", "returns", "decorator_list", "args", "pattern", "type_params"})
"""Parts of a node that say nothing about what is done (``args`` only where a function is defined)."""


class Slot(NamedTuple):
    """Where a node hangs in its tree, so that another can hang there."""

    parent: ast.AST
    field: str
    place: int | None

    def hang(self, node: ast.AST) -> None:
        """Put a node here."""
        if self.place is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.place] = node


@dataclass(frozen=True)
class Mutant:
    """One change: ``function`` and ``what`` name it whatever its line; ``statement`` is the line it is in."""

    function: str
    first_line: int
    statement: int
    what: str
    slot: Slot
    old: ast.AST
    new: ast.AST

    @property
    def name(self) -> str:
        """How a list of mutants calls it."""
        return f"{self.function}: {self.what}"


class Module:
    """The source of a module with every mutant of it, and the way to put one in place."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.tree = ast.parse(text)
        self.mutants = list(_numbered(self.tree))
        self._found: list[types.FunctionType] = []

    def mutate(self, mutant: Mutant) -> bool:
        """Make the running program this mutant; False where the function cannot be given that code."""
        mutant.slot.hang(mutant.new)
        try:
            codes = _codes(self._compiled())
            inside = f"{mutant.function}.<locals>."  # what it made while it was imported lives on by itself
            alive = [
                one
                for one in self._alive()
                if f"{one.__code__.co_qualname}.<locals>." == inside
                or one.__code__.co_qualname.startswith(inside)
            ]
            for function in alive:
                function.__code__ = codes[function.__code__.co_qualname]
            if not alive:
                return False
        except (KeyError, SyntaxError, ValueError):
            return False
        finally:
            mutant.slot.hang(mutant.old)
        return True

    def mark(self) -> set[int]:
        """Make every function say which statements it comes to; the set that it says it to."""
        reached: set[int] = set()
        codes = _codes(compile(_marked(self.tree), self.path, "exec", dont_inherit=True))
        for function in self._alive():
            if function.__code__.co_qualname in codes:
                function.__code__ = codes[function.__code__.co_qualname]
                function.__globals__[MARK] = reached.add
        return reached

    def unmark(self) -> None:
        """Take the marks away again."""
        codes = _codes(self._compiled())
        for function in self._alive():
            function.__code__ = codes.get(function.__code__.co_qualname, function.__code__)

    def _compiled(self) -> types.CodeType:
        return compile(ast.fix_missing_locations(self.tree), self.path, "exec", dont_inherit=True)

    def _alive(self) -> list[types.FunctionType]:
        """The functions that this module has made, wherever a decorator or a table keeps them; found once."""
        if not self._found:
            gc.unfreeze()  # what was frozen is not among the objects that are looked through
            self._found = [
                found
                for found in gc.get_objects()
                if isinstance(found, types.FunctionType) and found.__code__.co_filename == self.path
            ]
            gc.freeze()
        return self._found


def _codes(code: types.CodeType) -> dict[str, types.CodeType]:
    """The codes of functions and methods by qualified name, those inside functions too."""
    found = {}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            if constant.co_flags & 0x2:  # CO_NEWLOCALS: a function, not the body of a class
                found[constant.co_qualname] = constant
            found.update(_codes(constant))
    return found


def _numbered(tree: ast.Module) -> Iterator[Mutant]:
    """Every mutant; where two of a function would be called the same, the later ones carry a number."""
    seen: Counter[str] = Counter()
    for name, function in _functions(tree):
        for slot, statement, old in _nodes(function):
            for new in _instead_of(old, slot):
                ast.copy_location(new, old if hasattr(old, "lineno") else statement)
                ast.fix_missing_locations(new)
                what = f"{_words(old, slot)} -> {_words(new, slot)}"
                seen[f"{name}: {what}"] += 1
                count = seen[f"{name}: {what}"]
                if count > 1:
                    what += f" #{count}"
                yield Mutant(name, function.lineno, statement.lineno, what, slot, old, new)


def _functions(node: ast.AST, around: str = "") -> Iterator[tuple[str, AnyFunction]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, AnyFunction):
            yield around + child.name, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{around}{child.name}.")
        elif isinstance(child, ast.If | ast.Try):
            yield from _functions(child, around)


def _nodes(function: AnyFunction) -> Iterator[tuple[Slot, ast.stmt, ast.AST]]:
    """Every node of a function's body with its place and its statement; not its docstring."""
    for index, statement in enumerate(function.body):
        if not (index == 0 and ast.get_docstring(function) is not None):
            yield from _below(Slot(function, "body", index), statement, statement)


def _below(slot: Slot, node: ast.AST, statement: ast.stmt) -> Iterator[tuple[Slot, ast.stmt, ast.AST]]:
    if isinstance(node, ast.stmt):
        statement = node
    yield slot, statement, node
    if isinstance(node, ast.JoinedStr):  # its own pieces are text, what it shows is looked at
        shown = [part for part in node.values if isinstance(part, ast.FormattedValue)]
        for part in shown:
            yield from _below(Slot(part, "value", None), part.value, statement)
        return
    for field, value in ast.iter_fields(node):
        if field in _UNTOUCHED and not (field == "args" and isinstance(node, ast.Call)):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST):
                yield from _below(Slot(node, field, index), child, statement)


def _instead_of(node: ast.AST, slot: Slot) -> Iterator[ast.AST]:
    swapped = _SWAPPED.get(type(node))
    if swapped is not None:
        yield swapped()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from _other_constant(node.value)
    elif isinstance(node, ast.stmt):
        yield from _other_statement(node)
    if _is_condition(slot) and isinstance(node, ast.expr) and not isinstance(node, ast.Compare | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), node)


def _is_condition(slot: Slot) -> bool:
    return slot.field in {"test", "guard"} or (
        slot.field == "ifs" and isinstance(slot.parent, ast.comprehension)
    )


def _other_constant(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(f"not {value}")


def _other_statement(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=value) if value is not None:
            if not (isinstance(value, ast.Constant) and value.value is None):
                yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))  # it stays a generator
        case ast.Expr() | ast.Raise() | ast.AugAssign():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case _:
            pass


def _words(node: ast.AST, slot: Slot) -> str:
    """A node as a line of source, an operator within what it joins."""
    if isinstance(node, ast.operator | ast.cmpop | ast.boolop):
        old = getattr(slot.parent, slot.field)
        kept = old if slot.place is None else old[slot.place]
        slot.hang(node)
        words = ast.unparse(slot.parent)
        slot.hang(kept)
    else:
        words = ast.unparse(ast.fix_missing_locations(node))
    return " ".join(words.split())


class _Marking(ast.NodeTransformer):
    """Puts before each statement of a function that it was reached."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        for field, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                setattr(node, field, [part for one in value for part in (_mark(one), one)])
        return node


def _mark(statement: ast.stmt) -> ast.stmt:
    call = ast.Call(ast.Name(MARK, ast.Load()), [ast.Constant(statement.lineno)], [])
    return ast.copy_location(ast.Expr(call), statement)


def _marked(tree: ast.Module) -> ast.Module:
    marked = copy.deepcopy(tree)
    for _, function in _functions(marked):
        _Marking().visit(function)
    return ast.fix_missing_locations(marked)
