"""What the next start finds of a site that was hit while it worked: is all there that it called done?

The lines come from :mod:`tests.support.site_at_work`. Nobody is asked anything: the site is opened as the
program opens it, its chains walked, its tables compared with the ledger folded again, its photographs and
vault read, and each ``ACK`` looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from crfapp.base.problems import AppProblem
from crfapp.ledger.chain import open_sealed
from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.state import ReceiptRow
from crfapp.store.backup import prove
from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import EventLog
from crfapp.store.redacting import must_be_written_anew
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.store.tables import SqlTables
from crfapp.store.vault import Vault
from crfapp.store.workstation import WorkstationCard
from tests.support.prepared_site import PARCELS
from tests.support.quick_site import QUICK
from tests.support.site_at_work import NURSE, digest_of, password_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crfapp.ledger.chain import Record
    from crfapp.store.engine import Db
    from tests.support.prepared_site import Place


_UNHEARD = 40
"""So many changes a busy machine may make between the last word that is heard and the fault."""


@dataclass
class Found:
    """``lost``: acknowledged and not there. ``corrupt``: what is there and not whole, or cannot be opened."""

    acks: int = 0
    events: int = 0
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    heads: dict[str, int] = field(default_factory=dict)
    """The number of each chain's last event."""

    @property
    def bad(self) -> int:
        """Whether any promise was broken: 1 or 0."""
        return int(bool(self.lost or self.corrupt))


def check(place: Place, key: bytes, lines: Iterable[str]) -> Found:
    """Open the site of a place as its next start does, and hold it against what was acknowledged."""
    acks = [line.split() for line in lines if line.startswith(("ACK ", "READY "))]
    found = Found(acks=sum(words[0] == "ACK" for words in acks))
    chosen = [words for words in acks if words[1] == "password"]
    acks = [words for words in acks if words not in chosen[:-1]]  # of passwords the last one counts
    with place.machine():
        try:
            _look(place, key, acks, found)
        except AppProblem as problem:
            found.corrupt.append(f"does not open: {problem.code.value} {dict(problem.facts)}")
        except Exception as error:  # noqa: BLE001 - whatever has no words of its own is a broken promise too
            found.corrupt.append(f"ends without a word: {error!r}")
    return found


def _look(place: Place, key: bytes, acks: Iterable[list[str]], found: Found) -> None:
    store = SiteStore.open(SiteFolder.open(place.site), key)
    try:
        found.corrupt += _unsound(store)
        with reading(store.engine) as db:
            log = EventLog()
            found.events = log.count(db)
            found.heads = {node: log.head(db, node)[0] for node in log.nodes(db)}
            found.corrupt += _half_packages(place, found.heads)
            found.lost += [" ".join(words) for words in acks if not _Looked(db, place, key).has(words)]
    finally:
        store.close()
    found.corrupt += _half_files(place, key)


def _unsound(store: SiteStore) -> Iterator[str]:
    """What is wrong with a site that opened."""
    yield from (f"chain: {one}" for one in store.verify().breaks)
    yield from (f"table: {one}" for one in store.compare())
    yield from (f"photograph: {one}" for one in store.photographs.verify(()).changed)
    with reading(store.engine) as db:
        if must_be_written_anew(db):
            yield "what was taken away is still to be written over"
        if db.execute("PRAGMA cipher_integrity_check").fetchall():
            yield "a page is not what was written"


def _half_packages(place: Place, heads: Mapping[str, int]) -> Iterator[str]:
    """A chain of the ward that ends where none of its packages does."""
    ends = {0, *(int(file.stem) for file in (place.folder / PARCELS).iterdir())}
    own = WorkstationCard.of(place.site).node
    yield from (
        f"half a package: {seq} events" for node, seq in heads.items() if node != own and seq not in ends
    )


def _half_files(place: Place, key: bytes) -> Iterator[str]:
    """Files that have their name and are not what it says."""
    try:
        Vault.load(place.site, QUICK)
    except AppProblem as problem:
        yield f"vault: {problem.code.value}"
    for copy in sorted((place.site / "backups").glob("*.db")):
        if not _opens(copy, key):
            yield f"{copy.name} has its name and does not open"


def _opens(copy: Path, key: bytes) -> bool:
    try:
        prove(key, copy, 0, withheld=False)
    except (AppProblem, OSError):
        return False
    return True


class _Looked:
    """Looks for what was acknowledged."""

    def __init__(self, db: Db, place: Place, key: bytes) -> None:
        self._db, self._place, self._key = db, place, key
        self._looks: Mapping[str, Callable[..., bool]] = {
            "save": self._says,
            "sign": lambda _record: True,
            "import": lambda _record, _outcome, package, _new: self._took(package),
            "package": lambda _record, digest, file: _is_whole(Path(file), digest),
            "export": lambda _record, digest, file: _is_whole(Path(file), digest),
            "trail": lambda _record, digest, file: _is_whole(Path(file), digest),
            "signatures": lambda _record, digest, file: _is_whole(Path(file), digest),
            "backup": lambda _record, digest, file: _is_whole(Path(file), digest) and _opens(Path(file), key),
            "upgrade": lambda _record: True,
            "password": lambda _record, changes: self._lets_in(int(changes)),
            "redact": lambda _record, text: not self._still_says(text),
        }

    def has(self, words: list[str]) -> bool:
        """``words`` are those of a line: READY node seq hash, or ACK operation node seq hash ..."""
        if words[0] == "READY":
            return self._link(*words[1:4]) is not None
        kind, told = words[1], words[5:]
        record = self._link(*words[2:5])
        return record is not None and self._looks[kind](record, *told)

    def _link(self, node: str, seq: str, digest: str) -> Record | None:
        link = next(EventLog().chain(self._db, node, after=int(seq) - 1), None) if int(seq) else None
        return open_sealed(link) if link is not None and link.hash == digest else None

    def _says(self, record: Record, told: str) -> bool:
        """The answer is the event itself, or one before it in the same act."""
        where, _, typed = told.partition("=")
        subject, _, item = where.partition("/")
        events = map(open_sealed, EventLog().read(self._db, subject=subject, kinds=(ValueRecorded.kind,)))
        return any(
            one.envelope.act == record.envelope.act and (one.event.item, one.event.typed) == (item, typed)
            for one in events
            if isinstance(one.event, ValueRecorded)
        )

    def _took(self, package: str) -> bool:
        return bool(SqlTables(self._db).find(ReceiptRow, package=package))

    def _still_says(self, text: str) -> bool:
        return any(text.encode() in link.told for link in EventLog().read(self._db))

    def _lets_in(self, changes: int) -> bool:
        """With the password that was acknowledged, or a later one, whose answer was not heard any more."""
        for password in map(password_after, range(changes, changes + _UNHEARD)):
            try:
                return Vault.load(self._place.site, QUICK).open(NURSE, password) == self._key
            except AppProblem:
                continue
        return False


def _is_whole(file: Path, digest: str) -> bool:
    return file.exists() and digest_of(file) == digest


def events_of(folder: Path, key: bytes) -> int:
    """How many events a database has, opened as it lies there."""
    engine = open_engine(folder / "ledger.db", key)
    try:
        with reading(engine) as db:
            return EventLog().count(db)
    finally:
        engine.dispose()
