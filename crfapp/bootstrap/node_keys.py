"""The OpenPGP key of a workstation or centre, out of the folder of its open site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.openpgp import new_key, read_key
from crfapp.store.node_key import keep_node_key, kept_node_key
from crfapp.store.site_store import data_key_of

if TYPE_CHECKING:
    from crfapp.exchange.openpgp import SecretKey
    from crfapp.store.site_store import SiteStore


def node_key(store: SiteStore, label: str) -> SecretKey:
    """This workstation's OpenPGP key, made on first use; ``label`` stands in its certificate.

    DATABASE_DAMAGED where the one that is kept cannot be read, DISK_FULL, DISK_FAILS.
    """
    folder, data_key = store.folder.path, data_key_of(store)
    kept = kept_node_key(folder, data_key)
    if kept:
        return read_key(kept)
    key = new_key(label)
    keep_node_key(folder, data_key, key.armored)
    return key
