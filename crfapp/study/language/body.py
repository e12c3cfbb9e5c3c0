"""What a position on the body map says: ``612,437,F`` is per mille of the width and height of a view."""

from __future__ import annotations

import re

_POSITION = re.compile(r"([0-9]{1,4}),([0-9]{1,4}),([FB])")
_WHOLE = 1000
_MIDDLE = 500
_NEAR = 14
"""So near to the middle, in per mille, a position lies on neither side."""


def side_of(position: str) -> str | None:
    """``LEFT`` or ``RIGHT``, the subject's own; missing in the middle, and where it is no position.

    From the front the subject's left is on the right of the figure, from behind on its left. Figures that
    show legs from their inner and outer sides tell the side by the region, not by the position.
    """
    found = _POSITION.fullmatch(position.strip())
    if found is None or max(int(found[1]), int(found[2])) > _WHOLE:
        return None
    off = int(found[1]) - _MIDDLE
    if abs(off) <= _NEAR:
        return None
    return "LEFT" if (off > 0) == (found[3] == "F") else "RIGHT"
