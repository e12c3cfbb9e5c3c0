"""From the page of a lesion to where its area is traced."""

from __future__ import annotations

from crfapp.present.address import Address
from crfapp.present.lesion_page import LesionPage
from crfapp.work.roles import Actor, Role
from tests.support.site_of import workplace
from tests.support.tracing_ward import TracingWard

MONITOR = Actor("max", "Max Weber", Role.MONITOR, "Sponsor")


def ways(ward: TracingWard, actor: Actor | None = None) -> list[Address]:
    """Where the lines of the lesion's visits lead, to the tracer."""
    view = LesionPage(workplace(ward, actor=actor)).view(ward.subject, ward.row)
    assert view is not None
    lines = [line for visit in view.visits for line in visit.sources]
    return [line.address for line in lines if line.address is not None and line.address.page == "tracer"]


def test_a_photograph_that_is_not_traced_yet_leads_to_the_tracer() -> None:
    ward = TracingWard()
    assert ways(ward) == [Address("tracer", *ward.place())]


def test_whoever_does_not_record_is_not_sent_to_trace() -> None:
    assert ways(TracingWard(), MONITOR) == []


def test_a_visit_without_a_photograph_offers_nothing_to_trace() -> None:
    ward = TracingWard()
    ward.seen("2025-04-12", 2)
    assert len(ways(ward)) == 1
