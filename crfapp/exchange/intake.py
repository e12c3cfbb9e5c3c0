"""What is looked at in a package before anything of it is written (REQ-504, 805; DESIGN section 6).

The file was opened before (:mod:`crfapp.exchange.package.reading`): it is encrypted to somebody here, whole,
and signed by a certificate that is known. Here it is asked whether its signer may be heard, may carry these
chains, and may say this in them; whether each stretch is a sound chain that joins what is here; and whether
people's signatures are theirs. Everything is read once, in a stream; memory follows the number of chains,
signatures and redactions, not of events. Either nothing is raised, or nothing may be taken in.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, RefusedError
from crfapp.base.times import utc_stamp
from crfapp.ledger.chain import GENESIS, first_break, open_sealed
from crfapp.ledger.events import (
    KeyRegistered,
    NodeRegistered,
    PackageTakenIn,
    PackInstalled,
    Redacted,
    RedactionAsked,
    Signed,
    StudyVersionActivated,
    StudyVersionInstalled,
)
from crfapp.ledger.keys import EventId
from crfapp.ledger.redacting import agreed
from crfapp.ledger.signing import paper_of
from crfapp.ledger.speaking import CENTRE_NAME, may_say
from crfapp.store.witness import is_signature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from crfapp.exchange.intake_ports import Came, Here, Receipt, Told
    from crfapp.ledger.chain import Body, Record, Sealed
    from crfapp.ledger.events import Sort, Stretch
    from crfapp.ledger.state import NodeRow


SORTS: dict[str, Sort] = {"site": "site", "monitor": "monitor", "centre": "centre"}


@dataclass(frozen=True, slots=True)
class Examined:
    """A package that may be taken in.

    ``new``: how many of its events are not here yet, and of which ``kinds``. ``missing``: numbers of packages
    that never came, though nothing is missing of what was in them. ``late``: a later one was here before it.
    ``again``: it was taken in before. ``follows``: it names the package before it as that one is known here.
    ``ahead``: how far somebody knows the chain that is written here, where that is further than it goes: what
    is here was cut off, or is an older copy; 0 where all is well.
    """

    new: int
    kinds: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    late: bool = False
    again: bool = False
    follows: bool = True
    ahead: int = 0


def examine(package: Came, here: Here) -> Examined:
    """Look at everything, and refuse the package by the name of what is wrong; nothing is written.

    PACKAGE_OTHER_SITE, PACKAGE_UNKNOWN_SIGNER, PACKAGE_REVOKED_SIGNER, PACKAGE_WRONG_ROLE, PACKAGE_GAP,
    CHAIN_FORKED, PACKAGE_DAMAGED, PACKAGE_TOO_NEW. Facts name chains, numbers and kinds, never an answer.
    """
    told = package.manifest
    if (told.site, told.study) != (here.site, here.study):
        raise RefusedError(Code.PACKAGE_OTHER_SITE, site=told.site, study=told.study)
    known = {row.node: row for row in here.heard()}
    signer = known.get(told.node) or _renamed(package, known.values())
    if signer is None or signer.fingerprint.upper() != package.signer.upper():
        raise RefusedError(Code.PACKAGE_UNKNOWN_SIGNER, node=told.node)
    if signer.revoked and made_at(told) >= signer.revoked:
        raise RefusedError(Code.PACKAGE_REVOKED_SIGNER, node=told.node, since=signer.revoked)
    walk = _Walk(package, here, signer, {node: SORTS[row.sort] for node, row in known.items()})
    kinds = walk.through()
    if told.node not in known and walk.named.get(told.node, "").upper() != package.signer.upper():
        raise RefusedError(Code.PACKAGE_UNKNOWN_SIGNER, node=told.node)
    return _counted(told, here.receipts(told.node), kinds, walk.ahead)


def _renamed(package: Came, known: Iterable[NodeRow]) -> NodeRow | None:
    """A site's workstation that went on from an older copy: the same key, and a name that nobody knows yet.

    Its package has to bring the registration of that name. Where the key was revoked under one of its names,
    it is revoked.
    """
    same = [row for row in known if row.fingerprint.upper() == package.signer.upper() and row.sort == "site"]
    row = max(same, key=lambda one: one.revoked, default=None)
    return row._replace(node=package.manifest.node) if row is not None else None


def made_at(told: Told) -> str:
    """When a package was made, by its maker's clock, in UTC; PACKAGE_DAMAGED where that is no instant."""
    try:
        instant = datetime.fromisoformat(told.made_at)
    except ValueError:
        raise RefusedError(Code.PACKAGE_DAMAGED, what="made_at") from None
    return utc_stamp(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def _counted(told: Told, before: Sequence[Receipt], kinds: Counter[str], ahead: int) -> Examined:
    """What the package's number says beside those that came before it."""
    numbers = {receipt.number for receipt in before}
    last = max(numbers, default=0)
    again = any(receipt.package == told.package for receipt in before)
    former = next((receipt.sha256 for receipt in before if receipt.number == told.number - 1), "")
    return Examined(
        kinds.total(),
        dict(kinds),
        missing=tuple(number for number in range(1, told.number) if number not in numbers),
        late=not again and told.number <= last,
        again=again,
        follows=not former or told.previous == former,
        ahead=ahead,
    )


@dataclass
class _Chain:
    """How far the walk has come in one chain, and what is known of it here."""

    stretch: Stretch
    sort: Sort
    end: int
    """Its last event here."""
    ours: Iterator[str]
    """The hashes of what is here, from the event before the stretch on."""
    seq: int
    hash: str
    hybrid: str = ""
    act: tuple[str, str] | None = None
    """The act that the walk is in, and the hash before it; empty where it began before the stretch."""
    said: dict[tuple[str, str], Record] = field(default_factory=dict)
    """One event of each kind."""


class _Signature(NamedTuple):
    record: Record
    before: str | None


class _Walk:
    """One way through the events of a package; the witness of :func:`crfapp.ledger.chain.first_break` too."""

    def __init__(self, package: Came, here: Here, signer: NodeRow, sorts: dict[str, Sort]) -> None:
        self._package, self._here, self._signer, self._sorts = package, here, signer, sorts
        self.named: dict[str, str] = {}
        """The fingerprints of the chains that the package registers."""
        self._chains: dict[str, _Chain] = {}
        self._keys: dict[str, list[tuple[str, str]]] = {}
        self._signatures: list[_Signature] = []
        self._versions: dict[str, str] = {}
        self._asked: list[Record] = []
        self._done: list[Record] = []
        self._taken: dict[EventId, frozenset[str]] = {}
        self._ends = set(package.manifest.ends)
        self.ahead = 0

    def through(self) -> Counter[str]:
        """Walk to the end; how many events of which kinds are new."""
        for stretch in self._package.manifest.stretches:
            self._begin(stretch)
        new = Counter(link.kind for link in self._package.links() if self._step(link))
        for node, chain in self._chains.items():
            if (chain.seq, chain.hash) != (chain.stretch.last, chain.stretch.hash):
                raise RefusedError(Code.PACKAGE_DAMAGED, node=node, seq=chain.seq + 1, what="cut")
        self._refuse_unsaid()
        self._refuse_rewritten()
        self._refuse_unreadable()
        self._refuse_forged()
        self._refuse_taken()
        return new

    # ---- one chain

    def _begin(self, stretch: Stretch) -> None:
        node, first = stretch.node, stretch.first
        if node in self._chains or not 1 <= first <= stretch.last:
            raise RefusedError(Code.PACKAGE_DAMAGED, node=node, seq=first, what="stretches")
        if self._signer.sort != "site" and node != self._signer.node:
            raise RefusedError(Code.PACKAGE_WRONG_ROLE, node=node, sender=self._signer.node)
        end = self._here.end(node)
        if first > end + 1:
            raise RefusedError(Code.PACKAGE_GAP, node=node, first=end + 1, last=first - 1)
        ours = self._here.hashes(node, max(first - 1, 1)) if end else iter(())
        before = next(ours, "") if first > 1 else GENESIS
        self._chains[node] = _Chain(stretch, self._sort(node), end, ours, first - 1, before)

    def _sort(self, node: str) -> Sort:
        """A chain that is new here comes with what registers it; a centre's has its name."""
        return self._sorts.get(node) or ("centre" if node.startswith(CENTRE_NAME) else "site")

    def _step(self, link: Sealed) -> bool:
        """One event; whether it is new."""
        chain = self._chains.get(link.node)
        if chain is None or link.seq > chain.stretch.last:
            raise RefusedError(Code.PACKAGE_DAMAGED, node=link.node, seq=link.seq, what="untold")
        self._refuse_fork(chain, link)
        self._newcomer(link)
        wrong = first_break([link], (chain.seq, chain.hash), self)
        if wrong is not None:
            raise RefusedError(Code.PACKAGE_DAMAGED, node=link.node, seq=link.seq, what=wrong.what)
        chain.seq, chain.hash = link.seq, link.hash
        return link.seq > chain.end

    def _refuse_fork(self, chain: _Chain, link: Sealed) -> None:
        """CHAIN_FORKED where an event is another one here, or follows another one than here."""
        if link.seq <= chain.end:
            forked = link.hash != next(chain.ours, "")
        else:
            forked = link.seq == chain.seq + 1 == chain.stretch.first and _prev(link) not in ("", chain.hash)
        if forked:
            raise RefusedError(Code.CHAIN_FORKED, node=link.node, seq=min(link.seq, chain.end))

    def _newcomer(self, link: Sealed) -> None:
        """A second workstation's chain may come in the same package as its registration."""
        if link.kind == NodeRegistered.kind and self._chains[link.node].sort == "site":
            event = _read(link).event
            if isinstance(event, NodeRegistered) and event.node not in self._sorts:
                self._sorts[event.node], self.named[event.node] = event.sort, event.fingerprint
                if event.node in self._chains:
                    self._chains[event.node].sort = event.sort

    # ---- the witness

    def redacted(self, of: EventId) -> Collection[str]:
        """Told texts may be missing here for the moment; at the end of the walk it is asked why."""
        return _Missing(self._taken, of) if self._here.whole else _ANYTHING

    def wrong_with(self, link: Sealed, body: Body) -> str | None:
        """What a sound link must not say, and what is to be looked at when everything is known."""
        chain = self._chains[link.node]
        record = _read(link)
        chain.said.setdefault((link.kind, str(getattr(record.event, "of", ""))), record)
        if record.envelope.hybrid <= chain.hybrid:
            return "time does not run forward"
        chain.hybrid = record.envelope.hybrid
        act = str(body["act"])
        if chain.act is None or chain.act[0] != act:
            # a stretch that begins in the middle of an act does not know where that act began
            known = chain.act is not None or link.seq == 1
            chain.act = (act, str(body["prev"]) if known else "")
        self._note(record, chain.act[1] or None)
        return None

    def _note(self, record: Record, before: str | None) -> None:
        event = record.event
        if isinstance(event, KeyRegistered):
            self._keys.setdefault(event.login, []).append((record.envelope.hybrid, event.public))
        elif isinstance(event, Signed):
            self._signatures.append(_Signature(record, before))
        elif isinstance(event, RedactionAsked):
            self._asked.append(record)
        elif isinstance(event, Redacted):
            self._done.append(record)
        elif isinstance(event, PackageTakenIn):
            self._ends.update(event.ends)
        elif isinstance(event, PackInstalled | StudyVersionInstalled | StudyVersionActivated):
            self._versions.setdefault(event.content, record.envelope.node)

    # ---- when everything is known

    def _refuse_unsaid(self) -> None:
        """What each chain says, by where it is written; that may have been learnt on the way."""
        for node, chain in self._chains.items():
            for record in chain.said.values():
                if not may_say(chain.sort, record.event):
                    seq, kind = record.envelope.seq, record.event.kind
                    raise RefusedError(Code.PACKAGE_WRONG_ROLE, node=node, seq=seq, kind=kind)

    def _refuse_rewritten(self) -> None:
        """CHAIN_FORKED where somebody once saw another event than there is here now (REQ-512).

        Whoever takes a package in writes down how far every chain has come; that travels back.
        """
        for node, seq, seen in self._ends:
            here, chain = self._here.end(node), self._chains.get(node)
            if 0 < seq <= here:
                if next(self._here.hashes(node, seq), "") != seen:
                    raise RefusedError(Code.CHAIN_FORKED, node=node, seq=seq)
            elif chain is not None and seq == chain.seq and seen != chain.hash:
                raise RefusedError(Code.CHAIN_FORKED, node=node, seq=seq)
            elif node == self._here.node:
                self.ahead = max(self.ahead, seq)

    def _refuse_unreadable(self) -> None:
        """A study version that an event tells of comes with the package, or is kept here."""
        for content, node in self._versions.items():
            if content not in self._package.contents and not self._here.keeps(content):
                raise RefusedError(Code.PACKAGE_GAP, node=node, what="study version")

    def _refuse_forged(self) -> None:
        """A person's signature is over this, at this place, by the key that this person had registered."""
        if not self._signatures:
            return
        for known in self._here.records((KeyRegistered.kind,)):
            self._note(known, None)
        for record, before in self._signatures:
            event, who = record.event, record.envelope
            if not isinstance(event, Signed):
                continue
            mine = self._keys.get(who.login, ())
            sound = (
                (before is None or event.after == before)
                and any(key == event.public and since <= who.hybrid for since, key in mine)
                and (
                    self._stayed(record)
                    or is_signature(event.public, event.signed, paper_of(record, self._here.site))
                )
            )
            if not sound:
                raise RefusedError(Code.PACKAGE_DAMAGED, node=who.node, seq=who.seq, what="signature")

    def _stayed(self, record: Record) -> bool:
        """Whether a signature is over answers that stay at the site, where it is verified, and stayed too."""
        return not self._here.whole and bool(record.redacted & record.event.proof_fields)

    def _refuse_taken(self) -> None:
        """What is missing was taken away by two persons, or it was taken away by nobody who may."""
        if not self._taken:
            return
        for known in self._here.records((RedactionAsked.kind, Redacted.kind)):
            self._note(known, None)
        allowed = agreed(self._asked, self._done)
        for of, names in self._taken.items():
            if not names <= allowed.get(of, frozenset()):
                raise RefusedError(Code.PACKAGE_DAMAGED, node=of.node, seq=of.seq, what="texts")


class _Missing(frozenset[str]):
    """Takes note of every name that it is asked for, and lets it pass."""

    _noted: dict[EventId, frozenset[str]]
    _of: EventId

    def __new__(cls, noted: dict[EventId, frozenset[str]], of: EventId) -> _Missing:
        made = super().__new__(cls)
        made._noted, made._of = noted, of
        return made

    def __contains__(self, name: object) -> bool:
        self._noted[self._of] = self._noted.get(self._of, frozenset()) | {str(name)}
        return True


_ANYTHING = _Missing({}, EventId("", 0))


def _prev(link: Sealed) -> str:
    try:
        return str(json.loads(link.body)["prev"])
    except (ValueError, TypeError, LookupError):
        return ""  # that it cannot be read is said when the chain is walked


def _read(link: Sealed) -> Record:
    """An event as today's program reads it: PACKAGE_TOO_NEW, PACKAGE_DAMAGED."""
    try:
        return open_sealed(link)
    except EnvironmentProblem as problem:
        if problem.code is not Code.TOO_NEW:
            raise
        raise RefusedError(Code.PACKAGE_TOO_NEW, node=link.node, seq=link.seq) from None
    except (AppProblem, ValueError, TypeError, LookupError, AttributeError):
        raise RefusedError(Code.PACKAGE_DAMAGED, node=link.node, seq=link.seq, what="content") from None
