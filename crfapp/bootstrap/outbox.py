"""Packages on their way: sent over their route or carried by hand, replies fetched, and what may be tidied.

Nothing that is not confirmed is ever taken away, whoever made it and whatever became of that person's
account (REQ-806). Files lie in ``outbox`` and ``inbox`` of the site's folder, encrypted as they were made.
"""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import count, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.base.routes import read_address
from crfapp.base.told import told_json
from crfapp.bootstrap.package_files import inbox_of, is_for, outbox_of
from crfapp.bootstrap.routing import route_to, url_to
from crfapp.exchange.transport import Laid, Route, fetch, look, put, take_back
from crfapp.exchange.transport.laying import digest_of
from crfapp.ledger.speaking import centre_node
from crfapp.ledger.state import CentreSiteRow, NodeRow, PackageRow, RecipientRow
from crfapp.store.centre import mark_of
from crfapp.store.durable_files import named_disk_failures, write_durably
from crfapp.work.cases import USE_CASES
from crfapp.work.confirmations import BY_HAND, posted
from crfapp.work.packages import NoteSent
from crfapp.work.standing import refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.roles import Actor

_FETCHED = ".fetched.json"
KEPT = 3
"""So many confirmed packages for each recipient stay at hand."""


def waiting(opened: OpenSite) -> list[PackageRow]:
    """What this workstation made, nobody sent, and has a route to somebody who is still in force."""
    found: list[PackageRow] = []
    for one in posted(opened.desk.tables, opened.desk.node):
        if one.stage == "made" and url_to(opened, one.row.peer):
            with suppress(RefusedError):
                _refuse_ended(opened, one.row.peer)
                found.append(one.row)
    return found


def send(opened: OpenSite, actor: Actor, package: str) -> Laid:
    """Put a package on its route, then record it, then tidy away what was confirmed long ago.

    After a crash between the two the file is found there the next time, and only recorded. OUTBOX_DIFFERS,
    NO_ROUTE, and what :func:`crfapp.exchange.transport.put` raises; then nothing is recorded and everything
    stays.
    """
    row, file = _ready(opened, actor, package)
    route = route_to(opened, row.peer)
    laid = put(file, route)
    _note(opened, actor, row, url_to(opened, row.peer))
    with suppress(AppProblem):
        tidy(opened)
    return laid


def carry(opened: OpenSite, actor: Actor, package: str, folder: Path) -> Path:
    """Copy a package into a folder that somebody will carry, and record it; where the copy lies."""
    row, file = _ready(opened, actor, package)
    put(file, Route(read_address(str(folder))))
    _note(opened, actor, row, BY_HAND)
    return folder / file.name


def replies(
    opened: OpenSite, actor: Actor, peer: str, wanted: Callable[[str], bool] | None = None
) -> tuple[str, ...]:
    """The names that are new on a peer's route: none of our own, none that was fetched before.

    In a place where several look, what says by its name that it is for somebody else is left there;
    ``wanted`` decides so at a centre, which no file names by its chain.
    """
    _refuse_unfit(opened, actor)
    own = {row.file for row in opened.desk.tables.find(PackageRow)}
    known = own | set(_fetched(opened).get(peer, []))
    there, names = look(route_to(opened, peer)), _own_names(opened)
    ours = wanted or (lambda name: is_for(name, names))
    return tuple(name for name in there if name not in known and ours(name))


def bring(
    opened: OpenSite, actor: Actor, peer: str, wanted: Callable[[str], bool] | None = None
) -> tuple[Path, ...]:
    """Fetch what is new into the inbox, see :func:`replies`; nothing is taken in by this."""
    folder, route, brought = inbox_of(opened), route_to(opened, peer), list[Path]()
    for name in replies(opened, actor, peer, wanted):
        target = _free(folder, name)
        fetch(name, route, target)
        brought.append(target)
        known = _fetched(opened)
        known[peer] = [*known.get(peer, []), name]
        write_durably(folder / _FETCHED, json.dumps(known).encode())
    return tuple(brought)


