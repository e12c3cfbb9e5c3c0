"""Looking after a site's folder from the command line: walking its chains, folding its ledger again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem
from crfapp.cli.parts import ChainReport, RebuildReport
from crfapp.ledger.state import PhotographRow
from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import assert_intact
from crfapp.store.known_ends import KnownEnds
from crfapp.store.migrations import STEPS, schema_number
from crfapp.store.photographs import PhotographStore
from crfapp.store.site_store import SiteStore
from crfapp.store.tables import SqlTables
from crfapp.store.verify import verify

if TYPE_CHECKING:
    from crfapp.store.engine import Db
    from crfapp.store.site_folder import SiteFolder

_PHOTOGRAPHS = 4
"""The schema from which photographs are on record."""


def walk_chains(folder: SiteFolder, data_key: bytes) -> ChainReport:
    """Walk every chain and open every photograph, also of a site that must not be opened for work.

    Nothing is written.

    LOG_MISSING where the log or one of its triggers is gone: then there is nothing to walk.
    """
    with folder.held():
        engine = open_engine(folder.ledger, data_key)
        try:
            with reading(engine) as db:
                have, newest = schema_number(db), STEPS[-1].number
                if have > newest:
                    raise EnvironmentProblem(Code.TOO_NEW, have=have, newest=newest)
                assert_intact(db)
                found = verify(db, KnownEnds(folder).read())
                expected = _on_record(db) if have >= _PHOTOGRAPHS and folder.card.sort == "site" else set()
        finally:
            engine.dispose()
        kept = PhotographStore(folder, data_key).verify(expected)
    breaks = tuple((node, seq, what) for node, seq, what in found.wrong)
    return ChainReport(found.chains, found.events, breaks, *kept)


def _on_record(db: Db) -> set[str]:
    """Photographs that must be here; a copy outside the site has those that were sent to it."""
    return {row.photograph for row in SqlTables(db).find(PhotographRow)}


def compare_tables(folder: SiteFolder, data_key: bytes) -> RebuildReport:
    """Fold the ledger again beside the tables; TABLES_DIFFER where a table is not there at all."""
    store = SiteStore.open(folder, data_key)
    try:
        found = tuple(
            (one.table, "/".join(map(str, one.key)), one.column or one.what) for one in store.compare()
        )
        return RebuildReport(store.verify().events, found)
    finally:
        store.close()


def rebuild_tables(folder: SiteFolder, data_key: bytes) -> RebuildReport:
    """Put freshly folded tables in the place of those that are there, or of those that are gone."""
    store = SiteStore.open(folder, data_key, trust_tables=False)
    try:
        return RebuildReport(store.rebuild(), ())
    finally:
        store.close()
