"""Every state in which a crash may leave a database: its writes are recorded, then some of them are lost.

What was written and not synced may be there or not, each write for itself, in any order, or half (torn at 512
bytes). After each state the database is opened as after a crash, and must be what it was before or after the
change that was under way; of what was acknowledged nothing may be missing.

Under SQLite is a real file system with a recorder in front of it. The lock is exclusive, so that the index of
the write-ahead log needs no shared memory, which the recorder does not have; what is written is not another
for it.
"""

from __future__ import annotations

import hashlib
import marshal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import apsw

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from tests.support.recorded_sql import Statement

SECTOR = 512
NAMES = ("db", "db-wal", "db-journal")
"""The files of a database, by the end of their names."""
PRAGMAS = ("secure_delete = ON", "recursive_triggers = ON", "foreign_keys = ON", "temp_store = MEMORY")

_EACH, _ROUNDS = 6, 40
"""Ways to lose what waits, tried after an operation; and how often all operations are gone through for it."""

Files = dict[str, bytes]
"""What a disk holds: content by the end of the name."""


class Op(NamedTuple):
    """What was done to a file: written, cut, synced, deleted; ``mark``: a change was acknowledged."""

    what: Literal["write", "truncate", "sync", "delete", "mark"]
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Recorded:
    """What was done to the files, and the digest of the content before and after each change."""

    begin: Files
    ops: list[Op] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)


