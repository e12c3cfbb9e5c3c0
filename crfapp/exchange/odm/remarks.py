"""What ODM calls annotations: why an answer is missing, queries and their threads, verification, states."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.exchange.audit_words import REDACTED, STAYS
from crfapp.exchange.odm import names
from crfapp.exchange.query_threads import notes_of, queries_of
from crfapp.ledger.keys import EventId, FormKey, ItemKey, Scope
from crfapp.ledger.state import FindingRow, SignatureRow, VerifiedRow
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.exchange.odm.xml_stream import XmlStream
    from crfapp.exchange.site_data import SiteData

    Place = ItemKey | Scope

_SPONSOR = frozenset({Role.MONITOR.value, Role.DATA_MANAGER.value})


class Remark(NamedTuple):
    """A flag with its value out of a code list, and perhaps words and who said them."""

    flag: str
    state: str
    codelist: str = names.STATES
    text: str | None = None
    sponsor: bool = False


class Remarks:
    """All that is said about the answers, forms and visits of one subject, by where it stands."""

    def __init__(self, data: SiteData, subject: str, gone: frozenset[tuple[EventId, str]]) -> None:
        self._data, self._gone = data, gone
        self._at: dict[Place, list[Remark]] = {}
        self.signed: dict[Scope, SignatureRow] = {}
        for row in data.desk.tables.find(FindingRow, subject=subject):
            if row.state in ("open", "confirmed") and not data.confidential.keeps(row.form, row.item):
                self._add(row.key, self._asked(row))
        for query in queries_of(data, subject):
            place = ItemKey(*FormKey(*query[1:6]), query.row, query.item) if query.item else query.scope
            for note in notes_of(data, query.query):
                said = f"{note.at} {note.name} ({note.role}), {note.what}: {note.text or ''}".rstrip()
                self._add(place, Remark("QUERY", query.state, text=said, sponsor=note.role in _SPONSOR))
        for verified in data.desk.tables.find(VerifiedRow, subject=subject):
            if not data.confidential.keeps(verified.form, verified.item):
                self._add(verified.key, Remark("SDV", verified.state, sponsor=True))
        self._add_signatures(subject)

    def at(self, place: Place) -> list[Remark]:
        """What is said there."""
        return self._at.get(place, [])

    def _add(self, place: Place, remark: Remark) -> None:
        self._at.setdefault(place, []).append(remark)

    def _asked(self, row: FindingRow) -> Remark:
        text, reason = row.text or "", row.reason
        if self._data.confidential.keeps_sentence(row.check):
            text, reason = STAYS, None
        elif (EventId(row.node, row.seq), "text") in self._gone:
            text = self._data.say(REDACTED)
        said = f"{row.check} ({row.level}): {text}" + (f" -> {reason}" if reason else "")
        return Remark("CHECK", row.state, text=said)

    def _add_signatures(self, subject: str) -> None:
        """ODM has room for one signature at a place: the newest in force; others become remarks."""
        rows = sorted(self._data.desk.tables.find(SignatureRow, subject=subject), key=lambda row: row.at)
        for row in rows:
            if self._data.confidential.keeps(row.form):
                continue
            before = self.signed.get(row.scope)
            if row.state == "valid":
                self.signed[row.scope] = row
            else:
                before = row
            if before is not None:
                said = f"{before.at} {before.name} ({before.role}): {before.meaning}"
                self._add(row.scope, Remark("SIGNATURE", before.state, text=said))


def write_remarks(xml: XmlStream, remarks: Iterable[Remark]) -> None:
    """``Annotation`` elements, numbered from 1."""
    for number, remark in enumerate(remarks, 1):
        with xml.element("Annotation", SeqNum=str(number)):
            if remark.text:
                xml.leaf("Comment", remark.text, SponsorOrSite="Sponsor" if remark.sponsor else "Site")
            with xml.element("Flag"):
                xml.leaf("FlagValue", remark.state, CodeListOID=remark.codelist)
                xml.leaf("FlagType", remark.flag, CodeListOID=names.FLAGS)
