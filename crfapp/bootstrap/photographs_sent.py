"""Which photographs each peer of this workstation has: what was sent and confirmed, or came from them.

It is a note and no record: what a package held stands in its manifest, and the ledger counts it. Where the
note is lost, photographs are sent once more, which costs time and nothing else.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from crfapp.base.problems import IntegrityProblem
from crfapp.base.told import told_json
from crfapp.work.confirmations import posted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.packages import Peer

_NOTE = "photographs at "


class Sent(NamedTuple):
    """How a photograph left: what was blacked out (a digest), SHA-256 and size of the file."""

    masked: str
    sha256: str
    size: int


class PhotographsSent:
    """The note about one peer, by their id."""

    def __init__(self, opened: OpenSite, peer: str) -> None:
        self._opened, self._peer = opened, peer

    def there(self, who: Peer) -> dict[str, Sent]:
        """What they have, by the original's hash.

        Of whoever writes receipts that is what they confirmed; of whoever only reads, what was sent.
        """
        told, own = self._read(), posted(self._opened.desk.tables, self._opened.desk.node)
        enough = ("confirmed",) if who.node else ("confirmed", "sent")
        has = {one.row.package for one in own if one.row.peer == self._peer and one.stage in enough}
        found = {name: Sent("", name, 0) for name in told["theirs"]}
        for package, photographs in told["packages"].items():
            if package in has:
                found |= {name: Sent(*sent) for name, sent in photographs.items()}
        return found

    def note(self, package: str, photographs: Mapping[str, Sent]) -> None:
        """A package with these was made."""
        if photographs:
            told = self._read()
            told["packages"][package] = {name: list(sent) for name, sent in photographs.items()}
            self._write(told)

    def note_theirs(self, photographs: Iterable[str]) -> None:
        """These came from them, bit for bit."""
        if new := sorted(set(photographs)):
            told = self._read()
            told["theirs"] = sorted({*told["theirs"], *new})
            self._write(told)

    def _read(self) -> dict[str, Any]:
        """``packages`` by id, each the photographs in it; ``theirs``: what they had first."""
        empty: dict[str, Any] = {"packages": {}, "theirs": []}
        try:
            kept = self._opened.store.safe.kept(_NOTE + self._peer)
            return {**empty, **told_json(kept)} if kept else empty
        except (IntegrityProblem, ValueError):
            return empty

    def _write(self, told: dict[str, Any]) -> None:
        self._opened.store.safe.keep(_NOTE + self._peer, json.dumps(told))
