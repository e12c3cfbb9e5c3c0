"""Signatures taken out one by one, so that anybody can verify them without this program (REQ-302, 310)."""

from __future__ import annotations

import json
import shutil
from functools import cache
from typing import TYPE_CHECKING, Any

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.whole_file import beside, disk_named, give_name, write_durably
from crfapp.journeys.memory_ledger import MemoryTables
from crfapp.ledger.events import KeyRegistered, NodeRegistered, OlderCopyTaken, PackageTakenIn, Signed
from crfapp.ledger.merge import folded
from crfapp.ledger.signing import content_of, paper_of
from crfapp.ledger.state import DutyRow, MonitoringRow
from crfapp.store.engine import reading
from crfapp.store.rebuild import in_time
from crfapp.study.study import Study
from crfapp.work.handing_over import NoteSignatures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.chain import Record
    from crfapp.store.engine import Db
    from crfapp.work.roles import Actor

KEYS = "keys.json"


def write_signatures(opened: OpenSite, actor: Actor, out: Path) -> int:
    """Write a file for each signature and one for the keys on record; how many signatures there are.

    ``paper`` is the message that was signed, ``content`` what it names by its hash, as it was known where and
    when it was signed; null where a part of it was taken away since. EXPORT_EXISTS where ``out`` is there,
    FOLDER_REFUSED, DISK_FULL, DISK_FAILS: the folder appears whole or not at all.
    """
    if out.exists():
        raise RefusedError(Code.EXPORT_EXISTS, file=out.name)
    with reading(opened.store.engine) as db:
        taking = _Taking(opened, db)
        found = list(taking.signatures())
    opened.bus.send(
        NoteSignatures(file=out.name, sha256=sha256(canonical(found)), signatures=len(found)), actor
    )
    files = {f"signature-{said['paper']['signature']}.json": said for said in found}
    with disk_named(out.parent):
        out.parent.mkdir(parents=True, exist_ok=True)
    with beside(out) as part:
        try:
            with disk_named(out.parent):
                part.mkdir()
            for name, said in (*files.items(), (KEYS, taking.keys)):
                write_durably(part / name, canonical(said))
            give_name(part, out)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return len(found)


class _Taking:
    """Folds the ledger up to each signature, in the order of time; ``keys`` are gathered on the way."""

    def __init__(self, opened: OpenSite, db: Db) -> None:
        self._db, self._site = db, opened.desk.site.site
        self._study = cache(lambda pack: Study.from_content(opened.store.ledger.content(pack)))
        self._tables = MemoryTables()
        self._known = Knowledge()
        self.keys: dict[str, list[str]] = {}

    def signatures(self) -> Iterator[dict[str, Any]]:
        """What is written of each, one after the other."""
        records, windows = in_time(self._db)
        for record in records:
            event = record.event
            if isinstance(event, KeyRegistered):
                self.keys.setdefault(event.login, []).append(event.public)
            elif isinstance(event, Signed):
                yield self._said(record, event)
            self._known.hear(record)
            self._tables.apply(list(folded([record], windows)))

    def _said(self, record: Record, event: Signed) -> dict[str, Any]:
        study = self._study(record.envelope.pack)
        content = _content(self._tables, study, event)
        if content is None:
            # something was said elsewhere before it, and had not come to where it was signed
            content = _content(self._there(record), study, event)
        return {
            "paper": json.loads(paper_of(record, self._site)),
            "content": content,
            "public": event.public,
            "signed": event.signed,
        }

    def _there(self, record: Record) -> MemoryTables:
        """The tables as they stood where and when something was written."""
        records, windows = in_time(self._db, self._known.before(record), subject=record.event.subject)
        tables = MemoryTables()
        tables.apply(list(folded(records, windows)))
        return tables


class Knowledge:
    """How far each chain had heard every other one; told of events in the order of time."""

    def __init__(self) -> None:
        self._heard: dict[str, dict[str, int]] = {}

    def hear(self, record: Record) -> None:
        """Take note of what an event says of it."""
        node, seq = record.envelope.id
        match record.event:
            case PackageTakenIn() as event:
                self._learns(node, {end.node: end.seq for end in event.ends})
            case NodeRegistered() as event if event.node != node:
                # what it begins with is a copy of everything here
                self._learns(event.node, {**self._heard.get(node, {}), node: seq})
            case OlderCopyTaken() as event:
                self._learns(node, {**self._heard.get(event.chain, {}), event.chain: event.has})
            case _:
                pass

    def before(self, record: Record) -> Mapping[str, int]:
        """The last event of every chain that was known where and when a record was written."""
        node, seq = record.envelope.id
        return {**self._heard.get(node, {}), node: seq - 1}

    def _learns(self, node: str, ends: Mapping[str, int]) -> None:
        heard = self._heard.setdefault(node, {})
        heard.update({other: max(seq, heard.get(other, 0)) for other, seq in ends.items()})


def _content(tables: MemoryTables, study: Study, event: Signed) -> list[Any] | None:
    if event.of in ("monitoring", "delegation"):
        visit, duty = tables.get(MonitoringRow, event.about), tables.get(DutyRow, event.about)
        content: list[Any] = list((visit if event.of == "monitoring" else duty) or ())
    else:
        content = content_of(tables, study, event.scope)
    return content if sha256(canonical(content)) == event.content else None
