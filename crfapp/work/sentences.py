"""The sentences of findings, in the language of whoever is at work; the ledger keeps the words shown.

The templates here are the English ones; ``say`` translates and fills them (gettext, ``present/texts``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from crfapp.base.marking import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.form.findings import Finding
    from crfapp.form.plan_parts import PlanItem


class Say(Protocol):
    """Translates an app text and fills its places."""

    def __call__(self, message: str, /, **facts: object) -> str:
        """Give the text for the person at work."""


def plain(message: str, /, **facts: object) -> str:
    """The English text itself."""
    return message.format(**facts)


BETWEEN = N_(
    "Between {low} and {high} {unit} is expected. If the value is right, say why; if not, correct it."
)
AT_LEAST = N_("At least {low} {unit} is expected. If the value is right, say why; if not, correct it.")
AT_MOST = N_("At most {high} {unit} is expected. If the value is right, say why; if not, correct it.")
ONLY_BETWEEN = N_(
    "Only values between {low} and {high} {unit} are possible. Correct it to complete the form."
)
ONLY_AT_LEAST = N_("Only values of at least {low} {unit} are possible. Correct it to complete the form.")
ONLY_AT_MOST = N_("Only values of at most {high} {unit} are possible. Correct it to complete the form.")
UNEXPECTED = N_("This answer is not the expected one. If it is right, say why; if not, correct it.")
IMPOSSIBLE = N_("This answer is not possible here. Correct it to complete the form.")
CRITICAL_MISSING = N_("This answer is critical for the study and is marked as missing. Say why.")
SECOND_DIFFERS = N_("The second entry differs: {text}. Compare both with the source.")
SECOND_OTHER = N_("The second person found another answer in the source. Compare it.")

_RANGES = {
    (False, True, True): BETWEEN,
    (False, True, False): AT_LEAST,
    (False, False, True): AT_MOST,
    (True, True, True): ONLY_BETWEEN,
    (True, True, False): ONLY_AT_LEAST,
    (True, False, True): ONLY_AT_MOST,
}
GENERIC: dict[str, str] = {
    "GC-01": N_("This date lies in the future. What has not happened yet cannot be recorded."),
    "GC-02": N_("This is not the date of the visit. If it is right, say why; if not, correct it."),
    "GC-03": N_("This lies before the informed consent. Correct it to complete the form."),
    "GC-04": N_("This lies after the end of the study. If it is right, say why; if not, correct it."),
    "GC-05": N_("This lies after the date of death. Correct it to complete the form."),
    "GC-07": N_("The same figures stand in {SAME}. Was something copied? If they are right, say so."),
    "GC-09": N_("The end lies before the start. Correct it to complete the form."),
    "GC-11": N_("This may name a person. Take names, telephone and identity numbers out of study fields."),
    "GC-17": N_("Completed more than {DAYS} working days after the visit. Say what it was filled in from."),
    "GC-18": N_("A visit can be merged only into a later one that is not cancelled."),
}
"""What the checks say that hold in every form, by their id; a pack does not say them (STUDIES 1.9)."""
_PLACE = re.compile(r"\{([^{}]+)\}")


def sentence(finding: Finding, planned: PlanItem, say: Say, *, fill: Callable[[str], str]) -> str:
    """What a finding says. ``fill`` gives the text for a place such as ``{TOTAREA}`` or ``{P.N_DOSES}``."""
    if finding.say is not None:
        return _PLACE.sub(lambda place: fill(place[1]), finding.say)
    hard = finding.level == "H"
    match finding.kind:
        case "range":
            template = _RANGES[hard, finding.low is not None, finding.high is not None]
            text = say(template, low=finding.low, high=finding.high, unit=planned.item.unit or "")
            return text.replace("  ", " ").replace(" .", ".")
        case "missing":
            return say(CRITICAL_MISSING)
        case _:
            return say(IMPOSSIBLE if hard else UNEXPECTED)
