"""What a form did not ask because it was begun under an earlier version: not collected, never missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey
    from crfapp.work.desk import Desk


def not_collected(desk: Desk, key: FormKey) -> tuple[str, ...]:
    """The items that the version in force asks in a form and its own version did not, in their order."""
    own, now = desk.versions.at(key), desk.study.in_force
    if own.hash == now.hash or key.form not in now.forms or key.form not in own.forms:
        return ()
    return tuple(item for item in now.items(key.form) if item not in own.items(key.form))


def version_of(desk: Desk, key: FormKey) -> str:
    """The version of a form as its author named it."""
    return desk.versions.at(key).head.version
