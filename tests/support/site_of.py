"""A clinic as those see it who read a whole site: its events, its snapshot, somebody's workplace."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from crfapp.bootstrap.ground import translations_folder
from crfapp.exchange.site_data import Making, SiteData, Snapshot
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.present.texts import Texts
from crfapp.present.workplace import Workplace
from crfapp.work.sentences import plain
from tests.support.playing import FORMS, journey_of, played

if TYPE_CHECKING:
    from crfapp.work.roles import Actor
    from tests.support.clinic import Clinic


def site_data(clinic: Clinic, language: str = "en") -> SiteData:
    """What a workbook made now would be made from."""
    snapshot = Snapshot(clinic.ledger.tables, MemoryEvents(clinic.ledger))
    making = Making(clinic.desk.now, "Rania Haddad, nurse", "0.1.0")
    return SiteData(snapshot, clinic.desk.study, making, language=language, say=plain)


def workplace(clinic: Clinic, language: str = "en", actor: Actor | None = None) -> Workplace:
    """The clinic in the hands of its nurse, or of somebody else."""
    texts = Texts(language, translations_folder())
    events = MemoryEvents(clinic.ledger)
    return Workplace(clinic.bus, clinic.desk, events, actor=actor or clinic.actor, texts=texts)


@cache
def example_site() -> Clinic:
    """The flagship's example journey, played once: three subjects. Only for tests that change nothing."""
    journey = journey_of(FORMS / "nct06813027" / "journeys" / "jo01-003.yaml")
    return played(journey)[1]
