"""Inviting, joining and exchanging from a prompt."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from crfapp.bootstrap.demo_ward import add_ward
from crfapp.bootstrap.parts import AppParts
from crfapp.bootstrap.playing import ADMINISTRATOR, ADMINISTRATOR_PASSWORD
from crfapp.cli.commands import build
from crfapp.ledger.state import NodeRow, SubjectRow
from crfapp.work.subjects import EnrolSubject
from tests.support.real_site import NURSE, NURSE_PASSWORD, at_work, flagship_site

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


def crfapp(*words: object, login: str = NURSE, password: str = NURSE_PASSWORD, **more: str) -> Result:
    silent = {name: None for name in os.environ if name.startswith("CRFAPP_") and name != "CRFAPP_STATE"}
    who = {"CRFAPP_LOGIN": login, "CRFAPP_PASSWORD": password, "CRFAPP_LANGUAGE": "en"}
    typed = [str(word) for word in words]
    return CliRunner().invoke(build(AppParts()), typed, env={**silent, **who, **more}, catch_exceptions=False)


def test_a_second_workstation_from_the_prompt(tmp_path: Path) -> None:
    clinic, ward, file = tmp_path / "clinic", tmp_path / "ward", tmp_path / "ward.crfapp-invitation"
    (tmp_path / "shared").mkdir()
    key = flagship_site(clinic)
    told = crfapp("site", "invite", clinic, "--out", file)
    assert (told.exit_code, told.stderr[:5]) == (1, "R-201")
    assert not file.exists()
    wanted = ("--out", file, "--label", "Ward", "--route", tmp_path / "shared")
    told = crfapp("site", "invite", clinic, *wanted, login=ADMINISTRATOR, password=ADMINISTRATOR_PASSWORD)
    assert told.exit_code == 0, told.stderr
    code = told.stdout.splitlines()[1]

    told = crfapp("join", file, ward, CRFAPP_INVITATION_CODE="not the code")
    assert (told.exit_code, told.stderr[:5]) == (1, "R-635")
    told = crfapp("join", file, ward, CRFAPP_INVITATION_CODE=code)
    assert told.exit_code == 0, told.stderr
    with at_work(ward, key) as opened:
        opened.bus.send(EnrolSubject(), opened.actor(NURSE))
    assert crfapp("site", "exchange", ward).exit_code == 0
    assert crfapp("site", "exchange", clinic).stdout == "Ward: up to date\n"
    told = crfapp("site", "exchange", ward)
    assert told.exit_code == 0
    assert "up to date" in told.stdout

    # a demo gets one more in the same way
    demo = add_ward(clinic, tmp_path / "demo")
    with at_work(demo, key) as opened:
        assert len(opened.desk.tables.find(SubjectRow)) == 1
        assert sorted(row.place for row in opened.desk.tables.find(NodeRow)) == [0, 1, 2]
