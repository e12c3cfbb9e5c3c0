"""Making a package at an open site: for a recipient, for another workstation, or as the answer to the site.

One snapshot is packed, encrypted to whoever two people agreed on, opened again in a test, and put on record;
only then it lies in the outbox under its name. Nothing leaves the workstation here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crfapp.base.problems import EnvironmentProblem
from crfapp.bootstrap.copying import copy_first
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.package_content import Place, Sending
from crfapp.bootstrap.package_files import outbox_of, package_name
from crfapp.bootstrap.photographs_sent import PhotographsSent
from crfapp.exchange.openpgp import read_certificate
from crfapp.exchange.package.scratch import sweep
from crfapp.exchange.package.writing import write_package
from crfapp.exchange.profiles import MONITOR, REPLY, WORKSTATION, profile_of
from crfapp.exchange.whole_file import give_name
from crfapp.ledger.state import NodeRow
from crfapp.store.engine import reading
from crfapp.work.cases import USE_CASES
from crfapp.work.packages import NotePackage, Peer, last_package, peer_of
from crfapp.work.standing import refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crfapp.bootstrap.photographs_sent import Sent
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.openpgp import Certificate, SecretKey
    from crfapp.exchange.package.ports import Photograph, View
    from crfapp.exchange.package.writing import Packed
    from crfapp.exchange.profiles import Profile
    from crfapp.ledger.events import Sort
    from crfapp.work.roles import Actor


@dataclass(frozen=True, slots=True)
class Made:
    """A package that lies in the outbox. ``code`` is the short one of whom it is encrypted to (REQ-810)."""

    package: str
    path: Path
    number: int
    recipient: str
    code: str
    sha256: str
    events: int
    bytes: int


def heard_here(opened: OpenSite, key: SecretKey) -> list[NodeRow]:
    """The chains that are heard here, with this workstation's own, whether or not it is on record."""
    node, own = opened.store.workstation.node, key.certificate
    rows = [row for row in opened.desk.tables.find(NodeRow) if row.node != node]
    sort = opened.store.folder.card.sort
    return [*rows, NodeRow(node, sort, "", own.armored, own.fingerprint, -1, 0, "")]


def make_package(
    opened: OpenSite,
    actor: Actor,
    peer: str,
    *,
    full: bool = False,
    photographs: Sequence[Photograph] = (),
    views: Sequence[View] = (),
) -> Made:
    """Make the next package to somebody, by the id of a recipient or workstation. ``views`` travel inside it.

    Before data leave the site, it gets a certified copy of its own where it has none of this very state
    (REQ-503).

    NOT_ALLOWED and whatever else says that the actor may not; what :func:`crfapp.work.packages.peer_of` says;
    CERTIFICATE_WRONG where theirs cannot be used any more; DISK_FULL and the like; IntegrityProblem
    COPY_DIFFERS where it did not open again. Nothing is left then, and nothing on record.
    """
    refuse_unfit(USE_CASES[NotePackage], opened.desk, actor)
    who = peer_of(opened.desk.tables, peer)
    profile = profile_for(opened.store.folder.card.sort, who)
    if profile.outside:
        copy_first(opened, actor)
    certificate = read_certificate(who.certificate.encode(), opened.clock.now())
    number, previous = last_package(opened.desk.tables, opened.store.workstation.node, peer)
    place = Place(who, profile, number + 1, previous, full, photographs, views)
    packed, part, sent = _packed(opened, actor, place, certificate)
    path = part.with_name(package_name(opened, who.node or who.id, number + 1))
    try:
        give_name(part, path)
        _note(opened, actor, packed, path, sent)
    except BaseException:
        with suppress(OSError):  # what is not on record was not made
            part.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
        raise
    return _made(packed, path, who, certificate)


def _made(packed: Packed, path: Path, who: Peer, to: Certificate) -> Made:
    made = packed.manifest
    return Made(made.package, path, made.number, who.name, to.code, packed.sha256, made.events, packed.size)


def profile_for(sort: Sort, who: Peer) -> Profile:
    """What somebody gets, by where it is made (``sort``) and by who they are."""
    if sort != "site":
        return REPLY
    if who.profile:
        return profile_of(who.profile)
    return MONITOR if who.sort == "monitor" else WORKSTATION


def _packed(
    opened: OpenSite, actor: Actor, place: Place, to: Certificate
) -> tuple[Packed, Path, Mapping[str, Sent]]:
    """What was written out of one snapshot, under which passing name, and the photographs in it."""
    folder = outbox_of(opened)
    sweep(folder)
    key = node_key(opened.store, opened.store.folder.card.code)
    with reading(opened.store.engine) as db:
        sending = Sending(opened, db, actor, place)
        part = folder / f".{sending.package}.part"
        packed = write_package(sending.packing(), part, to=(to,), signer=key, plain=folder)
        return packed, part, sending.photographs_sent


def _note(
    opened: OpenSite, actor: Actor, packed: Packed, path: Path, photographs: Mapping[str, Sent]
) -> None:
    made = packed.manifest
    command = NotePackage(
        package=made.package,
        peer=made.peer,
        fingerprint=made.to[0],
        number=made.number,
        previous=made.previous,
        file=path.name,
        sha256=packed.sha256,
        full=made.full,
        stretches=made.stretches,
        photographs=made.photographs,
        state=made.state,
    )
    opened.bus.send(command, actor)
    with suppress(EnvironmentProblem):  # what was not noted is sent once more
        PhotographsSent(opened, made.peer).note(made.package, photographs)
