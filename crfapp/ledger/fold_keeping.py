"""What copies kept against loss, drills, restores and shares of the key change in the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crfapp.ledger import events as ev
from crfapp.ledger.changes import Change, Put
from crfapp.ledger.state import BackupPlaceRow, BackupRow, BackupRulesRow, KeySharesRow, RestoreRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crfapp.ledger.chain import Record


def _backup_kept(event: ev.BackupKept, record: Record) -> Iterator[Change]:
    who = record.envelope
    yield Put(BackupRow(*who.id, event.place, event.file, event.sha256, event.events, who.at, who.login))


def _backup_place_set(event: ev.BackupPlaceSet, record: Record) -> Iterator[Change]:
    who = record.envelope
    yield Put(BackupPlaceRow(who.node, int(event.given), who.at, who.login))


def _backup_rules_set(event: ev.BackupRulesSet, record: Record) -> Iterator[Change]:
    days = (event.here_days, event.second_days, event.drill_days)
    yield Put(BackupRulesRow("site", record.envelope.at, *days))


def _restore_tried(event: ev.RestoreTried, record: Record) -> Iterator[Change]:
    who = record.envelope
    told = (*who.id, "drill", event.file, event.how, event.code)
    yield Put(RestoreRow(*told, event.events, event.newer, event.seconds, "", 0, who.at, who.login))


def _site_restored(event: ev.SiteRestored, record: Record) -> Iterator[Change]:
    who = record.envelope
    told = (*who.id, "restore", event.file, event.how, "")
    yield Put(RestoreRow(*told, event.events, 0, 0, event.former, event.numbers_after, who.at, who.login))


def _key_shares_made(event: ev.KeySharesMade, record: Record) -> Iterator[Change]:
    who = record.envelope
    yield Put(KeySharesRow("site", event.label, event.needed, event.made, who.at, who.login))


KEEPING: dict[type[ev.Event], Callable[[Any, Record], Iterator[Change]]] = {
    ev.BackupKept: _backup_kept,
    ev.BackupPlaceSet: _backup_place_set,
    ev.BackupRulesSet: _backup_rules_set,
    ev.RestoreTried: _restore_tried,
    ev.SiteRestored: _site_restored,
    ev.KeySharesMade: _key_shares_made,
}