class _RecordingFile(apsw.VFSFile):
    def __init__(self, inherit: str, name: Any, flags: list[int], ops: list[Op], end: str) -> None:
        super().__init__(inherit, name, flags)
        self._ops, self._end = ops, end

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 (SQLite's name)
        self._ops.append(Op("write", self._end, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._ops.append(Op("truncate", self._end, newsize))
        super().xTruncate(newsize)

    def xSync(self, _flags: int) -> None:  # noqa: N802
        self._ops.append(Op("sync", self._end))  # and no more: this disk is never cut


class _RecordingSystem(apsw.VFS):
    def __init__(self, name: str, folder: Path, ops: list[Op]) -> None:
        self._base, self._folder, self._ops = "", folder, ops
        super().__init__(name, self._base)

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        told = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        end = told.removeprefix(f"{self._folder}/")
        if end not in NAMES:
            raise ValueError(f"SQLite opens {told}, of which the recorder does not know")
        return _RecordingFile(self._base, name, flags, self._ops, end)

    def xDelete(self, name: str, syncdir: bool) -> None:  # noqa: N802
        self._ops.append(Op("delete", name.removeprefix(f"{self._folder}/")))
        super().xDelete(name, syncdir)


def record(
    begin: Files, folder: Path, changes: Iterable[Sequence[Statement]], synchronous: str = "FULL"
) -> Recorded:
    """Make changes to a database, and close it; what was done to its files, in order."""
    put_down(begin, folder)
    recorded = Recorded(begin)
    system = _RecordingSystem("recording", folder, recorded.ops)
    try:
        with _opened(folder, "recording", synchronous) as db:
            recorded.digests.append(digest_of(db))
            for change in changes:
                for statement in change:
                    for values in statement.rows:
                        db.execute(statement.sql, values)
                recorded.digests.append(digest_of(db))
                recorded.ops.append(Op("mark"))
    finally:
        system.unregister()
    return recorded


class _opened:  # noqa: N801 (reads as the verb it is)
    """A connection as the store sets it up, but for the cipher and the lock."""

    def __init__(self, folder: Path, system: str = "", synchronous: str = "FULL") -> None:
        self._db = apsw.Connection(str(folder / "db"), vfs=system or None)
        self._synchronous = synchronous

    def __enter__(self) -> Any:
        for pragma in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = WAL",
            f"synchronous = {self._synchronous}",
        ):
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        for pragma in PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        return self._db

    def __exit__(self, *_: object) -> None:
        self._db.close()


def digest_of(db: Any) -> bytes:
    """What is in the database, all of it."""
    told = hashlib.sha256()
    objects = db.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
    numbers = [db.execute(f"PRAGMA {name}").fetchall() for name in ("user_version", "application_id")]
    told.update(marshal.dumps([objects, numbers], 2))
    for kind, name, _ in objects:
        if kind == "table":
            told.update(marshal.dumps(db.execute(f"SELECT * FROM {name}").fetchall(), 2))  # noqa: S608
    return told.digest()


def put_down(files: Files, folder: Path) -> None:
    """Let these files lie in a folder, and no others of a database."""
    for name in (*NAMES, "db-shm"):
        path = folder / name
        if name in files:
            path.write_bytes(files[name])
        else:
            path.unlink(missing_ok=True)


class State(NamedTuple):
    """What the disk may hold after a crash, and how many changes were acknowledged by then."""

    files: Files
    acknowledged: int
    what: str


def states(recorded: Recorded, chance: random.Random, wanted: int) -> Iterator[State]:
    """So many states, no two alike, after crashes at operations that are spread over all of them."""
    seen: set[int] = set()
    for _ in range(_ROUNDS):
        share = min(1.0, 2 * (wanted - len(seen)) / (_EACH * len(recorded.ops)))
        for state in _after_each(recorded, chance, share):
            told = hash((state.acknowledged, *sorted(state.files.items())))
            if told not in seen:
                seen.add(told)
                yield state
            if len(seen) == wanted:
                return


def _after_each(recorded: Recorded, chance: random.Random, share: float) -> Iterator[State]:
    """What may be left after a crash at an operation, of a ``share`` of all."""
    synced: Files = dict(recorded.begin)
    waiting: list[Op] = []
    acknowledged = 0
    for number, op in enumerate(recorded.ops):
        match op.what:
            case "mark":
                acknowledged += 1
            case "sync":
                for one in waiting:
                    if one.file == op.file:
                        _do(synced, one)
                waiting = [one for one in waiting if one.file != op.file]
            case _:
                waiting.append(op)
        # a file that goes takes all with it that was not brought elsewhere: never passed over
        chosen = op.what == "delete" or chance.random() < share
        for how, kept in _ways(waiting, chance) if chosen else ():
            files = dict(synced)
            for one in kept:
                _do(files, one)
            yield State(files, acknowledged, f"operation {number}, {how}")


def _ways(waiting: Sequence[Op], chance: random.Random) -> Iterator[tuple[str, list[Op]]]:
    yield "everything lost", []
    if waiting:
        yield "everything kept", list(waiting)
    for _ in range(_EACH - 2 if waiting else 0):
        kept = [op for op in waiting if chance.random() < chance.choice((0.2, 0.5, 0.9))]
        how = "some kept"
        writes = [n for n, op in enumerate(kept) if op.what == "write" and len(op.data) > SECTOR]
        if writes and chance.random() < 0.5:
            at = chance.choice(writes)
            kept[at], how = _torn(kept[at], chance), "some kept, one torn"
        if chance.random() < 0.3:
            chance.shuffle(kept)
            how += ", in another order"
        yield how, kept


def _torn(op: Op, chance: random.Random) -> Op:
    """The front or the back of a write, to a whole sector."""
    cut = SECTOR * chance.randrange(1, -(-len(op.data) // SECTOR))
    return (
        op._replace(data=op.data[:cut])
        if chance.random() < 0.5
        else op._replace(at=op.at + cut, data=op.data[cut:])
    )


def _do(files: Files, op: Op) -> None:
    if op.what == "delete":
        files.pop(op.file, None)
        return
    content = files.get(op.file, b"")
    if op.what == "truncate":
        files[op.file] = content[: op.at].ljust(op.at, b"\0")
    else:
        files[op.file] = content[: op.at].ljust(op.at, b"\0") + op.data + content[op.at + len(op.data) :]


def wrong_with(state: State, recorded: Recorded, folder: Path) -> str:
    """What the next start finds wrong with a state; empty where it is what it has to be."""
    put_down(state.files, folder)
    allowed = recorded.digests[state.acknowledged : state.acknowledged + 2]
    try:
        with _opened(folder, synchronous="OFF") as db:
            sound = db.execute("PRAGMA quick_check").fetchall()
            found = digest_of(db)
    except apsw.Error as error:
        return f"{state.what}: does not open: {error}"
    if sound != [("ok",)]:
        return f"{state.what}: corrupt: {sound[0][0]}"
    if found in allowed:
        return ""
    lost = found in recorded.digests[: state.acknowledged]
    return f"{state.what}: {'an acknowledged change is lost' if lost else 'neither the old nor the new'}"
