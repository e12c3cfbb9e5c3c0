"""An open site: its folder held, its database checked, its ledger ready."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, EnvironmentProblem, IntegrityProblem
from crfapp.store.drawer import Drawer
from crfapp.store.engine import reading
from crfapp.store.event_log import EventLog, assert_intact
from crfapp.store.keeping import AS_COPY, IN_A_FILE
from crfapp.store.known_ends import KnownEnds
from crfapp.store.ledger import SqlLedger
from crfapp.store.log_file import keep_from_writing, log_end, make_durable
from crfapp.store.migrations import TABLES, migrate, schema_number
from crfapp.store.photographs import PhotographStore
from crfapp.store.rebuild import compare, rebuild, remake
from crfapp.store.redacting import must_be_written_anew, write_anew
from crfapp.store.reserve import Reserve
from crfapp.store.safe import Safe
from crfapp.store.verify import Anchor, Verification, verify, verify_recent
from crfapp.store.workstation import WorkstationCard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from crfapp.store.engine import Db, Engine
    from crfapp.store.keeping import Keeping
    from crfapp.store.rebuild import Difference
    from crfapp.store.site_folder import SiteFolder


class SiteStore:
    """One site, open in this program alone until :meth:`close`. Made by :meth:`create` and :meth:`open`.

    ``torn``: the program that had it open before ended in the middle of a commit.
    """

    def __init__(
        self,
        folder: SiteFolder,
        data_key: bytes,
        engine: Engine,
        held: ExitStack,
        keeping: Keeping = IN_A_FILE,
    ) -> None:
        self.folder = folder
        self.engine = engine
        self.workstation = WorkstationCard.of(folder.path)
        self.known_ends = KnownEnds(folder)
        self.reserve = Reserve(folder.path)
        self._data_key = data_key
        self._held = held
        self._keeping = AS_COPY if keeping is IN_A_FILE and folder.card.sort != "site" else keeping
        self._ledger: SqlLedger | None = None
        self._notes_ends = True
        self.torn = False

    @classmethod
    def create(cls, folder: SiteFolder, data_key: bytes, keeping: Keeping = IN_A_FILE) -> SiteStore:
        """Begin the database of a new site; SITE_EXISTS where the folder has one."""
        store = cls._held_open(folder, data_key, keeping, create=True)
        with store._or_close():
            migrate(store.engine, lambda _have: None, remake, keeping.steps)
        store.known_ends.begin()
        return store

    @classmethod
    def open(
        cls,
        folder: SiteFolder,
        data_key: bytes,
        keeping: Keeping = IN_A_FILE,
        *,
        trust_tables: bool = True,
        take_older: bool = False,
    ) -> SiteStore:
        """Open a site for work: raised to the newest schema, its evidence intact and its recent past sound.

        SITE_OPEN, WRONG_KEY and the like of :func:`crfapp.store.engine.open_engine`; TOO_NEW,
        NO_ROOM_TO_RAISE; LOG_MISSING, DATABASE_DAMAGED for a log that decayed; CHAIN_BROKEN, OLDER_COPY, and
        TABLES_DIFFER where a query table is gone. ``trust_tables=False`` lets the last pass, for whoever is
        going to rebuild them; ``take_older=True`` an older copy, for whoever is going on from it.
        """
        store = cls._held_open(folder, data_key, keeping, create=False)
        with store._or_close():
            with reading(store.engine) as db:
                if schema_number(db) == 0:
                    raise IntegrityProblem(Code.LOG_MISSING, object="event")
            with _raising_named():
                migrate(store.engine, store._backup_before_raising, store._remake, keeping.steps)
            with reading(store.engine) as db:
                assert_intact(db)
                if trust_tables:
                    _refuse_other_tables(db)
                found = verify_recent(db, store.known_ends.read(), withheld=store._withheld)
                found.refuse_breaks()
                if not take_older:
                    found.refuse_cuts()
                unfinished = must_be_written_anew(db)
            if unfinished:
                write_anew(store.engine)
        return store

    @property
    def ledger(self) -> SqlLedger:
        """The ledger of this workstation."""
        if self._ledger is None:
            passed = self.known_ends.passed if self._notes_ends else _unnoted
            place = self.folder.ledger if self.folder.ledger.exists() else None
            self._ledger = SqlLedger(
                self.engine, self.workstation.node, passed, place=place, reserve=self.reserve
            )
        return self._ledger

    @property
    def _withheld(self) -> bool:
        """Whether told texts may be missing here: what is withheld at the site never comes to a copy."""
        return self.folder.card.sort != "site"

    @property
    def safe(self) -> Safe:
        """Where this workstation keeps secrets of its own."""
        return Safe(self.folder, self._data_key)

    @property
    def photographs(self) -> PhotographStore:
        """The photographs that are kept here."""
        return PhotographStore(self.folder, self._data_key)

    @property
    def backups(self) -> Path:
        """Where the automatic backups lie."""
        return self.folder.path / "backups"

    def verify(self) -> Verification:
        """Walk everything; what is wrong stands in the result."""
        with reading(self.engine) as db:
            return verify(db, self.known_ends.read(), withheld=self._withheld)

    def begin_chain(self) -> None:
        """Go on under a new name of this workstation, and note no ends before :meth:`take_as_it_is`.

        Numbers that a lost end of its chain had come to are never given again. To be called before anything
        is asked of the ledger.
        """
        self.workstation = WorkstationCard.new()
        self._notes_ends = False

    def take_as_it_is(self) -> None:
        """From here on the chains are known to end where they end now, whatever was noted before."""
        self.known_ends.begin()
        self._notes_ends = True
        self._note_end()

    def compare(self) -> list[Difference]:
        """Fold the ledger again beside the tables, and name every difference."""
        return compare(self.engine, self.folder.path)

    def rebuild(self) -> int:
        """Make the tables anew; how many events were folded."""
        return rebuild(self.engine, withheld=self._withheld)

    def backup_to(self, path: Path) -> None:
        """Copy the database to a new file; see :func:`crfapp.store.backup.backup_to`."""
        self._keeping.backup_to(self.engine, self._data_key, path)

    def backup_of_day(self, day: date, *, again: bool = False) -> Path | None:
        """Keep a copy of each day; None where the day has one and not ``again``. Photographs once each.

        The newest seven are kept, and the last of each month.
        """
        named = (day, self.workstation.node)
        made = self._keeping.backup_of_day(self.engine, self._data_key, self.backups, named, again=again)
        if made is not None:
            self.photographs.back_up_to(self.backups / self.folder.photos.name)
        return made

    def drawer(self, login: str) -> Drawer:
        """Where what a person typed and did not finish waits for them."""
        return Drawer(self.folder.path, self.folder.card.site, self._data_key, login)

    def close(self) -> None:
        """Note where the chain ends, let everything go. Once more does nothing."""
        with self._held:
            if self._ledger is not None:
                self._ledger.close()
                self._ledger = None
                # a full disk or memory keeps nobody from leaving; the end noted before still holds
                with suppress(EnvironmentProblem, MemoryError):
                    self._note_end()
            self.known_ends.settle()

    def _note_end(self) -> None:
        if not self._notes_ends:
            return
        log, node = EventLog(), self.workstation.node
        with reading(self.engine) as db:
            ends = [Anchor(known, *log.head(db, known)) for known in log.nodes(db)]
            own = Anchor(node, *log.head(db, node))
        self.known_ends.note(own, ends)

    def _remake(self, db: Db) -> int:
        return remake(db, withheld=self._withheld)

    def _backup_before_raising(self, have: int) -> None:
        self._keeping.backup_before_raising(self.engine, self._data_key, self.backups, have)

    @classmethod
    def _held_open(cls, folder: SiteFolder, data_key: bytes, keeping: Keeping, *, create: bool) -> SiteStore:
        with ExitStack() as held:
            held.enter_context(keeping.held(folder))
            ended = log_end(folder.ledger)
            if ended == "damaged":  # before anything is opened, which would forget what cannot be read
                raise IntegrityProblem(Code.DATABASE_DAMAGED, file=folder.ledger.name)
            if ended != "none":
                _refuse_decayed(folder, data_key, keeping)
            make_durable(folder.ledger)
            engine = keeping.open(folder, data_key, create=create)
            held.callback(engine.dispose)
            store = cls(folder, data_key, engine, held.pop_all(), keeping)
            store.torn = ended == "torn"
            return store

    @contextmanager
    def _or_close(self) -> Iterator[None]:
        """Let everything go where the block fails."""
        try:
            yield
        except BaseException:
            self._held.close()
            raise


def _refuse_decayed(folder: SiteFolder, data_key: bytes, keeping: Keeping) -> None:
    """DATABASE_DAMAGED where a page decayed under a log that was left behind.

    Looked at by a reader, which changes nothing when it goes: whoever may write brings the log into the
    database, and what is damaged has to stay as it is.
    """
    keep_from_writing(folder.ledger)
    engine = keeping.open(folder, data_key, create=False)
    try:
        with reading(engine) as db:
            if db.execute("PRAGMA cipher_integrity_check").fetchall():
                raise IntegrityProblem(Code.DATABASE_DAMAGED, file=folder.ledger.name)
    finally:
        engine.dispose()


@contextmanager
def _raising_named() -> Iterator[None]:
    """A disk that fails while the schema is raised, or copied before, left everything as it was."""
    try:
        yield
    except EnvironmentProblem as problem:
        if problem.code not in (Code.DISK_FULL, Code.DISK_FAILS):
            raise
        raise EnvironmentProblem(Code.NO_ROOM_TO_RAISE, **problem.facts) from problem


def data_key_of(store: SiteStore) -> bytes:
    """The key under which an open site is kept: for whoever is let in, and for another workstation of it."""
    return store._data_key


def _unnoted(_end: Anchor) -> None:
    """Nothing is noted while it is open whether an older copy is taken as it is."""


def _refuse_other_tables(db: Db) -> None:
    for name in db.dialect.unlike(db, TABLES):
        raise IntegrityProblem(Code.TABLES_DIFFER, table=name, what="missing")
