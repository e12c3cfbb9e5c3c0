"""Subjects, visits, forms and answers: what the site records of its patients."""

from __future__ import annotations

from typing import ClassVar

from crfapp.ledger.events.base import Event, FormEvent, ItemEvent, Told, VisitEvent
from crfapp.ledger.keys import EventId


class SubjectEnrolled(Event):
    """A subject was taken into the study's records."""

    kind: ClassVar[str] = "subject-enrolled"
    subject: str
    number: str


class VisitStarted(VisitEvent):
    """The subject was seen or called; ``date`` is the ISO day at the site."""

    kind: ClassVar[str] = "visit-started"
    date: str


class VisitRedated(VisitEvent):
    """The visit's date was corrected."""

    kind: ClassVar[str] = "visit-redated"
    date: str


class VisitBooked(VisitEvent):
    """An appointment was made for a planned visit."""

    kind: ClassVar[str] = "visit-booked"
    date: str


class VisitMissed(VisitEvent):
    """The visit did not take place; ``why`` is a code of the study's reasons."""

    kind: ClassVar[str] = "visit-missed"
    why: str


class VisitMerged(VisitEvent):
    """The visit was held together with a later one; its own questions are asked there."""

    kind: ClassVar[str] = "visit-merged"
    into: str


class VisitCancelled(VisitEvent):
    """The visit does not take place because the subject has left the study."""

    kind: ClassVar[str] = "visit-cancelled"


class FormStarted(FormEvent):
    """The first answer or row of a form is about to be recorded."""

    kind: ClassVar[str] = "form-started"


class RowAdded(FormEvent):
    """A row of a repeating section came to be; ``position`` orders rows, numbers are never reused."""

    kind: ClassVar[str] = "row-added"
    section: str
    row: str
    position: int


class RowVoided(FormEvent):
    """A row does not count any more; it stays readable (REQ-118)."""

    kind: ClassVar[str] = "row-voided"
    section: str
    row: str


class ValueRecorded(ItemEvent):
    """An answer, a correction or a calculated value.

    ``typed`` is what the keyboard gave, ``value`` its canonical text, ``missing`` a missing code instead
    of a value. ``unit`` and ``entered`` keep what was typed in another unit. ``origin`` is ``person`` or
    the rule that calculated it. ``supersedes`` names the head(s) this one replaces. ``prompted_by``
    names the check whose finding led to the correction (REQ-105), ``query`` the question of a person that
    did (REQ-601). ``taken_from`` names the event of the same answer under the subject it was entered for by
    mistake (REQ-412). ``captured_at`` is when the field
    was left (UTC); the envelope says when it was stored (REQ-401).
    """

    kind: ClassVar[str] = "value-recorded"
    value: Told = None
    typed: Told = None
    missing: str | None = None
    unit: str | None = None
    entered: Told = None
    origin: str = "person"
    captured_at: str
    supersedes: tuple[EventId, ...] = ()
    prompted_by: str | None = None
    query: str | None = None
    taken_from: EventId | None = None


class ItemHidden(ItemEvent):
    """Skip logic took a recorded answer out of the current data; the answer is kept (REQ-408)."""

    kind: ClassVar[str] = "item-hidden"
    because: str


class ItemShownAgain(ItemEvent):
    """Skip logic brought a kept answer back, to be confirmed (REQ-408)."""

    kind: ClassVar[str] = "item-shown-again"


class FindingRaised(ItemEvent):
    """A check fired: which, of what level, and the very words shown (REQ-105).

    ``value`` is what stood in the item, ``made`` the version of the check (REQ-405). Of a task ``task``
    is the kind and ``due`` the day or instant (UTC) by which it is owed.
    """

    kind: ClassVar[str] = "finding-raised"
    check: str
    level: str
    text: Told = None
    value: Told = None
    made: str = ""
    task: str | None = None
    due: Told = None


class FindingSettled(ItemEvent):
    """The answers no longer offend."""

    kind: ClassVar[str] = "finding-settled"
    check: str


class FindingConfirmed(ItemEvent):
    """A person says that the answer is right, and why (``reason``)."""

    kind: ClassVar[str] = "finding-confirmed"
    check: str


class SecondEntry(ItemEvent):
    """Another person typed the answer again, or compared it with its source (REQ-414); it replaces nothing.

    ``head`` is the event of the answer that was checked.
    """

    kind: ClassVar[str] = "second-entry"
    how: str
    same: bool
    typed: Told = None
    missing: str | None = None
    head: EventId


class FormCompleted(FormEvent):
    """A person says that the form is complete."""

    kind: ClassVar[str] = "form-completed"
    answers: int


class FormReopened(FormEvent):
    """A change made a complete form incomplete, or a person reopened it."""

    kind: ClassVar[str] = "form-reopened"


class FormMoved(FormEvent):
    """What a form held was entered for the wrong subject: here it does not count any more (REQ-412).

    It stays readable (REQ-118). ``move`` names the request, the rest where the answers are recorded anew.
    """

    kind: ClassVar[str] = "form-moved"
    move: str
    to_subject: str
    to_visit: str
    to_visit_n: int
    to_form_n: int


class FormTakenOver(FormEvent):
    """The other half: the answers that were entered for another subject are recorded here.

    ``left`` counts those that nothing here answers to, such as a row that this subject does not have.
    """

    kind: ClassVar[str] = "form-taken-over"
    move: str
    from_subject: str
    from_visit: str
    from_visit_n: int
    from_form_n: int
    left: int


class FormTranscribed(FormEvent):
    """The answers of a form were first written on paper (REQ-413): by whom, and when it was observed.

    ``observed`` is the local time at the site, ISO to the minute; ``reason`` says why it is entered late.
    """

    kind: ClassVar[str] = "form-transcribed"
    observer: Told = None
    observed: str
