"""What a chain alone cannot show of its links: that a redaction is one, and a signature its signer's.

A walk (:func:`crfapp.ledger.chain.first_break`) asks here about each link that is sound in itself. Keys and
redactions are looked up in the log when the first link needs them: most walks need none. Memory follows the
number of persons and redactions, not of events.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.ledger.chain import Sealed, open_sealed, refuse_newer
from crfapp.ledger.events import KeyRegistered, Redacted, RedactionAsked, Signed, SiteFounded
from crfapp.ledger.redacting import agreed
from crfapp.ledger.signing import paper_of
from crfapp.store.event_log import EventLog
from crfapp.store.migrations import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.chain import Body, Record
    from crfapp.ledger.keys import EventId
    from crfapp.store.engine import Db

_SIGNED, _REGISTERED = Signed.kind, KeyRegistered.kind
_ASKED, _REDACTED = RedactionAsked.kind, Redacted.kind
_BY_INDEX = (
    "SELECT node, seq, hash, event.kind, event.subject, event.at, body, told"
    " FROM trail JOIN event USING (node, seq) WHERE trail.kind = ? ORDER BY node, seq"
)


class _AnyName(frozenset[str]):
    """Every name there can be."""

    def __contains__(self, _name: object) -> bool:
        return True


_ANY = _AnyName()


class ChainWitness:
    """Looks at the links of one chain after the other, each from its first or from a later one on.

    ``by_index`` finds keys and redactions through the index of the trail, which is no evidence: a row that
    was taken out of it makes a sound link look wrong, never a wrong one sound. ``withheld``: the links are
    those of a copy outside the site, from which told texts were left out.
    """

    def __init__(self, db: Db, *, by_index: bool = False, withheld: bool = False) -> None:
        self._db = db
        self._withheld = withheld
        self._by_index = by_index and has_trail(db)
        self._redactions: dict[EventId, frozenset[str]] | None = None
        self._keys: dict[str, list[tuple[str, str]]] | None = None
        self._site: str | None = None
        self._node = ""
        self._act = ""
        self._before_act: str | None = None

    def redacted(self, of: EventId) -> frozenset[str]:
        """The told fields of an event that somebody asked to take away and another person agreed to.

        Outside the site any of them may be missing: what is withheld there never left the site.
        """
        return _ANY if self._withheld else self._agreed(of)

    def wrong_with(self, link: Sealed, body: Body) -> str | None:
        """What is wrong with a link that fits its chain; TOO_NEW for one that only a newer program reads."""
        refuse_newer(body)
        if link.node != self._node:
            self._node, self._act, self._before_act = link.node, "", None
            # a walk that begins in the middle does not know where the act began that it lands in
            known: str | None = body["prev"] if link.seq == 1 else None
        else:
            known = body["prev"]
        if body["act"] != self._act:
            self._act, self._before_act = body["act"], known
        if link.kind == _SIGNED:
            return self._wrong_with_signature(link)
        if link.kind == _REDACTED:
            return self._wrong_with_redaction(link)
        return None

    # ---- signatures

    def _wrong_with_signature(self, link: Sealed) -> str | None:
        record = open_sealed(link)
        event = record.event
        if not isinstance(event, Signed):
            return "it cannot be read"
        if self._before_act is not None and event.after != self._before_act:
            return "its signature was given at another place of the chain"
        if not self._is_registered(record, event.public):
            return "its signature is by a key that its signer had not registered"
        if self._withheld and record.redacted & event.proof_fields:
            return None  # it is over answers that stay at the site, where it is verified
        if not is_signature(event.public, event.signed, paper_of(record, self._site_id())):
            return "its signature is not its signer's over this"
        return None

    def _is_registered(self, record: Record, public: str) -> bool:
        if self._keys is None:
            self._keys = {}
            for known in self._records(_REGISTERED):
                if isinstance(known.event, KeyRegistered):
                    since = known.envelope.hybrid
                    self._keys.setdefault(known.event.login, []).append((since, known.event.public))
        mine = self._keys.get(record.envelope.login, ())
        return any(key == public and since <= record.envelope.hybrid for since, key in mine)

    def _site_id(self) -> str:
        if self._site is None:
            log = EventLog()
            firsts = (next(log.chain(self._db, node)) for node in log.nodes(self._db))
            founded = [open_sealed(link).event for link in firsts if link.kind == SiteFounded.kind]
            self._site = next((event.site for event in founded if isinstance(event, SiteFounded)), "")
        return self._site

    # ---- redactions

    def _agreed(self, of: EventId) -> frozenset[str]:
        if self._redactions is None:
            self._redactions = agreed(self._records(_ASKED), self._records(_REDACTED))
        return self._redactions.get(of, frozenset())

    def _wrong_with_redaction(self, link: Sealed) -> str | None:
        event = open_sealed(link).event
        if not isinstance(event, Redacted) or not set(event.fields) <= self._agreed(event.of):
            return "it takes away what nobody else had asked to be taken away"
        concerned = next(EventLog().chain(self._db, event.of.node, after=event.of.seq - 1), None)
        left = set() if concerned is None else set(json.loads(concerned.told)) & set(event.fields)
        return f"{min(left)} of event {event.of.seq} is there still" if left else None

    def _records(self, kind: str) -> Iterator[Record]:
        """Events of a kind; what cannot be read is none of them, and is named when the walk comes to it."""
        rows = (
            map(Sealed._make, self._db.execute(_BY_INDEX, (kind,)))
            if self._by_index
            else EventLog().read(self._db, kinds=(kind,))
        )
        for link in rows:
            try:
                if link.kind == kind:
                    yield open_sealed(link)
            except (AppProblem, ValueError, LookupError, TypeError):
                continue


def is_signature(public: str, signed: str, message: bytes) -> bool:
    """Whether ``signed`` is the Ed25519 signature of a message under a public key, both hex."""
    # the ciphers are not needed where nothing is signed
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signed), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def has_trail(db: Db) -> bool:
    """Whether the index of the trail is there; a database of an older schema has none yet."""
    return not db.dialect.unlike(db, {"trail": TABLES["trail"]})
