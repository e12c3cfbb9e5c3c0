"""Links of other chains on disk: the tables afterwards are what a fold of everything tells."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import KINDS
from crfapp.ledger.keys import FormKey
from crfapp.ledger.site_rows import OF_ONE_CHAIN, SITE_KINDS
from crfapp.ledger.state import MoveRow, RedactionRow, RivalRow
from crfapp.store import folding
from crfapp.store.engine import open_engine, writing
from crfapp.store.migrations import migrate
from crfapp.store.rebuild import compare, remake
from crfapp.store.receiving import take_in
from crfapp.work.moving import AgreeMove, AskMove, MoveForm
from crfapp.work.people import AddPerson, CloseSession, OpenSession, SetClinicDays
from crfapp.work.redaction import ApproveRedaction, AskRedaction
from crfapp.work.roles import Role
from tests.properties.exchanges import HADDAD, Trouble, lost, troubles
from tests.properties.test_any_pack import EXAMPLES
from tests.support.clinic import ADMIN, RANIA
from tests.support.examples.redaction import NAME
from tests.support.examples.whole_forms import DIMA
from tests.support.random_work import BEGUN, STEPS, Step, work
from tests.support.tiny import tiny_study
from tests.support.ward import ward_study
from tests.support.workstations import Workstation, level, rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Engine

    from crfapp.ledger.chain import Sealed
    from crfapp.store.engine import Db

KEY = bytes(range(32))
few = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


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
@settings(few, max_examples=EXAMPLES or 4)
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


def test_room_for_many_rows_is_given_back_whether_they_are_taken_in_or_refused() -> None:
    with two() as (ward, office):
        office.enrol()
        office.enrol()
        package = [link for link in office.package(to="ws-a") if link.node == "ws-b"]
        for links, refused in ((package[1:], pytest.raises(RefusedError)), (package, None)):
            held: list[int] = []
            with writing(ward.engine) as db:
                usual = room(db)
                with refused or nullcontext():
                    take_in(db, met(db, links, held), "ws-a")
                assert room(db) == usual
                assert min(map(abs, held)) > abs(usual)


def met(db: Db, links: Sequence[Sealed], held: list[int]) -> Iterator[Sealed]:
    """Links, and the room there is as each of them is taken."""
    for link in links:
        held.append(room(db))
        yield link


def room(db: Db) -> int:
    """KiB of pages that SQLite may hold, below zero."""
    row = db.execute("PRAGMA cache_size").fetchone()
    return int(row[0]) if row else 0


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


@pytest.mark.req("REQ-609", "REQ-608")
@settings(few, max_examples=EXAMPLES or 5)
@given(troubles(3))
def test_on_disk_whatever_is_done_the_tables_are_what_the_ledger_tells(trouble: Trouble) -> None:
    with stores(trouble.many) as engines:
        everybody = trouble.played(engines)
        for one in everybody:
            assert differences(one) == []
        level(*everybody)
        for one in everybody:
            assert differences(one) == []
            assert rows(one) == rows(everybody[0])
        assert lost(everybody[0]) == []
        for one in everybody:
            one.ledger.close()  # type: ignore[attr-defined]


def test_folding_on_what_came_in_between_would_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sabotaged twin: whatever is new is taken for later than everything known."""
    monkeypatch.setattr(folding.Folding, "_goes_on", lambda *_all: True)
    with two() as (ward, office):
        subject = ward.enrol()
        ward.start(subject, "V_SCR")
        office.hear(ward)
        key = FormKey(subject, "V_SCR", 1, "DM", 1)
        office.later(1)
        office.enter(key, SEX="F")
        ward.later(30)
        ward.enter(key, SEX="M")
        ward.hear(office)
        assert differences(ward) != []


@contextmanager
def two_wards() -> Iterator[tuple[Workstation, Workstation, FormKey]]:
    with stores(2) as engines:
        ward = Workstation(ward_study(), "ws-a", engine=engines[0])
        key = FormKey(*ward.start(ward.enrol(), "V_SCR"), "DM", 1)
        ward.enter(key, SEX="F")
        office = Workstation(ward_study(), "ws-b", ward, engines[1])
        yield ward, office, key
        ward.ledger.close()  # type: ignore[attr-defined]
        office.ledger.close()  # type: ignore[attr-defined]


@pytest.mark.req("REQ-108")
def test_what_one_workstation_made_unreadable_is_so_on_the_other_also_beside_and_late() -> None:
    with two_wards() as (ward, office, key):
        office.enter(key, CB=NAME)
        ward.later()
        ward.enter(key, CB="pill")
        ward.hear(office)
        (rival,) = ward.ledger.tables.find(RivalRow, item="CB")
        assert rival.value == NAME
        ward.send(AskRedaction(subject=key.subject, of=rival.head, field="value", reason="a name"))
        wish = ward.ledger.tables.find(RedactionRow, state="asked")[0].wish
        ward.bus.send(ApproveRedaction(wish=wish, reason="it is a name"), HADDAD)
        assert [row.value for row in ward.ledger.tables.find(RivalRow, item="CB")] == [None]
        office.hear(ward)
        for here in (ward, office):
            assert not [link for link in here.links() if NAME.encode() in link.told]
            assert differences(here) == []
        level(ward, office)
        assert rows(ward) == rows(office)


def test_a_form_that_is_moved_elsewhere_meanwhile_joins_on_both_sides() -> None:
    with two_wards() as (ward, office, key):
        to = ward.start(ward.enrol(), "V_SCR", "2025-01-05")
        office.hear(ward)
        ward.send(AskMove(key=key, to=to, reason="the file of the patient before was open"))
        move = ward.ledger.tables.find(MoveRow)[0].move
        ward.bus.send(AgreeMove(move=move), DIMA)
        ward.send(MoveForm(move=move))
        office.enter(key, AGE="44")  # in between, without knowing
        office.hear(ward)
        ward.hear(office)
        for here in (ward, office):
            assert differences(here) == []
            assert here.ledger.tables.get(MoveRow, move).state == "done"  # type: ignore[union-attr]
        level(ward, office)
        assert rows(ward) == rows(office)


def test_which_kinds_change_rows_about_no_subject_is_said_in_full() -> None:
    """Whatever happens at a site and is about nobody changes only rows where it is looked for."""
    with two() as (ward, office):
        for here in (ward, office):
            here.bus.send(
                AddPerson(login=f"o-{here.name}", name="O", role=Role.NURSE, organisation="C"), ADMIN
            )
            here.bus.send(SetClinicDays(weekend=(5, 6), closed=()), ADMIN)
            here.bus.send(OpenSession(how="login"), RANIA)
        ward.later(3)
        ward.bus.send(CloseSession(how="logout"), RANIA)
        for here, other in ((ward, office), (office, ward)):
            here.hear(other)
            assert differences(here) == []
    for table, kinds in SITE_KINDS.items():
        assert table not in OF_ONE_CHAIN
        assert all(kind.kind in KINDS for kind in kinds)
