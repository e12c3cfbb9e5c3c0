"""The schedule on paper: which form at which visit, when each visit is planned, and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.paper.blocks import Cell, Chapter, Heading, Run, Table, Words, text
from crfapp.present.words import UNIT_SIGNS
from crfapp.study.matrix import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.present.paper.blocks import Block
    from crfapp.present.paper.questions import Making
    from crfapp.study.model import Anchor, Visit

SCHEDULE = "(schedule)"
_MOST_VISITS = 20
_FORM_WIDTH = 0.28
_VISIT_WIDTHS = (0.32, 0.44, 0.24)
_FORM_MARK_WIDTHS = (0.2, 0.2, 0.6)
_FIGURE_WIDTHS = (0.4, 0.24, 0.36)


def schedule_chapter(making: Making) -> Chapter:
    """Forms by visits, the visits, and with annotations the conditions and figures behind them."""
    say = making.say
    blocks: list[Block] = [text(say("X always   C under a condition   O optional"), "muted", "small")]
    blocks += _matrices(making)
    blocks += [Heading((Run(say("Visits")),)), _visits(making)]
    if making.annotated:
        blocks += _conditions(making)
        if making.study.head.parameters:
            blocks += [Heading((Run(say("Figures of the protocol")),)), _figures(making)]
    return Chapter(SCHEDULE, say("Visits and forms"), "", tuple(blocks))


def _matrices(making: Making) -> Iterator[Table]:
    """As many tables as the visits need beside one another."""
    matrix, texts = summary(making.study), making.study.texts(making.language)
    for start in range(0, len(matrix.visits), _MOST_VISITS):
        visits = matrix.visits[start : start + _MOST_VISITS]
        heads = [Cell((text("", size="small"),), shaded=True)]
        for visit in visits:
            parts = [text(texts.visit(visit), size="small")]
            if making.annotated:
                parts.append(_mark(visit, strong=True))
            heads.append(Cell(tuple(parts), shaded=True, upright=True))
        rows = [tuple(heads)]
        for form, marks in zip(matrix.forms, matrix.marks, strict=True):
            named = [Run(texts.form(form))]
            if making.annotated:
                named += [Run("  "), Run(form, "mark_strong", ltr=True)]
            cells = [Cell((_centred(mark),)) for mark in marks[start : start + _MOST_VISITS]]
            rows.append((Cell((Words(tuple(named), "small"),)), *cells))
        width = (1 - _FORM_WIDTH) / max(len(visits), _MOST_VISITS // 2)
        yield Table((_FORM_WIDTH, *([width] * len(visits))), tuple(rows), heads=1, ruled=True)


def _centred(mark: str) -> Words:
    return Words((Run(mark, "strong" if mark == "X" else "plain", ltr=True),), "small", centred=True)


def _visits(making: Making) -> Table:
    say, texts = making.say, making.study.texts(making.language)
    rows = [_heads(say("Visit"), say("Planned"), say("Window"))]
    for visit in making.study.visits.values():
        named = [text(texts.visit(visit.visit), size="small")]
        if making.annotated:
            named.append(_mark(f"{visit.visit} · {visit.kind}", strong=True))
        planned = text(_planned(making, visit), size="small")
        rows.append(
            (Cell(tuple(named)), Cell((planned,)), Cell((text(_window(making, visit), size="small"),)))
        )
    return Table(_VISIT_WIDTHS, tuple(rows), heads=1)


def _planned(making: Making, visit: Visit) -> str:
    say = making.say
    if visit.kind == "log":
        return say("always open")
    if visit.hours is not None:
        return say("{hours} hours after {anchor}", hours=visit.hours, anchor=_anchor(making, visit.anchor))
    if visit.day is None:
        return say("if needed")
    if visit.anchor is None:
        return say("day {day}", day=visit.day)
    return say("day {day}, counted from {anchor}", day=visit.day, anchor=_anchor(making, visit.anchor))


def _anchor(making: Making, anchor: Anchor | None) -> str:
    texts = making.study.texts(making.language)
    if anchor is None:
        return texts.visit(making.study.head.anchor)
    visit = texts.visit(anchor.visit)
    return f"{visit}: {texts.item(anchor.form, anchor.item)}" if anchor.form and anchor.item else visit


def _window(making: Making, visit: Visit) -> str:
    if visit.window is None:
        return ""
    low, high = visit.window
    if visit.hours is not None:
        return making.say("{low} to {high} hours", low=low, high=high)
    return making.say("{low} to {high} days", low=f"{low:+d}", high=f"{high:+d}")


def _conditions(making: Making) -> Iterator[Block]:
    """The conditions behind every C of the table."""
    say = making.say
    rows = [_heads(say("Visit"), say("Form"), say("when"))]
    for visit in making.study.visits.values():
        for held in visit.forms:
            if held.when is not None:
                words = (_mark(visit.visit, strong=True), _mark(held.form, strong=True), _mark(held.when))
                rows.append(tuple(Cell((each,)) for each in words))
    if len(rows) > 1:
        yield Heading((Run(say("Forms under a condition")),))
        yield Table(_FORM_MARK_WIDTHS, tuple(rows), heads=1)


def _figures(making: Making) -> Table:
    say, texts = making.say, making.study.texts(making.language)
    rows = [_heads(say("Figure"), say("Value"), say("Source"))]
    for name, figure in making.study.head.parameters.items():
        named = [text(texts.parameter(name), size="small")]
        if making.annotated:
            named.append(_mark(f"P.{name}", strong=True))
        unit = UNIT_SIGNS.get(figure.unit, figure.unit) if figure.unit else ""
        value = Words((Run(f"{figure.value}\u00a0{unit}".strip("\u00a0"), ltr=True),), "small")
        source = [text(figure.source or "", "muted", "small")]
        if figure.template:
            source = [text(say("template default: confirm against the protocol"), "muted", "small")]
        rows.append((Cell(tuple(named)), Cell((value,)), Cell(tuple(source))))
    return Table(_FIGURE_WIDTHS, tuple(rows), heads=1)


def _heads(*words: str) -> tuple[Cell, ...]:
    return tuple(Cell((text(each, "strong", "small"),), shaded=True) for each in words)


def _mark(words: str, *, strong: bool = False) -> Words:
    return Words((Run(words, "mark_strong" if strong else "mark", ltr=True),), "tiny")
