"""A text that is found again wherever it goes, told wherever something can be told about what stays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from crfapp.bootstrap.sites import OwnSigner
from crfapp.ledger.chain import Envelope, Record, seal
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.events import KINDS, Event, FormStarted, Signed, ValueRecorded, VisitStarted
from crfapp.ledger.fold import changes_of
from crfapp.ledger.keys import EventId
from crfapp.ledger.signing import Signer, paper
from crfapp.ledger.state import SubjectRow
from tests.support.quick_site import password_of

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite

CANARY = "Qanary4711"
RANIA, HADDAD = ("rania", "Rania Khalil", "nurse"), ("haddad", "Dr Omar Haddad", "investigator")
NAME, REMARK = "NAME", "REMARK"
"""Items of the tiny study: one stays at the site, the other one leaves."""


def tell(opened: OpenSite, *events: Event, who: tuple[str, str, str] = RANIA) -> None:
    """Put events into the site's own chain as they are."""
    with opened.store.ledger.transaction() as transaction:
        for event in events:
            head = transaction.head
            hybrid = str(Hybrid.parse(head.hybrid).next(int(opened.clock.now().timestamp() * 1000)))
            envelope = Envelope(
                opened.store.workstation.node,
                head.seq + 1,
                head.hash,
                "2025-01-05T06:10:00.000000Z",
                180,
                "Asia/Amman",
                hybrid,
                os.urandom(8).hex(),
                *who,
                "Cell Therapy Center",
                opened.desk.pack_hash,
                "0.1.0",
            )
            link = seal(envelope, event, os.urandom)
            transaction.append([link], list(changes_of(Record(envelope, event))), hybrid)


def told_canaries(opened: OpenSite) -> str:
    """Whatever can be told about a name that stays, in the words of every kind of event that can hold it.

    The signature of the form in which it stands is given back.
    """
    subject = opened.desk.tables.find(SubjectRow)[0].subject
    form: dict[str, Any] = {"subject": subject, "visit": "V_SCR", "visit_n": 1, "form": "DM", "form_n": 1}
    item = {**form, "row": "", "item": NAME}
    node = opened.store.workstation.node

    def said(kind: str, **facts: Any) -> Event:
        event = KINDS[kind]
        return event.model_validate(dict.fromkeys(event.told_fields, f"{CANARY} {kind}") | facts)

    tell(opened, VisitStarted(subject=subject, visit="V_SCR", visit_n=1, date="2025-01-05"))
    tell(opened, FormStarted(**form))
    answer = EventId(node, opened_end(opened) + 1)
    tell(
        opened,
        said("value-recorded", **item, captured_at="2025-01-05T06:00:00Z"),
        said("finding-raised", **item, check="HARD:NAME", level="Q"),
        said("finding-confirmed", **item, check="HARD:NAME"),
        said("finding-settled", **item, check="HARD:NAME"),
        said("second-entry", **item, how="typed", same=False, head=answer),
        said("item-verified", **item, head=answer),
        said("verification-taken", **item),
        said("verification-dropped", **item, because="value-recorded"),
        said("item-hidden", **item, because="x"),
        said("item-shown-again", **item),
        said("query-raised", **item, query="q1"),
        said("query-answered", query="q1", subject=subject),
        said("query-reopened", query="q1", subject=subject),
        said("query-closed", query="q1", subject=subject),
        said("redaction-asked", redaction="r1", of=answer, fields=("typed",), subject=subject),
        said("redaction-declined", redaction="r1", subject=subject),
        said("form-seen", **form, login="haddad", reason=None),
        said("late-decided", of=answer, taken=False, subject=subject),
        said("session-refused", reason=None),
        ValueRecorded(
            **item | {"item": REMARK},
            value="may leave",
            typed="may leave",
            captured_at="2025-01-05T06:00:00Z",
        ),
    )
    signature = _signed(opened, form)
    tell(opened, signature, who=HADDAD)
    return signature.signed


def _signed(opened: OpenSite, form: dict[str, Any]) -> Signed:
    """A real signature over the form that the name stands in."""
    unsigned = Signed(
        **form,
        signature="canary",
        of="form",
        meaning="REVIEWED",
        statement="I have reviewed it.",
        language="en",
        content=f"{CANARY} signed",
        signed_at="2025-01-05T06:10:00Z",
        after=opened.head(),
        public="",
    )
    message = paper(unsigned, Signer(*HADDAD), site=opened.desk.site.site, pack=opened.desk.pack_hash)
    public, signed = OwnSigner(opened.gate, opened.desk.tables).sign("haddad", password_of("haddad"), message)
    return unsigned.model_copy(update={"public": public, "signed": signed})


def opened_end(opened: OpenSite) -> int:
    """The number of the last event of the site's own chain."""
    with opened.store.ledger.transaction() as transaction:
        return int(transaction.head.seq)
