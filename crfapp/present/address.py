"""Where somebody is in the window, as plain data: what the palette jumps to and what a lock comes back to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A page, and as far as it goes the subject, visit, form, row and item on it. Empty means none.

    ``moment`` names the event (``node:seq``) up to which things are shown as they were.
    """

    page: str
    subject: str = ""
    visit: str = ""
    visit_n: int = 1
    form: str = ""
    form_n: int = 1
    row: str = ""
    item: str = ""
    moment: str = ""
