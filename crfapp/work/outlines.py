"""Areas measured on a photograph: who drew the outline, what follows from it, and a second person's.

Nobody tells an area: it is worked out here from the outline and its calibration, and stands at the item with
the origin ``outline:<id>``, so that whoever looks at a percentage at month 6 can follow it to the points
that somebody set (REQ-931). A second person traces blind; where both lie further apart than the study allows,
an investigator who saw both says which counts (REQ-414).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crfapp.base.problems import Code, RefusedError
from crfapp.form.graph import Cell
from crfapp.ledger.events import Event, OutlineDrawn, OutlineSettled, ValueRecorded
from crfapp.ledger.keys import FormKey, ItemKey
from crfapp.ledger.origins import OUTLINE, outline_in
from crfapp.ledger.state import FormRowRow, OutlineRow, PhotographRow
from crfapp.planimetry.measuring import in_unit, measure
from crfapp.planimetry.written import figures_text, from_text, read_figures, to_text
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.entry import Told, put_down, record, refuse_foreign, refuse_unasked
from crfapp.work.heads import heads_of
from crfapp.work.marks import refuse_held_form
from crfapp.work.outlines_apart import apart, in_force, outlines_of, second_wanted_by
from crfapp.work.photo_protocol import said
from crfapp.work.readiness import refuse_unready
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.state import ItemRow
    from crfapp.planimetry.measuring import Measured
    from crfapp.study.targets import Measure
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor

VALUE, SECOND = "value", "second"
_TOUCHED = (Topic.ANSWERS, Topic.FORMS, Topic.OUTLINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawOutline(Command):
    """An outline of the lesion of a row, for the pack's item of a traced area.

    ``drawn`` is the outline with its calibration (:func:`crfapp.planimetry.written.to_text`), ``photograph``
    the one it was drawn on. ``purpose``: it gives the value, or is a second person's, who is shown neither
    the first outline nor its area (``blind``). ``captured_at`` is when it was finished (UTC, ISO).
    """

    key: FormKey
    row: str
    item: str
    photograph: str
    drawn: str
    purpose: Literal["value", "second"] = "value"
    blind: bool = False
    captured_at: str = ""

    @property
    def place(self) -> ItemKey:
        """The item whose area it is."""
        return ItemKey(*self.key, self.row, self.item)


def _replaces(cmd: DrawOutline, desk: Desk) -> bool:
    """Whether an area, or the way in which it was measured, was said before."""
    bound = bound_measure(desk, cmd.place)
    if cmd.purpose == SECOND or bound is None:
        return False
    stored = desk.stored(cmd.place)
    if stored is not None and stored.hidden == 0 and (stored.value is not None or stored.missing is not None):
        return True
    return said(desk, cmd.key, cmd.row, bound.method) not in (None, bound.traced)


@use_case(DrawOutline, needs=Right.RECORD, touches=_TOUCHED, needs_reason=_replaces)
def draw_outline(cmd: DrawOutline, desk: Desk, actor: Actor) -> Iterator[Event]:
    """Record the outline with its figures, then the value and what is derived with it.

    NOT_TRACED_HERE where the item holds no traced area or the photograph shows another lesion or visit;
    SAME_PERSON where somebody would be their own second; what cannot be measured as :mod:`crfapp.planimetry`
    says.
    """
    refuse_unready(desk, cmd.key)
    refuse_held_form(desk, cmd.key)
    refuse_foreign(desk, cmd.key, cmd.item, actor)
    bound = bound_measure(desk, cmd.place)
    if bound is None or not shows(desk, cmd.photograph, cmd.place):
        raise RefusedError(Code.NOT_TRACED_HERE, form=cmd.key.form, item=cmd.item)
    if cmd.purpose == SECOND:
        _refuse_no_second(desk, cmd, actor)
    traced = from_text(cmd.drawn)
    drawn = to_text(*traced)
    measured = measure(*from_text(drawn))
    outline = OutlineDrawn(
        **cmd.place._asdict(),
        outline=desk.new_id(),
        photograph=cmd.photograph,
        purpose=cmd.purpose,
        blind=cmd.blind,
        drawn=drawn,
        figures=figures_text(measured),
        reason=cmd.reason.strip() or None,
    )
    yield desk.lay(outline)
    if cmd.purpose == VALUE:
        yield from _method(desk, cmd, bound)
        yield from _derived(desk, outline, measured, bound, cmd.captured_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleOutline(Command):
    """Of two outlines that lie too far apart ``outline`` counts; ``beside`` is the other one of them."""

    key: FormKey
    row: str
    item: str
    outline: str
    beside: str

    @property
    def place(self) -> ItemKey:
        """The item whose area it is."""
        return ItemKey(*self.key, self.row, self.item)


def _always(_cmd: SettleOutline, _desk: Desk) -> bool:
    return True


@use_case(SettleOutline, needs=Right.OVERSEE, touches=_TOUCHED, needs_reason=_always)
def settle_outline(cmd: SettleOutline, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record which one counts and why; its area takes the place of the other one.

    NOT_APART where these two are not what waits to be decided.
    """
    refuse_unready(desk, cmd.key)
    refuse_held_form(desk, cmd.key)
    pair, bound = apart(desk, cmd.place), bound_measure(desk, cmd.place)
    if bound is None or pair is None or not pair.is_open:
        raise RefusedError(Code.NOT_APART, item=cmd.item)
    both = {row.outline: row for row in (pair.first, pair.second)}
    if {cmd.outline, cmd.beside} != set(both):
        raise RefusedError(Code.NOT_APART, item=cmd.item)
    why = cmd.reason.strip()
    yield desk.lay(OutlineSettled(**cmd.place._asdict(), outline=cmd.outline, reason=why))
    chosen = both[cmd.outline]
    if chosen.outline != pair.first.outline:
        told = {"purpose": chosen.purpose, "blind": bool(chosen.blind), "reason": why}
        outline = OutlineDrawn(
            **cmd.place._asdict(), outline=chosen.outline, photograph=chosen.photograph, **told
        )
        yield from _derived(desk, outline, read_figures(chosen.figures or ""), bound)


