"""Going on from an older copy of a site: an administrator says so, and a new chain begins."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.backups import sha256_of
from crfapp.bootstrap.node_keys import node_key
from crfapp.bootstrap.sites import OpenSite
from crfapp.cli.parts import ChainReport
from crfapp.ledger.state import NodeRow
from crfapp.store.rebuild import refuse_differences
from crfapp.store.site_store import SiteStore
from crfapp.work.backups import NoteRestore
from crfapp.work.nodes import RegisterNode

if TYPE_CHECKING:
    from crfapp.store.site_folder import SiteFolder
    from crfapp.work.ports import Clock


def go_on_from_copy(
    folder: SiteFolder, data_key: bytes, login: str, reason: str, clock: Clock
) -> ChainReport:
    """Take an older copy as it is; the report names what is missing from it.

    The copy must be sound in itself: CHAIN_BROKEN and TABLES_DIFFER otherwise. NOT_WAITING where nothing is
    missing, NOT_ALLOWED for anybody but an administrator, REASON_NEEDED: then everything is as it was. The
    workstation goes on under a new name, so that no number of a lost event is ever given again.
    """
    digest = sha256_of(folder.ledger)
    store = SiteStore.open(folder, data_key, take_older=True)
    try:
        found = store.verify()
        found.refuse_breaks()
        refuse_differences(store.compare())
        before = store.workstation.node
        store.begin_chain()
        opened = OpenSite.at_work(store, folder, clock)
        lost = tuple((cut.node, cut.has, cut.known) for cut in found.cuts)
        if not lost:
            raise RefusedError(Code.NOT_WAITING)
        last = next((end.seq for end in found.heads if end.node == before), 0)
        command = NoteRestore(
            file=folder.ledger.name,
            sha256=digest,
            how="password",
            events=found.events,
            former=before,
            last=last,
            lost=lost,
            reason=reason,
        )
        opened.bus.send(command, opened.actor(login))
        name_again(opened, login, before)
        store.take_as_it_is()
    finally:
        store.close()
    return ChainReport(
        found.chains, found.events, tuple((node, seq, what) for node, seq, what in found.wrong)
    )


def name_again(opened: OpenSite, login: str, before: str) -> None:
    """Where other workstations heard this one (``before``: its former name), they are to hear the new name.

    It is registered under the same key: by that they know whose packages these are.
    """
    row = opened.desk.tables.get(NodeRow, before)
    if row is None or row.revoked:
        return
    certificate = node_key(opened.store, opened.store.folder.card.code).certificate
    command = RegisterNode(
        node=opened.store.workstation.node,
        sort=opened.store.folder.card.sort,
        label=row.label,
        certificate=certificate.armored,
        fingerprint=certificate.fingerprint,
    )
    with suppress(RefusedError):  # no place is left: this workstation has to be invited anew
        opened.bus.send(command, opened.actor(login))
