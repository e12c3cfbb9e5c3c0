"""What the signs of a checklist ask below their questions: the same event, a new one, or has it ended?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from crfapp.ledger.keys import ItemKey
from crfapp.present.form_view import SignView
from crfapp.present.texts import isolated
from crfapp.work.linking_signs import Link, LinkSign
from crfapp.work.roles import Right
from crfapp.work.signs import ask_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.form.graph import Cell
    from crfapp.ledger.keys import FormKey
    from crfapp.present.form_view import Patch
    from crfapp.present.workplace import Workplace
    from crfapp.work.cases import Command
    from crfapp.work.signs import EventRow, SignAsk

WHY = "why"
"""Ends the name of an act that wants to know why."""


class FormSigns:
    """The questions of one form's signs. ``do`` carries out a command about a cell of the form."""

    def __init__(
        self, workplace: Workplace, key: FormKey, do: Callable[[Command, Cell | None], Patch]
    ) -> None:
        self._at, self._key, self._do = workplace, key, do
        checklist = workplace.study.head.checklist
        self._signs = checklist.signs if checklist is not None and checklist.form == key.form else {}

    def view(self, cell: Cell) -> SignView | None:
        """What a sign asks now, with the acts that answer it; None where it asks nothing."""
        if cell.item not in self._signs:
            return None
        ask = ask_of(self._at.desk, ItemKey(*self._key, *cell))
        if ask is None:
            return None
        acts = tuple(self._acts(ask)) if self._at.actor.may(Right.RECORD) else ()
        return SignView(self._words(ask), acts, "warn" if ask.required else "info")

    def answer(self, cell: Cell, act: str, why: str = "") -> Patch:
        """Say what a sign is: ``same ROW GRADE``, ``new``, ``ended ROW DAY``, ``none``, or ``none why``."""
        link, _, rest = act.partition(" ")
        event, _, more = rest.partition(" ")
        command = LinkSign(
            key=self._key,
            row=cell.row,
            item=cell.item,
            link=cast("Link", link),
            event_row="" if event == WHY else event,
            grade=more if link == "same" else "",
            end=more if link == "ended" else "",
            reason=why,
        )
        return self._do(command, cell)

    def _words(self, ask: SignAsk) -> str:
        say, term = self._at.texts, isolated(ask.term)
        match ask.kind:
            case "choose":
                return say("{term}: the same event as before, or a new one?", term=term)
            case "new":
                return say("{term}: the study wants an adverse event for this.", term=term)
            case "worse":
                return say("{event} is worse than it is graded.", event=self._event(ask.events[0]))
            case _:
                return say(
                    "{event} goes on in the log, and the sign is gone.", event=self._event(ask.events[0])
                )

    def _acts(self, ask: SignAsk) -> Iterator[tuple[str, str]]:
        say = self._at.texts
        if ask.kind == "worse":
            for grade in (ask.grade,) if ask.grade else ("3", "4"):
                yield f"same {ask.events[0].row} {grade}", say("Grade {grade}", grade=isolated(grade))
            return
        if ask.kind == "ended":
            day = isolated(say.date(ask.day))
            yield f"ended {ask.events[0].row} {ask.day.isoformat()}", say("It ended on {day}", day=day)
            yield "none", say("It still goes on, or ended on another day")
            return
        for event in ask.events:
            yield f"same {event.row}", say("The same as {event}", event=self._event(event))
        yield "new", say("A new event from {day}", day=isolated(say.date(ask.day)))
        yield (f"none {WHY}", say("No event…")) if ask.required else ("none", say("No event"))

    def _event(self, event: EventRow) -> str:
        log = self._at.study.head.events
        name = isolated(f"{log.form if log else ''} {event.number}")
        return f"{name} ({isolated(event.term)})" if event.term else name
