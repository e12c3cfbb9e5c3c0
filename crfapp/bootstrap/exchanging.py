"""The workstations of a site keep each other up to date over a place that both reach (REQ-806).

One round: fetch what lies there, take it in, make a package where there is cause, lay it there, take away
what was confirmed. Every package begins where its recipient confirmed to be, so a round that was cut off
anywhere is made good by the next. Nothing here waits for anybody: what fails stands in the result.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem, Code, RefusedError
from crfapp.bootstrap.outbox import bring, clear, send, waiting
from crfapp.bootstrap.package_files import inbox_of
from crfapp.bootstrap.packing import make_package
from crfapp.bootstrap.routing import url_to
from crfapp.bootstrap.taking_in import take_in
from crfapp.bootstrap.unconfirmed import Unconfirmed, unconfirmed_by
from crfapp.exchange.whole_file import disk_named
from crfapp.ledger.state import NodeRow
from crfapp.present.other_workstations import Standing
from crfapp.store.engine import reading
from crfapp.work.cases import USE_CASES
from crfapp.work.packages import NotePackage, NoteRefused
from crfapp.work.standing import refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.work.roles import Actor

_PLACE = frozenset({Code.ROUTE_FAILS, Code.ROUTE_LOGIN, Code.HOST_UNKNOWN, Code.ROUTE_WRONG, Code.ROUTE_FULL})
"""What says something about the place, and nothing about a package."""


def exchange(opened: OpenSite, actor: Actor, *, leaving: bool = False) -> tuple[Standing, ...]:
    """One round with every other workstation that has a route; how each stands then.

    Nothing for whoever may not send or take in. ``leaving``: the program is about to be closed, so what has
    no package yet gets one. EnvironmentProblem and IntegrityProblem of this machine.
    """
    if not may_exchange(opened, actor):
        return ()
    return tuple(_round(opened, actor, peer, leaving=leaving) for peer in peers(opened))


def may_exchange(opened: OpenSite, actor: Actor) -> bool:
    """Whether somebody may send and take in; asking is not tried, and stands in no trail."""
    try:
        for command in (NotePackage, NoteRefused):
            refuse_unfit(USE_CASES[command], opened.desk, actor)
    except RefusedError:
        return False
    return True


def peers(opened: OpenSite) -> tuple[NodeRow, ...]:
    """The site's other workstations that are heard and have a route.

    One that went on from an older copy writes under a new name with the same key: the newest counts.
    """
    rows = [row for row in opened.desk.tables.find(NodeRow, sort="site") if not row.revoked]
    newest = {row.fingerprint: row for row in sorted(rows, key=lambda row: (row.place, row.registered))}
    own = {row.fingerprint for row in rows if row.node == opened.desk.node}
    return tuple(row for row in newest.values() if row.fingerprint not in own and url_to(opened, row.node))


def _round(opened: OpenSite, actor: Actor, peer: NodeRow, *, leaving: bool) -> Standing:
    """With one of them."""
    refused: Code | None = None
    try:
        refused = _take_in(opened, actor, bring(opened, actor, peer.node))
        if _unconfirmed(opened, peer.node).is_due(opened.clock.now(), leaving=leaving):
            make_package(opened, actor, peer.node)
        for row in waiting(opened):
            if row.peer == peer.node:
                send(opened, actor, row.package)
        with suppress(AppProblem):  # what stays there longer than it must harms nobody
            clear(opened, peer.node)
    except AppProblem as problem:
        state = "apart" if problem.code in _PLACE else "refused"
        changes = _unconfirmed(opened, peer.node).changes
        return Standing(peer.node, peer.label, state, changes, problem.code)  # type: ignore[arg-type]  # of two
    found = _unconfirmed(opened, peer.node)
    if refused is not None:
        return Standing(peer.node, peer.label, "refused", found.changes, refused)
    if found.unheard:
        return Standing(peer.node, peer.label, "unheard", found.changes)
    return Standing(peer.node, peer.label, "waiting" if found.changes else "same", found.changes)


def _unconfirmed(opened: OpenSite, peer: str) -> Unconfirmed:
    with reading(opened.store.engine) as db:
        return unconfirmed_by(opened, db, peer)


def _take_in(opened: OpenSite, actor: Actor, brought: Sequence[Path]) -> Code | None:
    """Take in what came, and what lies in the inbox since a round that was cut off; what was refused last."""
    refused = None
    left = {path for path in inbox_of(opened).iterdir() if path.suffix == ".pgp" and path.is_file()}
    for file in sorted(left | set(brought)):
        taken = take_in(opened, actor, file)
        refused = taken.code or refused
        with disk_named(file.parent):  # it stands in the records now, or in the quarantine
            file.unlink(missing_ok=True)
    return refused
