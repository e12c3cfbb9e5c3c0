"""Another workstation of a site, or somebody's own copy: inviting it here, and beginning it there (REQ-214).

The first workstation makes everything that is secret about the new one and hands it over in a file that one
code opens. The new one begins with a copy of the records as they stood, proven before they count, and says so
in the first event of its own chain.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crfapp.base.passwords import password_problem
from crfapp.base.problems import AppProblem, Code, EnvironmentProblem, RefusedError
from crfapp.base.times import utc_stamp
from crfapp.base.told import told_json
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.founding import refuse_occupied
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.photographs_sent import PhotographsSent
from crfapp.bootstrap.sites import OpenSite
from crfapp.bootstrap.withheld_copy import write_withheld
from crfapp.exchange.openpgp import new_key, short_code
from crfapp.ledger.state import NodeRow, PersonRow
from crfapp.store.durable_files import named_disk_failures, sync_folder, write_durably
from crfapp.store.invitation import LEDGER, Invitation, write_invitation
from crfapp.store.known_ends import KnownEnds
from crfapp.store.machine import MachineNotes
from crfapp.store.node_key import keep_node_key
from crfapp.store.rebuild import refuse_differences
from crfapp.store.recovery import one_time_secret
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore, data_key_of
from crfapp.store.vault import FILE, Vault, copy_for, entries_of
from crfapp.store.workstation import WorkstationCard, begin_card
from crfapp.store.wrapping import Cost, PasswordWrapping
from crfapp.work.joining import TakeInvitation
from crfapp.work.nodes import RegisterNode, RevokeNode
from crfapp.work.recipients import SetRoute, checked_url
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.exchange.openpgp import SecretKey
    from crfapp.store.invitation import InvitationFile
    from crfapp.work.ports import Clock
    from crfapp.work.roles import Actor

_OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was made: its file, the code that opens it, shown once, and the new workstation.

    ``short_code`` is that of the new workstation's key, as it stands in the list of workstations.
    """

    file: Path
    code: str
    node: str
    label: str
    short_code: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who begins a workstation, with the password they have at the site.

    ``new`` is the one that is to open their own copy from now on; empty at a workstation of the site.
    """

    login: str
    password: str
    new: str = ""


def invite(
    opened: OpenSite, actor: Actor, target: Path, label: str, *, copy_of: str = "", route: str = ""
) -> Invited:
    """Register another workstation of the site, and write the invitation that makes it.

    ``copy_of`` is the login of a monitor or auditor whose own copy it is to be. ``route`` is the place over
    which both exchange from the beginning; without, it is set on both later. NOT_ALLOWED for whoever does
    not administer, NOT_NAMED, NODES_FULL, EXPORT_EXISTS, COPY_NEEDS_KEY, UNKNOWN_PERSON, DISK_FULL.
    """
    if target.exists():
        raise RefusedError(Code.EXPORT_EXISTS, file=target.name)
    checked_url(route)
    if copy_of:
        _refuse_no_copy(opened, copy_of)
    register_this(opened, actor)
    node, key = WorkstationCard.new().node, new_key(label.strip() or "-")
    command = RegisterNode(
        node=node,
        sort="monitor" if copy_of else "site",
        label=label,
        certificate=key.certificate.armored,
        fingerprint=key.certificate.fingerprint,
    )
    opened.bus.send(command, actor)
    code = one_time_secret()
    try:
        if route:
            opened.bus.send(SetRoute(peer=node, url=route), actor)
        _write(opened, target, code, _inside(opened, command, key, copy_of))
        if not copy_of:
            PhotographsSent(opened, node).note_theirs(opened.photographs.names())
    except AppProblem:
        with suppress(AppProblem):  # nobody can come under a name whose invitation was never written
            opened.bus.send(RevokeNode(node=node, reason="its invitation could not be written"), actor)
        raise
    return Invited(target, code, node, label.strip(), short_code(key.certificate.fingerprint))


def _inside(opened: OpenSite, new: RegisterNode, key: SecretKey, copy_of: str) -> Invitation:
    """What the invitation holds, besides the records."""
    store = opened.store
    card, own = store.folder.card, data_key_of(store)
    return Invitation(
        card=SiteCard(card.site, card.study, card.code, new.node, new.sort),
        label=new.label.strip(),
        login=copy_of,
        data_key=os.urandom(len(own)) if copy_of else own,
        vault=_vault_for(opened, copy_of),
        key=key.armored,
        package=f"invitation-{new.node}",
        sender=store.workstation.node,
        made_at=utc_stamp(opened.clock.now()),
    )


def register_this(opened: OpenSite, actor: Actor) -> None:
    """Put this workstation itself on record, with its certificate, where it is not yet."""
    store = opened.store
    node = store.workstation.node
    if opened.desk.tables.get(NodeRow, node) is not None:
        return
    key = node_key(store, store.folder.card.code)
    command = RegisterNode(
        node=node,
        sort="site",
        label=opened.desk.site.name,
        certificate=key.certificate.armored,
        fingerprint=key.certificate.fingerprint,
    )
    opened.bus.send(command, actor)


def join(
    invitation: InvitationFile, folder: Path, who: Newcomer, clock: Clock, *, cost: Cost | None = None
) -> SiteDoor:
    """Begin the workstation that an opened invitation makes, in an empty folder, for whoever has a password.

    INVITATION_WRONG, INVITATION_USED, WRONG_LOGIN, SITE_EXISTS, FOLDER_REFUSED, CHAIN_BROKEN, TABLES_DIFFER,
    DISK_FULL, and what is wrong with a new password. The folder appears whole, or not at all.
    """
    inside = invitation.inside
    notes = MachineNotes(inside.card.notes)
    if notes.read().get(_OPENED):
        raise RefusedError(Code.INVITATION_USED, node=inside.node)
    folder = folder.resolve()
    refuse_occupied(folder)
    part = folder.with_name(f".{folder.name}.joining")
    shutil.rmtree(part, ignore_errors=True)  # of a joining that was killed: nothing of it ever counted
    try:
        _begin(invitation, part, who, clock, cost or Cost())
        with named_disk_failures(folder):
            if folder.exists():
                folder.rmdir()
            part.replace(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    # it stands: what fails from here on undoes nothing, and a fork is named when it shows
    with suppress(OSError):
        sync_folder(folder.parent)
    with suppress(EnvironmentProblem):
        notes.write({_OPENED: True})
    return SiteDoor(folder, clock, cost=cost)


def _begin(invitation: InvitationFile, part: Path, who: Newcomer, clock: Clock, cost: Cost) -> None:
    """Everything that belongs into the folder, and the first event of its chain."""
    inside = invitation.inside
    folder = SiteFolder.create(part, inside.card)
    if inside.login:
        _own_vault(inside, part, who, cost)
        data_key = inside.data_key
    else:
        write_durably(part / FILE, inside.vault)
        data_key = Vault.load(part, cost).open(who.login, who.password)
    begin_card(part, inside.node)
    keep_node_key(part, data_key, inside.key)
    invitation.unpack(part)
    KnownEnds(folder).begin()
    store = SiteStore.open(folder, data_key)
    try:
        store.verify().refuse_breaks()
        refuse_differences(store.compare())
        opened = OpenSite.at_work(store, folder, clock)
        opened.gate.note_given()
        told = {"package": inside.package, "sender": inside.sender, "made_at": inside.made_at}
        opened.bus.send(TakeInvitation(**told, sha256=invitation.sha256), opened.actor(who.login))
        PhotographsSent(opened, inside.sender).note_theirs(opened.photographs.names())
    finally:
        store.close()


def _own_vault(inside: Invitation, part: Path, who: Newcomer, cost: Cost) -> None:
    if who.login != inside.login:
        raise RefusedError(Code.WRONG_LOGIN)
    weak = password_problem(who.new, forbidden=(inside.card.study, inside.card.code, inside.login))
    if weak is None and who.new == who.password:
        weak = Code.PASSWORD_TOO_COMMON
    if weak is not None:
        raise RefusedError(weak)
    entry = PasswordWrapping.from_json(told_json(inside.vault))
    copy_for(part, inside.card.site, inside.data_key, entry, (who.password, who.new), cost=cost)


def _refuse_no_copy(opened: OpenSite, login: str) -> None:
    row = opened.desk.tables.get(PersonRow, login)
    if row is None or row.ended or row.role not in (Role.MONITOR, Role.AUDITOR):
        raise RefusedError(Code.UNKNOWN_PERSON)
    if not opened.gate.vault().public_key(login):
        raise RefusedError(Code.COPY_NEEDS_KEY, login=login)


def _vault_for(opened: OpenSite, copy_of: str) -> bytes:
    vault = opened.gate.vault()
    if not copy_of:
        return (opened.store.folder.path / FILE).read_bytes()
    [entry] = [entry for entry in entries_of(vault) if entry.login == copy_of]
    return json.dumps(entry.without_data_key().as_json()).encode()


def _write(opened: OpenSite, target: Path, code: str, inside: Invitation) -> None:
    """With the database as it is to begin with, and the photographs."""
    store = opened.store
    with named_disk_failures(target), TemporaryDirectory(dir=store.folder.path, prefix=".inviting-") as made:
        copy, photos = Path(made) / LEDGER, store.photographs.files()
        if inside.login:
            write_withheld(opened, inside.card, inside.data_key, copy)
            photos = []  # under the site's key; those that may leave come with the first package
        else:
            store.backup_to(copy)
        write_invitation(
            target,
            code,
            inside,
            {LEDGER: copy, **{f"photos/{photo.name}": photo for photo in photos}},
            cost=opened.gate.cost or Cost(),
        )
