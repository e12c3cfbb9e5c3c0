"""A second place for copies of a site: a stick, another disk, a share (REQ-901).

There lies everything a new machine needs: the newest copies, the photographs, the vault with everybody's
wrapped key, and what this workstation is known by. Nothing in it opens without a password, the recovery
sheet or shares of the key. Where the place is stays with the workstation (:mod:`crfapp.store.safe`).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.store.backup import bring_to
from crfapp.store.durable_files import PRIVATE_FOLDER, named_disk_failures, write_durably
from crfapp.store.node_key import FILE as NODE_KEY
from crfapp.store.safe import FOLDER as SECRETS
from crfapp.store.site_folder import CARD
from crfapp.store.site_store import data_key_of
from crfapp.store.vault import FILE as VAULT
from crfapp.store.workstation import FILE as WORKSTATION

if TYPE_CHECKING:
    from crfapp.store.site_store import SiteStore

BESIDE = (CARD, VAULT, WORKSTATION, NODE_KEY)
"""Files that a restore needs beside the copy of the database."""
_NAME = "second place for copies"


def second_place(store: SiteStore) -> Path | None:
    """The folder that was set for copies of this workstation; None where none is."""
    kept = store.safe.kept(_NAME)
    return Path(kept) if kept else None


def set_second_place(store: SiteStore, folder: Path | None) -> None:
    """Keep the folder for copies, or forget it; nothing that lies in it is touched.

    PLACE_WITHIN where it lies in the site's own folder; FOLDER_REFUSED where it is not there or cannot be
    written.
    """
    if folder is None:
        store.safe.forget(_NAME)
        return
    place = folder.expanduser().resolve()
    if place.is_relative_to(store.folder.path.resolve()):
        raise RefusedError(Code.PLACE_WITHIN)
    own = place / own_name(store)
    try:
        own.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        probe = own / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        raise EnvironmentProblem(Code.FOLDER_REFUSED, folder=folder.name, why="not writable") from None
    store.safe.keep(_NAME, str(place))


def own_name(store: SiteStore) -> str:
    """The folder of this workstation in the second place: several may share one.

    A workstation that went on out of a copy has a new name, and never touches what its former self left.
    """
    return f"crfapp-{store.folder.card.code}-{store.workstation.node}"


def is_same_disk(store: SiteStore, folder: Path) -> bool:
    """Whether a place lies on the disk that holds the records: one broken disk would take both."""
    with suppress(OSError):
        return folder.stat().st_dev == store.folder.path.stat().st_dev
    return False


def bring_to_second(store: SiteStore, copy: Path, events: int) -> Path | None:
    """Bring a proven copy there, with what opens it and the photographs that are new; its path there.

    None where there is no second place, or it is not connected just now. DISK_FULL, DISK_FAILS and what
    :func:`crfapp.store.backup.bring_to` says: what lay there before is as it was.
    """
    place = second_place(store)
    if place is None or not place.is_dir():
        return None
    own = place / own_name(store)
    with named_disk_failures(own):
        own.mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
    for name in BESIDE:
        _bring_small(store.folder.path / name, own / name)
    secrets = store.folder.path / SECRETS
    for sealed in sorted(secrets.glob("*.sealed")) if secrets.is_dir() else ():
        with named_disk_failures(own):
            (own / SECRETS).mkdir(exist_ok=True, mode=PRIVATE_FOLDER)
        _bring_small(sealed, own / SECRETS / sealed.name)
    there = bring_to(own, copy, data_key_of(store), events)
    store.photographs.back_up_to(own / store.folder.photos.name)
    return there


def _bring_small(source: Path, target: Path) -> None:
    with named_disk_failures(source):
        content = source.read_bytes() if source.is_file() else b""
    with named_disk_failures(target):
        if content and not (target.is_file() and target.read_bytes() == content):
            write_durably(target, content)
