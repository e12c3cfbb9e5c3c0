"""What changed between two packages, for whoever reads a site's data from afar: answer by answer.

A pure function over records. Whoever reviews has seen the data as they stood at some package; what is new
since, what is another answer since, and which of it had been compared with its source or signed before,
stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from crfapp.ledger.events import (
    FormEvent,
    ItemVerified,
    SignatureOutdated,
    Signed,
    ValueRecorded,
    VerificationDropped,
    VerificationTaken,
)
from crfapp.ledger.merge import when

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from crfapp.ledger.chain import Record
    from crfapp.ledger.keys import ItemKey, Scope

OF_DATA = ("form", "visit", "casebook")


class Answer(NamedTuple):
    """What stood at a place: the value, or why it is missing. Both None where nothing was recorded."""

    value: str | None = None
    missing: str | None = None


class Changed(NamedTuple):
    """One answer that is new, or another one than before.

    ``verified`` and ``signed``: it had been compared with its source, or signed, before it was changed.
    ``changes`` counts how often, the newest by ``login`` (``name``) at ``at`` for a ``reason``.
    """

    key: ItemKey
    what: Literal["new", "changed"]
    before: Answer
    after: Answer
    verified: bool
    signed: bool
    changes: int
    origin: str
    login: str
    name: str
    at: str
    reason: str | None


def changes_since(
    records: Iterable[Record],
    since: Mapping[str, int],
    late: Callable[[Record], bool] = lambda _record: False,
) -> list[Changed]:
    """What the records tell beyond ``since`` (the last event known of each chain), by place.

    ``records`` are all of a subject's, or of several. ``late`` says which came too late and changed nothing
    (:class:`crfapp.ledger.merge.Windows`). Answers whose text is not here are passed over.
    """
    told = _Telling(since)
    for record in sorted(records, key=when):
        if not late(record):
            told.hear(record)
    return [told.found[key] for key in sorted(told.found)]


class _Telling:
    """The answers as they stand while the records are gone through, and what is found to be new."""

    def __init__(self, since: Mapping[str, int]) -> None:
        self._since = since
        self._answers: dict[ItemKey, Answer] = {}
        self._verified: set[ItemKey] = set()
        self._signed: dict[str, Scope] = {}
        self.found: dict[ItemKey, Changed] = {}

    def hear(self, record: Record) -> None:
        """One record, in the order of time."""
        event = record.event
        if isinstance(event, ValueRecorded):
            if "value" not in record.redacted:
                self._answered(event, record)
        elif isinstance(event, ItemVerified):
            self._verified.add(event.place)
        elif isinstance(event, VerificationDropped | VerificationTaken):
            self._verified.discard(event.place)
        elif isinstance(event, Signed) and event.of in OF_DATA:
            self._signed[event.signature] = event.scope
        elif isinstance(event, SignatureOutdated):
            self._signed.pop(event.signature, None)

    def _answered(self, event: ValueRecorded, record: Record) -> None:
        key, now = event.place, Answer(event.value, event.missing)
        before = self._answers.get(key)
        self._answers[key] = now
        who = record.envelope
        if who.seq <= self._since.get(who.node, 0):
            return
        first = self.found.get(key)
        self.found[key] = Changed(
            key,
            "new" if (before is None if first is None else first.what == "new") else "changed",
            (before or Answer()) if first is None else first.before,
            now,
            verified=key in self._verified or (first is not None and first.verified),
            signed=self._is_signed(event) or (first is not None and first.signed),
            changes=1 if first is None else first.changes + 1,
            origin=event.origin,
            login=who.login,
            name=who.name,
            at=who.at,
            reason=event.reason,
        )

    def _is_signed(self, event: FormEvent) -> bool:
        return any(scope.covers(event.key) for scope in self._signed.values())
