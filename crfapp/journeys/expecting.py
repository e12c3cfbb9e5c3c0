"""Comparing what a journey expects with what the app shows, in canonical form (JOURNEYS)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crfapp.form.graph import Cell
from crfapp.journeys.finding_rows import row_of
from crfapp.journeys.verifying import verification
from crfapp.ledger.keys import FormKey, ItemKey, Scope
from crfapp.ledger.state import FindingRow, FormRow, LockRow, QueryRow, SignatureRow, SubjectRow
from crfapp.work.obligations import owed_for
from crfapp.work.offered import home_of
from crfapp.work.owed_notices import notices_owed
from crfapp.work.rows import labels_of_form
from crfapp.work.signs import signs_asking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.form.graph import FormGraph
    from crfapp.work.desk import Desk


@dataclass(frozen=True, slots=True)
class Seen:
    """Where the journey stands after a step, and how the step was refused."""

    desk: Desk
    subject: str
    form: FormKey | None
    refused: tuple[str, ...]


CODE_AND_NAME = 2
"""A refusal says its code and the code's name first, then what stands in the way."""


_QUERY_STATES = frozenset({"open", "answered", "closed", "confirmed", "settled"})


def unmet_of(expect: dict[str, Any], seen: Seen) -> Iterator[tuple[str, str]]:
    """(expected, seen) of everything that is not as expected."""
    for key, wanted in expect.items():
        yield from _COMPARED[key](wanted, seen)


def _subject(wanted: Any, seen: Seen) -> Iterator[tuple[str, str]]:
    row = seen.desk.tables.get(SubjectRow, seen.subject)
    number = row.number if row else "nobody"
    if number != str(wanted):
        yield f"subject {wanted}", number


def _refused(wanted: Any, seen: Seen) -> Iterator[tuple[str, str]]:
    found = ", ".join(seen.refused) or "carried out"
    if isinstance(wanted, list):
        in_the_way = set(seen.refused[CODE_AND_NAME:])
        if in_the_way != {str(one) for one in wanted}:
            yield f"refused for {sorted(map(str, wanted))}", found
    elif str(wanted).lower() == "true":
        if not seen.refused:
            yield "a refusal", found
    elif str(wanted) not in seen.refused:
        yield f"refused with {wanted}", found


def _values(wanted: dict[str, Any], seen: Seen) -> Iterator[tuple[str, str]]:
    for name, expected in wanted.items():
        found = _value(seen, name)
        if found != ("" if expected is None else str(expected)):
            yield f"{name} = {expected}", f"{name} = {found}"


def _value(seen: Seen, name: str) -> str:
    """A value by ``ITEM``, ``ROW/ITEM`` or ``FORM.ITEM`` at the visit that is open."""
    if seen.form is None:
        return "no form is open"
    key = seen.form
    if "." in name:
        form, _, name = name.partition(".")
        key = key._replace(form=form, form_n=1)
    row, _, item = name.rpartition("/")
    graph = seen.desk.forms.get(key)
    planned = graph.plan.items.get(item)
    if planned is None:
        return f"no item {item}"
    place = (row_of(seen.desk, key, row, item)[1] or "") if row else ""
    if planned.group and not row:
        rows = graph.rows_in(planned.group)
        place = rows[-1].info.key if rows else ""
    stored = seen.desk.stored(ItemKey(*key, place, item))
    if stored is not None and stored.hidden == 1:
        return ""
    if stored is not None:
        return stored.missing or stored.value or ""
    answer = graph.kept(Cell(place, item))
    return answer.text or "" if answer else ""


def _visible(wanted: list[str], seen: Seen, *, shown: bool) -> Iterator[tuple[str, str]]:
    for name in wanted:
        found = seen.form is not None and _is_visible(seen.desk.forms.get(seen.form), seen, str(name))
        if found is not shown:
            word = "shown" if shown else "hidden"
            yield f"{name} {word}", "hidden" if shown else "shown"


def _is_visible(graph: FormGraph, seen: Seen, name: str) -> bool:
    row, _, item = name.rpartition("/")
    if item not in graph.plan.items or seen.form is None:
        return False
    group = graph.plan.items[item].group
    rows = [row_of(seen.desk, seen.form, row, item)[1] or ""] if row else None
    if rows is None:
        rows = [r.info.key for r in graph.rows_in(group)] if group else [""]
    states = [graph.state(Cell(key, item)) for key in rows]
    return any(state is not None and state.visible for state in states)


def _findings(wanted: list[str], seen: Seen) -> Iterator[tuple[str, str]]:
    found: list[str] = []
    if seen.form is not None:
        recorded = seen.desk.forms.findings(seen.form)
        found = sorted({check for (_, check), row in recorded.items() if row.state == "open"})
    if found != sorted({str(one) for one in wanted}):
        yield f"findings {sorted(map(str, wanted))}", str(found)


def _schedule(wanted: dict[str, Any], seen: Seen) -> Iterator[tuple[str, str]]:
    slots = {slot.visit: slot for slot in seen.desk.slots(seen.subject) if slot.visit_n == 1}
    for visit, says in wanted.items():
        slot = slots[visit]
        facts = {
            "planned": str(slot.planned),
            "window": [str(slot.opens), str(slot.closes)],
            "status": slot.timing or slot.standing(seen.desk.today).upper(),
            "actual": str(slot.actual),
            "proposed": str(slot.proposed),
            "into": str(slot.into),
        }
        for name, expected in says.items():
            text = [str(one) for one in expected] if isinstance(expected, list) else str(expected)
            if facts[name] != text:
                yield f"{visit} {name} {text}", f"{facts[name]}"


