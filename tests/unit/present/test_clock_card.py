"""The card about the clock says what was noticed, and how far off it was when somebody compared it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crfapp.ledger.events import ClockProved
from crfapp.present.clock_card import ClockCard
from crfapp.work.clock import NoteClockJump
from tests.support.clinic import ADMIN
from tests.support.site_of import workplace
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.present.clock_card import ClockLine


def card_at(ward: Ward, at: str) -> ClockCard:
    ward.clock.at = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return ClockCard(workplace(ward, actor=ADMIN))


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def words(line: ClockLine) -> tuple[str, str, str]:
    return plain(line.when), plain(line.what), line.who


@pytest.mark.req("REQ-404")
@pytest.mark.parametrize(
    ("shown", "off", "said"),
    [
        ("10:05", 0, "Recorded: both clocks show the same minute."),
        ("10:03", 120, "Recorded: It was 2 minutes ahead. Set this computer's clock right."),
        ("١٠:٠٦", -60, "Recorded: It was 1 minute behind. Set this computer's clock right."),
        ("23:05", 660 * 60, "Recorded: It was 660 minutes ahead. Set this computer's clock right."),
    ],
)
def test_nobody_reckons_how_far_off_the_clock_is(shown: str, off: int, said: str) -> None:
    ward = Ward()
    card = card_at(ward, "2025-01-12T07:05")
    done, told = card.compare("telephone", shown)
    assert (done, plain(told)) == (True, said)
    event = ward.records()[-1].event
    assert isinstance(event, ClockProved)
    assert (event.against, event.off_seconds) == ("telephone", off)


@pytest.mark.req("REQ-404")
def test_the_administrator_sees_what_was_noticed_the_latest_first() -> None:
    ward = Ward()
    card = card_at(ward, "2025-01-12T07:05")
    ward.send(NoteClockJump(seconds=-7200))
    ward.clock.later(minutes=5)
    card.compare("radio clock", "10:09")
    assert [words(line) for line in card.lines()] == [
        ("12 Jan 2025 10:10", "Compared with radio clock. It was 1 minute ahead.", "Site administrator"),
        ("12 Jan 2025 10:05", "It was put back by 2:00:00 while the program ran.", "Rania Haddad"),
    ]
    assert plain(card.now()) == "This computer says 12 Jan 2025 10:10 (Asia/Amman, UTC+03:00)."


def test_what_cannot_be_compared_is_refused_in_words() -> None:
    ward = Ward()
    card = card_at(ward, "2025-01-12T07:05")
    before = len(ward.ledger.links)
    assert card.compare("telephone", "soon")[1] == "What does the other clock show? Write it as 14:05."
    assert card.compare(" ", "10:05")[1].startswith("It is not said which clock")
    assert len(ward.ledger.links) == before
