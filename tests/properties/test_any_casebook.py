"""Whatever was done to a subject, its casebook tells every event once, with and without what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from crfapp.ledger.state import SubjectRow
from crfapp.present.paper.blocks import Cell, Table, Words
from crfapp.present.paper.casebook.booklet import casebook_booklet
from crfapp.present.paper.casebook.reading import Wish
from tests.support.clinic import Clinic
from tests.support.random_work import STEPS, Step, work
from tests.support.site_of import site_data, workplace
from tests.support.tiny import tiny_study

if TYPE_CHECKING:
    from crfapp.present.paper.blocks import Booklet


def numbers_in(booklet: Booklet) -> list[str]:
    """Chain and number of every line of the trail."""
    [table] = [block for block in booklet.chapters[-1].blocks if isinstance(block, Table)]
    return [said(row[0]) for row in table.rows[table.heads :]]


def said(cell: Cell) -> str:
    return "".join(run.text for part in cell.parts if isinstance(part, Words) for run in part.runs)


@pytest.mark.req("REQ-913")
@given(steps=STEPS)
@settings(max_examples=15, deadline=None)
def test_every_event_about_a_subject_stands_in_its_casebook_once(steps: list[Step]) -> None:
    clinic = Clinic(tiny_study())
    work(clinic, steps)
    for subject in clinic.ledger.tables.find(SubjectRow):
        told = [f"{link.node} {link.seq}" for link in clinic.ledger.links if link.subject == subject.subject]
        for whole in (False, True):
            booklet = casebook_booklet(workplace(clinic), site_data(clinic), subject, Wish(whole=whole))
            assert sorted(numbers_in(booklet)) == sorted(told)
            # a casebook of a chain that lost its last event would be noticed
            assert sorted(numbers_in(booklet)) != sorted(told[:-1])
