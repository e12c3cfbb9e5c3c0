"""The situations of every check, tried: each must fire or pass as its author says (REQ-405)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.study.faults import PackCode, Path
from crfapp.study.language import Node, because, compile_expression, render, walk
from crfapp.study.language.texts import as_text
from crfapp.study.language.tree import Aggregate, Comparison, Literal
from crfapp.study.lint.definitions import meant
from crfapp.study.lint.written import all_checks
from crfapp.study.trying import Paper, Reads, misfits, reads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crfapp.study.checks import Check, Situation, Vectors
    from crfapp.study.language import Answer, Scope
    from crfapp.study.lint.report import Report

_ORDERING = frozenset({"<", "<=", ">", ">="})
_TOLD = 6
_LONGEST = 60


def check_vectors(report: Report, sound: Mapping[Path, Node]) -> None:
    """Try every check whose expression is sound (``sound``: trees by their path)."""
    for path, form, one in all_checks(report):
        if one.vectors is None or not (one.vectors.fires and one.vectors.passes):
            text = "No situations are given in which the check fires and in which it passes."
            report.error(PackCode.NO_VECTORS, path, text, one.fires)
        tree = sound.get((*path, "fires"))
        if tree is None:
            continue
        boundary = one.vectors.boundary if one.vectors else None
        if orders(tree) and not (boundary and boundary.fires and boundary.passes):
            text = "The check compares by size or order, but its limit is not tried."
            report.warning(PackCode.NO_BOUNDARY, path, text, one.fires)
        if one.vectors is not None:
            asked = reads([tree, *_of_task(sound, path, one)])
            _Trial(report, path, form, one, tree, asked).run(one.vectors)


def orders(tree: Node) -> bool:
    """Whether an expression compares by order; whether there is a row at all is no matter of order."""
    return any(
        sign in _ORDERING and not _asks_whether_any(node.parts[place], node.parts[place + 1])
        for node in walk(tree)
        if isinstance(node, Comparison)
        for place, sign in enumerate(node.signs)
    )


def _asks_whether_any(left: Node, right: Node) -> bool:
    counted = isinstance(left, Aggregate) and left.function == "count"
    return counted and isinstance(right, Literal) and right.value in (0, 1)


def _of_task(sound: Mapping[Path, Node], path: Path, one: Check) -> Iterator[Node]:
    """What a task's day and draft read may stand in a situation too."""
    paths: list[Path] = [(*path, "due")]
    paths += [(*path, "draft", "set", item) for item in (one.draft.set if one.draft else ())]
    yield from (sound[place] for place in paths if place in sound)


def _situations(vectors: Vectors) -> Iterator[tuple[Path, Situation]]:
    for way, holder in ((("vectors",), vectors), (("vectors", "boundary"), vectors.boundary)):
        for key in ("fires", "passes"):
            found: tuple[Situation, ...] = getattr(holder, key)
            yield from (((*way, key, number), situation) for number, situation in enumerate(found))


@dataclass(frozen=True, slots=True)
class _Trial:
    """One check that is tried: where it stands, its tree, and what a situation may say to it."""

    report: Report
    path: Path
    form: str
    check: Check
    tree: Node
    asked: Reads

    def run(self, vectors: Vectors) -> None:
        """Every situation: first whether it can be read, then what the check makes of it."""
        fires = compile_expression(self.tree)
        self.report.checks_tried += 1
        for at, situation in _situations(vectors):
            self.report.situations_tried += 1
            if not self._unfit((*self.path, *at), situation):
                self._judge(at, situation, fires)

    def _unfit(self, path: Path, situation: Situation) -> bool:
        found = misfits(self.report.study, self.form, self.asked, situation)
        for at, name, why in found:
            about = f"{name} {self.check.fires}"
            if why:
                self.report.error(PackCode.WRONG_SITUATION, (*path, *at), f"{name}: {why}.", about)
            else:
                known = self._names(at)
                text = f"The check does not read {name}{meant(name, known)}"
                self.report.error(PackCode.NOT_READ, (*path, *at), text, about)
        return bool(found)

    def _names(self, at: Path) -> Iterable[str]:
        """What could have been meant at a place of a situation."""
        if at[0] != "rows":
            return self.asked.answers
        return self.asked.rows if len(at) == len(("rows", "source")) else self.asked.rows[str(at[1])][1]

    def _judge(self, at: Path, situation: Situation, fires: Callable[[Scope], Answer]) -> None:
        paper = Paper(self.report.study, self.form, situation.answers, situation.rows)
        expected, gave = at[-2] == "fires", fires(paper)
        if (gave is True) is expected:
            return
        what = "fires although it stands" if gave is True else "does not fire although it stands"
        words = "missing" if gave is None else "true" if gave else "false"
        text = f"The check {what} under '{at[-2]}'. It gave {words}; {_told(self.tree, paper)}."
        self.report.error(PackCode.OTHERWISE_JUDGED, (*self.path, *at), text, self.check.fires)


def _told(tree: Node, scope: Scope) -> str:
    """What the expression read, for "why": the first few values."""
    found = because(tree, scope)
    words = [f"{_short(render(told.node))} is {_in_words(told.value)}" for told in found[:_TOLD]]
    return "it read nothing" if not words else ", ".join(words)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _in_words(answer: Answer) -> str:
    match answer:
        case None:
            return "missing"
        case bool():
            return "true" if answer else "false"
        case _:
            return f"'{_short(as_text(answer))}'"
