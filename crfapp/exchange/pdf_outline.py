"""An outline for a PDF that has none: readers list its chapters beside the pages.

The writer of pages (Qt) knows no outlines, so one is appended the way the format provides for later
changes (ISO 32000-1, 7.5.6): the bytes before it stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Bookmarks = Sequence[tuple[str, int]]
"""Titles, and the page of each, counted from 0."""

_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s*(\d+)\s*%%EOF\s*\Z", re.DOTALL)
_NUMBER = rb"/%s\s+(\d+)"
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+)\s+0\s+R")


def with_outline(pdf: bytes, bookmarks: Bookmarks, *, language: str, right_to_left: bool = False) -> bytes:
    """The file with an outline, its language, and the side from which its pages are turned.

    ValueError where the file is not built as Qt builds it, or a bookmark names a page that is not there.
    """
    ending = _TRAILER.search(pdf)
    if ending is None:
        raise ValueError("a PDF without a trailer of the plain form")
    trailer, before = ending[1], int(ending[2])
    offsets = _offsets(pdf, before)
    root, size = _number(trailer, b"Root"), _number(trailer, b"Size")
    catalog = _object(pdf, offsets[root])
    pages = _pages(pdf, offsets[_number(catalog, b"Pages")])
    added = {root: _catalog(catalog, size, language, right_to_left=right_to_left)}
    added |= _outline(bookmarks, pages, size)
    return pdf + _update(len(pdf), added, trailer, before)


def _number(text: bytes, name: bytes) -> int:
    found = re.search(_NUMBER % name, text)
    if found is None:
        raise ValueError(f"a PDF without /{name.decode()}")
    return int(found[1])


def _offsets(pdf: bytes, at: int) -> list[int]:
    """Where each object begins, by its number."""
    head = re.compile(rb"xref\s+0\s+(\d+)\s+").match(pdf, at)
    if head is None:
        raise ValueError("a PDF without a table of its objects")
    entries = pdf[head.end() :].split(b"\n", int(head[1]))
    return [int(entry[:10]) for entry in entries[: int(head[1])]]


def _object(pdf: bytes, at: int) -> bytes:
    """What stands between the brackets of a dictionary."""
    text = pdf[at : pdf.index(b"endobj", at)]
    return text[text.index(b"<<") + 2 : text.rindex(b">>")]


def _pages(pdf: bytes, at: int) -> list[int]:
    kids = _KIDS.search(_object(pdf, at))
    if kids is None:
        raise ValueError("a PDF without a list of its pages")
    return [int(number) for number in _REFERENCE.findall(kids[1])]


def _catalog(catalog: bytes, outline: int, language: str, *, right_to_left: bool) -> bytes:
    direction = b" /Direction /R2L" if right_to_left else b""
    return (
        catalog.strip()
        + b"\n/Outlines %d 0 R /PageMode /UseOutlines /Lang (%s)" % (outline, language.encode())
        + b"\n/ViewerPreferences << /DisplayDocTitle true%s >>" % direction
    )


def _outline(bookmarks: Bookmarks, pages: Sequence[int], first: int) -> dict[int, bytes]:
    """The outline and one entry for each bookmark, as objects from number ``first`` on."""
    last = first + len(bookmarks)
    made = {
        first: b"/Type /Outlines /First %d 0 R /Last %d 0 R /Count %d" % (first + 1, last, len(bookmarks))
    }
    for number, (title, page) in enumerate(bookmarks, start=first + 1):
        if not 0 <= page < len(pages):
            raise ValueError("a bookmark to a page that is not there")
        text = ("\ufeff" + title).encode("utf-16-be").hex().encode()
        entry = b"/Title <%s> /Parent %d 0 R /Dest [%d 0 R /Fit]" % (text, first, pages[page])
        entry += b" /Prev %d 0 R" % (number - 1) if number > first + 1 else b""
        entry += b" /Next %d 0 R" % (number + 1) if number < last else b""
        made[number] = entry
    return made


def _update(start: int, objects: dict[int, bytes], trailer: bytes, before: int) -> bytes:
    """New and changed objects, where they stand, and the way back to the table before."""
    body, table = b"\n", b"xref\n"
    for number, content in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (number, start + len(body))
        body += b"%d 0 obj\n<<\n%s\n>>\nendobj\n" % (number, content)
    size = max(objects) + 1
    rest = re.sub(rb"/Size\s+\d+", b"/Size %d" % size, trailer).strip()
    tail = b"trailer\n<<\n%s\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (rest, before, start + len(body))
    return body + table + tail
