"""Events as the lines of ``events.jsonl``: the record that a package carries (REQ-809)."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from crfapp.base.canonical import sha256
from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.base.told import told_json
from crfapp.ledger.chain import Sealed, first_break, open_sealed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from crfapp.ledger.chain import Body
    from crfapp.ledger.events import Stretch
    from crfapp.ledger.keys import EventId

LONGEST_LINE = 32 << 20
"""No answer comes near it; what is longer is no event of this program."""


def line_of(link: Sealed) -> bytes:
    """One event in one line. ``body`` and ``told`` stay the very texts that were hashed."""
    told = link._asdict() | {"body": link.body.decode(), "told": link.told.decode()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def link_of(line: bytes) -> Sealed:
    """Read a line; PACKAGE_DAMAGED where it is not one."""
    try:
        told = told_json(line.decode())
        link = Sealed(**told)
        whole = link._replace(body=link.body.encode(), told=link.told.encode())  # type: ignore[attr-defined]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="event") from None
    if not all(isinstance(text, str) for text in (link.node, link.hash, link.kind, link.at)):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="event")
    if type(link.seq) is not int or not isinstance(link.subject, str | None):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="event")
    return whole


def read_links(file: BinaryIO) -> Iterator[Sealed]:
    """The events of a file one by one; PACKAGE_DAMAGED, or PACKAGE_TOO_LARGE for a line without end."""
    while line := file.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            code = Code.PACKAGE_TOO_LARGE if len(line) == LONGEST_LINE else Code.PACKAGE_DAMAGED
            raise RefusedError(code, why="event")
        yield link_of(line)


def check_hashes(links: Iterator[Sealed], stretches: Sequence[Stretch]) -> None:
    """Whether these are the events that were written: each with its hash, each stretch to its end.

    For who has just written them; whoever gets them looks closer (:func:`check_links`). PACKAGE_DAMAGED.
    """
    for stretch in stretches:
        last = (stretch.first - 1, "")
        for link in islice(links, stretch.last - stretch.first + 1):
            if (link.node, link.seq, link.hash) != (stretch.node, last[0] + 1, sha256(link.body)):
                raise RefusedError(Code.PACKAGE_DAMAGED, why="events", node=stretch.node)
            last = (link.seq, link.hash)
        if last != (stretch.last, stretch.hash):
            raise RefusedError(Code.PACKAGE_DAMAGED, why="events", node=stretch.node)
    if next(links, None) is not None:
        raise RefusedError(Code.PACKAGE_DAMAGED, why="events")


def check_links(links: Iterator[Sealed], stretches: Sequence[Stretch]) -> None:
    """Compare what is there with what was announced: each stretch whole, in order, and sound in itself.

    Told texts may be missing; that a stretch follows what is known here is for whoever takes it in.
    PACKAGE_DAMAGED, and PACKAGE_TOO_NEW for an event that this program does not know yet.
    """
    for stretch in stretches:
        if _last_of(links, stretch) != (stretch.last, stretch.hash):
            raise RefusedError(Code.PACKAGE_DAMAGED, why="events", node=stretch.node)
    if next(links, None) is not None:
        raise RefusedError(Code.PACKAGE_DAMAGED, why="events")


def _last_of(links: Iterator[Sealed], stretch: Stretch) -> tuple[int, str]:
    """Where the links of a stretch come to, each of them looked at."""
    last, witness = (stretch.first - 1, ""), _Lenient()
    for link in islice(links, stretch.last - stretch.first + 1):
        if link.node != stretch.node:
            return last
        start = (last[0], last[1] or _before(link))
        broken = first_break((link,), start, witness)
        if broken is not None:
            raise RefusedError(Code.PACKAGE_DAMAGED, why=broken.what, node=link.node, seq=link.seq)
        _refuse_unreadable(link)
        last = (link.seq, link.hash)
    return last


def _before(link: Sealed) -> str:
    try:
        return str(told_json(link.body)["prev"])
    except (ValueError, TypeError, LookupError, RecursionError):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="event") from None


def _refuse_unreadable(link: Sealed) -> None:
    try:
        open_sealed(link)
    except EnvironmentProblem:
        raise RefusedError(Code.PACKAGE_TOO_NEW, kind=link.kind) from None
    except (ValueError, TypeError, LookupError, AttributeError):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="event", node=link.node, seq=link.seq) from None


class _AnyName(frozenset[str]):
    def __contains__(self, _name: object) -> bool:
        return True


class _Lenient:
    """Any told text may be missing: it may have been withheld where the event was written."""

    def redacted(self, of: EventId) -> Collection[str]:  # noqa: ARG002 - a witness is asked about an event
        """Every name."""
        return _AnyName()

    def wrong_with(self, link: Sealed, body: Body) -> str | None:  # noqa: ARG002 - as above
        """Nothing beyond what the chain shows."""
        return None
