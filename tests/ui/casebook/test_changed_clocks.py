"""Nights in which the clock is changed: the doubled hour is asked in the row, the missing one is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from crfapp.form.graph import Cell
from crfapp.ledger.keys import FormKey
from crfapp.ui.widgets.offering import OfferButton
from tests.support.real_casebook import RealCasebook
from tests.ui.casebook.at_the_desk import place_of_keyboard
from tests.ui.fields.typing_by_hand import focused, presses, types

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


class Night(RealCasebook):
    """A clinic in Berlin with an observation."""

    observation: FormKey


Observed = Callable[[str, str, str], Night]


@pytest.fixture
def observed(qtbot: QtBot, qapp: QApplication) -> Observed:
    """An observation form at a clinic in Berlin, the keyboard on when the observation started."""

    def build(day: str, ended: str, now: str) -> Night:
        site = Night("Europe/Berlin", at=now)
        site.begin("V_SCR", day)
        visit = site.begin("V_INJ1", day)
        injection = FormKey(*visit, "ECEV", 1)
        site.clinic.enter(injection, ECYN="Y", ECENDTM=ended)
        site.observation = FormKey(*visit, "OBS", 1)
        site.clinic.enter(site.observation, OBSYN="Y")
        qtbot.addWidget(site.show(qapp))
        site.view.open_form(site.observation, Cell("", "OBSSTDTM"))
        return site

    return build


def recorded(site: Night, item: str) -> str | None:
    return site.clinic.value(site.observation, item)


def offers(site: Night) -> list[str]:
    """The words on the buttons below the question, as they are read."""
    found = [b for b in site.view.form.findChildren(OfferButton) if b.isVisible()]
    return [b.text().replace("\u2068", "").replace("\u2069", "") for b in found]


@pytest.mark.req("REQ-403")
def test_a_time_that_the_clock_showed_twice_is_asked_in_the_row_and_answered_by_a_digit(
    observed: Observed, qtbot: QtBot
) -> None:
    site = observed("2025-10-26", "2025-10-26 02:30+01:00", "2025-10-26T09:00")
    types(qtbot, "2:30")
    presses(qtbot, Qt.Key.Key_Return)
    assert any("twice: at 03:00 it was put back to 02:00" in sentence for sentence in site.said())
    assert offers(site) == ["The first: 2025-10-26 02:30+02:00", "The second: 2025-10-26 02:30+01:00"]
    assert isinstance(focused(), OfferButton)
    presses(qtbot, Qt.Key.Key_Return)  # a second Enter must not choose
    assert recorded(site, "OBSSTDTM") is None
    types(qtbot, "2")
    assert recorded(site, "OBSSTDTM") == "2025-10-26T02:30+01:00[Europe/Berlin]"
    assert site.editor("OBSSTDTM").raw() == "2025-10-26 02:30+01:00"
    assert place_of_keyboard() == "OBSSTDTM"
    site.view.form.jump(Cell("", "OBSENDTM"))
    types(qtbot, "3:45")
    presses(qtbot, Qt.Key.Key_Return)
    assert recorded(site, "OBSMIN") == "75"  # TC33: not 15, not 135


def test_the_first_of_the_two_is_taken_with_tab_and_space(observed: Observed, qtbot: QtBot) -> None:
    site = observed("2025-10-26", "2025-10-26 02:20+02:00", "2025-10-26T09:00")
    types(qtbot, "2:30")
    presses(qtbot, Qt.Key.Key_Tab)
    assert isinstance(focused(), OfferButton)
    presses(qtbot, Qt.Key.Key_Right)
    presses(qtbot, Qt.Key.Key_Left)
    presses(qtbot, Qt.Key.Key_Space)
    assert recorded(site, "OBSSTDTM") == "2025-10-26T02:30+02:00[Europe/Berlin]"


def test_escape_leads_from_the_two_back_to_what_was_typed(observed: Observed, qtbot: QtBot) -> None:
    site = observed("2025-10-26", "2025-10-26 01:50", "2025-10-26T09:00")
    types(qtbot, "2:30")
    presses(qtbot, Qt.Key.Key_Return)
    presses(qtbot, Qt.Key.Key_Escape)
    assert (place_of_keyboard(), site.editor("OBSSTDTM").raw()) == ("OBSSTDTM", "2:30")
    types(qtbot, "1:55")
    presses(qtbot, Qt.Key.Key_Return)
    assert recorded(site, "OBSSTDTM") == "2025-10-26T01:55+02:00[Europe/Berlin]"
    assert offers(site) == []


def test_a_time_that_did_not_exist_is_refused_with_the_two_nearest(observed: Observed, qtbot: QtBot) -> None:
    site = observed("2025-03-30", "2025-03-30 01:55", "2025-03-30T09:00")
    types(qtbot, "2:30")
    presses(qtbot, Qt.Key.Key_Return)
    assert any(
        "no such time on that day: at 02:00 the clock was put forward to 03:00" in s for s in site.said()
    )
    assert offers(site) == ["2025-03-30 01:30, before the change", "2025-03-30 03:30, after the change"]
    types(qtbot, "2")
    assert recorded(site, "OBSSTDTM") == "2025-03-30T03:30+02:00[Europe/Berlin]"
    assert site.editor("OBSSTDTM").raw() == "2025-03-30 03:30"


@pytest.mark.parametrize(
    ("now", "written"),
    [
        ("2025-10-26T00:30:20", "2025-10-26T02:30+02:00[Europe/Berlin]"),
        ("2025-10-26T01:30:20", "2025-10-26T02:30+01:00[Europe/Berlin]"),
        ("2025-10-26T02:45:20", "2025-10-26T03:45+01:00[Europe/Berlin]"),
        ("2025-10-26T23:05:00", "2025-10-27T00:05+01:00[Europe/Berlin]"),
    ],
)
def test_now_knows_which_of_the_two_it_is_and_that_midnight_has_passed(
    observed: Observed, qtbot: QtBot, now: str, written: str
) -> None:
    site = observed("2025-10-26", "2025-10-26 01:30", now)
    types(qtbot, "n")
    presses(qtbot, Qt.Key.Key_Return)
    assert recorded(site, "OBSSTDTM") == written
