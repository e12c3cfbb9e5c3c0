"""The body map beside the questions of the registry: what is chosen on it answers site, side and position.

Left and right are the subject's. What the answers say and what a marker says are compared here; a marker
that contradicts them is asked about before anything is recorded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crfapp.ledger.keys import ItemKey
from crfapp.present.body_view import FIGURES, MapView, MarkView, Spot, ViewLine, Weighed
from crfapp.present.texts import N_, isolated
from crfapp.work.targets import courses_of, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.body_view import Kind
    from crfapp.present.workplace import Workplace
    from crfapp.study.targets import Targets
    from crfapp.work.targets import Target

SIDES = {"LEFT": ("left",), "RIGHT": ("right",), "MIDLINE": ("midline",), "BILATERAL": ("left", "right")}
"""The sides of the map for each code of a side (CDISC C99073)."""
VIEWS = {
    "body-front": N_("From the front"),
    "body-back": N_("From behind"),
    "legs-front": N_("From the front"),
    "legs-back": N_("From behind"),
    "legs-medial": N_("Inner side"),
    "legs-lateral": N_("Outer side"),
}
ROLES: dict[Kind, str] = {"treated": N_("treated"), "control": N_("control"), "other": N_("not treated")}
_EVERY_SIDE = ("left", "right", "midline")
_SPOT = re.compile(r"(\d{1,4}),(\d{1,4}),([A-Z])")
_WHOLE = 1000


def read_spot(text: str | None, figure: str) -> Spot | None:
    """A recorded position; None where there is none, or none on this figure."""
    found = _SPOT.fullmatch(text or "")
    if found is None or found[3] not in dict(FIGURES[figure]):
        return None
    x, y = int(found[1]), int(found[2])
    return Spot(found[3], x, y, "") if max(x, y) <= _WHOLE else None


class BodyMap:
    """The map of one form of the registry; ``items`` are the questions that have it beside them."""

    def __init__(self, workplace: Workplace, key: FormKey, bound: Targets) -> None:
        self._at, self._key, self._bound = workplace, key, bound
        self.items = frozenset(filter(None, (bound.site, bound.side, bound.map)))

    def view(self, row: str) -> MapView:
        """The map while one row is filled in: its own sign and those of the other lesions."""
        targets = targets_of(self._at.desk, self._key.subject)
        signs = {target.row: target for target in targets}
        here = signs.get(row)
        marks = tuple(self._marks(target for target in targets if target.row != row))
        chosen = regions_of(self._bound, here.site, here.side) if here is not None else ()
        mine = next(self._marks([here]), None) if here is not None else None
        return map_view(self._at, self._bound, chosen=chosen, here=mine, others=marks)

    def weigh(self, cell: Cell, spot: Spot) -> Weighed:
        """What a spot answers, asked for from one of the questions.

        From the question for the position a spot in another region, or on another side than was answered,
        is asked about first; elsewhere choosing anew is what the person means.
        """
        region, _, side = spot.region.rpartition("-")
        told = {item: self._answer(cell.row, item) for item in self.items}
        wanted: dict[str, str] = {}
        site = self._code_of_site(region, told[self._bound.site])
        if site:
            wanted[self._bound.site] = site
        of_side = self._code_of_side(side, told[self._bound.side])
        if of_side:
            wanted[self._bound.side] = of_side
        changed = {item: text for item, text in wanted.items() if text != told[item]}
        against = {item: text for item, text in changed.items() if told[item]}
        if self._bound.map is not None:
            changed[self._bound.map] = spot.text
        asks = ""
        if against and cell.item == self._bound.map:
            answered = {item: told[item] or "" for item in (self._bound.site, self._bound.side)}
            asks = self._at.texts(
                "This is {place}, but {answered} is recorded. Which is right?",
                place=isolated(self._place(wanted)),
                answered=isolated(self._place(answered)),
            )
        return Weighed(tuple(changed.items()), asks)

    def _answer(self, row: str, item: str) -> str | None:
        stored = self._at.desk.stored(ItemKey(*self._key, row, item))
        return None if stored is None or stored.hidden == 1 else stored.value

    def _code_of_site(self, region: str, told: str | None) -> str:
        codes = [code for code, regions in self._bound.regions.items() if region in regions]
        allowed = [code for code in codes if code in _codes(self._at, self._bound.form, self._bound.site)]
        return told if told in allowed else allowed[0] if allowed else ""

    def _code_of_side(self, side: str, told: str | None) -> str:
        codes = _codes(self._at, self._bound.form, self._bound.side)
        if told in codes and side in SIDES.get(told or "", ()):
            return told or ""
        return next((code for code, sides in SIDES.items() if sides == (side,) and code in codes), "")

    def _place(self, answers: dict[str, str]) -> str:
        site, side = answers.get(self._bound.site), answers.get(self._bound.side)
        return place_words(self._at, self._bound, site, side)

    def _marks(self, targets: Iterable[Target]) -> Iterator[MarkView]:
        return (mark_view(self._at, self._bound, target) for target in targets)


def map_of(workplace: Workplace, key: FormKey) -> BodyMap | None:
    """The map that belongs to a form; None where it registers no lesions."""
    bound = workplace.study.head.targets
    return BodyMap(workplace, key, bound) if bound is not None and bound.form == key.form else None


def map_of_subject(workplace: Workplace, subject: str) -> MapView | None:
    """All lesions of a subject on one map; None where the study follows none."""
    bound = workplace.study.head.targets
    if bound is None:
        return None
    courses = courses_of(workplace.desk, subject)
    marks = []
    for target in targets_of(workplace.desk, subject):
        last = next((seen.state for seen in reversed(courses.get(target.row, ())) if seen.state), None)
        marks.append(mark_view(workplace, bound, target, gone=last in {"healed", "merged", "split"}))
    return map_view(workplace, bound, others=tuple(marks))


def map_view(
    workplace: Workplace,
    bound: Targets,
    *,
    chosen: tuple[str, ...] = (),
    here: MarkView | None = None,
    others: tuple[MarkView, ...] = (),
) -> MapView:
    """A map with these signs."""
    say, texts = workplace.texts, workplace.study_texts
    of_side = workplace.study.place(bound.form, bound.side).item.codes or ""
    views = tuple(ViewLine(letter, name, say(VIEWS[name])) for letter, name in FIGURES[bound.figure])
    left, right = (texts.code(of_side, code) for code in ("LEFT", "RIGHT"))
    regions = dict(_region_names(workplace, bound))
    return MapView(say("Body map"), views, left, right, regions, chosen, here, others)


def mark_view(workplace: Workplace, bound: Targets, target: Target, *, gone: bool = False) -> MarkView:
    """The sign of one lesion."""
    kind: Kind = "treated" if target.treated else "control" if target.control else "other"
    where = place_words(workplace, bound, target.site, target.side)
    words = workplace.texts.listed((isolated(target.label), workplace.texts(ROLES[kind]), isolated(where)))
    spot = read_spot(target.map, bound.figure)
    regions = regions_of(bound, target.site, target.side)
    wound = bound.figure == "legs"
    return MarkView(target.row, target.label, words, kind, wound, spot, regions, gone)


def regions_of(bound: Targets, site: str | None, side: str | None) -> tuple[str, ...]:
    """The regions that a site and a side name; of both sides where no side is answered."""
    sides = SIDES.get(side or "", _EVERY_SIDE)
    return tuple(f"{region}-{one}" for region in bound.regions.get(site or "", ()) for one in sides)


def place_words(workplace: Workplace, bound: Targets, site: str | None, side: str | None) -> str:
    """``Forearm, Left`` in the person's language; empty parts are left out."""
    codes = ((bound.site, site), (bound.side, side))
    return workplace.texts.listed(_code_words(workplace, bound, item, code) for item, code in codes if code)


def _region_names(workplace: Workplace, bound: Targets) -> Iterator[tuple[str, str]]:
    sites = _codes(workplace, bound.form, bound.site)
    sides = _codes(workplace, bound.form, bound.side)
    for code, regions in bound.regions.items():
        if code in sites:
            site = _code_words(workplace, bound, bound.site, code)
            for region in regions:
                for of_side, (one, *more) in SIDES.items():
                    if not more:
                        known = of_side in sides
                        words = _code_words(workplace, bound, bound.side, of_side) if known else ""
                        yield f"{region}-{one}", workplace.texts.listed((site, words))


def _codes(workplace: Workplace, form: str, item: str) -> tuple[str, ...]:
    asked = workplace.study.place(form, item).item
    return asked.allows or workplace.study.codes(asked.codes or "")


def _code_words(workplace: Workplace, bound: Targets, item: str, code: str) -> str:
    listed = workplace.study.place(bound.form, item).item.codes or ""
    known = code in workplace.study.codes(listed)
    return workplace.study_texts.code(listed, code) if known else code
