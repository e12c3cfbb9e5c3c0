"""Where an answer comes from: a person, what they drew or photographed, or the program.

Everything else (``rule FORM.ITEM``, ``check NAME``, ``row label``) was worked out and is never corrected by
anybody; what a person answers for needs a reason to be changed, may contradict what another one said, and
waits where it came too late.
"""

from __future__ import annotations

PERSON = "person"
PHOTOGRAPH = "photograph"
"""Origin of an answer that a camera wrote into a photograph."""
OUTLINE = "outline:"
"""How the origin of a value begins that was measured on a photograph; the outline's id follows."""


def is_told(origin: str) -> bool:
    """Whether a person answers for it: typed, chosen, photographed or drawn."""
    return origin in (PERSON, PHOTOGRAPH) or origin.startswith(OUTLINE)


def outline_in(origin: str) -> str:
    """The id of the outline that gave the value; empty where none did."""
    return origin.removeprefix(OUTLINE) if origin.startswith(OUTLINE) else ""
