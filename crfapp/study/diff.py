"""What an amendment changes in a study: every change by its kind, and what no amendment may do.

``changes`` compares two versions; ``refusals`` compares a new one with every version that was ever kept here,
so that a name that was dropped does not come back with another meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.study.faults import TODO, PackCode, PackFault
from crfapp.study.places import nowhere
from crfapp.study.types import parse_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crfapp.study.checks import Check
    from crfapp.study.definition import Definition
    from crfapp.study.faults import Path, Where
    from crfapp.study.model import Item
    from crfapp.study.study import ItemPlace, Study


@dataclass(frozen=True, slots=True)
class Change:
    """One change; ``kind`` is a word of :data:`KINDS`, ``form`` and ``name`` say what changed.

    ``name`` is the OID of the item, visit, code list, check or form, ``was`` and ``now`` are short texts for
    people, empty where there was or is nothing to say.
    """

    kind: str
    name: str
    form: str = ""
    was: str = ""
    now: str = ""


KINDS = (
    "item-added", "item-removed", "item-renamed", "codes-added", "codes-removed", "codes-relabelled",
    "range", "unit", "required", "condition", "calculation", "source-plan", "visit-added", "visit-dropped",
    "window", "visit-forms", "form-added", "form-removed", "check-added", "check-changed", "check-removed",
    "figure", "signing", "verification", "other",
)  # fmt: skip
"""Every kind of change that is told apart."""


def changes(old: Study, new: Study) -> tuple[Change, ...]:
    """Every change from one version to another: forms and their questions, lists, visits, checks, plans."""
    found = [
        *_forms(old, new),
        *_lists(old, new),
        *_visits(old, new),
        *_checks("", old.head.checks, new.head.checks),
        *_figures(old, new),
    ]
    if old.head.signing != new.head.signing:
        found.append(Change("signing", new.head.study))
    if old.head.verification != new.head.verification:
        found.append(Change("verification", new.head.study))
    return tuple(found)


def refusals(new: Study, known: Sequence[Study], where: Where = nowhere) -> tuple[PackFault, ...]:
    """Why a version is no amendment of those that were kept here, with file and line of ``where``.

    It is of another study or not newer; it does without what bound earlier records together; a question has
    another type, unit or place among the rows, a code another meaning.
    """
    found: dict[tuple[Path, PackCode], PackFault] = {}
    for old in known:
        for path, code, place, text in _refused(old, new):
            file, line = where(path)
            found.setdefault((path, code), PackFault(file, line, code, place, text, TODO[code]))
    return tuple(found.values())


def is_newer(version: str, than: str) -> bool:
    """Whether one version follows another: numbers count as numbers (``1.10`` follows ``1.9``)."""
    return _parts(version) > _parts(than)


Told = tuple["Path", PackCode, str, str]


def _refused(old: Study, new: Study) -> Iterator[Told]:
    mine, theirs = new.head, old.head
    if mine.study != theirs.study:
        text = f"This is the study {mine.study}; here is {theirs.study}."
        yield ("head", "study"), PackCode.OTHER_STUDY, mine.study, text
        return
    if old.hash != new.hash and not is_newer(mine.version, theirs.version):
        text = f"Version {mine.version} does not follow version {theirs.version}."
        yield ("head", "version"), PackCode.NOT_NEWER, mine.version, text
    for name in ("anchor", "visit_items", "subjects", "missing"):
        if getattr(mine, name) != getattr(theirs, name):
            text = f"'{name}' binds what is recorded already and must stay as it was."
            yield ("head", name), PackCode.BINDS_RECORDS, name, text
    for place, form in enumerate(new.pack.forms):
        if form.form in old.forms:
            yield from _reused(old, new, place)
    yield from _recoded(old, new)


def _reused(old: Study, new: Study, place: int) -> Iterator[Told]:
    """Questions whose name stays and whose meaning does not."""
    form = new.pack.forms[place]
    before = old.items(form.form)
    for s, section in enumerate(form.sections):
        for n, item in enumerate(section.items):
            was = before.get(item.item)
            text = "" if was is None else _other_meaning(was, new.items(form.form)[item.item])
            if was is not None and not text:
                text = _other_codes(old, new, was.item, item)
            if text:
                path: Path = ("forms", place, "sections", s, "items", n)
                yield path, PackCode.ITEM_REUSED, f"{form.form}.{item.item}", text


def _other_meaning(was: ItemPlace, now: ItemPlace) -> str:
    """Why a question means something else than before; empty where it does not."""
    if _sort(was.item) != _sort(now.item):
        return f"It was of the type {was.item.type} and is of the type {now.item.type}."
    if was.group != now.group:
        return f"It was asked in {was.group or 'no row'} and is asked in {now.group or 'no row'}."
    if (was.item.is_ is None) != (now.item.is_ is None):
        return "It was answered by people and is worked out, or the other way round."
    if was.item.unit not in (now.item.unit, *now.item.units) or (was.item.unit and not now.item.unit):
        return f"Its unit was {was.item.unit} and is {now.item.unit}, and 'units' does not convert it."
    return ""


def _sort(item: Item) -> tuple[object, ...]:
    """What of a type says what the answers mean; how long or precise they may be does not."""
    kind = parse_type(item.type)
    return kind.kind, kind.rows_of, kind.low, kind.high


def _other_codes(old: Study, new: Study, was: Item, now: Item) -> str:
    """Another list of codes, in which a code that was recorded means something else."""
    if was.codes is None or now.codes is None or was.codes == now.codes:
        return ""
    before, after = _texts(old, was.codes), _texts(new, now.codes)
    for code in before.keys() & after.keys():
        if before[code] != after[code]:
            return (
                f"The code {code} was '{before[code]}' in {was.codes} and is '{after[code]}' in {now.codes}."
            )
    return ""


def _recoded(old: Study, new: Study) -> Iterator[Told]:
    """Codes that take over the words of another one, or come back with other words."""
    for oid in new.codelists:
        before, after = _texts(old, oid), _texts(new, oid)
        for n, (code, text) in enumerate(after.items()):
            taken = next((other for other, was in before.items() if other != code and was == text), "")
            if code in before and before[code] != text and taken:
                told = f"It was '{before[code]}' and takes over what {taken} stood for ('{text}')."
                yield ("codelists", oid, "codes", n), PackCode.CODE_REUSED, f"{oid}.{code}", told


def _texts(study: Study, oid: str) -> Mapping[str, str]:
    found = study.codelists.get(oid)
    return {} if found is None else {entry.code: entry.text for entry in found.codes}


def _forms(old: Study, new: Study) -> Iterator[Change]:
    for oid, form in old.forms.items():
        if oid not in new.forms:
            yield Change("form-removed", oid, oid, was=form.title)
    for oid, form in new.forms.items():
        if oid not in old.forms:
            yield Change("form-added", oid, oid, now=form.title)
            continue
        yield from _items(oid, old.items(oid), new.items(oid))
        yield from _checks(oid, old.form(oid).checks, form.checks)


def _items(form: str, old: Mapping[str, ItemPlace], new: Mapping[str, ItemPlace]) -> Iterator[Change]:
    for oid, place in old.items():
        if oid not in new:
            yield Change("item-removed", oid, form, was=place.item.ask)
    for oid, place in new.items():
        if oid not in old:
            yield Change("item-added", oid, form, now=place.item.ask)
        elif old[oid].item != place.item:
            yield from _item(form, old[oid].item, place.item)


_SIMPLE = (("item-renamed", "ask"), ("unit", "unit"), ("calculation", "is_"), ("condition", "when"))
_TOLD = frozenset({"ask", "unit", "is_", "when", "required", "range", "allows", "expects", "must", "should"})
_PLANNED = frozenset({"sdv", "recorded", "second"})


def _item(form: str, old: Item, new: Item) -> Iterator[Change]:
    for kind, name in _SIMPLE:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Change(kind, new.item, form, was or "", now or "")
    if old.required != new.required:
        yield Change("required", new.item, form, str(old.required), str(new.required))
    ranges = ("range", "allows", "expects", "must", "should")
    if any(getattr(old, name) != getattr(new, name) for name in ranges):
        yield Change("range", new.item, form, _range(old), _range(new))
    if any(getattr(old, name) != getattr(new, name) for name in _PLANNED):
        yield Change("source-plan", new.item, form, old.sdv, new.sdv)
    if _rest(old) != _rest(new):
        yield Change("other", new.item, form)


def _rest(item: Item) -> Definition:
    told = dict.fromkeys(_TOLD | _PLANNED)
    return item.model_copy(update=told)


def _range(item: Item) -> str:
    if item.range is None:
        return ""
    parts = (("hard", item.range.hard), ("soft", item.range.soft))
    return ", ".join(f"{name} {low}..{high}" for name, ends in parts if ends for low, high in (ends,))


def _lists(old: Study, new: Study) -> Iterator[Change]:
    for oid in old.codelists.keys() & new.codelists.keys():
        before, after = _texts(old, oid), _texts(new, oid)
        if gone := [code for code in before if code not in after]:
            yield Change("codes-removed", oid, was=", ".join(gone))
        if added := [code for code in after if code not in before]:
            yield Change("codes-added", oid, now=", ".join(added))
        for code in before:
            if code in after and before[code] != after[code]:
                yield Change(
                    "codes-relabelled", oid, was=f"{code} {before[code]}", now=f"{code} {after[code]}"
                )


def _visits(old: Study, new: Study) -> Iterator[Change]:
    for oid, visit in old.visits.items():
        if oid not in new.visits:
            yield Change("visit-dropped", oid, was=visit.title)
    for oid, visit in new.visits.items():
        before = old.visits.get(oid)
        if before is None:
            yield Change("visit-added", oid, now=visit.title)
            continue
        timing = ("anchor", "day", "hours", "window", "gap", "times", "kind")
        if any(getattr(before, name) != getattr(visit, name) for name in timing):
            yield Change("window", oid, was=_days(before), now=_days(visit))
        if before.forms != visit.forms:
            was, now = (", ".join(held.form for held in one.forms) for one in (before, visit))
            yield Change("visit-forms", oid, was=was, now=now)


def _days(visit: object) -> str:
    day, window = getattr(visit, "day", None), getattr(visit, "window", None)
    hours = getattr(visit, "hours", None)
    planned = f"{hours} h" if hours is not None else "" if day is None else str(day)
    return f"{planned} ({window[0]}..{window[1]})" if window else planned


def _checks(form: str, old: Iterable[Check], new: Iterable[Check]) -> Iterator[Change]:
    before, after = ({check.check: check for check in some} for some in (old, new))
    for oid, check in before.items():
        if oid not in after:
            yield Change("check-removed", oid, form, was=check.say or "")
    for oid, check in after.items():
        if oid not in before:
            yield Change("check-added", oid, form, now=check.say or "")
        elif before[oid] != check:
            yield Change("check-changed", oid, form, before[oid].fires, check.fires)


def _figures(old: Study, new: Study) -> Iterator[Change]:
    before, after = old.head.parameters, new.head.parameters
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield Change("figure", name, was=was.value if was else "", now=now.value if now else "")


def _parts(version: str) -> list[tuple[int, int, str]]:
    parts = re.findall(r"\d+|[^\W\d_]+", version)
    # words stand before numbers: 2.0-draft comes before 2.0.1
    return [(1, int(part), "") if part.isdigit() else (0, 0, part.casefold()) for part in parts]
