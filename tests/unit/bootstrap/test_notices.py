"""A serious event at a real site: its PDF on record, and inside a package that only the sponsor opens."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

import pytest

from crfapp.bootstrap.notices import make_notice, notice_of
from crfapp.ledger.events import PackageTakenIn, PaperMade
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FormRowRow, SubjectRow
from crfapp.present.notice_desk import NoticeWish
from crfapp.present.notice_facts import NoticeFacts
from crfapp.present.paper.blocks import Run
from crfapp.present.texts import ISOLATES, Texts
from crfapp.present.workplace import Workplace
from crfapp.store.engine import writing as writing_to
from crfapp.work.entry import RecordAnswer
from crfapp.work.owed_notices import Occasion
from crfapp.work.row_work import AddRow
from crfapp.work.sending_notices import BeginReport, SendNotice
from crfapp.work.subjects import EnrolSubject
from tests.support.playing import FORMS
from tests.support.quick_site import QuickSite
from tests.support.senders import CENTRE, Sender
from tests.support.written_chain import WrittenChain, store
from tools.messages import TRANSLATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite
    from crfapp.present.paper.blocks import Booklet


class Clinic:
    """The flagship's site with a serious event that an investigator judged twice, and its report begun."""

    def __init__(self, folder: Path) -> None:
        self.sender = Sender(QuickSite(folder, FORMS / "nct06813027"))
        with self.sender.site.open() as opened:
            self._records(opened)

    def _records(self, opened: OpenSite) -> None:
        haddad = opened.actor("haddad")
        opened.bus.send(EnrolSubject(), haddad)
        (subject,) = opened.desk.tables.find(SubjectRow)
        log = FormKey(subject.subject, "V_LOG", 1, "AE", 1)
        opened.bus.send(AddRow(key=log, section="EVENT"), haddad)
        (row,) = opened.desk.tables.find(FormRowRow, **log._asdict())
        told = {"AETERM": "Urticaria", "AESTDAT": "2025-01-04", "AEONGO": "Y", "AETOXGR": "3", "AESER": "Y"}
        told |= {"AESHOSP": "Y", "AEREL": "POSSIBLE"}
        for item, typed in told.items():
            opened.bus.send(RecordAnswer(key=log, row=row.row, item=item, typed=typed), haddad)
        later = RecordAnswer(key=log, row=row.row, item="AEREL", typed="NOT", reason="peanut allergy found")
        opened.bus.send(later, haddad)
        self.occasion = Occasion("SAE", log, row.row, "1")
        opened.bus.send(BeginReport(notice="SAE", key=log, row=row.row), haddad)
        self.report = log._replace(form="SAE")
        (self.row,) = (one.row for one in opened.desk.tables.find(FormRowRow, **self.report._asdict()))

    def wish(self, target: Path, recipient: str = "", languages: tuple[str, ...] = ("en",)) -> NoticeWish:
        return NoticeWish(self.occasion, self.row, 0, target, recipient, languages)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    return Clinic(tmp_path_factory.mktemp("serious") / "clinic")


def told_in(booklet: Booklet) -> str:
    """Every word of a booklet, whatever part it stands in."""
    return re.sub(r"\s+", " ", " ".join(_texts(booklet.chapters))).translate(ISOLATES)


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, Run):
        yield part.text
    elif isinstance(part, tuple):
        for one in part:
            yield from _texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _texts(getattr(part, field.name))


@pytest.mark.req("REQ-920", "REQ-921")
def test_the_paper_says_event_report_judgements_and_languages(clinic: Clinic, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    with clinic.sender.site.open() as opened:
        wish, haddad = clinic.wish(target, languages=("en", "de")), opened.actor("haddad")
        made = make_notice(opened, haddad, wish)
        english, german = (told_in(notice_of(opened, haddad, wish, one)) for one in wish.languages)
        kinds = [record.event for record in opened.events.records(kinds={PaperMade.kind})]
        assert [event.file for event in kinds if isinstance(event, PaperMade)] == ["report.pdf"]
    assert target.read_bytes().startswith(b"%PDF")
    assert made.pages >= 4
    assert "First: Possible (Dr Omar Haddad, investigator" in english
    assert "reason: peanut allergy found" in english
    assert "Serious because Hospitalisation (initial or prolonged)" in english
    assert "None was given." in english
    assert "Urticaria" in german
    assert "Schwerwiegend" in german


@pytest.mark.req("REQ-920")
def test_the_package_carries_the_paper_encrypted(clinic: Clinic, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    with clinic.sender.site.open() as opened:
        made = make_notice(opened, opened.actor("haddad"), clinic.wish(target, clinic.sender.recipient))
        file = opened.store.folder.path / "outbox" / made.file
    assert b"Urticaria" not in file.read_bytes()
    with clinic.sender.opened(file) as package:
        assert package.open("reports/SAE-1-0.pdf").read() == target.read_bytes()


@pytest.mark.req("REQ-921")
def test_the_sponsors_day_0_is_when_the_centre_took_the_package_in(clinic: Clinic) -> None:
    with clinic.sender.site.open() as opened:
        haddad = opened.actor("haddad")
        told = {"aware": "2025-01-05 08:00", "sent": "2025-01-05 09:00", "how": "EMAIL", "told_to": "desk"}
        opened.bus.send(
            SendNotice(notice="SAE", key=clinic.report, row=clinic.row, package="p-9", **told), haddad
        )
        texts = Texts("en", TRANSLATIONS)
        facts = NoticeFacts(Workplace(opened.bus, opened.desk, opened.events, actor=haddad, texts=texts))
        (line,) = facts.sent(clinic.occasion)
        assert line.taken == "Its package is not confirmed yet."
    receipt = PackageTakenIn(
        package="p-9", sender="ws", number=1, sha256="0" * 64, made_at="", events=1, ends=()
    )
    with clinic.sender.site.open() as opened, writing_to(opened.store.engine) as db:
        store(db, [WrittenChain(CENTRE).write(receipt)])
    with clinic.sender.site.open() as opened:
        facts = NoticeFacts(Workplace(opened.bus, opened.desk, opened.events, actor=haddad, texts=texts))
        (line,) = facts.sent(clinic.occasion)
        assert "the sponsor's day 0" in line.taken
        assert notice_of(opened, haddad, clinic.wish(clinic.sender.site.folder), "ar").right_to_left
