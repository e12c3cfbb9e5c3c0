"""What rows of a log are called: once, by the answers that decide; parts after what they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crfapp.journeys.told import read_journey
from tests.support.playing import played

if TYPE_CHECKING:
    from crfapp.journeys.player import Played

HEAD = """\
journey: told-in-a-test
pack: abcb5-cvu
site: {code: DE02, zone: Europe/Berlin}
people: {vogel: investigator}
steps:
  - {at: 2025-02-05T09:00, as: vogel, enrol: {}}
  - {visit: V_SCR, date: 2025-02-05}
  - {form: WDEF, row: W1, set: {WLAT: LEFT, WNEW: BASE}}
"""


def told(steps: str) -> Played:
    return played(read_journey(HEAD + steps, "told.yaml"))[0]


def test_parts_take_the_name_of_their_wound_and_the_next_letter() -> None:
    outcome = told(
        "  - {form: WDEF, row: W1a, set: {WNEW: SPLIT, WFROM: W1}}\n"
        "  - {form: WDEF, row: W1b, set: {WNEW: SPLIT, WFROM: W1}, expect: {rows: [W1, W1a, W1b]}}\n"
        "  - {form: WDEF, row: W1aa, set: {WNEW: SPLIT, WFROM: W1a}, expect: {rows: [W1, W1a, W1b, W1aa]}}\n"
        "  - {form: WDEF, row: W2, set: {WNEW: NEW}, expect: {rows: [W1, W1a, W1b, W1aa, W2]}}\n"
    )
    assert outcome.unmet == []


def test_until_it_is_said_where_a_part_came_from_it_has_a_number_only() -> None:
    outcome = told(
        "  - {form: WDEF, row: 2, set: {WNEW: SPLIT}, expect: {rows: [W1, '2'], values: {2/WID: ''}}}\n"
        "  - {form: WDEF, row: 2, set: {WFROM: W1}, expect: {rows: [W1, W1a]}}\n"
    )
    assert outcome.unmet == []


def test_a_name_is_kept_when_an_answer_is_corrected_and_not_given_again() -> None:
    outcome = told(
        "  - {form: WDEF, row: W1a, set: {WNEW: SPLIT, WFROM: W1}}\n"
        "  - {form: WDEF, row: W1a, set: {WNEW: NEW}, reason: a mistake, expect: {rows: [W1, W1a]}}\n"
        "  - {void: {form: WDEF, row: W1a, reason: entered twice}}\n"
        "  - {form: WDEF, row: W1b, set: {WNEW: SPLIT, WFROM: W1}, expect: {rows: [W1, W1b]}}\n"
    )
    assert outcome.unmet == []
