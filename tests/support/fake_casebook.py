"""A subject's casebook in memory: the vitiligo schedule on the day of the first injection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.keys import FormKey
from crfapp.present.casebook_view import FormEntry, VisitEntry
from crfapp.present.form_view import Inspection, Patch, Refusal
from tests.support.fake_form_page import SAVED_AT, FakeFormPage, filled_observation, long_form, observation

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import Scope

SUBJECT = "s3"
_ICONS = {"expected": "expected", "open": "in-progress", "complete": "complete"}
_LATER = (
    ("CALL1", "24 h call", "13 Jan"),
    ("INJ2", "Injection 2", "19 Jan"),
    ("CALL2", "24 h call", "20 Jan"),
    ("INJ3", "Injection 3", "26 Jan"),
    ("W3", "Week 3", "2 Feb"),
    ("W4", "Week 4", "9 Feb"),
    ("M2", "Month 2", "14 Mar"),
    ("M3", "Month 3", "13 Apr"),
    ("M6", "Month 6", "14 Jul"),
)
_INJECTION = (
    ("SV", "Visit", "complete"),
    ("SAFE", "Safety review", "complete"),
    ("PREG", "Pregnancy test", "complete"),
    ("CHK", "Check before dosing", "complete"),
    ("ECEV", "EV administration", "complete"),
    ("OBS", "Observation", "open"),
    ("TOL", "Local tolerability", "expected"),
)


_WITH = (("M2", "Month 2"),)
"""With what a visit to come can be held together."""


class FakeActs:
    """Whoever may not ask; what is answered is kept."""

    may_ask = False

    def __init__(self) -> None:
        self.said: list[tuple[str, ...]] = []

    def ask(self, scope: Scope, cell: Cell | None, text: str) -> str:
        """Kept."""
        self.said.append(("ask", str(scope), str(cell), text))
        return ""

    def answer(self, key: str, text: str) -> str:
        """Kept."""
        self.said.append(("answer", key, text))
        return ""

    def close(self, key: str, text: str) -> str:
        """Kept."""
        self.said.append(("close", key, text))
        return ""

    def reopen(self, key: str, text: str) -> str:
        """Kept."""
        self.said.append(("reopen", key, text))
        return ""


class FakeCasebook:
    """Three standings: Screening done, Injection 1 going on, the rest to come; Week 4 is overdue."""

    def __init__(self, say: Callable[[str], str] = str) -> None:
        self.words = say
        self.acts = FakeActs()
        self.subject = ""
        self.said: list[str] = []
        self.pages: dict[FormKey, FakeFormPage] = {}
        self.started: dict[str, str] = {"SCR": "5 Jan", "INJ1": "12 Jan"}
        self.gone: set[str] = set()

    def open(self, subject: str) -> None:
        """Turn to a subject."""
        self.subject = subject

    def title(self) -> tuple[str, str]:
        """Number and who."""
        return "JO01-003", self.words("F, 29 y")

    def visits(self) -> tuple[VisitEntry, ...]:
        """The schedule and two logs."""
        done = self._visit("SCR", "Screening", "5 Jan", (("DM", "Demography", "complete"),))
        now = self._visit("INJ1", "Injection 1", "12 Jan", _INJECTION)
        later = [self._visit(v, title, day, (("SV", "Visit", "expected"),)) for v, title, day in _LATER]
        logs = [
            self._log("LOGAE", "Adverse events", "open", 1),
            self._log("LOGCM", "Medication", "complete", 2),
        ]
        return (done, now, *later, *logs)

    def form(self, key: FormKey) -> FakeFormPage:
        """The observation, or a form of twelve questions."""
        if key not in self.pages:
            page = filled_observation(self.words) if key.form == "OBS" else long_form(12)
            self.pages[key] = observation(self.words) if key.form == "TOL" else page
        return self.pages[key]

    def inspect_scope(self, scope: Scope) -> Inspection:
        """Nothing is asked."""
        return Inspection(scope.level, "", "")

    def start_visit(self, visit: str, n: int, date_text: str) -> Patch:
        """Refuses what is not a date."""
        self.said.append(f"start {visit} {n} {date_text!r}")
        if not date_text[:1].isdecimal():
            return Patch(refusal=Refusal("R-107", self.words("This is not a date. Write it as 2025-01-31.")))
        self.started[visit] = date_text
        return Patch(saved=SAVED_AT, status_changed=True)

    def miss_visit(self, visit: str, n: int, why: str, text: str = "") -> Patch:
        """Always possible."""
        self.said.append(f"miss {visit} {n} {why} {text!r}")
        self.gone.add(visit)
        return Patch(saved=SAVED_AT, status_changed=True)

    def book_visit(self, visit: str, n: int, date_text: str) -> Patch:
        """Always possible."""
        self.said.append(f"book {visit} {n} {date_text}")
        return Patch(saved=SAVED_AT, status_changed=True)

    def merge_visit(self, visit: str, n: int, into: str, why: str) -> Patch:
        """Always possible."""
        self.said.append(f"merge {visit} {n} {into} {why!r}")
        self.gone.add(visit)
        return Patch(saved=SAVED_AT, status_changed=True)

    def missed_reasons(self) -> tuple[tuple[str, str], ...]:
        """Two."""
        return (("SICK", self.words("Patient was ill")), ("NOSHOW", self.words("Patient did not come")))

    def next_form(self, key: FormKey, step: int = 1) -> FormKey | None:
        """Over visit borders."""
        keys = [entry.key for visit in self.visits() for entry in visit.forms]
        place = keys.index(key) + step
        return keys[place] if 0 <= place < len(keys) else None

    def _visit(self, visit: str, title: str, day: str, forms: tuple[tuple[str, str, str], ...]) -> VisitEntry:
        begun, overdue = visit in self.started, visit == "W4"
        standing = (
            "started" if begun else "missed" if visit in self.gone else "overdue" if overdue else "later"
        )
        entries = tuple(
            FormEntry(FormKey(SUBJECT, visit, 1, form, 1), self.words(name), status, _ICONS[status], 0)
            for form, name, status in forms
        )
        done = begun and all(entry.status == "complete" for entry in entries)
        icon = (
            "complete" if done else {"started": "in-progress", "missed": "missed"}.get(standing, "expected")
        )
        waiting = standing in {"later", "overdue"}
        return VisitEntry(
            visit, 1, self.words(title), self.words(self.started.get(visit, day)), icon, standing, entries,
            waiting, waiting, overdue and not begun, False, _WITH if waiting else (), self.words(day), "",
        )  # fmt: skip

    def _log(self, form: str, title: str, status: str, count: int) -> VisitEntry:
        key = FormKey(SUBJECT, "LOG", 1, form, 1)
        entry = FormEntry(key, self.words(title), status, _ICONS[status], count)
        return VisitEntry(
            "LOG", 1, self.words(title), "", _ICONS[status], "log", (entry,), False, False, False
        )


def observation_key() -> FormKey:
    """Where the form of the picture stands."""
    return FormKey(SUBJECT, "INJ1", 1, "OBS", 1)
