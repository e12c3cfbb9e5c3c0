"""T-62: after any work at several workstations the tables on disk are what the ledger folds to again.

More of it stands in ``tests/unit/store/test_rebuild.py`` and ``tests/properties``; golden sites are folded
again in ``test_upgrade``. The twin folds without one kind of event.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from crfapp.ledger.events import ValueRecorded
from crfapp.ledger.fold import changes_of
from crfapp.store import rebuild
from crfapp.store.engine import open_engine
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import compare, remake
from tests.properties.exchanges import NAMES, Trouble, troubles
from tests.support.fault_figures import Figure, many, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crfapp.ledger.chain import Record
    from crfapp.ledger.changes import Change

MANY = 3
KEY = bytes(range(32))


@pytest.mark.req("REQ-101")
def test_tables_folded_again_are_the_tables_that_were_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    tried, broken, noticed = 0, [], 0

    def forgetful(record: Record, *, late: bool = False) -> Iterator[Change]:
        return iter(()) if isinstance(record.event, ValueRecorded) else changes_of(record, late=late)

    @settings(
        max_examples=many(2, 60),
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(troubles(MANY))
    def worked(trouble: Trouble) -> None:
        nonlocal tried, noticed
        with TemporaryDirectory() as name:
            folder = Path(name)
            engines = [
                open_engine(folder / f"{one}.db", KEY, create=True, durable=False) for one in NAMES[:MANY]
            ]
            for engine in engines:
                migrate(engine, lambda _have: None, remake)
            everybody = trouble.played(engines)
            for engine in engines[: len(everybody)]:
                broken.extend(compare(engine, folder))
                tried += 1
            with monkeypatch.context() as twin:
                twin.setattr(rebuild, "changes_of", forgetful)
                noticed += bool(compare(engines[0], folder))
            for engine in engines:
                engine.dispose()

    worked()
    note(
        Figure(
            "T-62",
            "any work at two or three workstations that hear each other, folded again at each",
            tried=tried,
            bad=len(broken),
            twin="the answers in the fold",
            twin_tried=tried and many(2, 60),
            twin_bad=noticed,
        )
    )
    assert broken == []
    assert noticed > 0
