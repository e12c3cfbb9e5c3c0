"""Which told texts of an event stay at the site; the event itself leaves, and its chain still verifies.

A told text stands in the hashed body as a salted commitment alone, so without salt and text nobody can
guess it (docs/decisions/0024). Left out are, of what the pack marks ``site_only`` (REQ-808): answers and
second entries, reasons given for them, findings whose words tell them, what was asked and said about them,
and why they were redacted; and the hashes and signatures over forms, visits and casebooks that hold some, for
who has one can try which answers fit. So is what was typed as a name at a refused login, for it may be a
password; and, of every photograph, what its camera wrote and its file was called.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from crfapp.exchange.confidential import EverStays, covered, said_by_camera
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import (
    FindingConfirmed,
    FindingRaised,
    FindingSettled,
    FormEvent,
    ItemEvent,
    LateDecided,
    QueryEvent,
    QueryRaised,
    Redacted,
    RedactionAsked,
    RedactionDeclined,
    ScopeEvent,
    SessionRefused,
    ValueRecorded,
)
from crfapp.ledger.redacting import without
from crfapp.ledger.state import QueryRow, RedactionRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import Event
    from crfapp.ledger.keys import EventId
    from crfapp.study.study import Study
    from crfapp.work.ports import Tables

    FindEvent = Callable[[EventId], Event | None]

_NOTHING_TOLD = b"{}"
_FORM, _ITEM = re.compile(rb'"form":"([^"\\]+)"'), re.compile(rb'"item":"([^"\\]+)"')
_FINDINGS = (FindingRaised, FindingSettled, FindingConfirmed)
_TELLING = ("text", "reason", "due")


class Withholding:
    """Takes told texts out of links. ``withheld`` counts them, ``confidential`` says what stays.

    ``studies`` are all versions in which events were recorded: what one of them keeps at the site stays.
    ``find`` gives the event that another one names.
    """

    def __init__(self, studies: Iterable[Study], tables: Tables, find: FindEvent) -> None:
        self.confidential = EverStays(studies)
        self._tables = tables
        self._find = find
        self.withheld = 0
        self._kept: dict[tuple[str, str], bool] = {}

    def outside(self, link: Sealed) -> Sealed:
        """The link as it may leave."""
        if link.told == _NOTHING_TOLD or self._is_answer_that_leaves(link):
            return link
        event = open_sealed(link).event
        stays = self._staying(event, json.loads(link.told))
        if not stays:
            return link
        self.withheld += len(stays)
        return without(link, stays)

    def _is_answer_that_leaves(self, link: Sealed) -> bool:
        """Most events are answers, and most answers leave: that is seen without reading them whole.

        Inside a JSON text every quotation mark is escaped, so these are keys and nothing that was typed.
        """
        if link.kind != ValueRecorded.kind:
            return False
        form, item = _FORM.search(link.body), _ITEM.search(link.body)
        if form is None or item is None:
            return False
        place = (form[1].decode(), item[1].decode())
        return not self._keeps(*place) and not self.confidential.keeps_camera(*place)

    def _staying(self, event: Event, told: Iterable[str]) -> set[str]:
        if self._is_about_staying(event):
            return set(told)
        if isinstance(event, _FINDINGS) and self.confidential.keeps_sentence(event.check):
            return set(_TELLING) & set(told)
        if covered(self.confidential, event):
            return set(event.proof_fields) & set(told)
        return set(said_by_camera(self.confidential, event)) & set(told)

    def _is_about_staying(self, event: Event) -> bool:
        match event:
            case SessionRefused():
                return True
            case ItemEvent() | QueryRaised():
                return self._keeps(event.form, event.item)
            case FormEvent() | ScopeEvent():
                return self._keeps(event.form)
            case QueryEvent():
                row = self._tables.get(QueryRow, event.query)
                return row is not None and self._keeps(row.form, row.item)
            case RedactionAsked() | Redacted() | LateDecided() | RedactionDeclined():
                return self._names_staying(event)
            case _:
                return False

    def _names_staying(self, event: RedactionAsked | Redacted | LateDecided | RedactionDeclined) -> bool:
        of = event.of if not isinstance(event, RedactionDeclined) else self._wished(event.redaction)
        named = self._find(of) if of is not None else None
        # what is not known here says nothing about what it is
        return named is None or self._is_about_staying(named)

    def _wished(self, redaction: str) -> EventId | None:
        wish = self._tables.get(RedactionRow, redaction)
        return None if wish is None else wish.of

    def _keeps(self, form: str, item: str = "") -> bool:
        place = (form, item)
        if place not in self._kept:
            self._kept[place] = bool(form) and self.confidential.keeps(form, item)
        return self._kept[place]
