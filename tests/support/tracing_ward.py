"""A small study in which one area is photographed and traced, at as many visits as a test needs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.study.model import Pack
from crfapp.study.study import Study
from crfapp.work.photographs import TakePhotograph
from crfapp.work.roles import Actor, Role
from tests.support.clinic import Clinic

if TYPE_CHECKING:
    from crfapp.ledger.keys import VisitKey

SAMI = Actor("sami", "Sami Odeh", Role.NURSE, "Cell Therapy Center")
LINA = Actor("lina", "Lina Qasem", Role.INVESTIGATOR, "Cell Therapy Center")


def _item(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"item": name, "ask": name.capitalize(), "type": kind, **more}


def _codes(*codes: str) -> dict[str, Any]:
    return {"title": "Codes", "codes": [{"code": code, "text": code.capitalize()} for code in codes]}


def _log(form: str, items: list[dict[str, Any]], **rows: Any) -> dict[str, Any]:
    section = {"section": "ROWS", "title": "Rows", "rows": {"log": True, **rows}, "items": items}
    return {"form": form, "title": form, "sections": [section]}


_SEEN = 'STAT == "THERE"'
_HEAD: dict[str, Any] = {
    "study": "tracing",
    "version": "1",
    "title": "Tracing",
    "short": "TRACING",
    "anchor": "V_SCR",
    "missing": "NULLF",
    "reasons": "REASND",
    "visit_items": {
        "date": "SV.VISDAT",
        "status": "SV.SVSTAT",
        "done": "DONE",
        "missed": "MISSED",
        "reason": "SV.SVREAS",
    },
    "visits": [
        {"visit": "V_SCR", "title": "Screening", "kind": "scheduled", "forms": ["SV", "LD"], "day": 0},
        {"visit": "V_UNS", "title": "Any day", "kind": "repeating", "forms": ["SV", "PH", "LM"]},
    ],
    "targets": {
        "form": "LD",
        "title": "Area",
        "site": "SITE",
        "side": "SIDE",
        "landmark": "AREAID",
        "treated": 'ROLE == "TREATED"',
        "measure": {
            "form": "LM",
            "status": "STAT",
            "states": {"THERE": "present"},
            "method": "METH",
            "traced": "PHOTO",
            "ruler": "RULER",
            "outline": "PLAN",
            "length": "LEN",
            "width": "WID",
            "area": "PLAN",
            "change": "PLAN",
            "apart": "10",
        },
    },
    "photographs": {
        "form": "PH",
        "done": "PHYN",
        "target": "PHAREA",
        "view": "PHVIEW",
        "views": ["VIS"],
        "of": 'ROLE == "TREATED"',
        "image": "PHIMG",
        "taken": "PHTM",
        "scale": "PHSCALE",
        "private": "PHPRIV",
        "pixels": "0",
        "sharp": "0",
        "dark": "100",
        "bright": "100",
    },
}
_LISTS = {
    "NULLF": _codes("ND"),
    "REASND": _codes("AWAY"),
    "STATUS": _codes("DONE", "MISSED"),
    "ROLE": _codes("TREATED", "CONTROL"),
    "SITE": _codes("HAND", "KNEE"),
    "SIDE": _codes("LEFT", "RIGHT"),
    "STAT": _codes("THERE"),
    "METH": _codes("PHOTO", "RULER"),
    "VIEW": _codes("VIS", "WOOD"),
}
_VISIT = [
    _item("SVSTAT", "choice", codes="STATUS", required=True),
    _item("VISDAT", "date"),
    _item("SVREAS", "choice", codes="REASND", when='SVSTAT == "MISSED"'),
]
_AREAS = [
    _item("AREAID", "text(5)"),
    _item("ROLE", "choice", codes="ROLE", required=True),
    _item("SITE", "choice", codes="SITE"),
    _item("SIDE", "choice", codes="SIDE"),
]
_SHOTS = [
    _item("PHAREA", "rowref(LD)"),
    _item("PHVIEW", "choice", codes="VIEW"),
    _item("PHTM", "datetime"),
    _item("PHIMG", "photo"),
    _item("PHSCALE", "yesno"),
    _item("PHPRIV", "yesno"),
]
_SIZES = [
    _item("STAT", "choice", codes="STAT"),
    _item("METH", "choice", codes="METH", when=_SEEN),
    _item("LEN", "decimal(1)", unit="mm", when=_SEEN),
    _item("WID", "decimal(1)", unit="mm", when=_SEEN),
    _item("PLAN", "decimal(1)", unit="mm2", when=_SEEN),
]


def _once(form: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"form": form, "title": form, "sections": [{"section": "ALL", "title": "All", "items": items}]}


@cache
def tracing_study() -> Study:
    """The study, made once."""
    shots = _log("PH", _SHOTS)
    shots["sections"].insert(0, {"section": "HEAD", "title": "Head", "items": [_item("PHYN", "yesno")]})
    label = {"item": "AREAID", "by": "ROLE", "prefixes": {"TREATED": "T", "CONTROL": "C"}}
    sizes = {"section": "EACH", "title": "Each", "rows": {"each": "LD"}, "items": _SIZES}
    forms = [
        _once("SV", _VISIT),
        _log("LD", _AREAS, label=label),
        shots,
        {"form": "LM", "title": "Area measurement", "sections": [sizes]},
    ]
    return Study(Pack.model_validate({"head": _HEAD, "codelists": _LISTS, "forms": forms}))


class TracingWard(Clinic):
    """One area on the left hand, photographed at a first visit."""

    def __init__(self) -> None:
        super().__init__(tracing_study())
        self.subject = self.enrol()
        screening = self.start(self.subject, "V_SCR", "2025-01-05")
        self.ld = FormKey(*screening, "LD", 1)
        self.row = self.area()
        self.first = self.seen("2025-01-05", 1)
        self.photograph = self.photographed(self.first, "a1")

    def area(self, role: str = "TREATED") -> str:
        """One more area."""
        row = self.add_row(self.ld, "ROWS")
        self.enter(self.ld, row, ROLE=role, SITE="HAND", SIDE="LEFT")
        return row

    def seen(self, date: str, n: int) -> VisitKey:
        """A visit at which the area is there to be measured."""
        visit = self.start(self.subject, "V_UNS", date, n)
        self.enter(FormKey(*visit, "LM", 1), self.row, STAT="THERE")
        return visit

    def photographed(self, visit: VisitKey, sign: str) -> str:
        """One more photograph of the area at a visit."""
        key, photograph = FormKey(*visit, "PH", 1), sign * 32
        self.enter(key, PHYN="Y")
        row = self.add_row(key, "ROWS")
        self.enter(key, row, PHAREA="T01", PHVIEW="VIS")
        what: dict[str, Any] = {"size": 9, "media": "image/jpeg", "width": 2000, "height": 1500}
        self.send(TakePhotograph(key=key, row=row, item="PHIMG", photograph=photograph, **what))
        return photograph

    def place(self, visit: VisitKey | None = None) -> ItemKey:
        """Where the area of a visit stands."""
        return ItemKey(*(visit or self.first), "LM", 1, self.row, "PLAN")

    def recorded(self) -> str | None:
        """The area of the first visit."""
        place = self.place()
        return self.value(place.of, place.item, place.row)

    def by(self, actor: Actor) -> TracingWard:
        """Somebody else is at work, a minute later."""
        self.actor = actor
        self.clock.later(minutes=1)
        return self
