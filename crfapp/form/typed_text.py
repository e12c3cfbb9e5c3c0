"""Typed text made comparable: one set of digits, no invisible direction marks (STUDIES 1.7).

Only for reading. What the person typed is kept beside it by the ledger, unchanged.
"""

from __future__ import annotations

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ARABIC_ZERO, _PERSIAN_ZERO = 0x0660, 0x06F0

_WITHOUT_BIDI = dict.fromkeys(map(ord, _BIDI))
_PLAIN: dict[int, str | None] = {
    **_WITHOUT_BIDI,
    **{zero + n: str(n) for zero in (_ARABIC_ZERO, _PERSIAN_ZERO) for n in range(10)},
    0x2212: "-",
}


def is_blank(typed: str) -> bool:
    """Whether nothing can be seen in it: empty, spaces, direction marks. Blank is no answer."""
    return not typed.translate(_WITHOUT_BIDI).strip()


def plain(typed: str) -> str:
    """Without direction marks and outer space; digits and the minus sign as ASCII."""
    return typed.translate(_PLAIN).strip()


def spaced(typed: str) -> str:
    """:func:`plain`, and every run of white space one ordinary space."""
    return " ".join(plain(typed).split())


def folded(typed: str) -> str:
    """:func:`spaced` without regard to capitals, for comparing words."""
    return spaced(typed).casefold()
