"""This workstation's own OpenPGP key: made on first use, kept in the workstation's safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.exchange.openpgp import SecretKey, new_key, read_key

if TYPE_CHECKING:
    from crfapp.store.safe import Safe

_NAME = "openpgp"


def node_key(safe: Safe, label: str) -> SecretKey:
    """The key that signs packages made here and opens those that come; ``label`` is what a new one is called.

    VAULT_DAMAGED where the one that is kept cannot be read: a new one would be nobody that others know.
    """
    kept = safe.kept(_NAME)
    if kept is not None:
        return read_key(kept)
    made = new_key(label)
    safe.keep(_NAME, made.armored)
    return made
