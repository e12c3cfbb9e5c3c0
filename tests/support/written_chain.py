"""A chain written event by event, with signatures by keys of its own: as work leaves it, or forged."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crfapp.ledger.chain import GENESIS, Envelope, Record, Sealed, open_sealed, seal
from crfapp.ledger.clock import Hybrid
from crfapp.ledger.events import (
    Event,
    FindingRaised,
    KeyRegistered,
    PersonAdded,
    Redacted,
    RedactionAsked,
    Signed,
    SiteFounded,
    SubjectEnrolled,
    ValueRecorded,
)
from crfapp.ledger.fold import changes_of
from crfapp.ledger.keys import EventId
from crfapp.ledger.redacting import without
from crfapp.ledger.signing import Signer, paper
from crfapp.store.event_log import EventLog
from crfapp.store.tables import apply

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crfapp.store.engine import Db

NURSE, INVESTIGATOR = ("rania", "Rania Haddad", "nurse"), ("khalil", "Dr Khalil", "investigator")
SITE, PACK, SUBJECT = "s1", "c" * 64, "subject-1"
_FIRST = 1_736_000_000_000


class WrittenChain:
    """Links of one workstation in their order; ``write`` gives the event its envelope and seals it."""

    def __init__(self, node: str = "ws-test", *, site: str = SITE, seed: int = 7) -> None:
        self.node, self.site = node, site
        self.links: list[Sealed] = []
        self._chance = random.Random(seed)  # noqa: S311 - salts of a test need to be the same each time
        self.keys = {
            who[0]: Ed25519PrivateKey.from_private_bytes(who[0].ljust(32).encode())
            for who in (NURSE, INVESTIGATOR)
        }

    @property
    def head(self) -> str:
        return self.links[-1].hash if self.links else GENESIS

    def write(self, event: Event, who: tuple[str, str, str] = NURSE, act: str = "") -> Sealed:
        seq = len(self.links) + 1
        envelope = Envelope(
            self.node,
            seq,
            self.head,
            f"2025-01-05T06:{seq // 60 % 60:02d}:{seq % 60:02d}.000000Z",
            180,
            "Asia/Amman",
            str(Hybrid(_FIRST + seq, 0)),
            act or self._chance.randbytes(8).hex(),
            *who,
            "Cell Therapy Center",
            PACK,
            "0.1.0",
        )
        self.links.append(seal(envelope, event, self._chance.randbytes))
        return self.links[-1]

    def founded(self) -> None:
        """A site with two people whose keys are known."""
        self.write(SiteFounded(site=self.site, code="JO01", name="CTC", zone="Asia/Amman", study="tiny"))
        for login, name, role in (NURSE, INVESTIGATOR):
            self.write(PersonAdded(login=login, name=name, role=role, organisation="CTC"))
            self.write(KeyRegistered(login=login, public=public(self.keys[login])))
        self.write(SubjectEnrolled(subject=SUBJECT, number="JO01-001"))

    def answer(self, value: str, item: str = "NAME", reason: str | None = None) -> Sealed:
        return self.write(
            ValueRecorded(
                **place(item), value=value, typed=value, reason=reason, captured_at="2025-01-05T06:00:00Z"
            )
        )

    def finding(self, text: str, item: str = "NAME") -> Sealed:
        return self.write(FindingRaised(**place(item), check="C1", level="Q", text=text, value="x"))

    def sign(self, who: tuple[str, str, str] = INVESTIGATOR, number: str = "1", act: str = "") -> Sealed:
        """A signature over the casebook, as the signing command writes it."""
        return self.write(self.signature(who, number), who, act)

    def signature(self, who: tuple[str, str, str], number: str, after: str = "") -> Signed:
        key = self.keys[who[0]]
        unsigned = Signed(
            subject=SUBJECT,
            signature=f"signature-{number}",
            of="casebook",
            meaning="responsible",
            statement="I am responsible.",
            language="en",
            content="a" * 64,
            signed_at="2025-01-05T06:00:00Z",
            after=after or self.head,
            public=public(key),
            signed="",
        )
        message = paper(unsigned, Signer(*who), site=self.site, pack=PACK)
        return unsigned.model_copy(update={"signed": key.sign(message).hex()})

    def redact(self, link: Sealed, *fields: str, by: tuple[str, str, str] = INVESTIGATOR) -> None:
        """One asks, the other agrees, and the texts are gone."""
        of = EventId(link.node, link.seq)
        asked = RedactionAsked(subject=link.subject, redaction=f"r{link.seq}", of=of, fields=fields)
        self.write(asked, NURSE)
        self.write(Redacted(subject=link.subject, redaction=f"r{link.seq}", of=of, fields=fields), by)
        self.links[link.seq - 1] = without(link, fields)

    def records(self) -> list[Record]:
        return [open_sealed(link) for link in self.links]


def store(db: Db, links: Iterable[Sealed]) -> None:
    """Put links into an empty log, and what they tell into its tables."""
    for link in links:
        EventLog().append(db, [link])
        apply(db, changes_of(open_sealed(link)))


def place(item: str = "NAME") -> dict[str, str | int]:
    where: dict[str, str | int] = {"subject": SUBJECT, "visit": "V_SCR", "visit_n": 1, "form": "DM"}
    return {**where, "form_n": 1, "row": "", "item": item}


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()
