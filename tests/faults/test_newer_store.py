"""T-51: a program older than the records refuses them with a sentence and leaves every byte as it was.

The records are golden ones in which one thing says that a newer program wrote it. The twin opens without
asking how new they are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.base.canonical import canonical, sha256
from crfapp.base.problems import AppProblem, Code, EnvironmentProblem
from crfapp.bootstrap.door import SiteDoor
from crfapp.bootstrap.ground import translations_folder
from crfapp.bootstrap.inspecting import walk_chains
from crfapp.present.problem_texts import problem_text
from crfapp.present.texts import Texts
from crfapp.store import site_folder, site_store, vault, witness
from crfapp.store.engine import open_engine, writing
from crfapp.store.event_log import EventLog
from crfapp.store.site_folder import SiteFolder
from tests.support.clinic import SetClock
from tests.support.fault_figures import Figure, note
from tests.support.golden import NEWEST, Golden, golden

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from crfapp.ledger.chain import Sealed

COUNTS = {"attempts.json", "attempts.lock", "lock"}
"""What the door counts wrong passwords in, and the empty file of the lock: no records."""


def newer_schema(site: Golden) -> None:
    _sql(site, lambda db: db.execute(f"PRAGMA user_version = {NEWEST + 1}"))


def newer_event(site: Golden) -> None:
    _sql(site, lambda db: EventLog().append(db, [_next(db, kind="moon-phase-noted", version=1)]))


def newer_version_of_an_event(site: Golden) -> None:
    _sql(site, lambda db: EventLog().append(db, [_next(db, version=99)]))


def newer_vault(site: Golden) -> None:
    for name in ("vault.json", "vault.json.bak"):
        told = json.loads((site.path / name).read_bytes()) | {"format": 99}
        told["digest"] = sha256(canonical({key: told[key] for key in told if key != "digest"}))
        (site.path / name).write_text(json.dumps(told), encoding="utf-8")


def newer_card(site: Golden) -> None:
    told = json.loads((site.path / "site.json").read_bytes()) | {"format": 99, "moon": True}
    (site.path / "site.json").write_text(json.dumps(told), encoding="utf-8")


NEWER = (newer_schema, newer_event, newer_version_of_an_event, newer_vault, newer_card)


def _sql(site: Golden, act: Callable[[Any], object]) -> None:
    engine = open_engine(site.path / "ledger.db", site.key)
    with writing(engine) as db:
        act(db)
    engine.dispose()


def _next(db: Any, **changes: object) -> Sealed:
    """A link that fits the end of the chain, as another program may write it."""
    [node] = EventLog().nodes(db)
    last = list(EventLog().chain(db, node))[-1]
    body = json.loads(last.body) | {"seq": last.seq + 1, "prev": last.hash} | changes
    written = canonical(body)
    return last._replace(seq=last.seq + 1, hash=sha256(written), kind=str(body["kind"]), body=written)


def by_key(site: Golden) -> None:
    site.open().close()


def at_the_door(site: Golden) -> None:
    door = SiteDoor(site.path, SetClock())
    door.log_in("admin", site.told["passwords"]["admin"], language="en")
    door.leave("logout")


def by_the_walk(site: Golden) -> None:
    walk_chains(SiteFolder.open(site.path), site.key)


def every_byte(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in COUNTS
    }


def refused(site: Golden, way: Callable[[Golden], None]) -> list[str]:
    """What is wrong with how a newer store is refused: nothing, or what."""
    before, wrong = every_byte(site.path), []
    try:
        way(site)
        wrong.append("it was opened")
    except AppProblem as problem:
        if problem.code is not Code.TOO_NEW:
            wrong.append(f"it was refused for {problem.code}")
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is no sentence
        wrong.append(f"it ended with {type(problem).__name__}")
    after = every_byte(site.path)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return [*wrong, *(f"{name} was changed" for name in changed)]


def without_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: it opens without asking how new the records are."""
    monkeypatch.setattr(site_store, "migrate", lambda *_: NEWEST)
    monkeypatch.setattr(witness, "refuse_newer", lambda _body: None)
    monkeypatch.setattr(site_folder, "FORMAT", 99)
    monkeypatch.setattr(vault, "FORMAT", 99)


@pytest.mark.req("REQ-732")
def test_an_older_program_refuses_a_newer_store_and_touches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the key, at the door with a right password, and by whoever only walks the chains."""
    tried, broken, opened = 0, [], 0
    ways = {by_key: NEWER, at_the_door: NEWER, by_the_walk: (newer_schema, newer_event, newer_card)}
    for way, newer in ways.items():
        for make in newer:
            site = golden(NEWEST, tmp_path / f"{way.__name__} {make.__name__}")
            make(site)
            if way is by_key and make is newer_vault:
                continue  # whoever has the key asks no vault
            broken += [f"{way.__name__}, {make.__name__}: {one}" for one in refused(site, way)]
            tried += 1
    with monkeypatch.context() as twin:
        without_asking(twin)
        for make in NEWER:
            site = golden(NEWEST, tmp_path / f"twin {make.__name__}")
            make(site)
            opened += bool(refused(site, at_the_door if make is newer_vault else by_key))
    note(
        Figure(
            "T-51",
            "a newer schema, event, version of an event, vault or card of a site, opened three ways",
            tried=tried,
            bad=len(broken),
            twin="asking how new the records are",
            twin_tried=len(NEWER),
            twin_bad=opened,
            more="the hash of every file before and after; packages: tests/unit/exchange/package",
        )
    )
    assert broken == []
    assert opened == len(NEWER)


@pytest.mark.req("REQ-732")
def test_the_refusal_says_what_to_do_and_that_nothing_was_touched(tmp_path: Path) -> None:
    site = golden(NEWEST, tmp_path / "site")
    newer_schema(site)
    with pytest.raises(EnvironmentProblem) as problem:
        by_key(site)
    assert problem.value.facts == {"have": NEWEST + 1, "newest": NEWEST}
    what, todo = problem_text(problem.value, Texts("en", translations_folder()))
    assert "newer version" in what
    assert "does not touch them" in todo
