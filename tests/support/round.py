"""A study with everything that goes beyond one visit: consent, end, death, deviations, drafts, everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FindingRow
from crfapp.study.model import Pack
from crfapp.study.study import Study
from tests.support.clinic import Clinic


def _item(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"item": name, "ask": name.capitalize(), "type": kind, **more}


def _codes(*codes: str) -> dict[str, Any]:
    return {"title": "Codes", "codes": [{"code": code, "text": code.capitalize()} for code in codes]}


def _form(
    form: str, *items: dict[str, Any], rows: bool = False, checks: Any = (), **more: Any
) -> dict[str, Any]:
    section: dict[str, Any] = {"section": "ALL", "title": "All", "items": items}
    if rows:
        section["rows"] = {"log": True}
    return {"form": form, "title": form, "sections": [section], "checks": list(checks), **more}


def _check(name: str, level: str, on: str, fires: str, say: str, **more: Any) -> dict[str, Any]:
    return {"check": name, "level": level, "on": on, "fires": fires, "say": say, **more}


def _visit(name: str, day: int | None, *forms: Any, kind: str = "scheduled", **more: Any) -> dict[str, Any]:
    return {"visit": name, "title": name, "kind": kind, "day": day, "forms": forms, **more}


_HEAD: dict[str, Any] = {
    "study": "round",
    "version": "1",
    "title": "Round",
    "short": "ROUND",
    "anchor": "V_A",
    "missing": "NULLF",
    "reasons": "REASND",
    "visit_items": {
        "date": "SV.VISDAT",
        "status": "SV.SVSTAT",
        "done": "DONE",
        "partly": "PARTIAL",
        "missed": "MISSED",
        "merged": "MERGED",
        "cancelled": "CANCELLED",
        "reason": "SV.SVREAS",
        "into": "SV.SVINTO",
    },
    "ends": [
        {
            "date": "EOS.DSSTDAT",
            "keeps": 'first(r.CALLS for r in EOS) == "Y" and VISIT.PLANNED <= add_days(VISIT@V_A.DATE, 28)',
        }
    ],
    "generic": {
        "consent": "first(r.DSSTDAT for r in IC)",
        "end": "first(r.DSSTDAT for r in EOS)",
        "death": "first(hi(r.DTHDAT) for r in DD)",
        "after_end": ["AE"],
        "after_death": ["DD"],
        "names": ["SUBJ.NAME"],
    },
    "visits": [
        _visit("V_SCR", -7, "SV", "SUBJ", "IC", "VS", window=[-21, 7], baseline=True),
        _visit("V_A", 0, "SV", "DOSE"),
        _visit("V_B", 7, "SV", "VS", "PHOTO", window=[-2, 2]),
        _visit("V_C", 14, "SV", "VS", window=[-2, 5]),
        _visit("V_D", 60, "SV", "VS", window=[-7, 7]),
        _visit("V_LOG", None, "AE", "DV", "EOS", "DD", kind="log"),
    ],
}
_LISTS = {
    "NULLF": _codes("ND", "UNK"),
    "REASND": _codes("ILL"),
    "STATUS": _codes("DONE", "PARTIAL", "MISSED", "MERGED", "CANCELLED"),
    "CATEGORY": _codes("VISIT", "DOSE"),
}
_LATE = _check(
    "WIN-1T",
    "T",
    "SVWIN",
    'SVWIN != "IN"',
    "Out of its window: {SVWIN}.",
    task="DEVIATION",
    due="add_days(VISDAT, 5)",
    draft={
        "form": "DV",
        "set": {
            "TERM": 'text("Visit out of its window: ", SVWIN)',
            "CAT": '"VISIT"',
            "IMPACT": '"Y"',
            "SRC": '"WIN-1T"',
        },
    },
)


@cache
def round_study() -> Study:
    """The study, made once."""
    figures = [_item(f"F{number}", "integer", range={"soft": [0, 99]}) for number in range(1, 7)]
    used = "count(r for r in DOSE@SITE if r.VIAL == VIAL and r.SUBJECT.ID != SUBJECT.ID) > 0"
    forms = [
        _form(
            "SV",
            _item("SVSTAT", "choice", codes="STATUS", required=True),
            _item("VISDAT", "date", when='SVSTAT in ["DONE", "PARTIAL"]', required=True),
            _item("SVREAS", "choice", codes="REASND", when='SVSTAT == "MISSED"'),
            _item("SVINTO", "rowref(VISIT)", when='SVSTAT == "MERGED"', required=True),
            _item("SVWIN", "text(5)", **{"is": "VISIT.WINDOW"}),
            checks=[_LATE],
        ),
        _form("SUBJ", _item("NAME", "text(120)"), site_only=True),
        _form("IC", _item("DSSTDAT", "date", own_date=True)),
        _form(
            "VS",
            *figures,
            _item("TAKEN", "date"),
            _item("NOTE", "longtext(300)"),
            checks=[
                _check("VS-1", "W", "F1", "F1 > 50", "Is {F1} right?"),
                _check(
                    "VS-2",
                    "Q",
                    "F2",
                    "F2 < VS@V_SCR.F2",
                    "{F2}, but {VS@V_SCR.F2} at screening (half: {VS@V_SCR.F2 / 2}).",
                ),
            ],
        ),
        _form("PHOTO", _item("IMAGE", "text(20)", required=True)),
        _form(
            "DOSE", _item("VIAL", "text(20)"), checks=[_check("DS-1", "Q", "VIAL", used, "Vial used before.")]
        ),
        _form(
            "AE",
            _item("AESTDAT", "partialdate", own_date=True),
            _item("AEENDAT", "partialdate", own_date=True),
            rows=True,
        ),
        _form(
            "DV",
            _item("TERM", "text(80)", required=True),
            _item("CAT", "choice", codes="CATEGORY", required=True),
            _item("IMPACT", "yesno", by=["investigator"]),
            _item("SRC", "text(16)", by=["program"]),
            rows=True,
        ),
        _form("EOS", _item("DSSTDAT", "date", own_date=True), _item("CALLS", "yesno")),
        _form("DD", _item("DTHDAT", "partialdate", own_date=True)),
    ]
    return Study(Pack.model_validate({"head": _HEAD, "codelists": _LISTS, "forms": forms}))


class Round(Clinic):
    """A clinic on this study, with one subject who consented and was screened on 5 January 2025."""

    def __init__(self) -> None:
        super().__init__(round_study())
        self.subject = self.screened()

    def screened(self) -> str:
        """One more subject, who consented at the screening visit."""
        subject = self.enrol()
        at = self.start(subject, "V_SCR", "2025-01-05")
        self.enter(FormKey(*at, "IC", 1), DSSTDAT="2025-01-05")
        return subject

    def at(self, visit: str, form: str, subject: str = "") -> FormKey:
        """A form at a visit; of the log where the log holds it."""
        return FormKey(*VisitKey(subject or self.subject, visit, 1), form, 1)

    def visit(self, visit: str, date: str, subject: str = "") -> None:
        """The visit takes place, on that very day."""
        day = datetime.fromisoformat(f"{date}T06:10").replace(tzinfo=UTC)
        self.clock.at = max(self.clock.at, day)
        self.start(subject or self.subject, visit, date)

    def found(self, key: FormKey) -> dict[str, str]:
        """Check -> state of what was found in a form."""
        rows = self.ledger.tables.find(FindingRow, **key._asdict())
        return {row.check: row.state for row in rows}

    def standing(self, visit: str) -> str:
        """How a visit stands today."""
        slots = {slot.visit: slot for slot in self.desk.slots(self.subject)}
        return slots[visit].standing(self.desk.today)
