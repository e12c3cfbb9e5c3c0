"""What people of a demo typically answer: ``demo.yaml`` beside a pack. No part of the pack or its hash.

    closed: [5, 6]                      # ISO weekdays on which nobody is seen in person
    typical:
      VS.PULSE_VSORRES: {from: 60, to: 88}
      LT.LTTPT@V_INJ2/2: M60            # at one visit, there the second of its kind
      IE.IEORRES#INCL*: Y               # in some rows; by key or label
    rows: {IC: [[{ICTYPE: MAIN}, {ICTYPE: PHOTO}]]}      # ways of filling a log; one is chosen
    happenings:                         # what may happen at a visit, once
      - {at: [V_M2], chance: 0.3, form: AE, head: {AEYN: Y}, row: {AETERM: Headache}}

An answer is a text, a list of texts to choose from, or a mapping (see ``choosing``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.told import read_mapping

_HEAD = frozenset(
    {"closed", "skip", "repeat", "texts", "typical", "rows", "each", "happenings", "stories", "pause"}
)
_HAPPENING = frozenset({"at", "found", "chance", "form", "head", "row", "also"})
_ALSO = frozenset({"form", "head", "row"})

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that may happen: a row in a log, with further rows that belong to it.

    ``at``: at these visits; ``found``: where this check stands open. ``entries``: (form, head, row).
    """

    at: tuple[str, ...]
    found: str
    chance: float
    entries: tuple[tuple[str, Answers, Answers], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is wanted. ``rows``: key and label of the row, empty outside repeating sections."""

    form: str
    item: str
    visit: str
    form_n: int = 1
    rows: tuple[str, ...] = ()
    story: str = ""


@dataclass(slots=True)
class Typical:
    """Typical answers of a study; an empty one leaves everything to the types of the items."""

    closed: tuple[int, ...] = ()
    skip: frozenset[str] = frozenset()
    repeat: dict[str, int] = field(default_factory=dict)
    texts: tuple[str, ...] = ("as discussed",)
    rows: dict[str, list[list[Answers]]] = field(default_factory=dict)
    each: dict[str, dict[str, Any]] = field(default_factory=dict)
    happenings: tuple[Happening, ...] = ()
    pause: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[tuple[str, str, str, Any]]] = field(default_factory=dict)
    """FORM.ITEM -> (story, row pattern, visit pattern, answer), the most particular first."""

    def of(self, place: Place) -> Any:
        """The typical answer at a place; None where there is none."""
        visit = f"{place.visit}/{place.form_n}"
        for story, row, at, answer in self.answers.get(f"{place.form}.{place.item}", ()):
            fits = story in ("", place.story) and (
                not at or fnmatchcase(visit if "/" in at else place.visit, at)
            )
            if fits and (not row or any(fnmatchcase(name, row) for name in place.rows)):
                return answer
        return None


def read_typical(text: str, file: str) -> Typical:
    """Read a ``demo.yaml``; JOURNEY_WRONG with the file where it is not one."""
    data = read_mapping(text, file)
    _known(data, _HEAD, file)
    typical = Typical(
        closed=tuple(int(day) for day in data.get("closed") or ()),
        skip=frozenset(data.get("skip") or ()),
        repeat={place: int(count) for place, count in (data.get("repeat") or {}).items()},
        texts=tuple(data.get("texts") or ("as discussed",)),
        rows=data.get("rows") or {},
        each=data.get("each") or {},
        happenings=tuple(_happening(one, file) for one in data.get("happenings") or ()),
        pause=data.get("pause") or {},
    )
    stories = {"": data.get("typical") or {}, **(data.get("stories") or {})}
    for story, answers in stories.items():
        for name, answer in answers.items():
            place, _, visit = name.partition("@")
            place, _, row = place.partition("#")
            typical.answers.setdefault(place, []).append((story, row, visit, answer))
    for ways in typical.answers.values():
        ways.sort(key=lambda way: (not way[0], not way[1], not way[2], "/" not in way[2], "*" in way[2]))
    return typical


def _happening(said: Any, file: str) -> Happening:
    _known(said, _HAPPENING, file)
    entries = [said, *(said.get("also") or ())]
    for entry in entries[1:]:
        _known(entry, _ALSO, file)
    return Happening(
        at=tuple(said.get("at") or ()),
        found=str(said.get("found") or ""),
        chance=float(said.get("chance", 1)),
        entries=tuple((str(e["form"]), e.get("head") or {}, e.get("row") or {}) for e in entries),
    )


def _known(said: Any, known: frozenset[str], file: str) -> None:
    unknown = sorted(set(said) - known) if isinstance(said, dict) else ["what is no mapping"]
    if unknown:
        raise RefusedError(Code.JOURNEY_WRONG, file=file, line=0, what=f"unknown key {unknown[0]!r}")
