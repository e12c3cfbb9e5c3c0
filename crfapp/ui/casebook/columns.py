"""How the questions of a table stand beside each other at a width.

A table is tried in its roomy shape first, then with broken captions, then tight, then with free texts below
the row that has them; where even that is too wide, each row breaks into lines with its own captions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.study.types import Kind
from crfapp.ui.casebook.drawing import face
from crfapp.ui.theme import current
from crfapp.ui.widgets.segmented import bar_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.present.form_view import FieldView, SectionView

_EDITOR = {
    Kind.TIME: 70,
    Kind.DATE: 108,
    Kind.PARTIALDATE: 108,
    Kind.DATETIME: 142,
    Kind.INTEGER: 64,
    Kind.DECIMAL: 64,
    Kind.TEXT: 110,
    Kind.BARCODE: 120,
    Kind.LONGTEXT: 160,
}
_TIGHT = {Kind.TIME: 52, Kind.DATE: 88, Kind.PARTIALDATE: 88, Kind.DATETIME: 72, Kind.INTEGER: 48}
_TIGHT[Kind.DECIMAL] = _TIGHT[Kind.INTEGER]
_OTHER, _COMPUTED, _COMPUTED_TEXT, _ARROW = 130, 64, 96, 46
_TITLE_LEAST, _TITLE_MOST = 40, 130
_LONGEST_LIST = 300
_WIDEST_BAR = 176
_MOST_IN_BAR = 4
_TEXTS = frozenset({Kind.TEXT, Kind.LONGTEXT})
_CHOSEN = frozenset({Kind.CHOICE, Kind.YESNO})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table begin, how wide they and their editors are, in logical pixels.

    ``start``: where the titles of the rows begin. ``tight``: editors take as little room as they can.
    ``below``: the places of questions that stand under their row. ``flowing``: nothing fits beside each
    other; each row then breaks into lines with captions.
    """

    start: int
    title: int
    lefts: tuple[int, ...]
    widths: tuple[int, ...]
    editors: tuple[int, ...]
    tight: bool = False
    below: frozenset[int] = frozenset()
    flowing: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """One way to set a table."""

    whole_captions: bool = False
    tight: bool = False
    texts_below: bool = False


_SHAPES = (
    _Shape(whole_captions=True),
    _Shape(),
    _Shape(tight=True),
    _Shape(tight=True, texts_below=True),
)


def columns_of(section: SectionView, fields: Sequence[FieldView], width: int) -> Columns:
    """Lay the questions of a table out at a width."""
    tried = (_set(section, fields, width, shape) for shape in _SHAPES)
    return next((found for found in tried if found is not None), None) or _flowing(section, fields)


def caption_of(field: FieldView) -> str:
    """A question's name with its unit, which keeps its own direction."""
    return f"{field.label} \u2068{field.unit}\u2069" if field.unit else field.label


def fits_a_bar(field: FieldView) -> bool:
    """Whether its answers can stand beside each other in a table, where one sees them all."""
    words = [label for _, label in field.choices]
    return len(words) <= _MOST_IN_BAR and bar_width(words) <= _WIDEST_BAR * current().scale


def _set(section: SectionView, fields: Sequence[FieldView], width: int, shape: _Shape) -> Columns | None:
    """The table in one shape; None where it does not fit."""
    tokens, tight = current(), shape.tight
    beside = [not (shape.texts_below and field.type.kind in _TEXTS) for field in fields]
    editors = tuple(_editor_width(field, tight=tight) for field in fields)
    measure = _caption_width if shape.whole_captions else _longest_word
    wide = [max(e, measure(f)) if b else 0 for e, f, b in zip(editors, fields, beside, strict=True)]
    gap = tokens.gap - 3 if tight else tokens.room
    end = (tokens.control if section.grows else tokens.icon) + (tokens.gap if tight else tokens.pad)
    room = width - tokens.pad - end - sum(wide) - gap * (sum(beside) + 1)
    natural, least = _title_widths(section, tight=tight)
    if room < least or not any(beside):
        return None
    title = min(natural, room)
    spare = min((room - title) // sum(beside), (2 if tight else 4) * tokens.room)
    lefts, x = [], tokens.pad + title + gap
    for w, b in zip(wide, beside, strict=True):
        lefts.append(x)
        x += w + gap + spare if b else 0
    below = frozenset(place for place, b in enumerate(beside) if not b)
    return Columns(tokens.pad, title, tuple(lefts), tuple(wide), editors, tight, below)


def _flowing(section: SectionView, fields: Sequence[FieldView]) -> Columns:
    natural = _title_widths(section, tight=False)[0]
    title = min(natural, round(_TITLE_MOST * current().scale))
    editors = tuple(_editor_width(field, tight=False) for field in fields)
    none = (0,) * len(fields)
    return Columns(current().pad, title, none, editors, editors, flowing=True)


def _title_widths(section: SectionView, *, tight: bool) -> tuple[int, int]:
    """What the names of the rows would like, and the least they need."""
    scale, metrics = current().scale, face("base", 500 if tight else 400)[1]
    titles = [row.title for row in section.rows]
    floor = round(_TITLE_LEAST * scale)
    natural = max((metrics.horizontalAdvance(title) for title in titles), default=0) + 2
    longest = max((metrics.horizontalAdvance(word) for title in titles for word in title.split()), default=0)
    most = round(_TITLE_MOST * scale)
    least = longest + 2 if tight else min(natural, most)
    return max(natural, floor), max(min(least, most), floor)


def _editor_width(field: FieldView, *, tight: bool) -> int:
    scale, kind = current().scale, field.type.kind
    if field.computed:
        return round((_COMPUTED_TEXT if kind in _TEXTS else _COMPUTED) * scale)
    if kind in _CHOSEN and field.choices:
        words = [label for _, label in field.choices]
        if kind is Kind.YESNO or fits_a_bar(field):
            return bar_width(words, tight=tight)
        longest = max(face("base")[1].horizontalAdvance(label) for label in words)
        return min(longest + round(_ARROW * scale), round(_LONGEST_LIST * scale))
    plain = _EDITOR.get(kind, _OTHER)
    return round((_TIGHT.get(kind, plain) if tight else plain) * scale)


def _longest_word(field: FieldView) -> int:
    metrics = face("tiny", 600)[1]
    return max((metrics.horizontalAdvance(word) for word in caption_of(field).split()), default=0) + 2


def _caption_width(field: FieldView) -> int:
    return face("tiny", 600)[1].horizontalAdvance(caption_of(field)) + 4
