"""What the ward's study says of areas: photographs of them, and how large they are."""

from __future__ import annotations

from typing import Any


def _item(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"item": name, "ask": name.capitalize(), "type": kind, **more}


BOUND: dict[str, Any] = {
    "targets": {
        "form": "LD",
        "title": "Area",
        "site": "ROLE",
        "side": "ROLE",
        "landmark": "AREAID",
        "treated": 'ROLE == "TREATED"',
        "measure": {
            "form": "TR",
            "status": "TRSTAT",
            "states": {"THERE": "present", "GONE": "healed"},
            "method": "TRMETH",
            "traced": "PHOTO",
            "ruler": "RULER",
            "outline": "TRPLAN",
            "length": "TRLEN",
            "width": "TRWID",
            "area": "TRAREA",
            "change": "TRAREA",
            "apart": "P.APART_PCT",
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
        "pixels": "2000000",
        "sharp": "20",
        "dark": "40",
        "bright": "25",
    },
}
LISTS: dict[str, tuple[str, ...]] = {
    "TRSTAT": ("THERE", "GONE"),
    "TRMETH": ("PHOTO", "RULER"),
    "PHVIEW": ("VIS", "WOOD"),
}
PARAMETERS: dict[str, Any] = {
    "APART_PCT": {"value": 10, "unit": "%", "title": "Two tracers differ by at most"}
}
TR: list[dict[str, Any]] = [
    {
        "section": "SIZES",
        "title": "Sizes",
        "rows": {"each": "LD"},
        "items": [
            _item("TRSTAT", "choice", codes="TRSTAT"),
            _item("TRMETH", "choice", codes="TRMETH", when='TRSTAT == "THERE"'),
            _item("TRLEN", "decimal(1)", unit="mm", when='TRSTAT == "THERE"'),
            _item("TRWID", "decimal(1)", unit="mm", when='TRSTAT == "THERE"'),
            _item("TRPLAN", "decimal(1)", unit="mm2", when='TRSTAT == "THERE" and TRMETH != "RULER"'),
            _item("TRAREA", "decimal(1)", unit="mm2", **{"is": "TRPLAN if given(TRPLAN) else TRLEN * TRWID"}),
        ],
    }
]
PH: list[dict[str, Any]] = [
    {"section": "HEAD", "title": "Head", "items": [_item("PHYN", "yesno")]},
    {
        "section": "SHOTS",
        "title": "Shots",
        "rows": {"log": True},
        "items": [
            _item("PHAREA", "rowref(LD)"),
            _item("PHVIEW", "choice", codes="PHVIEW"),
            _item("PHTM", "datetime"),
            _item("PHIMG", "photo"),
            _item("PHSCALE", "yesno"),
            _item("PHPRIV", "yesno"),
        ],
    },
]
