"""Signatures of a real site, verified by thirty lines that know nothing of this program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.bootstrap.parts import AppParts
from crfapp.bootstrap.playing import add_people, known_password
from crfapp.cli.parts import Credentials
from crfapp.ledger.keys import FormKey, Scope
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import SubjectRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.signing import SeeForm, Sign
from crfapp.work.subjects import EnrolSubject
from tests.support.real_site import NURSE, ROOT, at_work, flagship_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.bootstrap.sites import OpenSite

SCRIPT = ROOT / "docs" / "verify_signature.py"


def sign_log(opened: OpenSite, subject: str, form: str, item: str) -> None:
    """The nurse answers in a log, the investigator goes through it and signs."""
    key = FormKey(subject, "V_LOG", 1, form, 1)
    opened.bus.send(RecordAnswer(key=key, item=item, typed="N"), opened.actor(NURSE))
    scope, haddad = Scope(*key), opened.actor("haddad")
    content = content_hash(opened.desk.tables, opened.desk.study, scope)
    opened.bus.send(SeeForm(key=key, content=content), haddad)
    typed = {"login": "haddad", "password": known_password("haddad")}
    opened.bus.send(Sign(scope=scope, meaning="SAFETY", content=content, **typed), haddad)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site at which two logs of adverse events were signed, and one changed afterwards."""
    folder = tmp_path_factory.mktemp("signed") / "site"
    key = flagship_site(folder)
    with at_work(folder, key) as opened:
        add_people(opened, folder, key, {"haddad": ("investigator", "Dr Omar Haddad")})
        nurse = opened.actor(NURSE)
        for _ in range(2):
            opened.bus.send(EnrolSubject(), nurse)
        subjects = [row.subject for row in opened.desk.tables.find(SubjectRow)]
        for subject in subjects:
            sign_log(opened, subject, "AE", "AEYN")
        ae = FormKey(subjects[0], "V_LOG", 1, "AE", 1)
        opened.bus.send(RecordAnswer(key=ae, item="AEYN", typed="Y", reason="she told of one"), nurse)
    return folder


@pytest.fixture(scope="module")
def out(signed: Path) -> Path:
    """The signatures of the site, taken out."""
    out = signed.parent / "signatures"
    count = AppParts().handing_out.signatures(signed, Credentials("haddad", known_password("haddad")), out)
    assert count == 2
    return out


@pytest.fixture
def taken(out: Path, tmp_path: Path) -> Path:
    """A copy of them to alter."""
    return Path(shutil.copytree(out, tmp_path / "signatures"))


def verified(folder: Path) -> tuple[int, list[str]]:
    """What the script says: its exit status, and the lines of what is wrong."""
    command = [sys.executable, "-I", str(SCRIPT), str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stderr == ""
    return said.returncode, [line for line in said.stdout.splitlines() if not line.endswith(": valid")]


def change(file: Path, how: Callable[[dict[str, object]], None]) -> None:
    """Alter a signature file."""
    said = json.loads(file.read_text(encoding="utf-8"))
    how(said)
    file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


@pytest.mark.req("REQ-310", "REQ-302")
def test_thirty_lines_verify_the_signatures_of_a_site(taken: Path) -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 30
    assert "crfapp." not in SCRIPT.read_text(encoding="utf-8")
    assert verified(taken) == (0, [])
    contents = [json.loads(file.read_bytes())["content"] for file in sorted(taken.glob("signature-*.json"))]
    assert [content[0]["items"][0]["value"] for content in contents] == ["N", "N"], "as it was when signed"


@pytest.mark.req("REQ-302")
def test_one_changed_byte_anywhere_is_noticed(taken: Path) -> None:
    file = sorted(taken.glob("signature-*.json"))[0]
    whole = file.read_bytes()
    places = {
        whole.index(b'"content":"') + 12,
        whole.index(b'"value":"N"') + 9,
        whole.index(b'"statement":"') + 14,
    }
    for place in sorted(places | {len(whole) - 10, whole.index(b'"signer"') + 12}):
        altered = bytearray(whole)
        altered[place] = ord("7") if altered[place] != ord("7") else ord("8")
        file.write_bytes(bytes(altered))
        status, wrong = verified(taken)
        assert (status, len(wrong)) == (1, 1), f"byte {place} was not missed"
    file.write_bytes(whole)
    assert verified(taken) == (0, [])


@pytest.mark.req("REQ-302")
def test_a_signature_moved_to_another_form_or_swapped_is_noticed(taken: Path) -> None:
    first, second = sorted(taken.glob("signature-*.json"))
    one, two = (json.loads(file.read_text(encoding="utf-8")) for file in (first, second))

    def moved(said: dict[str, object]) -> None:
        paper = said["paper"]
        assert isinstance(paper, dict)
        paper["scope"] = two["paper"]["scope"]

    def swapped(said: dict[str, object]) -> None:
        said["signed"] = (two if said["signed"] == one["signed"] else one)["signed"]

    change(first, moved)
    assert verified(taken)[0] == 1
    first.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
    for file in (first, second):
        change(file, swapped)
    status, wrong = verified(taken)
    assert (status, len(wrong)) == (1, 2)
    first.write_text(json.dumps(two), encoding="utf-8")
    second.write_text(json.dumps(one), encoding="utf-8")
    assert len(verified(taken)[1]) == 2, "whole files exchanged"


@pytest.mark.req("REQ-310")
def test_a_key_that_is_not_on_record_verifies_nothing(taken: Path) -> None:
    keys = taken / "keys.json"
    keys.write_text(json.dumps({"haddad": ["00" * 32]}), encoding="utf-8")
    assert len(verified(taken)[1]) == 2


@pytest.mark.req("REQ-110")
def test_taking_them_out_is_on_record_and_overwrites_nothing(signed: Path, taken: Path) -> None:
    with pytest.raises(RefusedError) as refused:
        AppParts().handing_out.signatures(signed, Credentials(NURSE, known_password(NURSE)), taken)
    assert refused.value.code is Code.EXPORT_EXISTS
