"""What is owed, as Today lists it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crfapp.present.board import Board
from crfapp.present.clinic_days import ClinicDaysCard
from crfapp.present.obligations import Obligations
from crfapp.present.today_page import TodayPage
from crfapp.work.drafts import TakeDraft
from tests.support.clinic import ADMIN
from tests.support.round import Round
from tests.support.site_of import workplace


@pytest.fixture
def late() -> Round:
    clinic = Round()
    clinic.visit("V_A", "2025-01-12")
    clinic.visit("V_B", "2025-01-22")
    return clinic


def lines(clinic: Round) -> list[tuple[str, str, str]]:
    return [(one.title, one.due, one.pill) for one in Obligations(workplace(clinic)).lines()]


def test_what_has_a_limit_stands_first_and_presses_as_it_draws_near(late: Round) -> None:
    assert lines(late)[0] == ("\u2068JO01-001\u2069 · Out of its window: LATE.", "by 27 Jan", "")
    late.clock.at = datetime(2025, 1, 27, 6, tzinfo=UTC)
    assert lines(late)[0][2] == "warn"
    late.clock.at = datetime(2025, 1, 28, 6, tzinfo=UTC)
    assert lines(late)[0][2] == "error"


def test_forms_of_visits_long_past_are_named_with_their_number(late: Round) -> None:
    late.clock.at = datetime(2025, 2, 10, 6, tzinfo=UTC)
    owed = Obligations(workplace(late)).lines()
    assert [one.title.split("· ")[1] for one in owed[1:]] == [
        "4 forms are not complete",
        "2 forms are not complete",
        "3 forms are not complete",
    ]
    assert owed[1].text == "SV · SUBJ · IC · VS"


def test_a_task_is_no_finding_and_is_gone_from_today_once_taken_over(late: Round) -> None:
    at = workplace(late)
    view = TodayPage(at, Board(at)).view()
    assert (len(view.owed), view.findings) == (3, ()), "the late visit, and the forms of two others"
    late.send(TakeDraft(key=late.at("V_B", "SV"), item="SVWIN", check="WIN-1T"))
    assert len(TodayPage(at, Board(at)).view().owed) == 2


def test_an_administrator_keeps_the_clinic_days(late: Round) -> None:
    card = ClinicDaysCard(workplace(late, actor=ADMIN))
    assert (card.weekend(), card.closed()) == ("5;6", "")
    saved, words = card.save("5;6", "2025-06-06 2025-06-05")
    assert saved
    assert words.startswith("Saved.")
    assert card.closed() == "2025-06-05, 2025-06-06"
    assert card.save("5;6", "soon") == (False, card.save("5;6", "soon")[1])
    assert late.desk.site.closed == "2025-06-05,2025-06-06", "what cannot be read changes nothing"


def test_a_nurse_does_not_set_them(late: Round) -> None:
    saved, words = ClinicDaysCard(workplace(late)).save("7", "")
    assert not saved
    assert words
    assert late.desk.site.weekend == "5,6"
