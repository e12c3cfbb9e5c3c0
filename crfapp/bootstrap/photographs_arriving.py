"""Photographs that came in a package: each looked at beside the package's list, then kept encrypted."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.photographs_sent import PhotographsSent
from crfapp.exchange.package.manifest import PHOTOGRAPH_LIST, PHOTOGRAPHS
from crfapp.exchange.photograph_sheets import COPY, FILE, ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.exchange.package.manifest import Part
    from crfapp.exchange.package.reading import OpenPackage

MOST_BYTES = 60_000_000
"""A copy of the largest photograph that is taken in is a JPEG of all its pixels, and below this."""
_LONGEST_LIST = 64 << 20


def keep_photographs(opened: OpenSite, package: OpenPackage) -> int:
    """Keep what a package of the site brings; how many.

    At another workstation of the site these are the originals, elsewhere the copies that were made for
    others, kept under the hash of the original. PACKAGE_DAMAGED where a file is not in the list, or not what
    the list says; PACKAGE_TOO_LARGE.
    """
    told = package.manifest
    parts = [part for part in told.parts if part.name.startswith(PHOTOGRAPHS)]
    if told.sort != "site" or not parts:
        return 0
    listed, of_site = dict(_listed(package)), opened.store.folder.card.sort == "site"
    for part in parts:
        _refuse_other(part, listed, of_site=of_site)
    kept = opened.photographs
    for part in parts:
        original, _copy = listed[part.name]
        content = package.open(part.name).read()
        if of_site:
            kept.keep(content)
        else:
            kept.keep_copy(original, content)
    if of_site:
        PhotographsSent(opened, told.node).note_theirs(part.sha256 for part in parts)
    return len(parts)


def _refuse_other(part: Part, listed: dict[str, tuple[str, str]], *, of_site: bool) -> None:
    if part.size > MOST_BYTES:
        raise RefusedError(Code.PACKAGE_TOO_LARGE, part=part.name)
    original, copy = listed.get(part.name, ("", ""))
    if part.sha256 != copy or (of_site and original != copy):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="photograph", part=part.name)


def _listed(package: OpenPackage) -> Iterator[tuple[str, tuple[str, str]]]:
    """The list: part -> (hash of the original, hash of the file)."""
    size = next((part.size for part in package.manifest.parts if part.name == PHOTOGRAPH_LIST), 0)
    if not size or size > _LONGEST_LIST:
        raise RefusedError(Code.PACKAGE_DAMAGED, why="photograph", part=PHOTOGRAPH_LIST)
    try:
        text = package.open(PHOTOGRAPH_LIST).read().decode("utf-8-sig")
        for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
            yield PHOTOGRAPHS + row[FILE], (row[ORIGINAL], row[COPY])
    except (UnicodeDecodeError, csv.Error, KeyError, TypeError):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="photograph", part=PHOTOGRAPH_LIST) from None
