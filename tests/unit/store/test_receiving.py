"""Links of other chains on disk: the tables afterwards are what a fold of everything tells."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import FormKey
from crfapp.store.engine import open_engine
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import compare, remake
from tests.support.random_work import BEGUN, STEPS, Step, work
from tests.support.tiny import tiny_study
from tests.support.workstations import Workstation, level, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

KEY = bytes(range(32))


@contextmanager
def stores(number: int) -> Iterator[list[Engine]]:
    with TemporaryDirectory() as name, ExitStack() as closing:
        engines = []
        for place in range(number):
            folder = Path(name) / str(place)
            folder.mkdir()
            engines.append(open_engine(folder / "ledger.db", KEY, create=True, durable=False))
            closing.callback(engines[-1].dispose)
            migrate(engines[-1], lambda _have: None, remake)
        yield engines


def differences(one: Workstation) -> list[object]:
    return list(compare(one.engine, Path(one.engine.url.database or "").parent))


@contextmanager
def two() -> Iterator[tuple[Workstation, Workstation]]:
    with stores(2) as engines:
        ward = Workstation(tiny_study(), "ws-a", engine=engines[0])
        work(ward, BEGUN)
        office = Workstation(tiny_study(), "ws-b", ward, engines[1])
        yield ward, office
        ward.ledger.close()  # type: ignore[attr-defined]
        office.ledger.close()  # type: ignore[attr-defined]


@pytest.mark.req("REQ-805")
@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(STEPS, STEPS, st.integers(-3, 3)), min_size=1, max_size=2))
def test_after_every_package_the_tables_are_what_the_ledger_tells(
    days: list[tuple[list[Step], list[Step], int]],
) -> None:
    with two() as (ward, office):
        for here, there, ahead in days:
            ward.later(60)
            office.later(60 + ahead)
            work(ward, here)
            work(office, there)
            ward.hear(office)
            assert differences(ward) == []
            office.hear(ward)
            assert differences(office) == []
        level(ward, office)
        assert rows(ward) == rows(office)
        assert differences(ward) == []


def test_a_link_that_is_another_one_here_forks_its_chain() -> None:
    with two() as (ward, office):
        twin = Workstation(tiny_study(), "ws-c", ward)
        office.enrol()
        twin.enrol()
        links = [link._replace(node="ws-b") for link in twin.package() if link.node == "ws-c"]
        before = rows(office)
        with pytest.raises(RefusedError) as refused:
            ward.take_in([*office.package(to="ws-a"), links[0]])
        assert refused.value.code is Code.CHAIN_FORKED
        with pytest.raises(RefusedError) as refused:
            office.take_in(links)
        assert refused.value.code is Code.CHAIN_FORKED
        assert rows(office) == before
        assert differences(ward) == []


def test_a_gap_is_named_and_nothing_of_it_is_kept() -> None:
    with two() as (ward, office):
        office.enrol()
        office.enrol()
        links = [link for link in office.package(to="ws-a") if link.node == "ws-b"]
        with pytest.raises(RefusedError) as refused:
            ward.take_in([links[0], *links[2:]] if len(links) > 2 else links[1:])
        assert refused.value.code is Code.PACKAGE_GAP
        assert not [link for link in ward.links() if link.node == "ws-b"]


def test_only_the_subject_that_came_in_between_is_folded_again() -> None:
    with two() as (ward, office):
        subject = ward.enrol()
        ward.start(subject, "V_SCR")
        office.hear(ward)
        key = FormKey(subject, "V_SCR", 1, "DM", 1)
        office.later(1)
        office.enter(key, SEX="F")
        ward.later(30)
        ward.enter(key, BRTHDAT="1990-05")
        ward.hear(office)
        assert differences(ward) == []
        assert (ward.value(key, "SEX"), ward.value(key, "BRTHDAT")) == ("F", "1990-05")
