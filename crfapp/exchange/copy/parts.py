"""What a certified copy holds, part by part, each with its sum, and the sums signed (REQ-502, 803, 911).

Everything of the site: nothing is left out of a copy that the site keeps for itself.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

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
    from crfapp.ledger.chain import Sealed
    from crfapp.ledger.events import End

DATABASE, EVENTS, SCHEMA = "records/ledger.sqlite", "records/events.jsonl", "records/schema.sql"
STATE, STUDIES, ODM, SUMS = "records/state.jsonl", "studies/", "odm/site.odm.xml", "SHA256SUMS"
INDEX, VIEWER = "view/index.json", "open-copy.html"
_BITE = 1 << 16
_MIDNIGHT = (1980, 1, 1, 0, 0, 0)
"""A ZIP wants a local time without a zone, which says nothing here: when it was made stands inside."""


@dataclass(frozen=True, slots=True)
class Source:
    """A site as a copy is made of it, all at one instant.

    ``data`` leaves nothing out. ``database`` gives the plain SQLite file and the rows of its tables,
    ``links`` all chains in order, ``contents`` the study versions by hash, ``viewer`` the page that opens it.
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
    viewer: bytes
    certificate: str
    sign: Callable[[bytes], bytes]


class Written(NamedTuple):
    """What a copy came to hold: the hash of the shared state, rows by table, parts."""

    state: str
    counts: dict[str, int]
    parts: int


def write_parts(source: Source, packed: ZipFile) -> Written:
    """Write every part, the certificate, the sums and their signature into ``packed``, in this order."""
    return _Copy(source, packed).write()


class _Copy:
    def __init__(self, source: Source, packed: ZipFile) -> None:
        self._source, self._data, self._packed = source, source.data, packed
        self._sums: dict[str, str] = {}

    def write(self) -> Written:
        source, data = self._source, self._data
        state = self._state()
        database, counts = source.database({"study": data.study.head.study, "site": data.site.code})
        self._bytes(DATABASE, database)
        self._stream(EVENTS, lambda file: _lines(file, map(line_of, source.links())))
        self._bytes(SCHEMA, source.schema.encode())
        for digest, content in source.contents():
            self._bytes(f"{STUDIES}{digest}.json", content)
        for name, sheet in named_sheets(data):
            self._stream(f"csv/{name}", lambda file, of=sheet: put_sheet(of, file))  # type: ignore[misc]
        self._stream(ODM, lambda file: write_odm(data, file))
        certified = self._certificate(state, counts)
        self._bytes("certificate.json", certified.json())
        self._bytes("certificate.txt", certified.text(data.say))
        self._view(certified)
        self._bytes(VIEWER, source.viewer)
        self._bytes("READ ME.txt", read_me(data.say).encode())
        self._bytes("workstation.asc", source.certificate.encode())
        sums = "".join(f"{digest}  {name}\n" for name, digest in self._sums.items()).encode()
        self._bytes(SUMS, sums)
        self._bytes(f"{SUMS}.asc", source.sign(sums))
        return Written(state, counts, len(self._sums))

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
            told = write_state(state_rows(source.snapshot, data.study), head, file)
            states[told.state] += 1

        self._stream(STATE, write)
        return next(iter(states))

    def _certificate(self, state: str, counts: Mapping[str, int]) -> Certificate:
        data, source = self._data, self._source
        return Certificate(
            scope=data.say("Everything of the site: the site's own certified copy"),
            study=f"{data.study.head.study} {data.study.head.version}",
            site=f"{data.site.code} {data.site.name}",
            made_at=data.making.at.local.isoformat(timespec="seconds"),
            maker=data.making.by,
            workstation=source.node,
            software=data.making.software,
            pack=data.study.hash,
            counts=counts,
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

    def _stream(self, name: str, write: Callable[[BinaryIO], object]) -> None:
        info = ZipInfo(name, _MIDNIGHT)
        info.compress_type = ZIP_DEFLATED
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


def _lines(file: BinaryIO, lines: Iterable[bytes]) -> None:
    for line in lines:
        file.write(line)
