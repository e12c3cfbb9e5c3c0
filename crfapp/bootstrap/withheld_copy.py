"""The records as they may leave the site, as a database of their own: what a monitor's copy begins with."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crfapp.bootstrap.sites import LedgerReader
from crfapp.bootstrap.study_versions import NAMING_KINDS, contents_named
from crfapp.exchange.withholding import Withholding
from crfapp.ledger.chain import open_sealed
from crfapp.store.engine import reading, writing
from crfapp.store.event_log import EventLog
from crfapp.store.rebuild import remake
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.store.tables import SqlTables
from crfapp.study.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import Event
    from crfapp.ledger.keys import EventId
    from crfapp.store.engine import Db
    from crfapp.store.site_folder import SiteCard

_AT_ONCE = 500


def write_withheld(opened: OpenSite, card: SiteCard, data_key: bytes, target: Path) -> None:
    """Write a database under a key of its own: every chain, without what stays at the site (REQ-808).

    ``card`` is that of the copy, whose sort says that texts may be missing. DISK_FULL, DISK_FAILS; nothing is
    left then.
    """
    with TemporaryDirectory(dir=target.parent, prefix=".withheld-") as made:
        store = SiteStore.create(SiteFolder.create(Path(made) / "copy", card), data_key)
        try:
            with reading(opened.store.engine) as db:
                versions = _versions(opened, db)
                withholding = withholding_at(opened, db)
                links = map(withholding.outside, EventLog().read(db))
                _fill(store, links, versions)
            store.backup_to(target)
        finally:
            store.close()


def withholding_at(opened: OpenSite, db: Db) -> Withholding:
    """What has to stay at the site, by every version of the study that was in force there."""

    def event_of(of: EventId) -> Event | None:
        link = next(EventLog().chain(db, of.node, after=of.seq - 1), None)
        return open_sealed(link).event if link is not None and link.seq == of.seq else None

    studies = (Study.from_content(content) for content in _versions(opened, db).values())
    return Withholding(studies, SqlTables(db), event_of)


def _versions(opened: OpenSite, db: Db) -> dict[str, bytes]:
    """Every version of the study that is kept here, by its hash."""
    hashes = contents_named(LedgerReader(opened.store, db).records(kinds=NAMING_KINDS))
    return {digest: opened.store.ledger.content(digest) for digest in sorted(hashes)}


def _fill(store: SiteStore, links: Iterator[Sealed], versions: dict[str, bytes]) -> None:
    for digest, content in versions.items():
        store.ledger.keep_content(digest, content)
    log = EventLog()
    with writing(store.engine) as db:
        while some := list(islice(links, _AT_ONCE)):
            log.append(db, some)
        remake(db, withheld=True)
