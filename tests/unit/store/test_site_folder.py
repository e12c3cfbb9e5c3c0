"""A site's folder belongs to one owner and one running program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.store.site_folder import CARD, SiteCard, SiteFolder

CARD_JO01 = SiteCard(site="b7c1", study="NCT06813027", code="JO01")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def site(tmp_path: Path) -> SiteFolder:
    return SiteFolder.create(tmp_path / "sites" / "JO01", CARD_JO01)


def refusal(act: object, *given: object) -> tuple[Code, object]:
    assert callable(act)
    with pytest.raises(AppProblem) as refused:
        act(*given)
    return refused.value.code, refused.value.facts.get("why")


def hold(site: SiteFolder) -> None:
    with site.held():
        pass


def test_a_site_is_found_again_with_what_stood_on_its_card(site: SiteFolder) -> None:
    again = SiteFolder.open(site.path)
    assert again == site
    assert again.card == CARD_JO01
    assert again.ledger == site.path / "ledger.db"
    assert again.photos.is_dir()
    assert json.loads((site.path / CARD).read_bytes())["format"] == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in lists, not in modes")
def test_others_cannot_look_in(site: SiteFolder) -> None:
    assert site.path.stat().st_mode & 0o777 == 0o700
    assert site.photos.stat().st_mode & 0o777 == 0o700
    assert (site.path / CARD).stat().st_mode & 0o777 == 0o600
    site.path.chmod(0o755)
    SiteFolder.open(site.path)
    assert site.path.stat().st_mode & 0o777 == 0o700


def test_a_site_is_never_made_over_another_or_among_other_things(site: SiteFolder, tmp_path: Path) -> None:
    assert refusal(SiteFolder.create, site.path, CARD_JO01) == (Code.SITE_EXISTS, None)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother.txt").touch()
    assert refusal(SiteFolder.create, tmp_path / "letters", CARD_JO01) == (Code.FOLDER_REFUSED, "not empty")


def test_a_folder_that_cannot_be_made_or_written_is_refused(site: SiteFolder, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(SiteFolder.create, tmp_path / "file" / "JO01", CARD_JO01) == (
        Code.FOLDER_REFUSED,
        "not writable",
    )
    (site.path / ".probe").mkdir()
    assert refusal(SiteFolder.open, site.path) == (Code.FOLDER_REFUSED, "not writable")


@pytest.mark.parametrize(
    "card", [None, "", "[]", "{", '{"format": 1}', '{"format": "x"}', '{"format": null}']
)
def test_what_is_no_site_is_said_to_be_none(tmp_path: Path, card: str | None) -> None:
    if card is not None:
        (tmp_path / CARD).write_text(card)
    assert refusal(SiteFolder.open, tmp_path) == (Code.NOT_A_SITE, None)


def test_a_newer_programs_site_is_refused(site: SiteFolder) -> None:
    (site.path / CARD).write_text(json.dumps({"format": 2}))
    assert refusal(SiteFolder.open, site.path) == (Code.TOO_NEW, None)


def test_the_same_site_is_not_opened_twice(site: SiteFolder) -> None:
    with site.held():
        assert refusal(hold, SiteFolder.open(site.path)) == (Code.SITE_OPEN, None)
    with site.held():
        assert (site.path / "lock").exists()


def test_a_killed_program_leaves_no_lock(site: SiteFolder) -> None:
    holder = f"""
import sys
from pathlib import Path
from crfapp.store.site_folder import SiteFolder
with SiteFolder.open(Path({str(site.path)!r})).held():
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        assert refusal(hold, site) == (Code.SITE_OPEN, None)
        program.kill()
        program.wait()
        with site.held():
            assert (site.path / "lock").exists()
