"""Text inside a workbook: every string a person can type, carried through XML and back unchanged.

Characters that XML cannot hold are written ``_xHHHH_`` (ECMA-376 part 1, 22.4.2.4, ST_Xstring); a text
that looks like such an escape is escaped itself, so that reading back is exact.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_UNITS = 32_767
"""What one cell holds, counted in UTF-16 code units."""

_UNFIT = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# An underscore needs escaping when the escape of the *next* character would complete a false `_xHHHH_`, too.
_TO_ESCAPE = re.compile(f"[&<>{_UNFIT}]|_(?=x[0-9A-Fa-f]{{4}}[_{_UNFIT}])")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PIECE = re.compile(f"(?P<escaped>[{_UNFIT}]|_(?=x[0-9A-Fa-f]{{4}}[_{_UNFIT}]))|.", re.DOTALL)
_ESCAPE_UNITS = len("_x0000_")
_BEYOND_BMP = 0x10000


def _escape_one(found: re.Match[str]) -> str:
    char = found.group()
    return _MARKUP.get(char) or f"_x{ord(char):04X}_"


def to_xml(text: str) -> str:
    """XML character data that reads back as exactly this text."""
    return _TO_ESCAPE.sub(_escape_one, text)


def from_cell(text: str) -> str:
    """The text a cell stands for, from what an XML parser delivers for it."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def is_long(text: str) -> bool:
    """Whether the text might not fit into one cell (escapes counted as they are written)."""
    return len(text) * _ESCAPE_UNITS > MOST_UNITS and sum(map(_units, _PIECE.finditer(text))) > MOST_UNITS


def parts(text: str, first: int, further: int) -> Iterator[str]:
    """Cut a text into one part of ``first`` and then ``further`` units at most; joined they are the text."""
    start, room = 0, first
    for piece in _PIECE.finditer(text):
        units = _units(piece)
        if units > room:
            yield text[start : piece.start()]
            start, room = piece.start(), further
        room -= units
    yield text[start:]


def _units(piece: re.Match[str]) -> int:
    if piece["escaped"]:
        return _ESCAPE_UNITS
    return 2 if ord(piece.group()) >= _BEYOND_BMP else 1