def clear(opened: OpenSite, peer: str) -> tuple[str, ...]:
    """Take away from a peer's route what this workstation laid there and the peer confirmed; the names.

    Of files of others, and of what nobody confirmed, nothing is touched.
    """
    own = posted(opened.desk.tables, opened.desk.node)
    confirmed = {one.row.file for one in own if one.stage == "confirmed" and one.row.peer == peer}
    return take_back(confirmed, route_to(opened, peer)) if confirmed else ()


def tidy(opened: OpenSite) -> tuple[str, ...]:
    """Take away packages that this workstation made and that are confirmed, but for the newest of each peer.

    The names of what went. What was made, sent or carried and is not confirmed stays for ever.
    """
    gone: list[str] = []
    own = [one for one in posted(opened.desk.tables, opened.desk.node) if one.stage == "confirmed"]
    for _, same in groupby(own, key=lambda one: one.row.peer):
        for one in list(same)[:-KEPT]:
            file = outbox_of(opened) / one.row.file
            if file.is_file():
                with named_disk_failures(file):
                    file.unlink()
                gone.append(one.row.file)
    return tuple(gone)


def _own_names(opened: OpenSite) -> frozenset[str]:
    """The name of this chain, and those before work went on from an older copy: the key is the same.

    A centre has one for each of its sites.
    """
    tables, node = opened.desk.tables, opened.desk.node
    own = tables.get(NodeRow, node)
    same = () if own is None else tables.find(NodeRow, fingerprint=own.fingerprint)
    names = {node, *(row.node for row in same)}
    if sites := tables.find(CentreSiteRow):
        centre = mark_of(opened.store.folder.path).centre
        names |= {centre_node(centre, row.site) for row in sites}
    return frozenset(names)


def _ready(opened: OpenSite, actor: Actor, package: str) -> tuple[PackageRow, Path]:
    """A package that may be sent by this person, and its file as it was made."""
    _refuse_unfit(opened, actor)
    row = opened.desk.tables.get(PackageRow, package)
    if row is None:
        raise RefusedError(Code.PACKAGE_UNKNOWN)
    _refuse_ended(opened, row.peer)
    file = outbox_of(opened) / row.file
    if not file.is_file() or digest_of(file) != row.sha256:
        raise RefusedError(Code.OUTBOX_DIFFERS, file=row.file)
    return row, file


def _refuse_unfit(opened: OpenSite, actor: Actor) -> None:
    """Whoever could not record that it was sent does not send it."""
    refuse_unfit(USE_CASES[NoteSent], opened.desk, actor)


def _refuse_ended(opened: OpenSite, peer: str) -> None:
    tables = opened.desk.tables
    recipient, node = tables.get(RecipientRow, peer), tables.get(NodeRow, peer)
    if recipient is not None and recipient.ended:
        raise RefusedError(Code.RECIPIENT_UNKNOWN)
    if node is not None and node.revoked:
        raise RefusedError(Code.NODE_REVOKED)


def _note(opened: OpenSite, actor: Actor, row: PackageRow, route: str) -> None:
    if not row.sent or row.route != route:
        opened.bus.send(NoteSent(package=row.package, route=route), actor)


def _fetched(opened: OpenSite) -> dict[str, list[str]]:
    """What was fetched from each peer; forgetting it costs fetching once more."""
    with suppress(OSError, ValueError):
        found: dict[str, list[str]] = told_json((inbox_of(opened) / _FETCHED).read_bytes())
        return found
    return {}


def _free(folder: Path, name: str) -> Path:
    """A name in the inbox that nothing has yet."""
    stem, suffix = Path(name).stem, Path(name).suffix
    tries = (folder / (f"{stem}-{n}{suffix}" if n else name) for n in count())
    return next(file for file in tries if not file.exists())
