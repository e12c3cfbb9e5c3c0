"""The parts of a centre: as files under its home, and as schemas of a server; the same is asked of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from crfapp.base.problems import Code, EnvironmentProblem, RefusedError
from crfapp.bootstrap.centre.founding import keep_on_server
from crfapp.ledger.state import SubjectRow
from crfapp.store.centre import CentreMark, SqliteParts, expect_database, parts_of
from crfapp.store.engine import open_engine, reading
from crfapp.store.event_log import EventLog
from crfapp.store.postgres.engine import open_schema
from crfapp.store.postgres.parts import PostgresParts
from crfapp.store.site_store import data_key_of
from crfapp.store.verify import verify
from tests.support.centre_and_sites import JoinedSite, RealCentre
from tests.support.quick_site import QuickSite
from tests.support.random_work import BEGUN, work
from tests.support.tiny import tiny_study
from tests.support.workstations import Workstation
from tests.unit.bootstrap.test_centre import (
    site,
    test_answers_reach_the_centre_and_questions_and_wishes_come_back,
)

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.store.centre import Parts
    from tests.support.postgres import Cluster

KEY = bytes(range(32))
NEXT = iter(range(1, 1000))


@pytest.fixture(params=["files", "schemas"])
def parts(request: pytest.FixtureRequest, tmp_path: Path) -> Parts:
    cluster: Cluster = request.getfixturevalue("cluster")
    url = cluster.url if request.param == "schemas" else ""
    found = parts_of(CentreMark(f"c{next(NEXT)}", "Centre", url), tmp_path, KEY)
    assert isinstance(found, PostgresParts if url else SqliteParts)
    return found


@pytest.fixture
def centre(tmp_path: Path, cluster: Cluster) -> RealCentre:
    return RealCentre(tmp_path / "centre", database=cluster.url)


def test_a_part_is_begun_once_and_opened_by_one_at_a_time(parts: Parts) -> None:
    assert not parts.has("s1")
    with pytest.raises(RefusedError) as unknown:
        parts.open("s1")
    assert unknown.value.code is Code.SITE_UNKNOWN
    store = parts.create("s1", "tiny", "JO01")
    assert parts.has("s1")
    assert store.folder.card.sort == "centre"
    with pytest.raises(EnvironmentProblem) as there:
        parts.create("s1", "tiny", "JO01")
    assert there.value.code is Code.SITE_EXISTS
    with pytest.raises(EnvironmentProblem) as held:
        parts.open("s1")
    assert held.value.code is Code.SITE_OPEN
    store.close()
    parts.open("s1").close()


def test_sites_have_a_part_each_with_a_chain_of_the_centre_and_know_nothing_of_each_other(
    parts: Parts,
) -> None:
    ward = Workstation(tiny_study(), "ws-a")
    work(ward, BEGUN)
    one, other = parts.create("s1", "tiny", "JO01"), parts.create("s2", "tiny", "DE02")
    assert one.workstation.node != other.workstation.node
    assert one.workstation.node.startswith("ctr-")
    with one.ledger.transaction() as running:
        running.receive(ward.links())
    assert one.ledger.tables.find(SubjectRow) == ward.ledger.tables.find(SubjectRow)
    assert other.ledger.tables.find(SubjectRow) == []
    one.close()
    other.close()
    again = parts.open("s1")
    assert again.verify().breaks == ()
    assert again.compare() == []
    assert len(again.ledger.tables.find(SubjectRow)) > 0
    again.close()


def test_a_part_is_copied_into_an_encrypted_file_that_holds_the_same(parts: Parts, tmp_path: Path) -> None:
    ward = Workstation(tiny_study(), "ws-a")
    work(ward, BEGUN)
    store = parts.create("s1", "tiny", "JO01")
    with store.ledger.transaction() as running:
        running.receive(ward.links())
    store.backup_to(tmp_path / "copy.db")
    copy = open_engine(tmp_path / "copy.db", data_key_of(store))
    with reading(copy) as db:
        assert list(EventLog().read(db)) == ward.links()
        assert verify(db, withheld=True).breaks == ()
    copy.dispose()
    with pytest.raises(EnvironmentProblem) as refused:
        store.backup_to(tmp_path / "copy.db")
    assert refused.value.code is Code.SITE_EXISTS
    store.close()


@pytest.mark.parametrize(
    "address",
    ["postgresql://crfapp:secret@db/trial", "host=db password=secret", "not an address", "mysql://db/x"],
)
def test_an_address_with_a_secret_or_none_at_all_is_refused(address: str) -> None:
    with pytest.raises(RefusedError) as refused:
        expect_database(address)
    assert refused.value.code is Code.DATABASE_ADDRESS
    assert "secret" not in str(refused.value)


def test_over_several_servers_new_parts_go_where_the_fewest_are_and_are_found_where_they_are(
    cluster: Cluster, tmp_path: Path
) -> None:
    urls = [cluster.new_database(), cluster.new_database()]
    parts = PostgresParts(" ".join(urls), tmp_path, "many", KEY)
    for number in range(5):
        parts.create(f"s{number}", "tiny", f"JO0{number}").close()
    alone = [PostgresParts(url, tmp_path / "elsewhere", "many", KEY) for url in urls]
    assert sorted(sum(one.has(f"s{number}") for number in range(5)) for one in alone) == [2, 3]
    for number in range(5):
        with pytest.raises(EnvironmentProblem) as there:
            parts.create(f"s{number}", "tiny", "JO01")
        assert there.value.code is Code.SITE_EXISTS
        parts.open(f"s{number}").close()


def test_while_one_of_the_servers_does_not_answer_no_part_is_begun_twice(
    cluster: Cluster, tmp_path: Path
) -> None:
    gone = PostgresParts(f"{cluster.url} postgresql://crfapp@127.0.0.1:1/gone", tmp_path, "half", KEY)
    with pytest.raises(EnvironmentProblem) as refused:
        gone.create("s1", "tiny", "JO01")
    assert refused.value.code is Code.STORE_FAILS


def test_a_server_that_is_not_there_or_refuses_is_named_with_its_state(cluster: Cluster) -> None:
    for url, state in (
        ("postgresql://crfapp@127.0.0.1:1/trial", "no answer"),
        (cluster.url.replace("crfapp@", "nobody@"), "28P01"),
        (cluster.url.replace("/postgres?", "/nowhere?"), "3D000"),
    ):
        with pytest.raises(EnvironmentProblem) as refused:
            open_schema(url, "site_x")
        assert refused.value.code is Code.STORE_FAILS
        assert state in (refused.value.facts["sqlstate"], "28P01", "3D000")


def test_a_server_that_would_forget_what_it_called_saved_is_not_worked_on(cluster: Cluster) -> None:
    def promise(value: str) -> None:
        with psycopg.connect(cluster.url, autocommit=True) as raw:
            raw.execute(f"ALTER SYSTEM SET full_page_writes = {value}")
            raw.execute("SELECT pg_reload_conf()")
            while raw.execute("SHOW full_page_writes").fetchone() != (value,):
                pass

    promise("off")
    try:
        with pytest.raises(EnvironmentProblem) as refused:
            open_schema(cluster.url, "site_x")
        assert refused.value.code is Code.NOT_DURABLE
    finally:
        promise("on")
    open_schema(cluster.url, "site_x").dispose()


def test_an_administrator_puts_a_new_centre_on_a_server_and_nobody_once_something_has_come(
    cluster: Cluster, tmp_path: Path
) -> None:
    centre = RealCentre(tmp_path / "centre")
    joined = JoinedSite(QuickSite(tmp_path / "site"), centre)
    with centre.open() as at, pytest.raises(RefusedError) as refused:
        keep_on_server(at, cluster.url)
    assert refused.value.code is Code.NOT_ALLOWED
    with centre.open("admin") as at:
        with pytest.raises(RefusedError) as wrong:
            keep_on_server(at, cluster.url.replace("crfapp@", "crfapp:secret@"))
        assert wrong.value.code is Code.DATABASE_ADDRESS
        keep_on_server(at, cluster.url)
    with centre.open() as at:
        assert isinstance(at.parts, PostgresParts)
        assert at.take_in(joined.pack()).outcome == "new"
    with centre.open("admin") as at, pytest.raises(EnvironmentProblem) as late:
        keep_on_server(at, cluster.url)
    assert late.value.code is Code.SITE_EXISTS
