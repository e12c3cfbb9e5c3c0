"""Filling one form as a person would: what it shows is read and answered, with the slips that people make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crfapp.form.plan_parts import is_computed
from crfapp.journeys.by_type import Asked
from crfapp.journeys.choosing import Chooser
from crfapp.journeys.lesion_seen import lesion_seen
from crfapp.journeys.typical import Answers, Place
from crfapp.study.types import Kind
from crfapp.work.entry import ConfirmFinding, RecordAnswer
from crfapp.work.photographs import take
from crfapp.work.row_labels import is_label
from crfapp.work.rows import labels_of_form

if TYPE_CHECKING:
    from crfapp.form.graph import Cell
    from crfapp.journeys.acting import Hands
    from crfapp.ledger.keys import FormKey
    from crfapp.work.roles import Actor

ROUNDS = 4
"""How often a form is gone through: answers show further questions, corrections raise further checks."""

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_MEASURED = (Kind.INTEGER, Kind.DECIMAL)


@dataclass(frozen=True, slots=True)
class Habits:
    """How often something happens that is not plain sailing; a chance for each."""

    optional: float = 0.25
    mistyped: float = 0.012
    beyond: float = 0.01
    missing: float = 0.005
    confirmed: float = 0.6
    eastern_digits: float = 0.04
    comma: float = 0.05


@dataclass(slots=True)
class Walk:
    """One subject's way. ``stop``: the share of a visit's forms that is filled; ``paused``: in mid-form."""

    subject: str
    story: str = ""
    stop: float = 1.0
    paused: bool = False
    happened: set[int] = field(default_factory=set)


class Filler:
    """Answers the questions of a form and what its checks ask."""

    def __init__(self, hands: Hands, habits: Habits) -> None:
        ground = hands.ground
        self._hands = hands
        self._habits = habits
        self._desk = ground.desk
        self._chance = ground.chance
        self._known = ground.typical
        self._chooser = Chooser(ground.desk, ground.chance, ground.typical, ground.people)

    def fill(self, walk: Walk, key: FormKey, given: Answers | None = None, row: str | None = None) -> None:
        """Answer whatever is shown, in one row or everywhere, until nothing more comes up."""
        for _ in range(ROUNDS):
            if not self._once_through(walk, key, given or {}, row) or walk.paused:
                return

    def put(self, key: FormKey, item: str, typed: str) -> None:
        """Answer one item that stands once in its form, whatever it said before."""
        graph = self._desk.forms.get(key)
        cell = next(cell for cell in graph.cells() if cell.item == item)
        asked = Asked(key, cell, graph.plan.items[item], graph)
        known = graph.kept(cell) is not None
        self._record(asked, typed, self._hands.nurse, reason="new information" if known else "")

    def settle(self, walk: Walk, key: FormKey, *, final: bool) -> None:
        """Correct what cannot be; at last, confirm some of what is asked and leave the rest open."""
        for (cell, check), row in list(self._desk.forms.findings(key).items()):
            if row.state != "open":
                continue
            if row.level == "H":
                self._correct(walk, key, cell)
            elif final and self._chance.random() < self._habits.confirmed:
                place = {"key": key, "row": cell.row, "item": cell.item, "check": check}
                self._hands.send(ConfirmFinding(**place, reason="checked, it is right"))  # type: ignore[arg-type]

    # ---- answers

    def _once_through(self, walk: Walk, key: FormKey, given: Answers, row: str | None) -> bool:
        """Go through the form; whether anything was answered."""
        moved = False
        for cell in list(self._desk.forms.get(key).cells()):
            if row is not None and cell.row != row:
                continue
            asked = self._open_question(key, cell)
            if asked is None:
                continue
            typical = given.get(cell.item, self._typical(walk, asked))
            if not self._wanted(asked, typical):
                continue
            if self._pauses(walk, asked):
                walk.paused = True
                return moved
            moved |= self._tell(asked, typical)
        return moved

    def _open_question(self, key: FormKey, cell: Cell) -> Asked | None:
        graph = self._desk.forms.get(key)
        state = graph.state(cell)
        if state is None or not state.visible or graph.kept(cell) is not None:
            return None
        planned = graph.plan.items[cell.item]
        if is_computed(planned) or is_label(self._desk.study, key.form, cell.item):
            return None
        if planned.type.kind is Kind.SIGNATURE:  # nobody types it: it comes of signing the form
            return None
        return Asked(key, cell, planned, graph)

    def _wanted(self, asked: Asked, typical: Any) -> bool:
        state = asked.graph.state(asked.cell)
        if typical is not None or (state is not None and state.required):
            return True
        return self._chance.random() < self._habits.optional / ROUNDS

    def _pauses(self, walk: Walk, asked: Asked) -> bool:
        if walk.story != "running":
            return False
        row = f"#{asked.cell.row}" if asked.cell.row else ""
        return self._known.pause.get(asked.key.visit) == f"{asked.key.form}.{asked.cell.item}{row}"

    def _typical(self, walk: Walk, asked: Asked) -> Any:
        key, cell = asked.key, asked.cell
        if f"{key.form}.{cell.item}" not in self._known.answers:
            return None
        rows: tuple[str, ...] = ()
        if cell.row:
            rows = (cell.row, labels_of_form(self._desk, key).get(cell.row, ""))
        return self._known.of(Place(key.form, cell.item, key.visit, key.form_n, rows, walk.story))

    def _tell(self, asked: Asked, typical: Any) -> bool:
        actor = self._hands.who(asked.planned)
        if actor is None:
            return False
        if (typical is None or asked.planned.type.kind in _MEASURED) and self._misses(asked, actor):
            return True
        typed = self._chooser.typed(asked, typical)
        if typed is None:
            return False
        kind = asked.planned.type.kind
        if kind is Kind.DATETIME and not (isinstance(typical, dict) and "ahead" in typical):
            self._hands.wait_until(typed)
        if kind in _MEASURED:
            return self._tell_number(asked, typed, actor)
        return self._record(asked, typed, actor)

    def _tell_number(self, asked: Asked, typed: str, actor: Actor) -> bool:
        chance, habits = self._chance, self._habits
        if chance.random() < habits.beyond:
            typed = self._chooser.outside_soft(asked) or typed
        slip = typed[::-1] if chance.random() < habits.mistyped else typed
        if slip != typed and self._record(asked, slip, actor):
            return self._record(asked, typed, actor, reason="typing error")
        if chance.random() < habits.comma:
            typed = typed.replace(".", ",")
        if chance.random() < habits.eastern_digits:
            typed = typed.translate(_EASTERN)
        return self._record(asked, typed, actor)

    def _misses(self, asked: Asked, actor: Actor) -> bool:
        codes = self._desk.study.missing_codes(asked.key.form, asked.cell.item)
        measured = asked.planned.type.kind in (*_MEASURED, Kind.TEXT)
        if not codes or not measured or self._chance.random() >= self._habits.missing:
            return False
        place = {"key": asked.key, "row": asked.cell.row, "item": asked.cell.item}
        command = RecordAnswer(**place, missing=self._chance.choice(codes), reason="could not be obtained")  # type: ignore[arg-type]
        return self._hands.send(command, actor)

    def _record(self, asked: Asked, typed: str, actor: Actor, reason: str = "") -> bool:
        if asked.planned.type.kind is Kind.PHOTO:
            now = self._desk.now.local.strftime("%Y:%m:%d %H:%M:%S")
            where = (asked.key, asked.cell.row, asked.cell.item)
            shows = lesion_seen(self._desk, *where[:2])
            facts = self._hands.ground.pictures.take(typed, now, shows)
            return self._hands.send(take(*where, facts, reason=reason), actor)
        place = {"key": asked.key, "row": asked.cell.row, "item": asked.cell.item}
        return self._hands.send(RecordAnswer(**place, typed=typed, reason=reason), actor)  # type: ignore[arg-type]

    # ---- corrections

    def _correct(self, walk: Walk, key: FormKey, cell: Cell) -> None:
        graph = self._desk.forms.get(key)
        planned, state = graph.plan.items[cell.item], graph.state(cell)
        actor = self._hands.who(planned)
        if is_computed(planned) or state is None or not state.visible or actor is None:
            return
        asked = Asked(key, cell, planned, graph)
        for _ in range(ROUNDS):
            typed = self._chooser.typed(asked, self._typical(walk, asked))
            if typed is None or not self._record(asked, typed, actor, reason="corrected"):
                return
            if not self._impossible(key, cell):
                return

    def _impossible(self, key: FormKey, cell: Cell) -> bool:
        found = self._desk.forms.findings(key).items()
        return any(at == cell and row.state == "open" and row.level == "H" for (at, _), row in found)
