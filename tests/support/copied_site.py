"""A small site on the disk with one subject, and its own certified copy."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import ZipFile

from crfapp.bootstrap.copying import MadeCopy, copy_code, make_copy
from crfapp.exchange.copy import container
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import SubjectRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import StartVisit
from tests.support.quick_site import QuickSite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crfapp.bootstrap.sites import OpenSite

NAME = "Canary Nightingale"
"""An answer that stays at the site."""
REMARK = "=1+1 آثار خفيفة"


class CopiedSite:
    """``site`` with one subject of whom a few things are recorded; ``out`` is where copies go."""

    def __init__(self, folder: Path) -> None:
        self.site = QuickSite(folder / "site")
        self.site.settle("haddad", "rania", "weber")
        self.out = folder / "stick"
        with self.site.open() as opened:
            nurse = opened.actor("rania")
            opened.bus.send(EnrolSubject(), nurse)
            [row] = opened.desk.tables.find(SubjectRow)
            self.dm = FormKey(row.subject, "V_SCR", 1, "DM", 1)
            opened.bus.send(StartVisit(key=VisitKey(row.subject, "V_SCR", 1), date="2025-01-05"), nurse)
            for item, typed in {"NAME": NAME, "SEX": "F", "BRTHDAT": "1990", "REMARK": REMARK}.items():
                self.answer(opened, item, typed)

    @property
    def scope(self) -> Scope:
        """The form about the subject."""
        return Scope(*self.dm)

    def answer(self, opened: OpenSite, item: str, typed: str) -> None:
        """The nurse answers."""
        self.site.clock.later(minutes=1)
        told = RecordAnswer(key=self.dm, item=item, typed=typed, reason="as told")
        opened.bus.send(told, opened.actor("rania"))

    def copy(self, password: str | None = None) -> tuple[MadeCopy, str]:
        """The investigator makes a copy; what opens it."""
        self.site.clock.later(minutes=1)
        with self.site.open() as opened:
            haddad = opened.actor("haddad")
            made = make_copy(opened, haddad, self.out, password=password)
            return made, password or copy_code(opened, haddad).text


@contextmanager
def unpacked(copy: Path, secret: str) -> Iterator[ZipFile]:
    """The parts of a copy."""
    with container.opened(copy, secret) as plain, ZipFile(plain) as packed:
        yield packed
