"""Everything that can happen, as a closed set of plain, versioned events (DESIGN section 5).

A field marked :data:`Told` holds what a person typed or read; it enters the hash only as a salted
commitment, so that personal data entered by mistake can be redacted without breaking the chain.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from crfapp.ledger.keys import EventId, FormKey, ItemKey, VisitKey


class _Told:
    """Marks a field that is hashed as a commitment only."""


Told = Annotated[str | None, _Told()]


class Event(BaseModel):
    """Base of all events. ``kind`` and ``version`` name the stored shape for ever."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]
    version: ClassVar[int] = 1
    told_fields: ClassVar[tuple[str, ...]] = ()

    subject: str | None = None
    reason: Told = None

    @classmethod
    def __pydantic_init_subclass__(cls, **_kwargs: object) -> None:
        cls.told_fields = tuple(
            name
            for name, field in cls.model_fields.items()
            if any(isinstance(m, _Told) for m in field.metadata)
        )


# ---- the site and its people


class SiteFounded(Event):
    """A site folder was made on this workstation; ``weekend`` as in :class:`SiteDaysSet`."""

    kind: ClassVar[str] = "site-founded"
    site: str
    code: str
    name: str
    zone: str
    study: str
    weekend: str = ""


class PackInstalled(Event):
    """A version of the study became the one in force here; ``content`` is the hash of the kept pack."""

    kind: ClassVar[str] = "pack-installed"
    site: str
    study: str
    pack_version: str
    content: str


class SiteDaysSet(Event):
    """On which weekdays (ISO numbers by commas) and days (ISO, by commas) no patients are seen here."""

    kind: ClassVar[str] = "site-days-set"
    site: str
    weekend: str
    closed: str = ""


class PersonAdded(Event):
    """Somebody was given an account."""

    kind: ClassVar[str] = "person-added"
    login: str
    name: str
    role: str
    organisation: str


class PasswordSet(Event):
    """A password was set, by the person or for the person."""

    kind: ClassVar[str] = "password-set"
    login: str


class RecoverySheetMade(Event):
    """A recovery sheet was printed and tried out; ``label`` is printed on it."""

    kind: ClassVar[str] = "recovery-sheet-made"
    label: str


class SessionOpened(Event):
    """Somebody logged in or unlocked."""

    kind: ClassVar[str] = "session-opened"
    how: Literal["login", "unlock", "recovery"]


class SessionRefused(Event):
    """A login did not succeed; the name that was tried is told, for it may be a mistyped password."""

    kind: ClassVar[str] = "session-refused"
    tried: Told = None


class SessionClosed(Event):
    """Somebody left, locked, or was locked after idling."""

    kind: ClassVar[str] = "session-closed"
    how: Literal["logout", "lock", "idle", "quit"]


class ClockNoticed(Event):
    """The wall clock contradicts what is known; entry goes on, the finding stays (REQ-404)."""

    kind: ClassVar[str] = "clock-noticed"
    behind_seconds: int


# ---- subjects and visits


class SubjectEnrolled(Event):
    """A subject was taken into the study's records."""

    kind: ClassVar[str] = "subject-enrolled"
    subject: str
    number: str


class VisitEvent(Event):
    """Base of what happens to one visit occurrence."""

    subject: str
    visit: str
    visit_n: int

    @property
    def at(self) -> VisitKey:
        """The visit occurrence."""
        return VisitKey(self.subject, self.visit, self.visit_n)


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


# ---- forms


class FormEvent(VisitEvent):
    """Base of what happens to one form."""

    form: str
    form_n: int

    @property
    def key(self) -> FormKey:
        """The form."""
        return FormKey(self.subject, self.visit, self.visit_n, self.form, self.form_n)


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


class ItemEvent(FormEvent):
    """Base of what happens to one item."""

    row: str
    item: str

    @property
    def place(self) -> ItemKey:
        """The item."""
        return ItemKey(*self.key, self.row, self.item)


class ValueRecorded(ItemEvent):
    """An answer, a correction or a calculated value.

    ``typed`` is what the keyboard gave, ``value`` its canonical text, ``missing`` a missing code instead
    of a value. ``unit`` and ``entered`` keep what was typed in another unit. ``origin`` is ``person`` or
    the rule that calculated it. ``supersedes`` names the head(s) this one replaces. ``prompted_by``
    names the check whose finding led to the correction (REQ-105). ``captured_at`` is when the field
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
    due: str | None = None


class FindingSettled(ItemEvent):
    """The answers no longer offend."""

    kind: ClassVar[str] = "finding-settled"
    check: str


class FindingConfirmed(ItemEvent):
    """A person says that the answer is right, and why (``reason``)."""

    kind: ClassVar[str] = "finding-confirmed"
    check: str


class FormCompleted(FormEvent):
    """A person says that the form is complete."""

    kind: ClassVar[str] = "form-completed"
    answers: int


class FormReopened(FormEvent):
    """A change made a complete form incomplete, or a person reopened it."""

    kind: ClassVar[str] = "form-reopened"


# ---- what leaves


class WorkbookExported(Event):
    """A workbook was handed over, after it was read back and compared (REQ-110)."""

    kind: ClassVar[str] = "workbook-exported"
    file: str
    sha256: str
    sheets: int
    rows: int
    cells: int
    subjects: int


class ExportFailed(Event):
    """A workbook could not be handed over; ``code`` names the problem."""

    kind: ClassVar[str] = "export-failed"
    code: str


AnyEvent = (
    SiteFounded
    | PackInstalled
    | SiteDaysSet
    | PersonAdded
    | PasswordSet
    | RecoverySheetMade
    | SessionOpened
    | SessionRefused
    | SessionClosed
    | ClockNoticed
    | SubjectEnrolled
    | VisitStarted
    | VisitRedated
    | VisitBooked
    | VisitMissed
    | VisitMerged
    | VisitCancelled
    | FormStarted
    | RowAdded
    | RowVoided
    | ValueRecorded
    | ItemHidden
    | ItemShownAgain
    | FindingRaised
    | FindingSettled
    | FindingConfirmed
    | FormCompleted
    | FormReopened
    | WorkbookExported
    | ExportFailed
)

KINDS: dict[str, type[Event]] = {event.kind: event for event in AnyEvent.__args__}
