"""A site put into work again out of its own certified copy, in a fresh installation (REQ-911)."""

from __future__ import annotations

import hashlib
import shutil
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, IntegrityProblem, RefusedError
from crfapp.bootstrap.founding import refuse_occupied
from crfapp.bootstrap.letting_in import LettingIn
from crfapp.bootstrap.sites import LedgerReader, OpenSite
from crfapp.exchange.copy.parts import EVENTS, PHOTOGRAPHS, STUDIES
from crfapp.exchange.copy.reading import parts_of
from crfapp.exchange.package.lines import read_links
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.state import state_hash
from crfapp.ledger.state import PersonRow
from crfapp.store.engine import reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.known_ends import KnownEnds
from crfapp.store.recovery import new_secret, one_time_secret, sheet_text
from crfapp.store.site_folder import SiteCard, SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.store.tables import SqlTables
from crfapp.store.vault import Vault
from crfapp.store.workstation import WorkstationCard, begin_card

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.exchange.copy.reading import Parts
    from crfapp.store.wrapping import Cost
    from crfapp.work.ports import Clock

_TOGETHER = 500
"""Events that are appended by one statement."""


class Recommissioned(NamedTuple):
    """A site that works again: events, and the hash of its state.

    ``sheet`` is its new recovery sheet, to be kept; ``secret`` opens ``login``'s account once.
    """

    events: int
    state: str
    sheet: str
    login: str
    secret: str


def recommission(
    copy: Path, secret: str, folder: Path, login: str, clock: Clock, *, cost: Cost | None = None
) -> Recommissioned:
    """Put the site of a copy into an empty folder, under a new key, with a chain of its own from here on.

    Every event is verified, the tables are folded out of them, and their state must be the one that the copy
    was certified with. ``login`` is an administrator on the site's records: only they can come in at first,
    and give the others new passwords. COPY_SECRET_WRONG, COPY_DAMAGED, COPY_DIFFERS, UNKNOWN_PERSON or
    NOT_ALLOWED where ``login`` is no administrator there, SITE_EXISTS, FOLDER_REFUSED, CHAIN_BROKEN. Nothing
    is left of a folder that failed.
    """
    refuse_occupied(folder)
    with parts_of(copy, secret) as parts:
        try:
            events, state, sheet = _put_to_work(parts, folder, login, clock, cost)
            once = LettingIn(cost).by_sheet(folder, sheet, login, reset=True)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return Recommissioned(events, state, sheet, login, once)


def _put_to_work(
    parts: Parts, folder: Path, login: str, clock: Clock, cost: Cost | None
) -> tuple[int, str, str]:
    told, node = parts.head(), WorkstationCard.new().node
    site = SiteFolder.create(folder, SiteCard(told["site"], told["study"], told["code"], joined=node))
    begin_card(folder, node)
    vault, data_key = Vault.create(folder, told["site"], cost)
    sheet = new_secret()
    store = SiteStore.create(site, data_key)
    try:
        events = _append(store, parts)
        _keep_photographs(store, parts)
        store.rebuild()
        if store.ledger.tables.get(PersonRow, login) is None:
            raise RefusedError(Code.UNKNOWN_PERSON)
        vault.add(login, one_time_secret(), data_key)
        vault.set_recovery(sheet, data_key)
        opened = OpenSite.at_work(store, site, clock)
        opened.gate.note_given()
        with reading(store.engine) as db:
            state = state_hash(Snapshot(SqlTables(db), LedgerReader(store, db)), opened.desk.study)
        if state != parts.state():
            raise IntegrityProblem(Code.COPY_DIFFERS)
        KnownEnds(site).begin()
    finally:
        store.close()
    return events, state, sheet_text(sheet)


def _keep_photographs(store: SiteStore, parts: Parts) -> None:
    """The originals, sealed under the new key."""
    for name in parts.names():
        if name.startswith(PHOTOGRAPHS):
            store.photographs.keep(parts.read(name))


def _append(store: SiteStore, parts: Parts) -> int:
    """Keep the study versions and append every chain; how many events."""
    log, count = EventLog(), 0
    for name in parts.names():
        if name.startswith(STUDIES):
            content = parts.read(name)
            store.ledger.keep_content(hashlib.sha256(content).hexdigest(), content)
    with writing(store.engine) as db, parts.open(EVENTS) as file:
        found = read_links(file)
        while links := list(islice(found, _TOGETHER)):
            log.append(db, links)
            count += len(links)
    return count
