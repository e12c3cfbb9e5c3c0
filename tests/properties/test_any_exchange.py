"""Laws of joining chains, tried on made-up work at several workstations (T-12, T-13).

Whatever is done where, and whatever is heard when: the same events give the same tables, nothing that was
told is lost, and workstations that exchange come to rest. Each law notices a program that lets whoever
wrote last win.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys import memory_ledger
from crfapp.ledger.state import ItemRow, LockRow
from tests.properties.exchanges import Act, Trouble, lost, packages_of, troubles
from tests.properties.test_any_pack import EXAMPLES
from tests.properties.test_any_pack import few as many_few
from tests.support.in_line import out_of_line
from tests.support.memory_ledger import MemoryLedger
from tests.support.workstations import exchange, level, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crfapp.ledger.chain import Sealed
    from tests.support.memory_ledger import MemoryTables

few = settings(many_few, max_examples=EXAMPLES or 12)


@pytest.mark.req("REQ-609")
@few
@given(troubles(5))
def test_the_same_events_give_the_same_tables_everywhere_and_nothing_is_lost(trouble: Trouble) -> None:
    everybody = trouble.played()
    level(*everybody)
    first, *others = everybody
    for other in others:
        assert rows(other) == rows(first)
    assert lost(first) == []


@pytest.mark.req("REQ-609")
@few
@given(troubles())
def test_workstations_that_exchange_come_to_rest_with_what_fresh_forms_say(trouble: Trouble) -> None:
    everybody = trouble.played()
    exchange(*everybody)
    first, *others = everybody
    for other in others:
        assert rows(other) == rows(first)
    assert lost(first) == []
    if not any(row.state in ("frozen", "locked") for row in first.ledger.tables.find(LockRow)):
        assert out_of_line(first) == []


@pytest.mark.req("REQ-805")
@few
@given(troubles(), st.randoms(use_true_random=False))
def test_links_in_any_order_twice_and_in_pieces_lead_to_the_same(trouble: Trouble, chance: object) -> None:
    everybody = trouble.played()
    level(*everybody)
    pieces = [
        package[start : start + 20]
        for package in packages_of(everybody)
        for start in range(0, len(package), 15)
    ]
    pieces += pieces[::2]
    chance.shuffle(pieces)  # type: ignore[attr-defined]
    assert replica(pieces).rows == everybody[0].ledger.tables.rows


@pytest.mark.req("REQ-805")
def test_five_packages_in_every_order_there_is() -> None:
    acts = [Act(who, "work", (ANSWERS[who],), who) for who in range(5)]
    everybody = Trouble(5, acts).played()
    packages = packages_of(everybody)
    wanted = None
    for order in permutations(packages):
        tables = replica(order)
        wanted = wanted or tables.rows
        assert tables.rows == wanted
    assert len(wanted or ()) > 0


ANSWERS = (
    ("answer", "V_SCR", "DM", "", "SEX", "F", ""),
    ("answer", "V_SCR", "DM", "", "SEX", "M", ""),
    ("answer", "V_SCR", "DM", "", "BRTHDAT", "1990-05", ""),
    ("missing", "V_SCR", "DM", "", "BRTHDAT", "UNK", ""),
    ("answer", "V_SCR", "DM", "SIT", "SYS", "220", ""),
)


def replica(packages: Sequence[Sequence[Sealed]]) -> MemoryTables:
    """What somebody knows who took these in, each again and again until nothing is missing before it."""
    ledger, waiting = MemoryLedger(), list(packages)
    while waiting:
        left = [package for package in waiting if not _joined(ledger, package)]
        assert len(left) < len(waiting)
        waiting = left
    return ledger.tables


def _joined(ledger: MemoryLedger, package: Sequence[Sealed]) -> bool:
    """Whether it could be joined; what has a gap before it waits."""
    before = len(ledger.links)
    try:
        ledger.receive(package)
    except RefusedError as refused:
        if refused.code is not Code.PACKAGE_GAP:
            raise
    return len(ledger.links) > before or package[-1] in ledger.links


# ---- each law notices a program in which whoever wrote last wins


def _overwrite(tables: MemoryTables, row: ItemRow, _replaced: object) -> None:
    tables._put(ItemRow, tuple(row.key), row)


def test_the_law_notices_that_the_last_writer_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_ledger.MemoryTables, "_follow", _overwrite)

    def loses(trouble: Trouble) -> bool:
        everybody = trouble.played()
        level(*everybody)
        return bool(lost(everybody[0]))

    until_noticed = settings(few, max_examples=300, derandomize=True, phases=[Phase.generate])
    assert find(troubles(), loses, settings=until_noticed)
