"""Who withdrew consent is named in exports, with the day and whether earlier data may be used (REQ-931)."""

from __future__ import annotations

import pytest

from crfapp.exchange.subject_sheets import subjects_sheet
from crfapp.work.withdrawal import withdrawal_of
from tests.support.playing import FORMS, journey_of, played
from tests.support.site_of import example_site, site_data


@pytest.mark.req("REQ-931")
def test_the_sheet_of_subjects_says_since_when_and_whether_data_may_be_used() -> None:
    journey = journey_of(FORMS / "nct06813027" / "journeys" / "tc-10-consent-withdrawn.yaml")
    _, clinic = played(journey)
    sheet = subjects_sheet(site_data(clinic))
    names = [column.name for column in sheet.columns]
    (row,) = sheet.rows()
    told = dict(zip(names, row, strict=True))
    assert (str(told["WITHDRAWN"]), told["DATA_USE"]) == ("2025-02-20", "Y")


def test_where_nobody_withdrew_both_are_empty() -> None:
    clinic = example_site()
    sheet = subjects_sheet(site_data(clinic))
    names = [column.name for column in sheet.columns]
    told = [dict(zip(names, row, strict=True)) for row in sheet.rows()]
    assert {(row["WITHDRAWN"], row["DATA_USE"]) for row in told} == {(None, "")}
    subjects = [row.subject for row in site_data(clinic).subjects()]
    assert [withdrawal_of(clinic.desk, subject) for subject in subjects] == [None] * len(subjects)
