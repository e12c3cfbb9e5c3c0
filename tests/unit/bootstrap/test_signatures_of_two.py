"""Signatures of two workstations taken out: each with what was known where and when it was given."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from crfapp.bootstrap.joining import Newcomer, invite, join
from crfapp.bootstrap.signatures import write_signatures
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.signing import content_hash
from crfapp.ledger.state import SignatureRow, SubjectRow
from crfapp.store.invitation import open_invitation
from crfapp.store.vault import Vault
from crfapp.work.entry import CompleteForm, RecordAnswer
from crfapp.work.signing import SeeForm, Sign
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.quick_site import QUICK, password_of
from tests.support.tiny import FOLDER as TINY
from tests.support.two_workstations import TwoWorkstations, Workstation

if TYPE_CHECKING:
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite

PLAN = """
signing:
  - {meaning: REVIEWED, title: Reviewed, say: I have reviewed it., forms: [DM], by: [investigator]}
"""


@pytest.fixture
def two(tmp_path: Path) -> TwoWorkstations:
    """A study whose form about the person is signed."""
    pack = tmp_path / "pack"
    shutil.copytree(TINY, pack)
    head = pack / "study.yaml"
    head.write_text(head.read_text(encoding="utf-8") + PLAN, encoding="utf-8")
    return TwoWorkstations(tmp_path / "machines", pack)


def dm(opened: OpenSite) -> FormKey:
    return FormKey(opened.desk.tables.find(SubjectRow)[0].subject, "V_SCR", 1, "DM", 1)


def answer(at: Workstation, typed: str, reason: str = "") -> None:
    with at.open() as opened:
        command = RecordAnswer(key=dm(opened), item="REMARK", typed=typed, reason=reason)
        opened.bus.send(command, opened.actor("rania"))


def sign(at: Workstation) -> None:
    with at.open() as opened:
        haddad, scope = opened.actor("haddad"), Scope(*dm(opened))
        opened.bus.send(CompleteForm(key=dm(opened)), opened.actor("rania"))
        content = content_hash(opened.desk.tables, opened.desk.study, scope)
        opened.bus.send(SeeForm(key=dm(opened), content=content), haddad)
        typed = {"login": "haddad", "password": password_of("haddad")}
        opened.bus.send(Sign(scope=scope, meaning="REVIEWED", content=content, **typed), haddad)


def remarks_signed(at: Workstation, out: Path) -> list[str | None]:
    """What stood in the remark in each content that was signed, as it is taken out at a workstation."""
    with at.open() as opened:
        write_signatures(opened, opened.actor("haddad"), out)
    return [_remark(json.loads(file.read_bytes())["content"]) for file in sorted(out.glob("signature-*"))]


def _remark(content: list[dict[str, Any]] | None) -> str | None:
    if content is None:
        return None
    return next(str(item["value"]) for item in content[0]["items"] if item["item"] == "REMARK")


def begun(two: TwoWorkstations) -> None:
    """A subject, enrolled and screened at the clinic, known on the ward."""
    with two.clinic.open() as opened:
        rania = opened.actor("rania")
        opened.bus.send(EnrolSubject(), rania)
        subject = opened.desk.tables.find(SubjectRow)[0].subject
        opened.bus.send(StartVisit(key=VisitKey(subject, "V_SCR", 1), date="2025-01-05"), rania)
        for item, typed in (("ICDTM", "2025-01-05 09:00"), ("BRTHDAT", "1991-04-07"), ("SEX", "M")):
            opened.bus.send(RecordAnswer(key=dm(opened), item=item, typed=typed), rania)
    two.carry(two.clinic, two.ward)


@pytest.mark.req("REQ-302", "REQ-310")
def test_what_the_ward_had_said_and_what_it_said_later_are_kept_apart(
    two: TwoWorkstations, tmp_path: Path
) -> None:
    begun(two)
    answer(two.ward, "said on the ward")
    two.carry(two.ward, two.clinic)
    sign(two.clinic)
    two.carry(two.clinic, two.ward)
    answer(two.ward, "said afterwards", reason="she told more")
    two.carry(two.ward, two.clinic)
    assert remarks_signed(two.clinic, tmp_path / "clinic") == ["said on the ward"]
    two.carry(two.clinic, two.ward)
    assert remarks_signed(two.ward, tmp_path / "ward") == ["said on the ward"]


@pytest.mark.req("REQ-302", "REQ-310")
def test_what_had_been_said_before_and_had_not_come_is_no_part_of_what_was_signed(
    two: TwoWorkstations, tmp_path: Path
) -> None:
    begun(two)
    answer(two.clinic, "known to who signed")
    two.carry(two.clinic, two.ward)
    answer(two.ward, "said on the ward, and not yet known", reason="she told more")
    two.site.clock.later(minutes=1)
    sign(two.clinic)
    two.carry(two.ward, two.clinic)
    assert remarks_signed(two.clinic, tmp_path / "clinic") == ["known to who signed"]


@pytest.mark.req("REQ-302", "REQ-808")
def test_a_monitor_s_copy_is_sound_though_it_holds_no_hash_over_what_stays_at_the_site(
    two: TwoWorkstations, tmp_path: Path
) -> None:
    begun(two)
    sign(two.clinic)
    with two.clinic.open() as opened:
        made = invite(opened, opened.actor("admin"), tmp_path / "weber", "Her laptop", copy_of="weber")
    own = "forty blue herons over the water"
    weber = Newcomer("weber", password_of("weber"), own)
    folder = tmp_path / "copy"
    join(open_invitation(made.file, made.code), folder, weber, two.site.clock, cost=QUICK)
    copy = Workstation(two.site, folder, Vault.load(folder, QUICK).open("weber", own))
    with copy.open() as opened:
        assert opened.store.verify().breaks == ()
        assert opened.store.compare() == []
        [row] = opened.desk.tables.find(SignatureRow)
        assert (row.state, row.content) == ("valid", "")
