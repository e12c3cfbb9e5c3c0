"""What a ZIP says of itself is looked at before anything of it is unpacked (ASVS 5.2.3, 5.3.3)."""

from __future__ import annotations

import re
import struct
import zipfile
from typing import TYPE_CHECKING, BinaryIO

from crfapp.base.problems import Code, RefusedError
from crfapp.exchange.package.manifest import MANIFEST
from crfapp.store.zip_directory import LongListError, refuse_long_list

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 64 << 30
MOST_UNPACKED = 4 << 30
"""Of what is not a photograph, and so may be compressed."""
MOST_RATIO = 200
_RATIO_COUNTS_FROM = 1 << 20

_NAMES = re.compile(
    r"manifest\.json|events\.jsonl|certificate\.(json|txt)|data\.(xlsx|odm\.xml)|vault\.json|photographs\.csv"
    r"|contents/[0-9a-f]{64}|photos/[A-Za-z0-9][A-Za-z0-9._-]{0,120}"
    r"|reports/[A-Za-z0-9][A-Za-z0-9._-]{0,60}\.pdf"
)


def opened_zip(file: BinaryIO) -> zipfile.ZipFile:
    """The ZIP, all its entries looked at.

    PACKAGE_TOO_LARGE where it would unpack to more than a package has, PACKAGE_DAMAGED where it is not one:
    names that a package does not have, twice the same, or ways of packing that it does not use.
    """
    told = _refuse_large_directory(file)
    try:
        zipped = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError, UnicodeError):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="zip") from None
    entries = zipped.infolist()
    names = {entry.orig_filename for entry in entries}
    begins = min((entry.header_offset for entry in entries), default=0)
    if begins or not told == len(names) == len(entries) or MANIFEST not in names:
        raise RefusedError(Code.PACKAGE_DAMAGED, why="zip")
    for entry in entries:
        _refuse_strange(entry)
    _refuse_large(entries)
    return zipped


def _refuse_large_directory(file: BinaryIO) -> int:
    try:
        return refuse_long_list(file)
    except LongListError as error:
        raise RefusedError(Code.PACKAGE_TOO_LARGE, files=error.files) from None
    except ValueError:
        raise RefusedError(Code.PACKAGE_DAMAGED, why="zip") from None


def _refuse_strange(entry: zipfile.ZipInfo) -> None:
    known = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    encrypted = entry.flag_bits & 0x1
    if not known or encrypted or not _NAMES.fullmatch(entry.orig_filename):
        raise RefusedError(Code.PACKAGE_DAMAGED, why="zip")


def _refuse_large(entries: Iterable[zipfile.ZipInfo]) -> None:
    whole = unpacked = 0
    for entry in entries:
        whole += entry.file_size
        stored = entry.compress_type == zipfile.ZIP_STORED
        unpacked += 0 if stored else entry.file_size
        bloated = entry.file_size > max(_RATIO_COUNTS_FROM, entry.compress_size * MOST_RATIO)
        if bloated or whole > MOST_BYTES or unpacked > MOST_UNPACKED:
            raise RefusedError(Code.PACKAGE_TOO_LARGE, bytes=whole)
        if stored and entry.file_size != entry.compress_size:
            raise RefusedError(Code.PACKAGE_DAMAGED, why="zip")
