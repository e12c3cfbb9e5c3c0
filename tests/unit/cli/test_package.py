"""Packages on the command line: made for somebody by name, and looked into before they go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.senders import Sender, sender_at
from tests.unit.cli.test_commands import WELL, as_nurse

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    return sender_at(tmp_path / "clinic")


@pytest.mark.req("REQ-803", "REQ-810")
def test_a_package_says_whom_it_is_for_and_what_it_certifies(sender: Sender) -> None:
    folder = sender.site.folder
    made = as_nurse("package", "make", folder, "--to", "Evia sponsor")
    assert made.exit_code == WELL, made.stderr
    assert f"code {sender.key.certificate.code}" in made.stdout
    [file] = (folder / "outbox").glob("*.pgp")
    shown = as_nurse("package", "show", folder, file)
    assert shown.exit_code == WELL, shown.stderr
    assert "Rania Khalil" in shown.stdout
    assert "events.jsonl" in shown.stdout
    assert "Hash of the state" in shown.stdout


@pytest.mark.req("REQ-804")
def test_looking_into_a_package_that_was_changed_says_so(sender: Sender, tmp_path: Path) -> None:
    made = sender.make()
    changed = bytearray(made.path.read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / "changed.pgp").write_bytes(changed)
    shown = as_nurse("package", "show", sender.site.folder, tmp_path / "changed.pgp")
    assert shown.exit_code != WELL
    assert "R-606" in shown.stderr


@pytest.mark.req("REQ-810")
def test_nobody_of_an_unknown_name_gets_one(sender: Sender) -> None:
    made = as_nurse("package", "make", sender.site.folder, "--to", "Somebody")
    assert made.exit_code != WELL
    assert "R-614" in made.stderr
