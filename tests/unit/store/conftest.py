"""A fresh encrypted ledger, and links of chains to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from crfapp.base.canonical import canonical, sha256
from crfapp.ledger.chain import GENESIS, Sealed
from crfapp.store.engine import open_engine
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import remake

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

Links = Callable[..., list[Sealed]]


def refuse_backup(have: int) -> None:
    raise AssertionError(f"nothing to back up at {have}")


@pytest.fixture
def key() -> bytes:
    return bytes(range(32))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


@pytest.fixture
def engine(ledger: Path, key: bytes) -> Iterator[Engine]:
    engine = open_engine(ledger, key, create=True)
    migrate(engine, refuse_backup, remake)
    yield engine
    engine.dispose()


@pytest.fixture
def links() -> Links:
    """``links("WS1", 3)``: the first three links of a workstation's chain; subjects take turns."""

    def make(node: str, count: int, *, first: int = 1, note: str = "") -> list[Sealed]:
        chain, prev = [], GENESIS
        for seq in range(1, count + 1):
            subject = None if seq % 3 == 0 else f"JO01-00{seq % 3}"
            kind = "value-recorded" if seq % 2 else "visit-started"
            at = f"2025-01-12T07:{seq // 60:02d}:{seq % 60:02d}Z"
            body = canonical({"node": node, "seq": seq, "prev": prev, "note": note})
            prev = sha256(body)
            chain.append(
                Sealed(node, seq, prev, kind, subject, at, body, canonical({"value": ["salt", "120"]}))
            )
        return chain[first - 1 :]

    return make
