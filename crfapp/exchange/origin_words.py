"""Where an answer comes from, in words: one saying for window, workbook and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.marking import N_
from crfapp.ledger.origins import PERSON, PHOTOGRAPH, outline_in

if TYPE_CHECKING:
    from crfapp.work.measure_source import Source
    from crfapp.work.sentences import Say

WORKED_OUT = N_("worked out by the program")
_SOURCES: dict[Source, str] = {
    "outline": N_("derived from outline"),
    "ruler": N_("ruler"),
    "typed": N_("typed, no outline"),
}


def origin_words(say: Say, origin: str, worked_out: str = WORKED_OUT) -> str:
    """What is said of the origin of an answer; empty where somebody typed or chose it.

    ``worked_out`` is what is said of the program's own.
    """
    if origin == PERSON:
        return ""
    if origin == PHOTOGRAPH:
        return say("read from the photograph")
    if outline := outline_in(origin):
        return say("derived from outline {outline}", outline=outline)
    return say(worked_out)


def source_words(say: Say, source: Source) -> str:
    """How a measure came about; empty where nothing is to be said."""
    return say(_SOURCES[source]) if source else ""
