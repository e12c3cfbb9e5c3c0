"""What a change does to what was said about the answer before: verifications fall, signatures are outdated.

The bus asks here after every command, so no way of changing an answer can forget it; and here it is refused
where an answer is frozen or locked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import (
    Event,
    FindingConfirmed,
    FormCompleted,
    FormEvent,
    FormReopened,
    ItemEvent,
    ItemHidden,
    ItemShownAgain,
    RowAdded,
    RowVoided,
    SignatureOutdated,
    SubjectEnrolled,
    ValueRecorded,
    VerificationDropped,
    VisitBooked,
    VisitCancelled,
    VisitEvent,
    VisitMerged,
    VisitMissed,
    VisitRedated,
    VisitStarted,
)
from crfapp.ledger.keys import Scope
from crfapp.ledger.signing import is_signed
from crfapp.ledger.state import LockRow, SignatureRow, VerifiedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk

_CHANGES = (ValueRecorded, ItemHidden, ItemShownAgain, RowAdded, RowVoided, FormReopened)
"""What changes the content of a form."""
_HELD = (*_CHANGES, FormCompleted, FindingConfirmed)
"""What comes to no form that is held: what changes it, and what a person says of it by way of finishing it.

Findings that the checks raise or settle are no word of a person, and stay.
"""
_VISITS = (VisitStarted, VisitRedated, VisitBooked, VisitMissed, VisitMerged, VisitCancelled)


def held_by(desk: Desk, key: FormKey) -> LockRow | None:
    """What holds a form, from itself outwards: the first lock or freeze; None where it may be changed."""
    for scope in Scope.around(key):
        row = desk.tables.get(LockRow, *scope)
        if row is not None and row.state in ("frozen", "locked"):
            return row
    return None


def refuse_held(desk: Desk, events: Sequence[Event]) -> None:
    """FORM_HELD where an event would change or finish a held form, SITE_HELD where it would a visit or more.

    What signing writes may still come to stand in a frozen form: it is no change of what is signed.
    """
    for event in events:
        match event:
            case FormEvent() if isinstance(event, _HELD):
                held = held_by(desk, event.key)
                if held is not None and not (held.state == "frozen" and not _is_signed(desk, event)):
                    facts = {"form": event.form, "visit": event.visit}
                    raise RefusedError(Code.FORM_HELD, **facts, state=held.state, level=held.scope.level)
            case VisitEvent() if isinstance(event, _VISITS):
                _refuse_in(desk, (Scope(*event.at), Scope(event.subject), Scope()))
            case SubjectEnrolled():
                _refuse_in(desk, (Scope(),))
            case _:
                pass


def refuse_held_form(desk: Desk, key: FormKey) -> None:
    """FORM_HELD where a form is frozen or locked."""
    held = held_by(desk, key)
    if held is not None:
        facts = {"form": key.form, "visit": key.visit}
        raise RefusedError(Code.FORM_HELD, **facts, state=held.state, level=held.scope.level)


def _refuse_in(desk: Desk, scopes: Iterable[Scope]) -> None:
    for scope in scopes:
        held = desk.tables.get(LockRow, *scope)
        if held is not None and held.state in ("frozen", "locked"):
            raise RefusedError(Code.SITE_HELD, state=held.state, level=scope.level)


def _is_signed(desk: Desk, event: FormEvent) -> bool:
    item = event.item if isinstance(event, ItemEvent) else ""
    return is_signed(desk.versions.at(event.key), event.form, item)


def fallen(desk: Desk, events: Sequence[Event]) -> Iterator[Event]:
    """The marks that these events make untrue."""
    yield from _dropped(desk, events)
    yield from _outdated(desk, events)


def _dropped(desk: Desk, events: Sequence[Event]) -> Iterator[Event]:
    for event in events:
        match event:
            case ValueRecorded() | ItemHidden() | ItemShownAgain():
                row = desk.tables.get(VerifiedRow, *event.place)
                if row is not None and row.state == "done" and _is_other(row, event):
                    yield desk.lay(_drop(row, event.kind))
            case RowVoided():
                for row in desk.tables.find(VerifiedRow, **event.key._asdict()):
                    if row.row == event.row and row.state == "done":
                        yield desk.lay(_drop(row, event.kind))
            case _:
                pass


def _is_other(row: VerifiedRow, event: ItemEvent) -> bool:
    """Only another value counts; the same one told again is still the one that was compared (REQ-605)."""
    return not isinstance(event, ValueRecorded) or (event.value, event.missing) != (row.value, row.missing)


def _drop(row: VerifiedRow, because: str) -> VerificationDropped:
    return VerificationDropped(**row.key._asdict(), because=because)


def _outdated(desk: Desk, events: Sequence[Event]) -> Iterator[Event]:
    """Signatures over what changed; what itself says that something was signed changes nothing."""
    changes = [event for event in events if isinstance(event, FormEvent) and isinstance(event, _CHANGES)]
    for subject in dict.fromkeys(event.subject for event in changes):
        rows = desk.tables.find(SignatureRow, subject=subject, state="valid")
        changed: dict[FormKey, str] = {}
        for event in changes if rows else ():  # most subjects were never signed for
            if event.subject == subject and _is_signed(desk, event):
                changed.setdefault(event.key, event.kind)
        for row in rows:
            because = next((kind for key, kind in changed.items() if row.scope.covers(key)), None)
            if because is not None:
                place = row.scope._asdict()
                yield desk.lay(SignatureOutdated(**place, signature=row.signature, because=because))
