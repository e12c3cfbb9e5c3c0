"""The site's own certified copy: made by one click, complete, opened by nobody without its code (REQ-502)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.bootstrap.copying import copy_code, copy_first, make_copy, review_copy
from crfapp.bootstrap.recommissioning import recommission
from crfapp.exchange.copy import container
from crfapp.exchange.openpgp import is_signed_by
from crfapp.exchange.site_data import Snapshot
from crfapp.exchange.state import state_hash
from crfapp.ledger.events import CopyMade
from crfapp.ledger.state import CopyRow, ItemRow
from crfapp.store.gate import Gate
from crfapp.store.site_folder import SiteFolder
from crfapp.store.site_store import SiteStore
from crfapp.work.own_copies import access_may_end, copy_is_fresh
from tests.support.copied_site import NAME, REMARK, CopiedSite, unpacked
from tests.support.quick_site import QUICK

if TYPE_CHECKING:
    from crfapp.bootstrap.sites import OpenSite


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[CopiedSite, Path, str]:
    """A site with its copy, for tests that change neither."""
    site = CopiedSite(tmp_path_factory.mktemp("copied"))
    copy, code = site.copy()
    return site, copy.path, code


def state_now(opened: OpenSite) -> str:
    return state_hash(Snapshot(opened.desk.tables, opened.events), opened.desk.study)


@pytest.mark.req("REQ-502", "REQ-803")
def test_one_click_gives_a_copy_with_every_event_up_to_now_and_it_is_on_record(
    made: tuple[CopiedSite, Path, str],
) -> None:
    site, path, code = made
    with site.site.open() as opened, unpacked(path, code) as parts:
        [noted] = [r for r in opened.events.records() if isinstance(r.event, CopyMade)]
        assert isinstance(noted.event, CopyMade)
        assert noted.event.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        events = [json.loads(line) for line in parts.read("records/events.jsonl").splitlines()]
        assert [event["seq"] for event in events] == list(range(1, noted.envelope.seq))
        certificate = json.loads(parts.read("certificate.json"))
        assert certificate["ends"] == [list(end) for end in noted.event.ends]
        assert certificate["state"] == noted.event.state == state_now(opened)
        assert certificate["counts"]["event"] == len(events)
        assert certificate["maker"] == "Dr Omar Haddad, investigator"


@pytest.mark.req("REQ-502", "REQ-804")
def test_every_part_has_its_sum_and_the_workstation_signed_the_sums(
    made: tuple[CopiedSite, Path, str],
) -> None:
    _, path, code = made
    with unpacked(path, code) as parts:
        sums = parts.read("SHA256SUMS")
        named = {line[66:]: line[:64] for line in sums.decode().splitlines()}
        signed, certificate = parts.read("SHA256SUMS.asc"), parts.read("workstation.asc").decode()
        assert named.keys() == set(parts.namelist()) - {"SHA256SUMS", "SHA256SUMS.asc"}
        assert all(hashlib.sha256(parts.read(name)).hexdigest() == sum_ for name, sum_ in named.items())
    assert is_signed_by(sums, signed, certificate)
    assert not is_signed_by(sums.replace(b"a", b"b", 1), signed, certificate)


@pytest.mark.req("REQ-911")
def test_what_is_inside_opens_with_sqlite_and_text_tools_alone(
    made: tuple[CopiedSite, Path, str], tmp_path: Path
) -> None:
    _, path, code = made
    with unpacked(path, code) as parts:
        parts.extractall(tmp_path)
    plain = sqlite3.connect(tmp_path / "records" / "ledger.sqlite")
    answers = dict(plain.execute("SELECT item, value FROM item WHERE form = 'DM' AND value IS NOT NULL"))
    assert (answers["NAME"], answers["SEX"], answers["BRTHDAT"], answers["REMARK"]) == (
        NAME,
        "F",
        "1990",
        REMARK,
    )
    [(count, newest)] = plain.execute("SELECT count(*), max(seq) FROM event")
    assert count == newest > 20
    body, digest = plain.execute("SELECT body, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    assert hashlib.sha256(body).hexdigest() == digest
    plain.close()
    assert NAME in (tmp_path / "csv" / "DM.csv").read_text(encoding="utf-8-sig")
    assert f'Value="{NAME}"' in (tmp_path / "odm" / "site.odm.xml").read_text(encoding="utf-8")
    schema = (tmp_path / "records" / "schema.sql").read_text(encoding="utf-8")
    sqlite3.connect(":memory:").executescript(schema).close()
    assert "open-copy.html" in (tmp_path / "READ ME.txt").read_text(encoding="utf-8")


@pytest.mark.req("REQ-502", "REQ-930")
def test_nothing_of_it_is_readable_without_the_code_and_only_the_investigator_sees_that(
    made: tuple[CopiedSite, Path, str],
) -> None:
    site, path, _ = made
    assert NAME.encode() not in path.read_bytes()
    assert not any(NAME.encode() in file.read_bytes() for file in path.parent.iterdir())
    with site.site.open() as opened:
        for login in ("rania", "weber", "admin"):
            with pytest.raises(AppProblem) as refused:
                copy_code(opened, opened.actor(login))
            assert refused.value.code is Code.NOT_ALLOWED
        with pytest.raises(AppProblem) as refused:
            make_copy(opened, opened.actor("rania"), site.out, password="a long password of a nurse")
        assert refused.value.code is Code.NOT_ALLOWED


def test_a_password_typed_now_opens_it_too_and_a_weak_one_is_refused(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    copy, secret = site.copy("olives and thyme on flat bread")
    with unpacked(copy.path, secret) as parts:
        assert parts.testzip() is None
    with pytest.raises(AppProblem):
        site.copy("short")
    assert len(list(site.out.glob("*.crfcopy"))) == 1


@pytest.mark.req("REQ-503")
def test_before_a_package_leaves_there_is_a_copy_of_this_very_state(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    with site.site.open() as opened:
        nurse = opened.actor("rania")
        assert not copy_is_fresh(opened.desk.tables, state_now(opened))
        first = copy_first(opened, nurse)
        assert first is not None
        assert first.path.is_file()
        assert copy_first(opened, nurse) is None
        site.answer(opened, "SEX", "M")
        assert not copy_is_fresh(opened.desk.tables, state_now(opened))
        site.site.clock.later(minutes=1)
        second = copy_first(opened, nurse)
        assert second is not None
        assert second.state == state_now(opened) != first.state
        site.site.clock.later(minutes=1)
        site.answer(opened, "SEX", "F")
        site.site.clock.later(minutes=1)
        assert copy_first(opened, nurse) is not None, "an answer changed back is still another state"


@pytest.mark.req("REQ-503", "REQ-911")
def test_the_copy_before_a_package_is_the_record_alone_and_puts_a_site_into_work_again(
    tmp_path: Path,
) -> None:
    site = CopiedSite(tmp_path)
    with site.site.open() as opened:
        made = copy_first(opened, opened.actor("rania"))
        code = copy_code(opened, opened.actor("haddad")).text
        state = state_now(opened)
        assert made is not None
        with unpacked(made.path, code) as parts:
            names = set(parts.namelist())
            told = json.loads(parts.read("certificate.json"))
            lines = parts.read("records/events.jsonl").splitlines()
        assert not any(
            name.startswith(("csv/", "odm/", "view/")) or name.endswith(".sqlite") for name in names
        )
        assert (told["state"], told["counts"]["event"]) == (state, len(lines))
        with pytest.raises(AppProblem) as refused:
            review_copy(opened, opened.actor("haddad"), made.path, code)
        assert refused.value.code is Code.COPY_NOT_WHOLE
    done = recommission(made.path, code, tmp_path / "again", "admin", site.site.clock, cost=QUICK)
    assert (done.state, done.events) == (state, len(lines))


@pytest.mark.req("REQ-503")
def test_of_copies_before_packages_the_newest_three_stay_and_those_made_by_hand_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = CopiedSite(tmp_path)
    with site.site.open() as opened:
        nurse, made = opened.actor("rania"), list[Path]()
        by_hand = [make_copy(opened, nurse).path for _ in range(2)]
        for sex in "MFMF":
            site.answer(opened, "SEX", sex)
            copy = copy_first(opened, nurse)
            assert copy is not None
            made.append(copy.path)
        assert [file.is_file() for file in (*by_hand, *made)] == [True, True, False, True, True, True]

        site.answer(opened, "SEX", "M")
        monkeypatch.setattr(container, "check", lambda _path, _secret: "another content")
        with pytest.raises(AppProblem) as differs:
            copy_first(opened, nurse)
        assert differs.value.code is Code.COPY_DIFFERS
        assert all(file.is_file() for file in made[1:]), "nothing goes before the new one is proven"


def test_access_ends_only_after_a_copy_was_opened_once_and_confirmed(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path)
    copy, code = site.copy()
    with site.site.open() as opened:
        haddad, tables = opened.actor("haddad"), opened.desk.tables
        assert not access_may_end(tables, copy.state)
        with pytest.raises(AppProblem) as refused:
            review_copy(opened, opened.actor("rania"), copy.path, code)
        assert refused.value.code is Code.NOT_ALLOWED
        with pytest.raises(AppProblem) as refused:
            review_copy(opened, haddad, copy.path, "another code")
        assert refused.value.code is Code.COPY_SECRET_WRONG
        assert not access_may_end(tables, copy.state)
        assert review_copy(opened, haddad, copy.path, code) == copy.state
        assert access_may_end(tables, state_now(opened))
        site.answer(opened, "SEX", "M")
        assert not access_may_end(tables, state_now(opened)), "what came since is in no copy"


@pytest.mark.req("REQ-804")
def test_a_copy_that_was_cut_or_is_not_ours_is_not_confirmed(tmp_path: Path) -> None:
    site = CopiedSite(tmp_path / "one")
    copy, code = site.copy()
    other, others_code = CopiedSite(tmp_path / "two").copy()
    whole = copy.path.read_bytes()
    with site.site.open() as opened:
        haddad = opened.actor("haddad")
        for broken in (whole[:-1], whole[:-100] + bytes(100)):
            copy.path.write_bytes(broken)
            with pytest.raises(AppProblem) as refused:
                review_copy(opened, haddad, copy.path, code)
            assert refused.value.code in (Code.COPY_DAMAGED, Code.COPY_SECRET_WRONG)
        with pytest.raises(AppProblem) as refused:
            review_copy(opened, haddad, other.path, others_code)
        assert refused.value.code is Code.COPY_UNKNOWN
        assert not any(row.reviewed for row in opened.desk.tables.find(CopyRow))


@pytest.mark.req("REQ-911")
def test_a_site_is_put_into_work_again_out_of_its_copy_with_the_same_state(
    made: tuple[CopiedSite, Path, str], tmp_path: Path
) -> None:
    site, path, code = made
    again = tmp_path / "again"
    done = recommission(path, code, again, "admin", site.site.clock, cost=QUICK)
    with site.site.open() as opened:
        assert done.state == state_now(opened)
    folder = SiteFolder.open(again)
    key = Gate(folder, site.site.clock, QUICK).open("admin", done.secret).data_key
    assert key != site.site.key
    store = SiteStore.open(folder, key)
    try:
        assert store.verify().breaks == ()
        assert store.compare() == []
        assert store.workstation.node not in {row.node for row in store.ledger.tables.find(ItemRow)}
        [name] = store.ledger.tables.find(ItemRow, item="NAME")
        assert name.value == NAME
    finally:
        store.close()


@pytest.mark.req("REQ-911")
def test_what_cannot_be_put_into_work_leaves_nothing(
    made: tuple[CopiedSite, Path, str], tmp_path: Path
) -> None:
    site, path, code = made
    again, clock = tmp_path / "again", site.site.clock
    tries = ((path, "WRONG", "admin", Code.COPY_SECRET_WRONG), (path, code, "nobody", Code.UNKNOWN_PERSON),
             (path, code, "rania", Code.NOT_ALLOWED))  # fmt: skip
    for copy, secret, login, expected in tries:
        with pytest.raises(AppProblem) as refused:
            recommission(copy, secret, again, login, clock, cost=QUICK)
        assert refused.value.code is expected
        assert not again.exists()
    again.mkdir()
    (again / "thesis.doc").write_bytes(b"mine")
    with pytest.raises(AppProblem) as refused:
        recommission(path, code, again, "admin", clock, cost=QUICK)
    assert refused.value.code is Code.FOLDER_REFUSED
    assert (again / "thesis.doc").read_bytes() == b"mine"
