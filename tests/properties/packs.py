"""Made-up study packs: visits, a log, a row for each row of the log, fixed rows, items of every type."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from crfapp.study.faults import PackCode
from crfapp.study.lint import check_study
from crfapp.study.model import Pack
from crfapp.study.study import Study
from tests.properties.expressions import CODES, Writer
from tests.properties.layouts import EVERYTHING, Layout, Named, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPES: dict[str, tuple[str, dict[str, Any]]] = {
    "integer": ("number", {"sdv": "critical"}),
    "decimal(1)": ("number", {"unit": "mm", "units": {"cm": {"factor": 10}}}),
    "scale(0,10)": ("number", {}),
    "text(40)": ("text", {}),
    "longtext": ("text", {}),
    "barcode": ("text", {}),
    "bodysite": ("text", {}),
    "date": ("date", {}),
    "partialdate": ("pdate", {}),
    "time": ("time", {}),
    "datetime": ("moment", {}),
    "choice": ("code", {"codes": "LIST"}),
    "choices": ("codes", {"codes": "LIST"}),
    "yesno": ("yn", {}),
    "rowref(L)": ("row", {}),
    "photo": ("", {}),
    "signature": ("", {}),
    "note": ("", {}),
}
"""Item types with the family that expressions know them by, and what belongs to an item of the type."""

_WORKED_OUT = ("integer", "decimal(1)", "text(40)", "longtext", "date", "choice", "yesno")
_OFTEN = ("integer", "integer", "decimal(1)", "choice", "choice", "choice", "yesno", "yesno", "date")
_MOSTLY = (*TYPES, *_OFTEN, "partialdate")
_LISTS = {"LIST": CODES, "NULLF": ("ND", "UNK"), "WHY": ("ILL", "AWAY"), "STATUS": ("DONE", "MISSED")}
_SV: tuple[dict[str, Any], ...] = (
    {"item": "SVSTAT", "type": "choice", "codes": "STATUS", "required": True},
    {"item": "VISDAT", "type": "date", "when": 'SVSTAT == "DONE"', "required": True},
    {"item": "SVREAS", "type": "choice", "codes": "WHY", "when": 'SVSTAT == "MISSED"'},
    {"item": "SVOFF", "type": "integer", "is": "VISIT.OFFSET"},
    {"item": "SVPLAN", "type": "date", "is": "VISIT.PLANNED"},
)
_FAMILIES_SV = {"VISDAT": "date", "SVOFF": "number", "SVPLAN": "date"}


@st.composite
def packs(draw: Any, *, ordered: bool = False) -> Study:
    """A study without errors. ``ordered``: rows are not named in the order in which they are answered."""
    layout = _layout(draw)
    for item in _SV:
        name = str(item["item"])
        layout.items.append(Named("SV", name, _FAMILIES_SV.get(name, ""), "", len(layout.items)))
    drawn = [_declared(draw, layout, form) for form in layout.holders if form != "SV"]
    forms = [_visit_form(), *(_Form(draw, layout, form).whole(types, ordered) for form, types in drawn)]
    lists = {name: _list(name, codes) for name, codes in _LISTS.items()}
    pack = Pack.model_validate({"head": _head(layout), "codelists": lists, "forms": forms})
    faults = check_study(pack).faults
    wrong = [one for one in faults if one.severity == "error" and one.code is not PackCode.NO_VECTORS]
    assert not wrong, [(fault.place, fault.text) for fault in wrong[:3]]
    return Study(pack)


def _layout(draw: Any) -> Layout:
    """Which forms there are, in the order in which they may read each other, and who holds them."""
    several = st.sampled_from([("V_SCR", "V_A", "V_B"), ("V_A", "V_B"), ("V_SCR", "V_A", "V_UNS")])
    holders = {
        "D": draw(st.sampled_from([("V_SCR",), ("V_A",)])),
        "L": draw(st.sampled_from([("V_LOG",), ("V_SCR",)])),
        "X": draw(several),
        "E": draw(several),
    }
    order = draw(st.sampled_from(["DLXE", "LDEX", "XLED", "LEXD"]))
    return Layout(
        holders={"SV": ("V_SCR", "V_A", "V_B", "V_CALL", "V_UNS"), **{form: holders[form] for form in order}},
        rows_of={("L", "LOG"): "L", ("E", "EACH"): "L", ("X", "FIX"): "X.FIX"},
        repeats=frozenset({"X"} if draw(st.booleans()) else ()),
        baseline=frozenset(draw(st.sampled_from([("V_SCR",), ("V_A",), ("V_SCR", "V_A"), ()]))),
        back=draw(st.booleans()),
        site_wide=draw(st.booleans()),
    )


def _declared(draw: Any, layout: Layout, form: str) -> tuple[str, dict[str, str]]:
    """The items of a form with their types; the first is always asked and begins the form."""
    groups = [group for of, group in layout.rows_of if of == form]
    types = {f"{form}0": "integer"}
    types |= {f"{form}{n}": draw(st.sampled_from(_MOSTLY)) for n in range(1, draw(st.integers(2, 5)))}
    if form == "X":
        types["XDTM"] = "datetime"  # a visit counts from it
    for oid, kind in types.items():
        layout.items.append(Named(form, oid, TYPES[kind][0], "", len(layout.items)))
    for group in groups:
        for n in range(draw(st.integers(1, 4))):
            types[oid := f"{form}R{n}"] = draw(st.sampled_from(_MOSTLY)) if n else "choice"
            layout.items.append(Named(form, oid, TYPES[types[oid]][0], group, len(layout.items)))
    return form, types


class _Form:
    """Writes one form whose items are declared."""

    def __init__(self, draw: Any, layout: Layout, form: str) -> None:
        self._draw = draw
        self._layout = layout
        self._form = form
        self._items = [item for item in layout.items if item.form == form]

    def whole(self, types: dict[str, str], ordered: bool) -> dict[str, Any]:
        items = {item: self._item(item, types[item.oid]) for item in self._items}
        return {
            "form": self._form,
            "title": self._form,
            "repeats": self._form in self._layout.repeats,
            "sections": list(self._sections(items, ordered)),
            "checks": [self._check(number) for number in range(self._draw(st.integers(0, 3)))],
        }

    def _sections(self, items: dict[Named, dict[str, Any]], ordered: bool) -> Iterator[dict[str, Any]]:
        once = [item for named, item in items.items() if not named.group]
        yield {"section": "ONCE", "title": "Once", "items": once}
        for group in sorted({named.group for named in items if named.group}):
            rows = [item for named, item in items.items() if named.group == group]
            told = self._rows(ordered)
            if told.get("label"):
                rows.append({"item": "LABEL", "ask": "Label", "type": "text(5)"})
            yield {"section": group, "title": group, "rows": told, "items": rows[:2]}
            if rows[2:]:
                yield {"section": f"{group}2", "title": group, "continues": group, "items": rows[2:]}

    def _rows(self, ordered: bool) -> dict[str, Any]:
        if self._form == "X":
            return {"fixed": {"R1": "One", "R2": "Two"}}
        if self._form == "E":
            where = self._draw(st.sampled_from([None, 'LR0 == "A"', "given(LR0)"]))
            return {"each": "L", "where": where}
        label = {"item": "LABEL", "by": "LR0", "prefixes": {"A": "T", "B": "C"}}
        return {"log": True, "label": label} if not ordered and self._draw(st.booleans()) else {"log": True}

    def _item(self, item: Named, kind: str) -> dict[str, Any]:
        told = {"item": item.oid, "ask": item.oid, "type": kind, **TYPES[kind][1]}
        if item.oid in (f"{self._form}0", "XDTM"):
            return told
        here = Place(self._form, item.group, item.order)
        if self._draw(st.booleans()):
            told["when"] = Writer(self._draw, self._layout, here).truth()
        if kind in _WORKED_OUT and item.oid != "LR0" and self._draw(st.integers(0, 3)) == 0:
            told["is"] = Writer(self._draw, self._layout, here).of(item.family)
        if kind == "note":
            return told
        return {**told, **self._leaf(item, Writer(self._draw, self._layout, replace(here, limit=EVERYTHING)))}

    def _leaf(self, item: Named, writer: Writer) -> dict[str, Any]:
        """What never feeds back: what is required, ranges, rules, expected codes."""
        match self._draw(st.integers(0, 6)):
            case 0:
                return {"required": True}
            case 1:
                return {"required": writer.truth()}
            case 2 | 3:
                return self._limits(item, writer)
            case 4:
                return {"must": {"that": writer.truth(), "say": "No."}}
            case _:
                return {"should": {"that": writer.truth(), "say": "Sure?"}}

    def _limits(self, item: Named, writer: Writer) -> dict[str, Any]:
        match item.family:
            case "number":
                low, high = f"min({writer.number(0)}, 2)", f"max({writer.number(1)}, 8)"
                return {"range": {"hard": ["0", high], "soft": [low, "8"]}}
            case "date":
                return {"range": {"hard": [None, 'date("2025-06-01")'], "soft": [writer.date(), None]}}
            case "pdate":
                return {"range": {"soft": ['date("2025")', None]}}
            case "code":
                return {"expects": ["A", "7"], "allows": ["A", "B"]}
            case _:
                return {}

    def _check(self, number: int) -> dict[str, Any]:
        groups = ["", *(group for of, group in self._layout.rows_of if of == self._form)]
        place = Place(self._form, self._draw(st.sampled_from(groups)))
        fires = Writer(self._draw, self._layout, place).truth()
        if place.group:  # a check stands in the rows whose items it names plainly
            fires = f"given({self._form}R0) and {fires}"
        told: dict[str, Any] = {
            "check": f"{self._form}-{number:02d}",
            "level": self._draw(st.sampled_from("HQWT")),
            "fires": fires,
            "say": f"Look at {{{self._form}0}}.",
        }
        if place.group or self._draw(st.booleans()):
            on = [item.oid for item in self._items if item.group == place.group]
            told["on"] = self._draw(st.sampled_from(on))
        if self._draw(st.integers(0, 3)) == 0:
            told["at"] = [self._draw(st.sampled_from(self._layout.holders[self._form]))]
        return told


def _visit_form() -> dict[str, Any]:
    items = [{"ask": item["item"], **item} for item in _SV]
    return {"form": "SV", "title": "SV", "sections": [{"section": "ALL", "title": "All", "items": items}]}


def _list(title: str, codes: tuple[str, ...]) -> dict[str, Any]:
    return {"title": title, "codes": [{"code": code, "text": code} for code in codes]}


def _head(layout: Layout) -> dict[str, Any]:
    days: dict[str, dict[str, Any]] = {
        "V_SCR": {"kind": "scheduled", "day": -7, "window": [-5, 2]},
        "V_A": {"kind": "scheduled", "day": 0},
        "V_B": {"kind": "scheduled", "day": 7, "window": [-1, 1]},
        "V_CALL": {
            "kind": "scheduled",
            "anchor": {"visit": "V_A", "form": "X", "item": "XDTM"},
            "hours": 24,
            "window": [20, 30],
        },
        "V_UNS": {"kind": "repeating"},
        "V_LOG": {"kind": "log"},
    }
    visits = [
        {
            "visit": visit,
            "title": visit,
            "baseline": visit in layout.baseline,
            "forms": [form for form, holders in layout.holders.items() if visit in holders],
            **told,
        }
        for visit, told in days.items()
    ]
    return {
        "study": "made-up",
        "version": "1",
        "title": "Made up",
        "short": "UP",
        "anchor": "V_A",
        "missing": "NULLF",
        "reasons": "WHY",
        "visit_items": {
            "date": "SV.VISDAT",
            "status": "SV.SVSTAT",
            "done": "DONE",
            "missed": "MISSED",
            "reason": "SV.SVREAS",
        },
        "parameters": {
            "LIMIT": {"value": "4", "title": "Limit"},
            "WORD": {"value": "ab", "type": "text", "title": "Word"},
        },
        "visits": visits,
    }