def bound_measure(desk: Desk, place: ItemKey) -> Measure | None:
    """How the pack measures areas, where this is its item of a traced area in a row; None elsewhere."""
    targets = desk.study.head.targets
    if targets is None or not place.row or (place.form, place.item) != _traced_in(targets.measure):
        return None
    return targets.measure


def shows(desk: Desk, photograph: str, place: ItemKey) -> bool:
    """Whether a photograph is one of this lesion, taken in at this visit and not withdrawn."""
    protocol, row = desk.study.head.photographs, desk.tables.get(PhotographRow, place.subject, photograph)
    if protocol is None or row is None or row.place.of.at != place.of.at:
        return False
    if desk.tables.find(FormRowRow, **row.place.of._asdict(), row=row.row, voided=1):
        return False
    there = desk.stored(row.place)
    if there is None or there.value != photograph or there.hidden == 1:
        return False
    return said(desk, row.place.of, row.row, protocol.target) == place.row


def _traced_in(bound: Measure) -> tuple[str, str]:
    return bound.form, bound.outline


def _refuse_no_second(desk: Desk, cmd: DrawOutline, actor: Actor) -> None:
    first = in_force(desk, cmd.place)
    if first is None or first.photograph != cmd.photograph:
        raise RefusedError(Code.NOT_TRACED_HERE, form=cmd.key.form, item=cmd.item)
    if first.login == actor.login:
        raise RefusedError(Code.SAME_PERSON, item=cmd.item)


def _method(desk: Desk, cmd: DrawOutline, bound: Measure) -> Iterator[Event]:
    """That it was traced, where something else or nothing was said; an outline is never a ruler's."""
    if said(desk, cmd.key, cmd.row, bound.method) != bound.traced:
        told = Told(typed=bound.traced, reason=cmd.reason.strip(), captured_at=cmd.captured_at)
        yield from record(desk, cmd.key, Cell(cmd.row, bound.method), told)


def _stands(stored: ItemRow) -> bool:
    """Whether somebody gave a diameter otherwise than by an outline, or why there is none."""
    is_told = stored.value is not None or stored.missing is not None
    return is_told and stored.hidden == 0 and not outline_in(stored.origin)


def _derived(
    desk: Desk, outline: OutlineDrawn, measured: Measured, bound: Measure, captured_at: str = ""
) -> Iterator[Event]:
    """The area, and both diameters where nobody said them otherwise."""
    refuse_unasked(desk, outline.key, Cell(outline.row, bound.outline))
    figures = ((bound.outline, measured.area), (bound.length, measured.length), (bound.width, measured.width))
    for item, figure in figures:
        cell, place = Cell(outline.row, item), outline.place._replace(item=item)
        stored = desk.stored(place)
        if item != bound.outline and stored is not None and _stands(stored):
            continue
        planned = desk.study.place(outline.form, item).item
        digits = desk.study.field(outline.form, item).digits or 0
        event = ValueRecorded(
            **place._asdict(),
            value=str(in_unit(figure, planned.unit or "", digits)),
            origin=f"{OUTLINE}{outline.outline}",
            captured_at=captured_at or desk.stamp(),
            supersedes=heads_of(desk, place),
            reason=outline.reason if stored is not None else None,
        )
        yield from put_down(desk, outline.key, cell, event)


__all__ = [
    "SECOND",
    "VALUE",
    "DrawOutline",
    "OutlineRow",
    "SettleOutline",
    "apart",
    "bound_measure",
    "in_force",
    "outlines_of",
    "second_wanted_by",
    "shows",
]
