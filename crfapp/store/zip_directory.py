"""How long the list of files in a ZIP is: it is read into memory whole, so its length is looked at first."""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

MOST_FILES = 200_000
MOST_BYTES = 64 << 20

_END = struct.Struct("<4s4H2LH")
_END64_PLACE = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF


class LongListError(ValueError):
    """The list names more files than any file of this program has; ``files`` of them."""

    def __init__(self, files: int) -> None:
        super().__init__(f"{files} files")
        self.files = files


def refuse_long_list(file: BinaryIO) -> int:
    """How many files the list says it names.

    LongListError; another ValueError where the file does not end as a ZIP without a comment does.
    """
    try:
        file.seek(-_END.size, os.SEEK_END)
        mark, *_, files, size, offset, comment = _END.unpack(file.read(_END.size))
        if mark != b"PK\x05\x06" or comment:
            raise ValueError("not the end of a ZIP")
        if files == _FULL_16 or _FULL_32 in (size, offset):
            file.seek(-_END.size - _END64_PLACE.size, os.SEEK_END)
            _mark, _disk, place, _disks = _END64_PLACE.unpack(file.read(_END64_PLACE.size))
            file.seek(place)
            _mark, *_, files, size, offset = _END64.unpack(file.read(_END64.size))
    except (OSError, OverflowError, struct.error) as error:
        raise ValueError("not the end of a ZIP") from error
    if files > MOST_FILES or size > MOST_BYTES:
        raise LongListError(files)
    return int(files)
