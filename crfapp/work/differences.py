"""What changed since something was signed: item by item then and now, who, when and why (REQ-305)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.events import (
    FormEvent,
    FormReopened,
    ItemEvent,
    ItemHidden,
    ItemShownAgain,
    RowAdded,
    RowVoided,
    ValueRecorded,
)
from crfapp.ledger.signing import is_signed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.ledger.chain import Envelope, Record
    from crfapp.ledger.keys import EventId, FormKey, Scope
    from crfapp.study.study import Study

ANSWER, ROW_ADDED, ROW_VOIDED, REOPENED = "answer", "row-added", "row-voided", "reopened"


class Told(NamedTuple):
    """How an answer stood: its value or missing code with its unit, and whether skip logic hid it."""

    value: str | None = None
    missing: str | None = None
    unit: str | None = None
    hidden: bool = False


class Difference(NamedTuple):
    """One thing that changed in a form. ``what``: answer, row-added, row-voided, reopened.

    ``item`` is empty where it is a row or the form itself. ``then`` and ``now`` are of answers; they are the
    same where it was changed and changed back. ``by`` is the last change: who, when; ``why`` its reason.
    """

    key: FormKey
    what: str
    row: str
    item: str
    then: Told
    now: Told
    by: Envelope
    why: str


def differences(
    records: Iterable[Record], study: Study, scope: Scope, since: EventId
) -> tuple[Difference, ...]:
    """Everything that changed in a scope after the event ``since``, in the order in which it changed last.

    ``records`` are the events of the subject in their order; those before ``since`` say how it stood.
    """
    watch = _Watch()
    signed = False
    for record in records:
        if record.envelope.id == since:
            signed = True
            continue
        event = record.event
        if isinstance(event, FormEvent) and scope.covers(event.key):
            item = event.item if isinstance(event, ItemEvent) else ""
            if is_signed(study, event.form, item):
                watch.take(event, record.envelope, signed=signed)
    return tuple(watch.found.values())


class _Watch:
    """How answers stand as the events go by, and what was different once it was signed."""

    def __init__(self) -> None:
        self.found: dict[tuple[object, ...], Difference] = {}
        self._now: dict[tuple[object, ...], Told] = {}

    def take(self, event: FormEvent, by: Envelope, *, signed: bool) -> None:
        """Let one event pass."""
        match event:
            case ItemEvent():
                self._item(event, by, signed=signed)
            case RowAdded() | RowVoided() if signed:
                what = ROW_ADDED if isinstance(event, RowAdded) else ROW_VOIDED
                self._note(Difference(event.key, what, event.row, "", Told(), Told(), by, event.reason or ""))
            case FormReopened() if signed:
                self._note(Difference(event.key, REOPENED, "", "", Told(), Told(), by, event.reason or ""))
            case _:
                pass

    def _item(self, event: ItemEvent, by: Envelope, *, signed: bool) -> None:
        then = self._now.get(event.place, Told())
        match event:
            case ValueRecorded():
                now = Told(event.value, event.missing, event.unit)
            case ItemHidden():
                now = then._replace(hidden=True)
            case ItemShownAgain():
                now = then._replace(hidden=False)
            case _:
                return
        self._now[event.place] = now
        if signed:
            known = self.found.get((*event.key, ANSWER, event.row, event.item))
            first = known.then if known is not None else then
            place = (event.key, ANSWER, event.row, event.item)
            self._note(Difference(*place, first, now, by, event.reason or ""))

    def _note(self, found: Difference) -> None:
        place = (*found.key, found.what, found.row, found.item)
        self.found.pop(place, None)
        self.found[place] = found
