"""The restore drill (REQ-903): a copy is opened on paper or password alone, folded anew, and compared."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import AppProblem, Code, IntegrityProblem
from crfapp.bootstrap.backups import sha256_of
from crfapp.ledger.state import KnownEndRow, PhotographRow
from crfapp.store.copy_place import CopyPlace
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.rebuild import refuse_differences
from crfapp.store.second_place import own_name, second_place
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.work.backups import NoteDrill

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite
    from crfapp.store.copy_place import How, KeyInHand
    from crfapp.store.verify import Anchor
    from crfapp.work.roles import Actor

_TOLD = 16


class Newer(NamedTuple):
    """Events of one chain that the copy lacks: it has the first ``has``, the site ``now``.

    ``elsewhere`` of them were confirmed by others, from where they could be brought back.
    """

    chain: str
    has: int
    now: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class DrillReport:
    """What a drill found. ``problem`` is what stood in the way, None where everything is as it should be."""

    file: str
    how: How
    events: int = 0
    newer: tuple[Newer, ...] = ()
    photographs: int = 0
    seconds: int = 0
    problem: AppProblem | None = None

    @property
    def lacking(self) -> int:
        """How many events of today the copy does not have."""
        return sum(one.now - one.has for one in self.newer)

    @property
    def lost(self) -> int:
        """How many of them nobody else has confirmed."""
        return self.lacking - sum(one.elsewhere for one in self.newer)


class _Found(NamedTuple):
    heads: tuple[Anchor, ...]
    events: int
    photographs: int


def usual_place(opened: OpenSite) -> Path:
    """Where a drill looks for copies: at the second place where connected, else in the site's folder."""
    place = second_place(opened.store)
    own = place / own_name(opened.store) if place is not None else opened.store.backups
    return own if own.is_dir() else opened.store.folder.path


def drill(opened: OpenSite, actor: Actor, folder: Path, key: KeyInHand, name: str = "") -> DrillReport:
    """Try out a restore of the copy ``name`` in a folder (empty: of the newest), and record what came of it.

    Nothing of the site is touched: the copy is opened in a private folder that is gone afterwards. What is
    wrong with the copy stands in the report and in the ledger. A slip in password, sheet or shares, and
    a folder without a copy, are raised and recorded nowhere: the drill has not begun.
    """
    began = time.monotonic()
    place = CopyPlace.find(folder)
    copy = place.chosen(name)
    if key.password:
        opened.gate.open(key.login, key.password)  # counted, as every password is
    data_key, how = place.open(key)
    digest = sha256_of(copy)
    try:
        found = _tried(opened, place, copy, data_key)
        newer = tuple(_compared(opened, found.heads))
        report = DrillReport(copy.name, how, found.events, newer, found.photographs)
    except AppProblem as problem:
        if problem.code is Code.CANCELLED:
            raise
        report = DrillReport(copy.name, how, problem=problem)
    seconds = max(round(time.monotonic() - began), 1)
    command = NoteDrill(
        file=copy.name,
        sha256=digest,
        how=how,
        passed=report.problem is None,
        code=report.problem.code.value if report.problem else "",
        events=report.events,
        newer=report.lacking,
        photographs=report.photographs,
        seconds=seconds,
    )
    opened.bus.send(command, actor)
    return DrillReport(
        report.file, how, report.events, report.newer, report.photographs, seconds, report.problem
    )


def _tried(opened: OpenSite, place: CopyPlace, copy: Path, data_key: bytes) -> _Found:
    """Restore a copy into a folder of its own: chains walked, tables folded again, photographs opened."""
    for left in opened.store.folder.path.glob("drill-*"):
        shutil.rmtree(left, ignore_errors=True)  # of a program that was killed meanwhile
    scratch = Path(mkdtemp(prefix="drill-", dir=opened.store.folder.path))
    try:
        target = SiteFolder.create(scratch / "site", place.card)
        place.unpack(copy, target)
        store = SiteStore.open(target, data_key, take_older=True)
        try:
            found = store.verify()
            found.refuse_breaks()
            refuse_differences(store.compare())
            on_record = {row.photograph for row in store.ledger.tables.find(PhotographRow)}
        finally:
            store.begin_chain()  # what the scratch folder ends with is nobody's end
            store.close()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    kept = place.photographs(data_key).verify(on_record)
    for lost in (*kept.changed, *kept.lost):
        raise IntegrityProblem(Code.PHOTO_LOST, photograph=lost[:_TOLD])
    return _Found(found.heads, found.events, kept.photographs)


def _compared(opened: OpenSite, heads: tuple[Anchor, ...]) -> list[Newer]:
    """What every chain has gained since; COPY_NOT_SOUND where the copy tells what the site does not know."""
    log, newer = EventLog(), []
    has = {head.node: head for head in heads}
    known: dict[str, int] = {}
    for row in opened.desk.tables.find(KnownEndRow):
        if row.peer != opened.desk.node:
            known[row.node] = max(known.get(row.node, 0), row.seq)
    with reading(opened.store.engine) as db:
        for head in heads:
            link = next(log.chain(db, head.node, after=head.seq - 1), None)
            if link is None or link.hash != head.hash:
                raise IntegrityProblem(Code.COPY_NOT_SOUND, file=head.node)
        for node in log.nodes(db):
            now, first = log.head(db, node)[0], has[node].seq if node in has else 0
            if now > first:
                newer.append(Newer(node, first, now, max(min(known.get(node, 0), now) - first, 0)))
    return newer
