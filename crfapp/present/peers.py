"""Whom packages go to and how each of them stands: last made, sent and confirmed, and what is not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crfapp.ledger.state import NodeRow, PackageRow, RecipientRow, RouteRow
from crfapp.present.package_words import (
    moment_words,
    peer_words,
    person_words,
    profile_words,
    size_words,
    sort_words,
)
from crfapp.present.packages_view import OutboxLine, PeerLine
from crfapp.present.texts import isolated
from crfapp.work.confirmations import BY_HAND, overdue, posted
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from crfapp.present.package_desk import PackageDesk, Waiting
    from crfapp.present.texts import Texts
    from crfapp.present.workplace import Workplace
    from crfapp.work.confirmations import Posted, Silence

_ICONS = {"made": "expected", "sent": "in-progress", "confirmed": "complete"}


class Peer(NamedTuple):
    """Somebody who gets packages. ``node`` is the chain with which they confirm, empty where they do not.

    ``outside``: not a workstation or copy of this site.
    """

    peer: str
    name: str
    what: str
    fingerprint: str
    node: str
    outside: bool


def peers_of(at: Workplace) -> tuple[Peer, ...]:
    """Recipients in force, then this site's other workstations and copies."""
    say, tables = at.texts, at.tables
    found = [
        Peer(row.recipient, row.name, profile_words(row.profile, say), row.fingerprint, row.node, True)
        for row in sorted(tables.find(RecipientRow, ended=0), key=lambda row: row.name.casefold())
    ]
    found += [
        Peer(row.node, row.label, sort_words(row.sort, say), row.fingerprint, row.node, False)
        for row in sorted(tables.find(NodeRow), key=lambda row: row.label.casefold())
        if row.sort != "centre" and not row.revoked and row.node != at.desk.node
    ]
    return tuple(found)


def compares_keys(at: Workplace) -> bool:
    """Whether somebody has to do with keys: who administers proposes them, who oversees compares them."""
    return at.actor.may(Right.ADMINISTER) or at.actor.may(Right.OVERSEE)


def peer_line(at: Workplace, desk: PackageDesk, peer: Peer, waits: Waiting | None) -> PeerLine:
    """How one of them stands; ``waits`` is None until it was counted."""
    say = at.texts
    mine = [one for one in reversed(posted(at.tables, at.desk.node)) if one.row.peer == peer.peer]
    made = mine[0].row if mine else None
    sent = next((one.row for one in mine if one.row.sent), None)
    confirmed = next((one for one in mine if one.confirmed), None)
    route = at.tables.get(RouteRow, peer.peer)
    url = route.url if route is not None else ""
    nothing = say("never")
    waiting, tone = _waiting(at, peer, waits, has_any=made is not None)
    return PeerLine(
        peer=peer.peer,
        name=peer.name,
        what=peer.what,
        code=desk.code(peer.fingerprint) if compares_keys(at) else "",
        made=_told(at, made, made.made, person_words(at, made.by)) if made else nothing,
        sent=_told(at, sent, sent.sent, say("by hand") if sent.route == BY_HAND else "") if sent else nothing,
        confirmed=_confirmed_words(at, peer, confirmed),
        waiting=waiting,
        tone=tone,
        where=isolated(url) if url else say("no place is set: carried by hand"),
        route=bool(url),
        outside=peer.outside,
        alarm=silences(at).get(peer.name, "") if peer.outside else "",
    )


def outbox_lines(at: Workplace, desk: PackageDesk, most: int) -> tuple[OutboxLine, ...]:
    """The packages made on this workstation, newest first."""
    mine = sorted(
        posted(at.tables, at.desk.node), key=lambda one: (one.row.made, one.row.number), reverse=True
    )
    return tuple(outbox_line(at, desk, one) for one in mine[:most])


def outbox_line(at: Workplace, desk: PackageDesk, one: Posted) -> OutboxLine:
    """One package with how far it came."""
    say, row, size = at.texts, one.row, desk.size(one.row.package)
    return OutboxLine(
        package=row.package,
        number=isolated(str(row.number)),
        peer=peer_words(at, row.peer),
        made=moment_words(at, row.made),
        by=person_words(at, row.by),
        sent=moment_words(at, row.sent) or say("not sent yet"),
        route=route_words(row.route, say) if row.sent else "",
        confirmed=moment_words(at, one.confirmed) or say("not confirmed"),
        size=size_words(size) if size is not None else say("tidied away"),
        file=row.file,
        icon=_ICONS[one.stage],
    )


def silences(at: Workplace) -> dict[str, str]:
    """A sentence for everybody from whom nothing came back for too long, by their name (REQ-402, 806)."""
    return {one.name: _silence_words(one, at.texts) for one in overdue(at.tables, at.now.utc)}


def route_words(route: str, say: Texts) -> str:
    """Where a package was put; ``by hand`` in the person's language."""
    return say("by hand") if route == BY_HAND else isolated(route)


def _silence_words(one: Silence, say: Texts) -> str:
    if one.of == "sending":
        return say.many("Nothing was sent for {count} day.", "Nothing was sent for {count} days.", one.days)
    return say.many(
        "Nothing has come back for {count} day. Ask whether they get the packages.",
        "Nothing has come back for {count} days. Ask whether they get the packages.",
        one.days,
    )


def _told(at: Workplace, row: PackageRow, stamp: str, who: str) -> str:
    number = at.texts("package {number}", number=isolated(str(row.number)))
    return at.texts.listed((number, isolated(moment_words(at, stamp)), who))


def _confirmed_words(at: Workplace, peer: Peer, last: Posted | None) -> str:
    say = at.texts
    if not peer.node:
        return say("they read and do not confirm")
    if last is None:
        return say("never")
    number = say("package {number}", number=isolated(str(last.row.number)))
    return say.listed((number, isolated(moment_words(at, last.confirmed))))


def waiting_words(waits: Waiting, say: Texts) -> str:
    """So many events, and the subjects that they are about, if any."""
    events = say.many("{count} event", "{count} events", waits.events)
    subjects = say.many("{count} subject", "{count} subjects", waits.subjects) if waits.subjects else ""
    return say.listed((events, subjects))


def _waiting(at: Workplace, peer: Peer, waits: Waiting | None, *, has_any: bool) -> tuple[str, str]:
    say = at.texts
    if waits is None:
        return say("counting what is new"), "muted"
    if not waits.events:
        return say("Everything is confirmed.") if peer.node else say("Everything is in a package."), "ok"
    told = waiting_words(waits, say)
    if not peer.node:
        return say("New: {what}", what=told), "text"
    return say("Not confirmed: {what}", what=told), "warn" if has_any else "text"
