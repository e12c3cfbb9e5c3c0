"""What has to be known of events that were appended just now, to make the tables right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.ledger.events import Event, Redacted

if TYPE_CHECKING:
    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import EventId


class NewEvents:
    """All of them while they are few.

    Of many it keeps the subjects they are about, whose events are then read from the log, subject by subject;
    and besides only what is about no subject, or by its kind (``wider``) about more than its own. So memory
    follows the number of subjects and of sessions, not of answers.
    """

    def __init__(self, wider: tuple[type[Event], ...], most: int) -> None:
        self._wider, self._most = wider, most
        self._subjects: dict[str, list[Record]] = {}
        self.all_held = True
        self.count = 0
        self.hybrid = ""
        self.site: list[Record] = []
        self.wider: list[Record] = []
        self.redacted: dict[EventId, tuple[str, ...]] = {}

    def note(self, record: Record) -> Record:
        """Remember one, and hand it on."""
        event = record.event
        self.count += 1
        self.hybrid = max(self.hybrid, record.envelope.hybrid)
        if isinstance(event, Redacted):
            self.redacted[event.of] = event.fields
        if not event.subject:
            self.site.append(record)
            return record
        told, is_wider = self._subjects.setdefault(event.subject, []), isinstance(event, self._wider)
        if is_wider:
            self.wider.append(record)
        if is_wider or self.all_held:
            told.append(record)
        if self.all_held and self.count > self._most:
            self.all_held = False
            for held in self._subjects.values():
                held[:] = [one for one in held if isinstance(one.event, self._wider)]
        return record

    @property
    def subjects(self) -> set[str]:
        """Whom they are about."""
        return set(self._subjects)

    def about(self, subject: str) -> list[Record]:
        """Those about a subject: all while all are held, then what concerns others too."""
        return self._subjects.get(subject, [])
