"""Who gets what: the parts of a package by the profile of its recipient (docs/formats/package.md).

Nobody chooses parts one by one, so no package leaves with too much in it by a slip. Which profile somebody
has is part of what two people agreed to.
"""

from __future__ import annotations

from dataclasses import dataclass

from crfapp.base.marking import N_
from crfapp.base.problems import Code, RefusedError


@dataclass(frozen=True, slots=True)
class Profile:
    """What goes to one kind of recipient.

    ``events`` is the record, ``workbook`` and ``odm`` its views for people and for other programs,
    ``sheets`` names the sheets about the site that the workbook has besides those of the forms (None: all).
    ``outside``: the recipient is outside the site, so what is ``site_only`` stays, and the site's own copy
    comes first (REQ-503).
    """

    name: str
    title: str
    outside: bool = True
    events: bool = True
    contents: bool = True
    workbook: bool = True
    odm: bool = True
    photographs: bool = True
    sheets: frozenset[str] | None = None

    @property
    def state(self) -> bool:
        """Whether the package says how the whole site stands: counts and the hash of the shared state."""
        return self.workbook or self.odm or self.contents


_DATA_SHEETS = frozenset({"Cover", "Subjects", "Visits", "Forms", "Dictionary", "Codelists"})
_WITH_PHOTOGRAPHS = _DATA_SHEETS | {"Queries", "Photographs", "Outlines"}

SPONSOR = Profile("sponsor", N_("Sponsor: everything but what stays at the site"))
SAFETY_BOARD = Profile(
    "safety-board",
    N_("Safety board: all data with questions and photographs, without the audit trail"),
    events=False,
    contents=False,
    sheets=_WITH_PHOTOGRAPHS,
)
STATISTICIAN = Profile(
    "statistician",
    N_("Statistician: the data alone, without photographs"),
    events=False,
    contents=False,
    photographs=False,
    sheets=_DATA_SHEETS,
)
MONITOR = Profile("monitor", N_("Monitor's copy: the record and photographs"), workbook=False, odm=False)
WORKSTATION = Profile(
    "workstation",
    N_("Workstation of this site: everything"),
    outside=False,
    workbook=False,
    odm=False,
)
REPLY = Profile(
    "reply",
    N_("Reply to the site: what was recorded here"),
    outside=False,
    contents=False,
    workbook=False,
    odm=False,
    photographs=False,
)

PROFILES = {
    profile.name: profile for profile in (SPONSOR, SAFETY_BOARD, STATISTICIAN, MONITOR, WORKSTATION, REPLY)
}
FOR_RECIPIENTS = (SPONSOR, SAFETY_BOARD, STATISTICIAN)
"""Those that a recipient can be given; the others follow from what a workstation is."""


def profile_of(name: str) -> Profile:
    """The profile of this name; RECIPIENT_UNKNOWN where a newer program gave it."""
    found = PROFILES.get(name)
    if found is None:
        raise RefusedError(Code.RECIPIENT_UNKNOWN, profile=name)
    return found
