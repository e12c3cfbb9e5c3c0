"""What an expression can point at: items, parameters, the visit, the site, the row. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefKind(StrEnum):
    """What kind of thing is pointed at; the value is the word the expression uses."""

    ITEM = "ITEM"
    PARAMETER = "P"
    VISIT = "VISIT"
    SITE = "SITE"
    SUBJECT = "SUBJECT"
    ROW = "ROW"
    ABOVE = "ABOVE"
    CLOCK = "CLOCK"


PREVIOUS = "PREV"
"""``FORM@PREV``: the last earlier visit that holds the form."""
BASELINE = "BASE"
"""``FORM@BASE``: the visit that is flagged baseline for the form."""
EVERY = "ALL"
"""``FORM@ALL``: all visits that hold the form; only as a source of rows."""
SITE_WIDE = "SITE"
"""``FORM@SITE``: the form of all subjects of the site; only as a source of rows."""
MANY = (EVERY, SITE_WIDE)

ATTRIBUTES: dict[RefKind, tuple[str, ...]] = {
    RefKind.VISIT: ("DATE", "OFFSET", "DAY", "WINDOW", "OID", "N", "PLANNED", "STATUS"),
    RefKind.SITE: ("CODE", "ZONE", "WEEKEND", "CLOSED"),
    RefKind.SUBJECT: ("ID",),
    RefKind.ROW: ("KEY", "NUMBER"),
}
"""What can be asked of the things the language itself knows."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: a row section of the same form, or a form, perhaps at a visit.

    ``name`` is the section or the form, ``visit`` a visit's OID, PREV, BASE, ALL, SITE or empty,
    ``section`` one row section of that form (``ECEV@ALL.ECSITE``).
    """

    name: str
    visit: str = ""
    section: str = ""

    def __str__(self) -> str:
        at = f"@{self.visit}" if self.visit else ""
        inside = f".{self.section}" if self.section else ""
        return f"{self.name}{at}{inside}"


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference, as written; who resolves it decides which stored value it means.

    ``item``: the item, parameter or attribute. ``form``: empty for the same form. ``visit``: a
    visit's OID, PREV, BASE or empty. ``row``: the name of an aggregate's row (``r`` in ``r.AESER``),
    and then ``source``: where that row comes from.
    """

    kind: RefKind
    item: str
    form: str = ""
    visit: str = ""
    row: str = ""
    source: Source | None = None

    def __str__(self) -> str:
        if self.kind is RefKind.CLOCK:
            return f"{self.item.lower()}()"
        if self.row and self.kind is RefKind.ROW and self.item == "KEY":
            return self.row
        head = self.form if self.kind is RefKind.ITEM else self.kind.value
        at = f"@{self.visit}" if self.visit else ""
        return ".".join(part for part in (self.row, f"{head}{at}", self.item) if part)


TODAY = Ref(RefKind.CLOCK, "TODAY")
"""The need of an expression that asks ``today()``."""
NOW = Ref(RefKind.CLOCK, "NOW")
"""The need of an expression that asks ``now()``."""
