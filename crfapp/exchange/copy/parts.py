"""What a certified copy holds, part by part, each with its sum, and the sums signed (REQ-502, 803, 911).

Everything of the site: nothing is left out of a copy that the site keeps for itself. One that the program
makes before a package holds the record alone: events, study versions, state, certificate. Everything else can
be made of these at any time, and took ten times as long while somebody waited for their package.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from crfapp.exchange.copy.casebooks import casebooks, index_of, trails
from crfapp.exchange.copy.read_me import read_me
from crfapp.exchange.csv_files import named_sheets, put_sheet
from crfapp.exchange.odm.document import write_odm
from crfapp.exchange.package.certificate import Certificate
from crfapp.exchange.package.lines import line_of
from crfapp.exchange.state import state_rows
from crfapp.exchange.state_file import StateHead, write_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crfapp.exchange.site_data import SiteData, Snapshot
    from crfapp.exchange.state import StateRow
    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import End

DATABASE, EVENTS, SCHEMA = "records/ledger.sqlite", "records/events.jsonl", "records/schema.sql"
STATE, STUDIES, ODM, SUMS = "records/state.jsonl", "studies/", "odm/site.odm.xml", "SHA256SUMS"
PHOTOGRAPHS = "photographs/"
INDEX, VIEWER = "view/index.json", "open-copy.html"
_BITE = 1 << 16
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)
"""A ZIP wants a local time without a zone, which says nothing here: when it was made stands inside."""


@dataclass(frozen=True, slots=True)
class Source:
    """A site as a copy is made of it, all at one instant.

    ``data`` leaves nothing out. ``database`` gives the plain SQLite file and the rows of its tables,
    ``links`` all chains in order, ``contents`` the study versions by hash, ``photographs`` the originals by
    the name of their file, ``viewer`` the page that opens it.
    ``sign`` makes a detached signature of the workstation whose ``certificate`` (armored) it is.
    """

    data: SiteData
    snapshot: Snapshot
    node: str
    ends: tuple[End, ...]
    database: Callable[[Mapping[str, str]], tuple[bytes, dict[str, int]]]
    schema: str
    links: Callable[[], Iterator[Sealed]]
    contents: Callable[[], Iterator[tuple[str, bytes]]]
    photographs: Callable[[], Iterator[tuple[str, bytes]]]
    viewer: bytes
    certificate: str
    sign: Callable[[bytes], bytes]


class Written(NamedTuple):
    """What a copy came to hold: the hash of the shared state, rows by table, parts."""

    state: str
    counts: dict[str, int]
    parts: int


def write_parts(source: Source, packed: ZipFile, *, whole: bool = True) -> Written:
    """Write every part, the certificate, the sums and their signature into ``packed``, in this order.

    ``whole=False`` leaves out what can be made of the record: database, CSV, ODM-XML, what the page shows;
    and the photographs, which would make each copy as large as they are together.
    """
    return _Copy(source, packed, whole=whole).write()


class _Copy:
    def __init__(self, source: Source, packed: ZipFile, *, whole: bool) -> None:
        self._source, self._data, self._packed, self._whole = source, source.data, packed, whole
        self._sums: dict[str, str] = {}
        self._counts = Counter[str]()

    def write(self) -> Written:
        data = self._data
        state = self._state()
        self._record()
        if self._whole:
            self._open_formats()
            self._photographs()
        certified = self._certificate(state)
        self._bytes("certificate.json", certified.json())
        self._bytes("certificate.txt", certified.text(data.say))
        if self._whole:
            self._view(certified)
        self._bytes(VIEWER, self._source.viewer)
        self._bytes("READ ME.txt", read_me(data.say, whole=self._whole).encode())
        self._bytes("workstation.asc", self._source.certificate.encode())
        sums = "".join(f"{digest}  {name}\n" for name, digest in self._sums.items()).encode()
        self._bytes(SUMS, sums)
        self._bytes(f"{SUMS}.asc", self._source.sign(sums))
        return Written(state, dict(self._counts), len(self._sums))

    def _record(self) -> None:
        """The events as they are, and the study versions that they name."""

        def lines() -> Iterator[bytes]:
            for link in self._source.links():
                self._counts["event"] += 1
                yield line_of(link)

        self._stream(EVENTS, lambda file: _lines(file, lines()))
        for digest, content in self._source.contents():
            self._counts["content"] += 1
            self._bytes(f"{STUDIES}{digest}.json", content)

    def _open_formats(self) -> None:
        """The same as a database, as tables and as ODM-XML, for whoever has none of our programs."""
        source, data = self._source, self._data
        database, counts = source.database({"study": data.study.head.study, "site": data.site.code})
        self._counts = Counter(counts)
        self._bytes(DATABASE, database)
        del database  # as large as the site
        self._bytes(SCHEMA, source.schema.encode())
        for name, sheet in named_sheets(data):
            self._stream(f"csv/{name}", lambda file, of=sheet: put_sheet(of, file))  # type: ignore[misc]
        self._stream(ODM, lambda file: write_odm(data, file))

    def _photographs(self) -> None:
        """The originals, bit for bit: their names are their sums."""
        for name, content in self._source.photographs():
            self._counts["photograph file"] += 1
            self._stream(f"{PHOTOGRAPHS}{name}", partial(_put, content), ZIP_STORED)

    def _state(self) -> str:
        data, source, states = self._data, self._source, Counter[str]()
        head = StateHead(
            data.study.head.study,
            data.study.hash,
            data.site.site,
            data.site.code,
            source.ends,
            data.making.at.local.isoformat(timespec="seconds"),
            data.making.software,
        )

        def write(file: BinaryIO) -> None:
            told = write_state(self._counted(state_rows(source.snapshot, data.study)), head, file)
            states[told.state] += 1

        self._stream(STATE, write)
        return next(iter(states))

    def _counted(self, rows: Iterable[StateRow]) -> Iterator[StateRow]:
        for row in rows:
            self._counts[row.table] += 1
            yield row

    def _certificate(self, state: str) -> Certificate:
        data, source, say = self._data, self._source, self._data.say
        return Certificate(
            scope=say("Everything of the site: the site's own certified copy")
            if self._whole
            else say("The record of the site: events and study definitions, made before a package"),
            study=f"{data.study.head.study} {data.study.head.version}",
            site=f"{data.site.code} {data.site.name}",
            made_at=data.making.at.local.isoformat(timespec="seconds"),
            maker=data.making.by,
            workstation=source.node,
            software=data.making.software,
            pack=data.study.hash,
            counts=self._counts,
            state=state,
            ends=source.ends,
        )

    def _view(self, certified: Certificate) -> None:
        """What the page shows, a file for each subject: none is read before somebody asks to see it."""
        data = self._data
        facts = {"made_at": certified.made_at, "maker": certified.maker, "state": certified.state}
        facts |= {"software": certified.software, "workstation": certified.workstation}
        index = index_of(data, facts)
        self._json(INDEX, index)
        for number, casebook in enumerate(casebooks(data), 1):
            self._json(f"view/casebook-{number}.json", casebook)
        place = {number: at for at, number in enumerate(index["subjects"], 1)} | {"": 0}
        for number_of, trail in trails(data):
            self._json(f"view/trail-{place[number_of]}.json", trail)

    def _json(self, name: str, told: Mapping[str, Any]) -> None:
        self._bytes(name, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())

    def _bytes(self, name: str, content: bytes) -> None:
        self._stream(name, lambda file: file.write(content))

    def _stream(self, name: str, write: Callable[[BinaryIO], object], how: int = ZIP_DEFLATED) -> None:
        info = ZipInfo(name, _MIDNIGHT)
        info.compress_type = how
        with self._packed.open(info, "w", force_zip64=True) as inside:
            counted = _Summed(inside)
            write(counted)  # type: ignore[arg-type]
            counted.flush()
        self._sums[name] = counted.digest.hexdigest()


class _Summed:
    """A file that is written in larger bites than it is told, and its sum with it."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._waiting = bytearray()
        self.digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        """Take some more."""
        self._waiting += content
        if len(self._waiting) >= _BITE:
            self.flush()
        return len(content)

    def flush(self) -> None:
        """Pass on what waits."""
        self.digest.update(self._waiting)
        self._file.write(bytes(self._waiting))
        self._waiting.clear()


def _put(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _lines(file: BinaryIO, lines: Iterable[bytes]) -> None:
    for line in lines:
        file.write(line)
