"""T-24 and T-25: archives and XML that are made to do harm are refused before they are unpacked.

A package comes from somebody who may be heard, a copy or an invitation from whoever told its code: each could
be made by hand. The single refusals of a package stand in ``tests/unit/exchange/package/test_zip_safety.py``.
"""

from __future__ import annotations

import io
import json
import stat
import struct
import tracemalloc
import warnings
import zipfile
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

import defusedxml.ElementTree
import pytest

from crfapp.base.problems import AppProblem
from crfapp.exchange import workbook_reading
from crfapp.exchange.copy import reading as copy_reading
from crfapp.exchange.package import reading, zip_safety
from crfapp.exchange.package.manifest import EVENTS
from crfapp.exchange.workbook_reading import LibraryReader, StreamReader
from tests.support.fault_figures import Figure, note
from tests.support.loaders import LOADERS, zip_of
from tests.support.mutations import Seed
from tests.support.sheets_of import sheet_of, written_package
from tests.support.small_packages import Post, events_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

MOST_MEMORY = 24 << 20
NAMES = [
    *("../events.jsonl", "/etc/passwd", "photos/../../x", "C:\\x", "C:/x", "\\\\host\\x", "photos\\x"),
    *("photos/", "photos/.x", "photos/..", "con", "photos/a:b", "photos/a\0.jpg", "photos/\u202egpj.exe"),
    *("a.exe", "x" * 70, "contents/1", "contents/" + "A" * 64, "reports/x.exe", "manifest.json "),
    *("Manifest.json", "./manifest.json"),
]


def archives(post: Post) -> Iterator[tuple[str, bytes]]:
    """Unpacked packages that no program of ours has made, by what is wrong with them."""
    good = events_file(post.chain.links)
    for name in NAMES:
        yield f"a part called {name!r}", zip_of(post, good | {name: b"x"})
    yield "a bomb", zip_of(post, good | {"data.odm.xml": bytes(30 << 20)})
    inner = zip_of(post, good | {"data.xlsx": bytes(10 << 20)})
    yield "a bomb of many parts", zip_of(post, good | {f"reports/{n}.pdf": bytes(9 << 20) for n in range(5)})
    yield "one in the other", zip_of(post, good | {"photos/a.zip": inner, "../b.zip": inner})
    yield "another way to pack", zip_of(post, good, zipfile.ZIP_BZIP2)
    yield "yet another", zip_of(post, good, zipfile.ZIP_LZMA)
    whole = zip_of(post, good)
    link = zipfile.ZipInfo("photos/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    yield "a link", _added(whole, link, b"/etc/passwd")
    yield "the same name twice", _added(whole, zipfile.ZipInfo(EVENTS), b"")
    yield "a comment behind it", _commented(whole)
    yield "something before it", b"#!/bin/sh\n" * 50 + whole
    yield "a part that is locked", _in_lists(whole, 8, 6, struct.pack("<H", 1))
    yield "sizes that lie", _in_lists(whole, 24, 22, struct.pack("<L", 1))
    yield "sizes that lie upwards", _in_lists(whole, 24, 22, struct.pack("<L", 1 << 31))
    yield "parts that lie one on the other", _in_lists(whole, 42, 0, struct.pack("<L", 0))
    yield "a million files", _ends_with(whole, 1_000_000)
    yield "more files than there are", _ends_with(whole, 60_000)


def _added(whole: bytes, entry: zipfile.ZipInfo, content: bytes) -> bytes:
    file = io.BytesIO(whole)
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as zipped:
        warnings.simplefilter("ignore")
        zipped.writestr(entry, content)
    return file.getvalue()


def _commented(whole: bytes) -> bytes:
    file = io.BytesIO(whole)
    with zipfile.ZipFile(file, "a") as zipped:
        zipped.comment = b"x" * 60_000
    return file.getvalue()


def _in_lists(whole: bytes, central: int, local: int, value: bytes) -> bytes:
    """Other bytes at one place of each entry, in the list at the end and before each file."""
    changed = bytearray(whole)
    for mark, place in ((b"PK\x01\x02", central), (b"PK\x03\x04", local)):
        at = changed.find(mark)
        while place and at >= 0:
            changed[at + place : at + place + len(value)] = value
            at = changed.find(mark, at + 4)
    return bytes(changed)


def _ends_with(whole: bytes, files: int) -> bytes:
    """The list says that it names so many files."""
    size, place = struct.unpack("<2L", whole[-10:-2])
    if files < 0xFFFF:
        return whole[:-14] + struct.pack("<2H2LH", files, files, size, place, 0)
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, files, files, size, place)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(whole) - 22, 1)
    return (
        whole[:-22]
        + end64
        + locator
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, size, place, 0)
    )


def is_harmless(read: Callable[[], object]) -> bool:
    """Whether it is refused in words, and little was unpacked before."""
    tracemalloc.start()
    try:
        read()
    except AppProblem:
        return tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    except Exception:  # noqa: BLE001 - what nobody expects is what harms
        return False
    finally:
        tracemalloc.stop()
    return False


def harmed(corpus: Iterable[tuple[str, Callable[[], object]]]) -> list[str]:
    """What is not harmless among them."""
    return [what for what, read in corpus if not is_harmless(read)]


