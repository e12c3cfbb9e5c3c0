"""What the Exchange page shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = Literal["password", "again", "target", ""]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the password, and whether what was typed keeps it."""

    text: str
    kept: bool


@dataclass(frozen=True, slots=True)
class EarlierExport:
    """One workbook that was handed over before; ``hash`` is the short form, ``sha256`` the whole."""

    when: str
    who: str
    file: str
    rows: str
    hash: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """The whole page. ``problem`` stands at ``place``; ``result`` and ``result_note`` stay readable.

    ``share`` is how much of the running export is done, 0 to 1; ``step`` says what it is doing now.
    """

    may_export: bool
    content: str
    busy: bool = False
    share: float = 0.0
    step: str = ""
    problem: str = ""
    place: Place = ""
    result: str = ""
    result_note: str = ""
    sha256: str = ""
    earlier: tuple[EarlierExport, ...] = ()
