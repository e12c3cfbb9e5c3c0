"""Texts that PostgreSQL cannot hold: a zero byte in one is written as a mark, and read back as it was.

A site's file keeps whatever was typed; what came from there must not be refused here, nor come out otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg.adapt import Loader
from psycopg.types.string import StrDumperUnknown

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.abc import Buffer

_MARK = "\U0010fffd".encode()
"""A private character; one that was typed is marked itself, so that both come back as they were."""

_AWAY = ((_MARK, _MARK + b"1"), (b"\x00", _MARK + b"0"))
_BACK = ((_MARK + b"0", b"\x00"), (_MARK + b"1", _MARK))


class _Writing(StrDumperUnknown):
    def dump(self, obj: str) -> Buffer:
        raw = obj.encode()  # half a character raises UnicodeEncodeError, as SQLite's driver does
        if b"\x00" in raw or _MARK in raw:
            for plain, marked in _AWAY:
                raw = raw.replace(plain, marked)
        return raw


class _Reading(Loader):
    def load(self, data: Buffer) -> str:
        raw = bytes(data)
        if _MARK in raw:
            for marked, plain in _BACK:
                raw = raw.replace(marked, plain)
        return raw.decode()


def keep_every_text(connection: Connection) -> None:
    """Let this connection write and read texts so."""
    connection.adapters.register_dumper(str, _Writing)
    connection.adapters.register_loader("text", _Reading)
