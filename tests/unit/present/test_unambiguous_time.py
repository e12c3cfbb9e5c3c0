"""A moment means one instant, whatever clocks, zones and calendars do around it."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crfapp.exchange.dataset import sheets_of
from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.present.form_page import FormPage
from tests.support.clinic import Clinic
from tests.support.site_of import site_data, workplace
from tests.support.ward import ward_study

if TYPE_CHECKING:
    from collections.abc import Iterator

BERLIN, AMMAN = "Europe/Berlin", "Asia/Amman"
MOMENTS = [
    # zone, instant, local time that people read, minutes from UTC
    (BERLIN, "2025-03-30T00:59:30", "30 Mar 2025, 01:59:30 (Europe/Berlin)", 60),
    (BERLIN, "2025-03-30T01:00:30", "30 Mar 2025, 03:00:30 (Europe/Berlin)", 120),  # the day of 23 hours
    (BERLIN, "2025-10-26T00:30:00", "26 Oct 2025, 02:30:00 (Europe/Berlin)", 120),
    (BERLIN, "2025-10-26T01:30:00", "26 Oct 2025, 02:30:00 (Europe/Berlin)", 60),  # the same hour again
    (AMMAN, "2024-02-29T20:59:59", "29 Feb 2024, 23:59:59 (Asia/Amman)", 180),
    (AMMAN, "2024-02-29T21:00:00", "1 Mar 2024, 00:00:00 (Asia/Amman)", 180),
    (AMMAN, "2025-12-31T21:00:00", "1 Jan 2026, 00:00:00 (Asia/Amman)", 180),
    ("America/St_Johns", "2025-01-01T03:29:59", "31 Dec 2024, 23:59:59 (America/St_Johns)", -210),
    (AMMAN, "2038-01-19T03:14:08", "19 Jan 2038, 06:14:08 (Asia/Amman)", 180),
]


def recorded(zone: str, instant: str) -> tuple[Clinic, FormKey]:
    """A weight written down at an instant; the visit was told on a day long before."""
    clinic = Clinic(ward_study(), zone)
    clinic.clock.at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    key = FormKey(*clinic.start(clinic.enrol(), "V_SCR", "2024-01-05"), "DM", 1)
    clinic.enter(key, W="60")
    return clinic, key


@pytest.mark.req("REQ-403")
@pytest.mark.parametrize(("zone", "instant", "shown", "offset"), MOMENTS)
def test_stored_in_utc_with_offset_and_zone_and_shown_as_the_clock_on_the_wall(
    zone: str, instant: str, shown: str, offset: int
) -> None:
    clinic, key = recorded(zone, instant)
    said = FormPage(workplace(clinic), key).inspect(Cell("", "W")).history[0].when
    assert said.replace("\u2068", "").replace("\u2069", "") == shown
    sheet = next(sheet for sheet in sheets_of(site_data(clinic)) if sheet.name == "Audit")
    names = [column.name for column in sheet.columns]
    row = dict(zip(names, list(sheet.rows())[-1], strict=True))
    utc = datetime.fromisoformat(instant)
    assert (row["UTC"], row["LOCAL"], row["ZONE"]) == (utc, utc + timedelta(minutes=offset), zone)


@pytest.mark.req("REQ-403")
def test_the_hour_that_autumn_gives_twice_keeps_its_order() -> None:
    clinic, key = recorded(BERLIN, "2025-10-26T00:30:00")
    clinic.clock.later(hours=1)
    clinic.enter(key, H="164")
    at = workplace(clinic)
    first, second = (FormPage(at, key).inspect(Cell("", item)).history[0].when for item in ("W", "H"))
    assert first == second  # the clock on the wall showed the same
    records = [record for record in at.events.records(kinds=("value-recorded",)) if record.event.subject]
    weight, height = (next(r for r in records if getattr(r.event, "item", "") == i) for i in ("W", "H"))
    assert (weight.envelope.offset, height.envelope.offset) == (120, 60)
    assert weight.envelope.at < height.envelope.at


@pytest.fixture
def travelling() -> Iterator[None]:
    """Gives the machine its own zone back."""
    home = os.environ["TZ"]
    yield
    os.environ["TZ"] = home
    time.tzset()


@pytest.mark.req("REQ-403")
@pytest.mark.usefixtures("travelling")
def test_a_laptop_that_travels_changes_no_time_of_the_site() -> None:
    clinic, key = recorded(AMMAN, "2025-01-12T07:05:00")
    os.environ["TZ"] = "America/Los_Angeles"
    time.tzset()
    clinic.enter(key, H="164")
    page = FormPage(workplace(clinic), key)
    assert page.inspect(Cell("", "W")).history[0].when == page.inspect(Cell("", "H")).history[0].when
