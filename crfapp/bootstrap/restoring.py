"""A site put to work again out of a copy on a new machine: copy, vault, and a password, sheet or shares.

The workstation goes on under a new name, so that no number that was given after the copy is ever given again
(REQ-902). What the copy lacks is named by what others confirmed, and healed by a package of theirs.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, IntegrityProblem, RefusedError
from crfapp.bootstrap.backups import missing_of, sha256_of
from crfapp.bootstrap.founding import refuse_occupied
from crfapp.bootstrap.older_copy import name_again
from crfapp.bootstrap.sites import OpenSite
from crfapp.ledger.state import PhotographRow
from crfapp.store.copy_place import CopyPlace
from crfapp.store.rebuild import refuse_differences
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore, data_key_of
from crfapp.work.backups import NoteRestore

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.store.copy_place import How, KeyInHand
    from crfapp.store.photographs import Kept
    from crfapp.work.ports import Clock


@dataclass(frozen=True, slots=True)
class Restored:
    """A site that works again. ``missing``: (chain, last event here, last one known), by chains that ended.

    ``lost`` are photographs on record that did not lie beside the copy.
    """

    file: str
    how: How
    events: int
    node: str
    photographs: int
    missing: tuple[tuple[str, int, int], ...]
    lost: tuple[str, ...]


class _Copied(NamedTuple):
    place: CopyPlace
    copy: Path
    how: How
    clock: Clock


def restore(
    folder: Path, target: Path, key: KeyInHand, clock: Clock, *, reason: str, name: str = ""
) -> Restored:
    """Put the copy ``name`` of a folder (the newest where empty) to work in an empty folder.

    NO_COPY_THERE, WRONG_LOGIN, WRONG_RECOVERY and the like; SITE_EXISTS, FOLDER_REFUSED; COPY_NOT_SOUND and
    what is wrong with the copy; NOT_ALLOWED where ``key.login`` is no administrator, REASON_NEEDED. Nothing
    is left of a folder that failed.
    """
    refuse_occupied(target)
    place = CopyPlace.find(folder)
    copy = place.chosen(name)
    data_key, how = place.open(key)
    site = SiteFolder.create(target, place.card)  # from here on the folder is ours to take away
    try:
        place.unpack(copy, site)
        store = SiteStore.open(site, data_key, take_older=True)
        try:
            return _begin(store, site, _Copied(place, copy, how, clock), key.login, reason)
        finally:
            store.close()
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def bring_back_photographs(opened: OpenSite, folder: Path) -> tuple[int, Kept]:
    """Put photographs that are damaged or lost here back from beside a copy; how many, and how all stand now.

    NO_COPY_THERE; COPY_NOT_SOUND where the copies there are of another site.
    """
    place, store = CopyPlace.find(folder), opened.store
    if place.card.site != store.folder.card.site:
        raise RefusedError(Code.COPY_NOT_SOUND)
    on_record = {row.photograph for row in opened.desk.tables.find(PhotographRow)}
    beside, back = place.photographs(data_key_of(store)), 0
    before = store.photographs.verify(on_record)
    for photograph in (*before.changed, *before.lost):
        if not beside.has_original(photograph):
            continue
        with suppress(IntegrityProblem):  # it is damaged there too
            store.photographs.keep(beside.read(photograph))
            back += 1
    return back, store.photographs.verify(on_record)


def _begin(store: SiteStore, site: SiteFolder, copied: _Copied, login: str, reason: str) -> Restored:
    """Verify what was unpacked, and go on from it under a new name."""
    found = store.verify()
    found.refuse_breaks()
    refuse_differences(store.compare())
    former = store.workstation.node
    store.begin_chain()
    opened = OpenSite.at_work(store, site, copied.clock)
    lost = tuple((cut.node, cut.has, cut.known) for cut in found.cuts)
    command = NoteRestore(
        file=copied.copy.name,
        sha256=sha256_of(copied.copy),
        how=copied.how,
        events=found.events,
        former=former,
        last=next((end.seq for end in found.heads if end.node == former), 0),
        lost=lost,
        reason=reason,
    )
    opened.bus.send(command, opened.actor(login))
    name_again(opened, login, former)
    opened.gate.note_given()
    kept = _bring_photographs(opened, copied.place)
    store.take_as_it_is()
    missing = {one[0]: one for one in (*missing_of(opened), *lost)}
    counts = (found.events, opened.desk.node, kept.photographs, tuple(missing.values()))
    return Restored(copied.copy.name, copied.how, *counts, (*kept.changed, *kept.lost))


def _bring_photographs(opened: OpenSite, place: CopyPlace) -> Kept:
    store = opened.store
    place.photographs(data_key_of(store)).back_up_to(store.folder.photos)
    return store.photographs.verify({row.photograph for row in opened.desk.tables.find(PhotographRow)})
