"""Examples of the commands about copies kept against loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.work.backups import (
    NoteBackup,
    NoteDrill,
    NoteKeyShares,
    NoteRestore,
    SetBackupRules,
    SetSecondPlace,
)
from crfapp.work.roles import Role

if TYPE_CHECKING:
    from crfapp.work.cases import Command
    from tests.support.examples.kinds import Example

_FILE, _HASH = "ledger-2025-01-05.db", "ab" * 32

BACKUPS: dict[type[Command], Example] = {
    NoteBackup: (
        lambda _w: NoteBackup(place="here", head="cd" * 32, file=_FILE, sha256=_HASH, events=12),
        Role.NURSE,
        ["backup-kept"],
    ),
    SetSecondPlace: (lambda _w: SetSecondPlace(given=True), Role.ADMINISTRATOR, ["backup-place-set"]),
    SetBackupRules: (
        lambda _w: SetBackupRules(here_days=2, reason="the ward has no second disk yet"),
        Role.ADMINISTRATOR,
        ["backup-rules-set"],
    ),
    NoteDrill: (
        lambda _w: NoteDrill(
            how="sheet", passed=True, newer=3, seconds=42, file=_FILE, sha256=_HASH, events=12
        ),
        Role.ADMINISTRATOR,
        ["restore-tried"],
    ),
    NoteRestore: (
        lambda _w: NoteRestore(
            how="sheet",
            former="ws-1",
            last=7,
            lost=(("ws-1", 7, 9),),
            reason="the laptop fell into the sea",
            file=_FILE,
            sha256=_HASH,
            events=12,
        ),
        Role.ADMINISTRATOR,
        ["site-restored", "older-copy-taken"],
    ),
    NoteKeyShares: (
        lambda _w: NoteKeyShares(label="JO01 2025-01-05", needed=2, made=3),
        Role.ADMINISTRATOR,
        ["key-shares-made"],
    ),
}