def _queries(wanted: dict[str, Any], seen: Seen) -> Iterator[tuple[str, str]]:
    """Queries of checks and of people together; each kind has states that the other does not know."""
    tables = seen.desk.tables
    states = [row.state for row in tables.find(FindingRow, subject=seen.subject) if row.level == "Q"]
    states += [row.state for row in tables.find(QueryRow, subject=seen.subject)]
    for state, expected in wanted.items():
        if state not in _QUERY_STATES:
            raise ValueError(f"queries are never {state!r}")
        count = states.count(state)
        if str(count) != str(expected):
            yield f"{expected} queries {state}", str(count)


def _obligations(wanted: list[str], seen: Seen) -> Iterator[tuple[str, str]]:
    """What is owed for the subject, by kind, each once; ``[]`` for nothing."""
    found = sorted({one.kind for one in owed_for(seen.desk, seen.subject)})
    if found != sorted({str(one) for one in wanted}):
        yield f"obligations {sorted(map(str, wanted))}", str(found)


def _notices(wanted: list[str], seen: Seen) -> Iterator[tuple[str, str]]:
    """Reports that the sponsor waits for, as ``SAE 0`` for the first and ``SAE 1`` for a follow-up."""
    found = sorted(f"{one.notice} {one.number}" for one in notices_owed(seen.desk, seen.subject))
    if found != sorted(map(str, wanted)):
        yield f"notices {sorted(map(str, wanted))}", str(found)


def _signs(wanted: list[str], seen: Seen) -> Iterator[tuple[str, str]]:
    """What the signs of the open checklist ask, as ``T01/LTRED choose``."""
    asked = signs_asking(seen.desk, seen.form) if seen.form else ()
    labels = labels_of_form(seen.desk, seen.form) if seen.form else {}
    found = sorted(f"{labels[ask.place.row]}/{ask.place.item} {ask.kind}" for ask in asked)
    if found != sorted(map(str, wanted)):
        yield f"signs {sorted(map(str, wanted))}", str(found)


def _rows(wanted: Any, seen: Seen) -> Iterator[tuple[str, str]]:
    graph = seen.desk.forms.get(seen.form) if seen.form else None
    labels = labels_of_form(seen.desk, seen.form) if seen.form else {}
    found = [labels[r.info.key] for g in graph.plan.groups if g for r in graph.rows_in(g)] if graph else []
    if found != [str(one) for one in wanted]:
        yield f"rows {wanted}", str(found)


def _forms(wanted: dict[str, Any], seen: Seen) -> Iterator[tuple[str, str]]:
    """Status of forms at the open visit: expected, open, complete or moved."""
    for form, expected in wanted.items():
        key = seen.form._replace(form=form, form_n=1) if seen.form else None
        row = seen.desk.tables.get(FormRow, *key) if key else None
        status = row.status if row else "expected"
        if status != str(expected):
            yield f"{form} {expected}", status


def _signature(wanted: dict[str, Any], seen: Seen) -> Iterator[tuple[str, str]]:
    """How forms at the open visit, visits or the ``casebook`` are signed: current, outdated, none."""
    for name, expected in wanted.items():
        rows = seen.desk.tables.find(SignatureRow, **_place(seen, str(name))._asdict())
        last = max(rows, key=lambda row: (row.at, row.seq), default=None)
        found = "none" if last is None else {"valid": "current"}.get(last.state, last.state)
        if found != str(expected):
            yield f"signature of {name} {expected}", found


def _held(wanted: dict[str, Any], seen: Seen) -> Iterator[tuple[str, str]]:
    """How forms, visits, the ``casebook`` or the ``site`` are held: open, frozen, locked."""
    for name, expected in wanted.items():
        row = seen.desk.tables.get(LockRow, *_place(seen, str(name)))
        found = row.state if row is not None else "open"
        if found != str(expected):
            yield f"{name} {expected}", found


def _place(seen: Seen, name: str) -> Scope:
    if name in ("casebook", "site"):
        return Scope(seen.subject) if name == "casebook" else Scope()
    if name in seen.desk.study.visits:
        return Scope(seen.subject, name, 1)
    here = seen.form if seen.form is not None else FormKey(seen.subject, "", 1, name, 1)
    key = home_of(seen.desk.study, here._replace(form=name, form_n=1))
    return Scope(*key)


_COMPARED: dict[str, Callable[[Any, Seen], Iterator[tuple[str, str]]]] = {
    "subject": _subject,
    "refused": _refused,
    "values": _values,
    "shown": lambda wanted, seen: _visible(wanted, seen, shown=True),
    "hidden": lambda wanted, seen: _visible(wanted, seen, shown=False),
    "findings": _findings,
    "schedule": _schedule,
    "queries": _queries,
    "obligations": _obligations,
    "rows": _rows,
    "forms": _forms,
    "signature": _signature,
    "held": _held,
    "verification": verification,
    "notices": _notices,
    "signs": _signs,
}
