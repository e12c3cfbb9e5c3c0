"""What becomes of whole forms, moved or transcribed, and what a second person said of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger import events as ev
from crfapp.ledger.changes import Change, Patch, Put
from crfapp.ledger.state import FormRow, MoveRow, PaperRow, SecondRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record

MOVED = "moved"
"""The status of a form whose answers belong to another subject; it counts as not begun."""


def _move_asked(event: ev.FormMoveAsked, record: Record) -> Iterator[Change]:
    who = record.envelope
    to = (event.to_subject, event.to_visit, event.to_visit_n, event.form_n)
    asked = ("asked", who.login, who.name, who.at)
    undecided, unmoved = ("", "", ""), ("", "", "")
    yield Put(MoveRow(event.move, *event.key, *to, *asked, event.reason, *undecided, *unmoved, 0))


def _decided(state: str) -> Callable[[Any, Record], Iterator[Change]]:
    def decided(event: ev.FormMoveAgreed | ev.FormMoveDeclined, record: Record) -> Iterator[Change]:
        who = record.envelope
        by = {"decided_by": who.login, "decided_name": who.name, "decided_at": who.at}
        yield Patch(MoveRow, (event.move,), {"state": state, **by})

    return decided


def _moved(event: ev.FormMoved, record: Record) -> Iterator[Change]:
    who = record.envelope
    by = {"moved_by": who.login, "moved_name": who.name, "moved_at": who.at}
    yield Patch(MoveRow, (event.move,), {"state": "done", "to_form_n": event.to_form_n, **by})
    yield Patch(FormRow, event.key, {"status": MOVED, "changed": who.at})


def _taken_over(event: ev.FormTakenOver, _record: Record) -> Iterator[Change]:
    yield Patch(MoveRow, (event.move,), {"left": event.left})


def _transcribed(event: ev.FormTranscribed, record: Record) -> Iterator[Change]:
    who = record.envelope
    told = (event.observer, event.observed, event.reason)
    yield Put(PaperRow(*event.key, *told, who.login, who.name, who.at))


def _second_entry(event: ev.SecondEntry, record: Record) -> Iterator[Change]:
    who, state = record.envelope, "same" if event.same else "differs"
    yield Put(SecondRow(*event.place, state, *event.head, who.login, who.name, who.at))


FORMS: dict[type[ev.Event], Callable[[Any, Record], Iterator[Change]]] = {
    ev.FormMoveAsked: _move_asked,
    ev.FormMoveAgreed: _decided("agreed"),
    ev.FormMoveDeclined: _decided("declined"),
    ev.FormMoved: _moved,
    ev.FormTakenOver: _taken_over,
    ev.FormTranscribed: _transcribed,
    ev.SecondEntry: _second_entry,
}
