"""Answers that stood on paper first, because the program could not be used: who observed, when, why late.

Blank forms for that are printed from the pack (``crfapp study print``), each with version and hash (REQ-413).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Event, FormTranscribed
from crfapp.work.cases import Command, Topic, use_case
from crfapp.work.marks import refuse_held_form
from crfapp.work.readiness import begin_whole, refuse_unready
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTranscription(Command):
    """The form is entered from paper; ``observed`` is the local time at the site, ISO to the minute."""

    key: FormKey
    observer: str
    observed: str


@use_case(
    NoteTranscription,
    needs=Right.RECORD,
    touches=(Topic.FORMS,),
    needs_reason=lambda _cmd, _desk: True,
)
def note_transcription(cmd: NoteTranscription, desk: Desk, _actor: Actor) -> Iterator[Event]:
    """Record it at the form, which it begins; the last word about a form is the one that is shown."""
    refuse_unready(desk, cmd.key)
    refuse_held_form(desk, cmd.key)
    if not cmd.observer.strip():
        raise RefusedError(Code.OBSERVER_NEEDED)
    observed = _minute(cmd.observed)
    if observed > desk.now.local.replace(tzinfo=None):
        raise RefusedError(Code.OBSERVED_AHEAD)
    yield from begin_whole(desk, cmd.key)
    told = {"observer": cmd.observer.strip(), "observed": observed.isoformat(timespec="minutes")}
    yield desk.lay(FormTranscribed(**cmd.key._asdict(), **told, reason=cmd.reason.strip()))


def _minute(text: str) -> datetime:
    """A local time without a zone; NOT_A_DATE where it is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - of the site's wall, as it was written down
    except ValueError:
        raise RefusedError(Code.NOT_A_DATE) from None
