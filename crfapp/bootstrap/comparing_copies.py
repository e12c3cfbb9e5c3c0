"""What the centre holds, compared by the site with its own records, without anybody's help (REQ-501)."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, NamedTuple

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.sites import LedgerReader
from crfapp.exchange.comparing import Difference, Tally, differences
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.state import state_rows
from crfapp.exchange.state_file import check_state_file, read_head, read_rows
from crfapp.ledger.state import SubjectRow
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog
from crfapp.store.rebuild import folded_up_to
from crfapp.store.tables import SqlTables
from crfapp.study.study import Study
from crfapp.work.roles import Right

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.state_file import StateHead
    from crfapp.store.engine import Db
    from crfapp.work.roles import Actor


class ChainStand(NamedTuple):
    """How a chain of the file stands to ours: ``rewritten`` (its hash is another), or how many events apart.

    ``ahead``: the file knows so many events that are not here; ``behind``: so many of ours it does not know.
    """

    node: str
    rewritten: bool
    ahead: int
    behind: int


class Compared(NamedTuple):
    """What comparing found: the chains that are not the same there, and how many points are."""

    chains: tuple[ChainStand, ...]
    tally: Tally
    numbers: dict[str, str]

    @property
    def all_equal(self) -> bool:
        """Whether no point differs and no history was rewritten."""
        return self.tally.all_equal and not any(chain.rewritten for chain in self.chains)


def compare_with(opened: OpenSite, actor: Actor, path: Path, found: Callable[[Difference], None]) -> Compared:
    """Compare a state file of the centre with this site, as it stood at the events that the file knows.

    So what was simply not sent yet is no difference. ``found`` is told of each point that is not the same.
    NOT_ALLOWED; STATE_FILE_DAMAGED, STATE_OTHER_SITE or TOO_NEW before anything is compared.
    """
    if not actor.may(Right.REVIEW):
        raise RefusedError(Code.NOT_ALLOWED)
    check_state_file(path)
    head, site = read_head(path), opened.desk.site
    if (head.site, head.study) != (site.site, site.study):
        raise RefusedError(Code.STATE_OTHER_SITE, site=f"{head.code} {head.study}".strip())
    tally = Tally()
    with reading(opened.store.engine) as db, _as_known(opened, db, head) as tables:
        chains = tuple(_chains(db, head))
        snapshot = Snapshot(tables, LedgerReader(opened.store, db))
        study = _study(opened, head)
        for difference in differences(state_rows(snapshot, study), read_rows(path), tally):
            found(difference)
        numbers = {row.subject: row.number for row in SqlTables(db).find(SubjectRow)}
    return Compared(chains, tally, numbers)


def place_words(difference: Difference, numbers: dict[str, str]) -> str:
    """Where a point stands, as people call it; never what stands there."""
    row = difference.row
    told = row.row._asdict()
    place = [numbers.get(row.subject, row.subject) if row.subject else ""]
    for name, count in (("visit", "visit_n"), ("form", "form_n")):
        if told.get(name):
            place.append(told[name] if told[count] == 1 else f"{told[name]} {told[count]}")
    place += [str(told[name]) for name in ("section", "row", "item", "check") if told.get(name)]
    if row.table in _BY_NAME:
        place.append(str(row.key[0]))
    return " / ".join(filter(None, place)) or "-"


_BY_NAME = frozenset({"query", "query_note", "signature", "form_move", "monitoring"})


@contextmanager
def _as_known(opened: OpenSite, db: Db, head: StateHead) -> Iterator[SqlTables]:
    """Our tables as of the events that the file knows of; folded anew only where we know others."""
    log, known = EventLog(), {end.node: end.seq for end in head.ends}
    ours = {node: log.head(db, node)[0] for node in log.nodes(db)}
    same = all(known.get(node, 0) >= seq for node, seq in ours.items())
    folder = opened.store.folder.path
    with nullcontext(db) if same else folded_up_to(opened.store.engine, folder, known) as folded:
        yield SqlTables(folded)


def _chains(db: Db, head: StateHead) -> Iterator[ChainStand]:
    log = EventLog()
    known = {end.node: end for end in head.ends}
    for node in sorted({*known, *log.nodes(db)}):
        ours, end = log.head(db, node)[0], known.get(node)
        there = end.seq if end is not None else 0
        mine = next(log.chain(db, node, after=there - 1), None) if 0 < there <= ours else None
        rewritten = mine is not None and end is not None and mine.hash != end.hash
        if rewritten or there != ours:
            yield ChainStand(node, rewritten, max(0, there - ours), max(0, ours - there))


def _study(opened: OpenSite, head: StateHead) -> Study:
    """The version by which the file was written, where it is here: it says what stays at the site."""
    if head.pack == opened.desk.study.hash:
        return opened.desk.study
    try:
        return Study.from_content(opened.store.ledger.content(head.pack))
    except RefusedError:
        return opened.desk.study
