"""Words that several pages share: statuses, roles, kinds of visits, reasons for change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.present.texts import N_

if TYPE_CHECKING:
    from crfapp.present.texts import Texts

FORM_STATUS = {
    "expected": N_("not begun"),
    "open": N_("in progress"),
    "complete": N_("complete"),
    "moved": N_("moved away"),
}
FORM_ICON = {"expected": "expected", "open": "in-progress", "complete": "complete", "moved": "cancelled"}
STANDING = {
    "started": N_("done"),
    "missed": N_("missed"),
    "merged": N_("merged"),
    "cancelled": N_("cancelled"),
    "due": N_("due"),
    "overdue": N_("overdue"),
    "later": N_("later"),
    "possible": N_("if needed"),
    "log": N_("always open"),
}
VISIT_ICON = {
    "started": "in-progress",
    "missed": "missed",
    "merged": "merged",
    "cancelled": "cancelled",
    "overdue": "finding",
    "due": "expected",
    "later": "expected",
    "possible": "expected",
    "log": "in-progress",
}
TIMING = {"IN": N_("in window"), "EARLY": N_("before the window"), "LATE": N_("after the window")}
ROLES = {
    "nurse": N_("nurse"),
    "investigator": N_("investigator"),
    "monitor": N_("monitor"),
    "data-manager": N_("data manager"),
    "administrator": N_("administrator"),
    "auditor": N_("auditor"),
    "rater": N_("rater"),
}
UNIT_SIGNS = {
    "C": "°C",
    "F": "°F",
    "mm2": "mm²",
    "cm2": "cm²",
    "kg/m2": "kg/m²",
    "mL/cm2": "mL/cm²",
    "ug/mL": "µg/mL",
}
"""Units as people write them, by their code in the pack (CDISC units are plain ASCII)."""

REASONS = (
    N_("Typing error"),
    N_("Source document says otherwise"),
    N_("Measured again"),
    N_("New information from the patient"),
    N_("Wrong item or wrong visit"),
)
"""Reasons for change that a site picks from; a text of one's own is always possible (REQ-104)."""


def status_words(status: str, say: Texts) -> str:
    """The status of a form in words."""
    return say(FORM_STATUS[status])
