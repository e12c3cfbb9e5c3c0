"""What follows on a workstation of the site from answers that were joined with those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, FormReopened, ItemEvent, SignatureOutdated, VerificationDropped
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import FormRowRow, SignatureRow, VerifiedRow
from crfapp.work.begun import forms_begun
from crfapp.work.conflicts import in_conflict
from crfapp.work.consequences import follow_elsewhere, settle
from crfapp.work.marks import held_by
from crfapp.work.readers import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.ledger.merge import Received
    from crfapp.work.desk import Desk

JOINED = "joined"
"""Why a mark fell: what several workstations say was joined."""


def what_follows(desk: Desk, received: Received) -> Iterator[Event]:
    """Calculated values, findings, reopened forms, fallen marks: what is not recorded yet of what is so.

    All of it is worked out from the tables alone, so the same answers lead to the same everywhere, and to
    nothing where it stands already.
    """
    changed = {key.subject for key in received.forms}
    for subject in sorted(changed):
        yield from _settled(desk, subject, received.forms)
        yield from _reopened(desk, subject)
    for subject in sorted(received.subjects):
        yield from _dropped(desk, subject)
        yield from _outdated(desk, subject, received)


def _settled(desk: Desk, subject: str, changed: frozenset[FormKey]) -> Iterator[Event]:
    """Every begun form that is not held is compared with what is recorded.

    They were all closed before, so each sees what the others hold now. Elsewhere is looked where something
    moves, and where rules of other subjects may ask about what was changed.
    """
    for row in forms_begun(desk, subject=subject):
        if held_by(desk, row.key) is not None:
            continue
        plan = desk.forms.plan(row.key)
        moved = {ROWS, *plan.items} if row.key in changed else set()
        for event in settle(desk, row.key, desk.forms.get(row.key).cells()):
            yield event
            if isinstance(event, ItemEvent):
                moved.add(event.item)
        if moved:
            yield from follow_elsewhere(desk, row.key, moved, leave_held=True)


def _reopened(desk: Desk, subject: str) -> Iterator[Event]:
    """A complete form in which answers contradict each other is not complete."""
    for row in forms_begun(desk, subject=subject, status="complete"):
        if held_by(desk, row.key) is None and in_conflict(desk.tables, row.key):
            yield desk.lay(FormReopened(**row.key._asdict()))


def _dropped(desk: Desk, subject: str) -> Iterator[Event]:
    """Verifications of another answer than the one in force (REQ-605)."""
    for row in desk.tables.find(VerifiedRow, subject=subject, state="done"):
        stored = desk.stored(row.key)
        now = None if stored is None or stored.hidden == 1 else (stored.value, stored.missing)
        if now != (row.value, row.missing) or _is_voided(desk, row):
            yield desk.lay(VerificationDropped(**row.key._asdict(), because=JOINED))


def _is_voided(desk: Desk, row: VerifiedRow) -> bool:
    rows = desk.tables.find(FormRowRow, **row.key.of._asdict(), row=row.row) if row.row else ()
    return any(one.voided for one in rows)


def _outdated(desk: Desk, subject: str, received: Received) -> Iterator[Event]:
    """Signatures over another content than what is there, of what was changed or signed elsewhere."""
    for row in desk.tables.find(SignatureRow, subject=subject, state="valid"):
        concerned = row.signature in received.signatures or any(map(row.scope.covers, received.forms))
        if concerned and content_hash(desk.tables, desk.study, row.scope) != row.content:
            yield desk.lay(SignatureOutdated(**row.scope._asdict(), signature=row.signature, because=JOINED))
