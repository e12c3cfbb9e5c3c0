"""Studies made up for one purpose, in which a clinic can work: each has the visits' own form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.study.faults import PackCode
from crfapp.study.lint import check_study
from crfapp.study.model import Pack
from crfapp.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence


def item(name: str, kind: str = "integer", /, **more: Any) -> dict[str, Any]:
    """A question; ``is_`` is what works it out."""
    told = {("is" if key == "is_" else key): value for key, value in more.items()}
    return {"item": name, "ask": f"Question {name}", "type": kind, **told}


def form(name: str, *items: dict[str, Any], checks: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """A form of one section."""
    section = {"section": "ALL", "title": "All", "items": list(items)}
    return {"form": name, "title": f"Form {name}", "sections": [section], "checks": list(checks)}


def visit(name: str, day: int, *forms: str, **more: Any) -> dict[str, Any]:
    """A visit with its own form and these."""
    planned = {"kind": "scheduled", "day": day} if "kind" not in more else {}
    return {"visit": name, "title": name, "forms": ["SV", *forms], **planned, **more}


def _codes(*codes: str) -> dict[str, Any]:
    return {"title": "Codes", "codes": [{"code": code, "text": code.capitalize()} for code in codes]}


_SV = form(
    "SV",
    item("SVSTAT", "choice", codes="STATUS"),
    item("VISDAT", "date"),
    item("SVREAS", "choice", codes="WHY"),
)
_LISTS = {"NULLF": _codes("ND", "UNK"), "WHY": _codes("ILL"), "STATUS": _codes("DONE", "MISSED")}


def study_of_site(visits: Sequence[dict[str, Any]], forms: Sequence[dict[str, Any]]) -> Study:
    """The study, which is without errors; the first visit is its anchor."""
    head = {
        "study": "generated",
        "version": "1",
        "title": "Generated",
        "short": "GEN",
        "anchor": visits[0]["visit"],
        "missing": "NULLF",
        "reasons": "WHY",
        "visit_items": {
            "date": "SV.VISDAT",
            "status": "SV.SVSTAT",
            "done": "DONE",
            "missed": "MISSED",
            "reason": "SV.SVREAS",
        },
        "visits": list(visits),
    }
    pack = Pack.model_validate({"head": head, "codelists": _LISTS, "forms": [_SV, *forms]})
    faults = check_study(pack).faults
    wrong = [one.text for one in faults if one.severity == "error" and one.code is not PackCode.NO_VECTORS]
    assert not wrong, wrong[:3]
    return Study(pack)
