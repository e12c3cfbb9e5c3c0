"""A label of a container that was scanned into one of the fields that it fills: lot, container, expiry.

The text as scanned is what was typed; each field keeps its part as the answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code
from crfapp.form.gs1 import FNC1, SHOWN_FNC1, Broken, Scanned, read_gs1
from crfapp.form.reading import Offer, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Part = Literal["lot", "container", "expiry"]
END_OF_DAY = "23:59"
_A_DATE_ALONE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}")
PARTS: Mapping[Part, Callable[[Scanned], str]] = {
    "lot": lambda scanned: scanned.lot,
    "container": lambda scanned: scanned.serial,
    "expiry": lambda scanned: scanned.expiry,
}


def part_of_label(typed: str, part: Part) -> str | Unreadable:
    """What of a text is meant for a field; the text itself where it is no scanned code.

    An expiry with a date only is good until the end of that day. CODE_BROKEN for a code that cannot be
    read, CODE_WITHOUT_PART for one that does not say this. FNC1 itself can be kept nowhere: what stands for
    it is offered.
    """
    if FNC1 in typed:
        return Unreadable(Code.UNPRINTABLE, (Offer(typed.replace(FNC1, SHOWN_FNC1), Code.UNPRINTABLE),))
    scanned = read_gs1(typed)
    if scanned is None:
        alone = part == "expiry" and _A_DATE_ALONE.fullmatch(typed.strip()) is not None
        return f"{typed.strip()} {END_OF_DAY}" if alone else typed
    if isinstance(scanned, Broken):
        return Unreadable(Code.CODE_BROKEN, facts={"at": scanned.at or typed})
    return PARTS[part](scanned) or Unreadable(Code.CODE_WITHOUT_PART, facts={"code": str(scanned)})
