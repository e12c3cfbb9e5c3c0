"""A small study in which forms lean on each other: over visits, rows, anchors and the visits' own dates."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from crfapp.ledger.chain import open_sealed
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FindingRow
from crfapp.study.model import Pack
from crfapp.study.study import Study
from tests.support.clinic import Clinic

if TYPE_CHECKING:
    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import VisitKey


def _item(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"item": name, "ask": name.capitalize(), "type": kind, **more}


def _codes(*codes: str) -> dict[str, Any]:
    return {"title": "Codes", "codes": [{"code": code, "text": code.capitalize()} for code in codes]}


def _visit(name: str, forms: list[Any], kind: str = "scheduled", **more: Any) -> dict[str, Any]:
    return {"visit": name, "title": name, "kind": kind, "forms": forms, **more}


_HEAD: dict[str, Any] = {
    "study": "ward",
    "version": "1",
    "title": "Ward",
    "short": "WARD",
    "anchor": "V_A",
    "missing": "NULLF",
    "reasons": "REASND",
    "visit_items": {
        "date": "SV.VISDAT",
        "status": "SV.SVSTAT",
        "done": "DONE",
        "missed": "MISSED",
        "reason": "SV.SVREAS",
        "merged": "MERGED",
        "cancelled": "CANCELLED",
        "into": "SV.SVINTO",
    },
    "parameters": {"AGE_MIN": {"value": 18, "title": "Youngest age"}},
    "signing": [
        {"meaning": "REVIEWED", "title": "Reviewed", "say": "I have reviewed it.", "forms": ["DM", "AE"]},
        {
            "meaning": "VISIT",
            "title": "Visit reviewed",
            "say": "I have reviewed the visit.",
            "visits": ["V_SCR", "V_A", "V_B"],
            "required": False,
        },
    ],
    "visits": [
        _visit("V_SCR", ["SV", "DM", "LD", "LM"], day=-7, window=[-21, 7], baseline=True),
        _visit("V_A", ["SV", "DOSE", "LM"], day=0),
        _visit(
            "V_CALL",
            ["SV"],
            anchor={"visit": "V_A", "form": "DOSE", "item": "ENDTM"},
            hours=24,
            window=[20, 36],
        ),
        _visit("V_B", ["SV", "LM"], day=7, window=[-2, 2]),
        _visit("V_C", ["SV"], anchor="V_B", day=3, window=[-1, 1]),
        _visit("V_UNS", ["SV", "UNS", "CL", "PH", "LM"], "repeating"),
        _visit("V_ET", ["SV"], "conditional"),
        _visit("V_LOG", ["AE", "SAE"], "log"),
    ],
    "checklist": {"form": "CL", "done": "CLDONE", "signs": {"CLRED": "Redness", "CLPAIN": "Pain"}},
    "events": {
        "form": "AE",
        "term": "AETERM",
        "target": "AEAREA",
        "start": "AEDAY",
        "ongoing": "AEONGO",
        "end": "AEEND",
        "grade": "AEGR",
        "serious": "AESER",
        "causality": "AEREL",
        "outcome": "AEOUT",
    },
    "notices": [
        {
            "notice": "SAE",
            "title": "Serious adverse event",
            "form": "SAE",
            "arises": "AE",
            "owed": 'AESER == "Y"',
            "about": "SAEOF",
            "aware": "SAEAWARE",
            "sent": "SAESENT",
            "how": "SAEHOW",
            "follow_up_days": 14,
            "forms": ["AE", "SAE"],
        }
    ],
    "targets": {
        "form": "LD",
        "title": "Area",
        "site": "ROLE",
        "side": "ROLE",
        "landmark": "DEPTH",
        "treated": 'ROLE == "TREATED"',
        "measure": {
            "form": "LM",
            "status": "STATE",
            "states": {"PRESENT": "present", "MERGED": "merged", "SPLIT": "split"},
            "method": "METHOD",
            "traced": "TRACED",
            "ruler": "RULER",
            "outline": "TRACE",
            "length": "LONG",
            "width": "BROAD",
            "area": "SIZE",
            "change": "OLD",
            "apart": "10",
        },
        "scores": [{"form": "LM", "item": "PCT", "of_class": "SHARE"}],
    },
    "photographs": {
        "form": "PH",
        "done": "PHYN",
        "target": "PHAREA",
        "view": "PHVIEW",
        "views": ["VIS"],
        "of": 'ROLE == "TREATED"',
        "image": "PHIMG",
        "taken": "PHDTM",
        "device": "PHDEV",
        "scale": "PHSCALE",
        "private": "PHPRIV",
        "pixels": "2000000",
        "sharp": "20",
        "dark": "40",
        "bright": "25",
    },
}
_LISTS = {
    "NULLF": _codes("ND", "UNK", "REF"),
    "REASND": _codes("ILL", "AWAY"),
    "STATUS": _codes("DONE", "MISSED", "MERGED", "CANCELLED"),
    "SEX": _codes("F", "M"),
    "ROLE": _codes("TREATED", "CONTROL"),
    "GRADE": _codes("1", "2", "3", "4", "5"),
    "SCORE": _codes("0", "1", "2", "3", "4"),
    "HOW": _codes("PHONE", "EMAIL"),
    "STATE": _codes("PRESENT", "MERGED", "SPLIT"),
    "METHOD": _codes("RULER", "TRACED"),
    "VIEW": _codes("VIS", "WOOD"),
    "SHARE": _codes("LITTLE", "MUCH"),
}
_SV = [
    _item("SVSTAT", "choice", codes="STATUS", required=True),
    _item("VISDAT", "date", when='SVSTAT == "DONE"', required=True),
    _item("SVREAS", "choice", codes="REASND", when='SVSTAT == "MISSED"', required=True),
    _item("SVINTO", "rowref(VISIT)", when='SVSTAT == "MERGED"', required=True),
    _item("SVOFF", "integer", **{"is": "VISIT.OFFSET"}),
    _item("SVWIN", "text(5)", **{"is": "VISIT.WINDOW"}),
]
_DM = [
    _item("SEX", "choice", codes="SEX", required=True),
    _item("CB", "text(20)", when='SEX == "F"', required=True),
    _item("AGE", "integer", unit="years", range={"hard": [0, 120], "soft": ["P.AGE_MIN", 65]}),
    _item("W", "decimal(1)", unit="kg", units={"lb": {"factor": "0.45359237"}}, sdv="critical"),
    _item("H", "decimal(1)", unit="cm"),
    _item("BMI", "decimal(1)", **{"is": "W / (H / 100 * H / 100)"}),
    _item("FIT", "yesno", by=["investigator"]),
    _item("LEN", "decimal(1)", unit="mm", units={"cm": {"factor": 10}}, second="retype"),
]
_LD = {
    "section": "AREAS",
    "title": "Areas",
    "rows": {
        "log": True,
        "label": {"item": "AREAID", "by": "ROLE", "prefixes": {"TREATED": "T", "CONTROL": "C"}},
    },
    "items": [
        _item("AREAID", "text(5)"),
        _item("ROLE", "choice", codes="ROLE", required=True),
        _item("DEPTH", "integer", range={"soft": [0, 9]}),
    ],
}
_LM = [
    {
        "section": "EACH",
        "title": "Each",
        "rows": {"each": "LD", "where": 'ROLE == "TREATED"'},
        "items": [
            _item("SIZE", "decimal(1)", required=True, range={"soft": [1, 50]}),
            _item("OLD", "decimal(1)", **{"is": "LM@PREV.SIZE"}),
            _item("STATE", "choice", codes="STATE"),
            _item("METHOD", "choice", codes="METHOD"),
            _item("TRACE", "decimal(1)", unit="mm2"),
            _item("LONG", "decimal(1)", unit="mm"),
            _item("BROAD", "decimal(1)", unit="mm"),
            _item("PCT", "integer"),
            _item(
                "SHARE",
                "choice",
                codes="SHARE",
                **{"is": 'missing if PCT < 0 else "MUCH" if PCT > 50 else "LITTLE"'},
            ),
        ],
    },
    {
        "section": "SUM",
        "title": "Sum",
        "items": [
            _item("TOT", "decimal(1)", **{"is": "sum(r.SIZE for r in EACH)"}),
            _item("BASE", "decimal(1)", **{"is": "LM@BASE.TOT"}),
            _item("LOST", "decimal(1)", **{"is": "BASE - TOT"}),
        ],
    },
]
_PH = [
    {"section": "HEAD", "title": "Head", "items": [_item("PHYN", "yesno", required=True)]},
    {
        "section": "ROWS",
        "title": "Images",
        "rows": {"log": True},
        "items": [
            _item("PHAREA", "rowref(LD)", required=True),
            _item("PHVIEW", "choice", codes="VIEW", required=True),
            _item("PHIMG", "photo", required=True),
            _item("PHDTM", "datetime"),
            _item("PHDEV", "text(60)"),
            _item("PHSCALE", "yesno"),
            _item("PHPRIV", "yesno"),
        ],
    },
]
_DOSE = [
    _item("ENDTM", "datetime"),
    _item("VOL", "decimal(1)", unit="mL"),
    _item("NAREAS", "integer", **{"is": 'count(r for r in LD if r.ROLE == "TREATED")'}),
]
_AE = {
    "section": "EVENTS",
    "title": "Events",
    "rows": {"log": True},
    "items": [
        _item("AETERM", "text(60)", required=True),
        _item("AEDAY", "date"),
        _item("AEAREA", "rowref(LD)"),
        _item("AEONGO", "yesno"),
        _item("AEEND", "date", when='AEONGO == "N"'),
        _item("AEGR", "choice", codes="GRADE"),
        _item("AESER", "yesno"),
    ],
}
_SAE = {
    "section": "REPORTS",
    "title": "Reports",
    "rows": {"log": True},
    "items": [
        _item("SAEOF", "rowref(AE)"),
        _item("SAEAWARE", "datetime"),
        _item("SAESENT", "datetime"),
        _item("SAEHOW", "choice", codes="HOW"),
        _item("SAEHRS", "decimal(1)", **{"is": "round(hours(SAEAWARE, SAESENT), 1)"}),
    ],
}
_CL = [
    {"section": "HEAD", "title": "Head", "items": [_item("CLDONE", "yesno")]},
    {
        "section": "SIGNS",
        "title": "Signs",
        "rows": {"each": "LD"},
        "items": [
            _item("CLRED", "choice", codes="SCORE", when='CLDONE == "Y"'),
            _item("CLPAIN", "choice", codes="SCORE", when='CLDONE == "Y"'),
        ],
    },
]


def _once(form: str, items: list[dict[str, Any]], checks: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    section = {"section": "ALL", "title": "All", "items": items}
    return {"form": form, "title": form, "sections": [section], "checks": list(checks)}


def _check(name: str, level: str, on: str, fires: str, say: str) -> dict[str, Any]:
    return {"check": name, "level": level, "on": on, "fires": fires, "say": say}


@cache
def ward_study() -> Study:
    """The study, made once."""
    heavy = _check("DS-01", "Q", "VOL", "VOL > DM.W / 10", "{VOL} mL is much.")
    weight = _check("DM-01", "H", "W", "W > H", "{W} kg over {H} cm.")
    dose = _check("DM-02", "W", "W", "DOSE.VOL > W / 10", "Dose and weight.")
    total = _check("LM-01", "Q", "TOT", "TOT > 100", "{TOT} is large.")
    late = {
        **_check("WIN-1T", "T", "SVWIN", 'SVWIN != "IN"', "Out of its window: {SVWIN}."),
        "task": "DEVIATION",
        "due": "add_days(VISDAT, 5)",
        "draft": {"form": "AE", "set": {"AETERM": 'text("Visit ", SVWIN)', "AEDAY": "VISDAT"}},
    }
    known = _check("PH-04", "H", "PHPRIV", 'PHPRIV == "N"', "The subject may be recognised.")
    over = _check("DS-02", "T", "VOL", "given(VOL) and days(VISIT.DATE, today()) > 30", "Ask again.")
    forms = [
        _once("SV", _SV, (late,)),
        _once("DM", _DM, (weight, dose)),
        {"form": "LD", "title": "LD", "sections": [_LD]},
        {"form": "LM", "title": "LM", "sections": _LM, "checks": [total]},
        _once("DOSE", _DOSE, (heavy, over)),
        {"form": "PH", "title": "PH", "sections": _PH, "checks": [known]},
        _once("UNS", [_item("WHY", "text(60)", second="confirm")]),
        {"form": "AE", "title": "AE", "sections": [_AE]},
        {"form": "SAE", "title": "SAE", "sections": [_SAE]},
        {"form": "CL", "title": "CL", "sections": _CL},
    ]
    return Study(Pack.model_validate({"head": _HEAD, "codelists": _LISTS, "forms": forms}))


class Ward(Clinic):
    """A clinic on this study, with one subject who was screened."""

    study = staticmethod(ward_study)

    def __init__(self) -> None:
        super().__init__(self.study())
        self.subject = self.enrol()
        self.scr: VisitKey = self.start(self.subject, "V_SCR", "2025-01-05")
        self.sv, self.dm, self.ld, self.lm = (self.form(name) for name in ("SV", "DM", "LD", "LM"))

    def form(self, name: str, visit: VisitKey | None = None) -> FormKey:
        return FormKey(*(visit or self.scr), name, 1)

    def area(self, role: str = "TREATED") -> str:
        """A new area in the log."""
        row = self.add_row(self.ld, "AREAS")
        self.enter(self.ld, row, ROLE=role)
        return row

    def injected(self, date: str = "2025-01-12") -> VisitKey:
        """The anchor visit."""
        return self.start(self.subject, "V_A", date)

    def records(self) -> list[Record]:
        """The whole ledger, read back."""
        return [open_sealed(link) for link in self.ledger.links]

    def findings(self, key: FormKey, state: str = "open") -> list[tuple[str, str, str]]:
        """Row, item and check of the findings in a state."""
        found = self.ledger.tables.find(FindingRow, **key._asdict(), state=state)
        return [(row.row, row.item, row.check) for row in found]
