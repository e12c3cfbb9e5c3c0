"""How the questions of a table stand beside each other at a width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.study.types import Kind
from crfapp.ui.casebook.drawing import face
from crfapp.ui.theme import current

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
    Kind.YESNO: 124,
    Kind.CHOICE: 130,
    Kind.LONGTEXT: 160,
}
_OTHER, _COMPUTED = 130, 80
_TITLE_LEAST, _TITLE_MOST = 56, 130


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table begin, how wide they and their editors are, in logical pixels.

    ``flowing``: they do not fit beside each other; each row then breaks into lines with captions.
    """

    title: int
    lefts: tuple[int, ...]
    widths: tuple[int, ...]
    editors: tuple[int, ...]
    flowing: bool


def columns_of(section: SectionView, fields: Sequence[FieldView], width: int) -> Columns:
    """Lay the questions of a table out at a width; captions stay on one line where there is room."""
    tokens = current()
    title = _title_width(section)
    editors = [_editor_width(field) for field in fields]
    gap, end = tokens.room, tokens.control if section.grows else tokens.icon
    room = width - 2 * tokens.pad - title - end - gap * (len(fields) + 1)
    narrow = [max(e, _longest_word(field)) for e, field in zip(editors, fields, strict=True)]
    whole = [max(e, _caption_width(field)) for e, field in zip(editors, fields, strict=True)]
    widths = whole if sum(whole) <= room else narrow
    spare = min(max(0, room - sum(widths)) // max(1, len(widths)), 4 * gap)
    lefts, x = [], tokens.pad + title + gap
    for wide in widths:
        lefts.append(x)
        x += wide + gap + spare
    return Columns(title, tuple(lefts), tuple(widths), tuple(editors), sum(widths) > room)


def caption_of(field: FieldView) -> str:
    """A question's name with its unit, which keeps its own direction."""
    return f"{field.label} \u2068{field.unit}\u2069" if field.unit else field.label


def _title_width(section: SectionView) -> int:
    scale, metrics = current().scale, face("base", 500)[1]
    longest = max((metrics.horizontalAdvance(row.title) for row in section.rows), default=0) + 2
    return min(max(longest, round(_TITLE_LEAST * scale)), round(_TITLE_MOST * scale))


def _editor_width(field: FieldView) -> int:
    wide = _COMPUTED if field.computed else _EDITOR.get(field.type.kind, _OTHER)
    return round(wide * current().scale)


def _longest_word(field: FieldView) -> int:
    metrics = face("tiny", 600)[1]
    return max((metrics.horizontalAdvance(word) for word in caption_of(field).split()), default=0) + 2


def _caption_width(field: FieldView) -> int:
    return face("tiny", 600)[1].horizontalAdvance(caption_of(field)) + 4
