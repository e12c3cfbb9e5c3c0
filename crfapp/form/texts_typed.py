"""Free texts: kept as typed, to the last space; what no file or page can hold is refused (REQ-406)."""

from __future__ import annotations

import unicodedata

from crfapp.base.problems import Code
from crfapp.form.reading import Field, Manner, Offer, Reading, Unreadable
from crfapp.study.types import Kind

_NEVER = {"\ufffe", "\uffff"}
_LINES = "\n"
_REFUSED_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


def read_text(typed: str, field: Field, _manner: Manner) -> Reading | Unreadable:
    """Read a text: canonical is what was typed; only line ends become LF, and only a long text has lines.

    Refusals: UNPRINTABLE (control characters, half surrogates, line ends in a one-line text), offering
    the text without them; TOO_LONG with the item's size in characters.
    """
    text = typed.replace("\r\n", _LINES).replace("\r", _LINES)
    lines = field.type.kind is Kind.LONGTEXT
    if not all(_printable(sign, lines=lines) for sign in text):
        return Unreadable(Code.UNPRINTABLE, _cleaned(text, lines=lines))
    if field.type.size is not None and len(text) > field.type.size:
        return Unreadable(Code.TOO_LONG, facts={"most": field.type.size})
    return Reading(text, text)


def _printable(sign: str, *, lines: bool) -> bool:
    if sign == "\t" or (lines and sign == _LINES):
        return True
    return unicodedata.category(sign) not in _REFUSED_CATEGORIES and sign not in _NEVER


def _cleaned(text: str, *, lines: bool) -> tuple[Offer, ...]:
    """The same text with line breaks as spaces and everything else that is refused left out."""
    breaks = {_LINES, "\u2028", "\u2029"}
    signs = (sign if _printable(sign, lines=lines) else " " if sign in breaks else "" for sign in text)
    clean = "".join(signs)
    return (Offer(clean, Code.UNPRINTABLE),) if clean.strip() else ()