@pytest.mark.req("REQ-807")
def test_an_archive_made_to_harm_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin does not look at what the archive says of itself before it unpacks."""
    post = Post(tmp_path)
    assert reading.read_plain(io.BytesIO(zip_of(post, events_file(post.chain.links)))).events
    corpus = [(what, partial(reading.read_plain, io.BytesIO(data))) for what, data in archives(post)]
    bad = harmed(corpus)
    for guard in ("_refuse_strange", "_refuse_large"):
        monkeypatch.setattr(zip_safety, guard, lambda _what: None)
    worse = harmed(corpus)
    words = "the look at the list of files"
    note(Figure("T-24", "a package unpacked", len(corpus), len(bad), words, len(corpus), len(worse)))
    assert bad == []
    assert len(worse) > 5


@pytest.mark.req("REQ-807")
def test_a_copy_or_an_invitation_made_to_harm_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made by somebody who tells the code with it; the twin takes what the archive says of itself."""
    tried = [*_copies(tmp_path / "copy"), *_invitations(tmp_path / "invitation")]
    bad = harmed(tried)
    monkeypatch.setattr(copy_reading, "refuse_long_list", lambda _file: 0)
    monkeypatch.setattr(copy_reading, "_MOST_SMALL", 1 << 40)
    worse = harmed(tried)
    words = "the limit of what is kept in memory"
    note(Figure("T-24", "a copy, an invitation", len(tried), len(bad), words, len(tried), len(worse)))
    assert bad == []
    assert worse != []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "invitation"]


def _copies(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    folder.mkdir()
    loader = LOADERS["copy"](folder)
    good = next(seed.data for seed in loader.seeds if seed.name == "inside")
    wrong = {
        "sums without end": _bloated(good),
        "a million files": _ends_with(good, 1_000_000),
        "a comment": _commented(good),
    }
    for what, data in wrong.items():
        yield f"copy: {what}", partial(loader.read, Seed("inside", data))


def _invitations(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    folder.mkdir()
    loader = LOADERS["invitation"](folder)
    told = json.loads(next(seed.data for seed in loader.seeds if seed.name == "sealed"))
    for name in ("../evil", "/tmp/evil", "site.json", "photos/../../x", "vault.json", "photos/x"):  # noqa: S108
        forged = json.dumps(told | {"parts": {name: told["parts"]["ledger.db"]}}).encode()
        yield f"invitation: {name}", partial(loader.read, Seed("sealed", forged))


def _bloated(whole: bytes) -> bytes:
    """The same files, but for sums that are forty megabytes of nothing."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as zipped,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for name in zipped.namelist():
            again.writestr(name, bytes(40 << 20) if name == "SHA256SUMS" else zipped.read(name))
    return made.getvalue()


# ---- XML

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
DOCTYPES = {
    "a billion laughs": (f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>', "&l8;"),
    "quadratic": (f'<!DOCTYPE x [<!ENTITY a "{"a" * 20_000}">]>', "&a;" * 200),
    "an entity": ('<!DOCTYPE x [<!ENTITY a "inside">]>', "&a;"),
    "a file of the machine": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>', "&a;"),
    "a page of the network": ('<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>', "&a;"),
    "a parameter": ("<!DOCTYPE x [<!ENTITY % a \"<!ENTITY b 'c'>\"> %a;]>", "&b;"),
    "a definition elsewhere": ('<!DOCTYPE x SYSTEM "file:///etc/hostname">', ""),
    "a definition alone": ("<!DOCTYPE x [<!ELEMENT x ANY>]>", ""),
}
PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml")
TOLD = (ValueError, ExpatError, ParseError)


def workbooks(package: bytes) -> Iterator[tuple[str, bytes]]:
    """A workbook of which one part has a document type of its own, with what uses it."""
    with zipfile.ZipFile(io.BytesIO(package)) as zipped:
        parts = {name: zipped.read(name).decode() for name in zipped.namelist()}
    for part in PARTS:
        for what, (doctype, use) in DOCTYPES.items():
            head, tail = parts[part].split("?>", 1) if "?>" in parts[part] else ("", parts[part])
            told = tail.replace("canary", use or "canary", 1)
            made = io.BytesIO()
            with zipfile.ZipFile(made, "w") as again:
                for name, content in parts.items():
                    again.writestr(name, f"{head}?>{doctype}{told}" if name == part and head else content)
            yield f"{what} in {part}", made.getvalue()


def read_anyhow(reader: Any, data: bytes) -> bool:
    """Whether it was read, as if nothing were wrong."""
    try:
        book = reader(data)
        return [list(book.rows(name)) for name in book.names()] != []
    except TOLD:
        return False


@pytest.mark.req("REQ-807")
def test_xml_that_defines_something_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No workbook of ours has a document type. The twin reads with the parsers as Python brings them."""
    corpus = list(workbooks(written_package(sheet_of("S", [["canary"]]))[1]))
    tried = [(what, reader, data) for what, data in corpus for reader in (LibraryReader, StreamReader)]
    # the library lets a document type pass that brings nothing in
    tried = [one for one in tried if one[1] is StreamReader or "definition" not in one[0]]
    bad = [f"{what}: {reader.__name__}" for what, reader, data in tried if read_anyhow(reader, data)]
    monkeypatch.setattr(workbook_reading, "_no_document_type", lambda *_: None)
    parser = defusedxml.ElementTree.DefusedXMLParser
    for name in ("defused_start_doctype_decl", "defused_entity_decl", "defused_unparsed_entity_decl"):
        monkeypatch.setattr(parser, name, lambda *_: None)
    monkeypatch.setattr(parser, "defused_external_entity_ref_handler", lambda *_: True)
    dearer = [one for one in tried if "laughs" not in one[0]]  # expat has a limit of its own
    worse = [what for what, reader, data in dearer if read_anyhow(reader, data)]
    words = "the refusal of document types"
    note(Figure("T-25", "XML in a workbook", len(tried), len(bad), words, len(dearer), len(worse)))
    assert bad == []
    assert worse != []
