"""What others confirmed to hold of this site's records, as short codes that a sheet of paper keeps (REQ-512).

Whoever took a package in wrote into their own chain how far this site's chains had come there, with the hash
of the last event. Printed on the monitor's record, that witnesses what the site said then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.state import KnownEndRow, NodeRow, RecipientRow
from crfapp.present.package_words import moment_words
from crfapp.present.texts import isolated

if TYPE_CHECKING:
    from crfapp.present.workplace import Workplace

SHORT = 12
"""So many signs of a hash tell chains apart on paper."""


class ConfirmedEnd(NamedTuple):
    """A chain of this site as somebody outside confirmed it last: by whom, up to which event, its short code.

    ``when`` is by the confirming clock, in the site's zone.
    """

    name: str
    seq: int
    code: str
    when: str


def confirmed_ends(at: Workplace) -> tuple[ConfirmedEnd, ...]:
    """What recipients outside the site confirmed last of this workstation's chain, by their names."""
    found = []
    for row in at.tables.find(RecipientRow):
        known = at.tables.get(KnownEndRow, row.node, at.desk.node) if row.node else None
        if known is not None and known.seq:
            told = (row.name, known.seq, known.hash[:SHORT], moment_words(at, known.at))
            found.append(ConfirmedEnd(*told))
    return tuple(sorted(found))


def confirmed_sentences(at: Workplace) -> tuple[str, ...]:
    """The same as sentences; one that says so where nobody confirmed anything yet."""
    say, found = at.texts, confirmed_ends(at)
    if not found and at.tables.find(NodeRow, sort="centre"):
        return (say("Nobody outside the site has confirmed any of its records yet."),)
    return tuple(
        say(
            "{name} confirmed {when}: records up to event {seq}, code {code}",
            name=isolated(one.name),
            when=isolated(one.when),
            seq=isolated(str(one.seq)),
            code=isolated(one.code),
        )
        for one in found
    )
