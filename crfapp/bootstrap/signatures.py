"""Signatures taken out one by one, so that anybody can verify them without this program (REQ-302, 310)."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.memory_ledger import MemoryTables
from crfapp.ledger.events import KeyRegistered, Signed
from crfapp.ledger.fold import changes_of
from crfapp.ledger.signing import content_of, paper_of
from crfapp.ledger.state import DutyRow, MonitoringRow
from crfapp.study.study import Study
from crfapp.work.handing_over import NoteSignatures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.chain import Record
    from crfapp.work.roles import Actor

KEYS = "keys.json"


def write_signatures(opened: OpenSite, actor: Actor, out: Path) -> int:
    """Write a file for each signature and one for the keys on record; how many signatures there are.

    ``paper`` is the message that was signed, ``content`` what it names by its hash, as the ledger tells it up
    to that signature; null where a part of it was taken away since. EXPORT_EXISTS where ``out`` is there.
    """
    if out.exists():
        raise RefusedError(Code.EXPORT_EXISTS, file=out.name)
    keys: dict[str, list[str]] = {}
    found = list(_signatures(opened, keys))
    opened.bus.send(
        NoteSignatures(file=out.name, sha256=sha256(canonical(found)), signatures=len(found)), actor
    )
    out.mkdir(parents=True)
    for said in found:
        name = f"signature-{said['paper']['signature']}.json"
        (out / name).write_bytes(canonical(said))
    (out / KEYS).write_bytes(canonical(keys))
    return len(found)


def _signatures(opened: OpenSite, keys: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """Fold the ledger up to each signature; the keys of people are gathered on the way."""
    tables, site = MemoryTables(), opened.desk.site.site

    @cache
    def study(pack: str) -> Study:
        return Study.from_content(opened.store.ledger.content(pack))

    for record in opened.events.records():
        event = record.event
        if isinstance(event, KeyRegistered):
            keys.setdefault(event.login, []).append(event.public)
        if isinstance(event, Signed):
            yield {
                "paper": json.loads(paper_of(record, site)),
                "content": _content(tables, study(record.envelope.pack), record),
                "public": event.public,
                "signed": event.signed,
            }
        tables.apply(list(changes_of(record)))


def _content(tables: MemoryTables, study: Study, record: Record) -> list[Any] | None:
    event = record.event
    if not isinstance(event, Signed):
        return None
    if event.of in ("monitoring", "delegation"):
        visit, duty = tables.get(MonitoringRow, event.about), tables.get(DutyRow, event.about)
        content: list[Any] = list((visit if event.of == "monitoring" else duty) or ())
    else:
        content = content_of(tables, study, event.scope)
    return content if sha256(canonical(content)) == event.content else None
