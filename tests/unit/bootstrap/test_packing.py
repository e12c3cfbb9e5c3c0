"""What goes to the data centre: numbered, chained, from where they know the site, and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import AppProblem, Code
from crfapp.ledger.state import PackageRow
from crfapp.work.subjects import EnrolSubject
from tests.support.senders import Sender, sender_at

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    sender = sender_at(tmp_path / "clinic")
    with sender.site.as_person("rania") as at:
        at.send(EnrolSubject())
    return sender


@pytest.mark.req("REQ-402", "REQ-801", "REQ-803")
def test_the_data_centre_opens_what_the_site_recorded(sender: Sender) -> None:
    made = sender.make()
    with sender.opened(made.path) as package:
        kinds = [link.kind for link in package.links()]
        assert kinds[0] == "site-founded"
        assert "subject-enrolled" in kinds
        assert package.manifest.events == len(kinds) == made.events
        assert package.manifest.counts == {"subject": 1}
        certificate = package.open("certificate.txt").read().decode()
        assert package.manifest.state in certificate
        assert "+03:00[Asia/Amman]" in certificate
    with sender.site.open() as opened:
        row = opened.desk.tables.get(PackageRow, made.package)
    assert row is not None
    assert (row.number, row.sha256, row.file) == (1, package.sha256, made.path.name)


@pytest.mark.req("REQ-810")
def test_nothing_is_packed_for_somebody_nobody_compared_the_code_of(sender: Sender) -> None:
    waiting = sender.propose("statistician")
    with pytest.raises(AppProblem) as refused:
        sender.make(waiting)
    assert refused.value.code is Code.RECIPIENT_WAITS
    assert list((sender.site.folder / "outbox").glob("*")) == []
