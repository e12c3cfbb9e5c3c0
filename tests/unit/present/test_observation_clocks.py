"""The clocks over every page: what is said, what a press writes, and what a moved clock changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import FormRowRow
from crfapp.present.clock_watch import JumpWatch
from crfapp.present.due_clocks import DueClocks
from crfapp.present.observation_clocks import ObservationClocks
from crfapp.present.texts import ISOLATES
from crfapp.work.clock import NoteClockJump
from crfapp.work.roles import Actor, Role
from tests.support.injection import InjectionClinic, instant
from tests.support.site_of import workplace

if TYPE_CHECKING:
    from crfapp.present.observation_words import ClockLine
    from crfapp.work.bus import Outcome

MONITOR = Actor("weber", "Anna Weber", Role.MONITOR, "Contract research")


class Clocks:
    """One subject injected until 10:18 on 12 January, and the band as the nurse is shown it.

    ``steady`` is the machine's own clock, which nobody sets.
    """

    def __init__(self, *, begun: bool = True) -> None:
        self.clinic = InjectionClinic()
        at = self.clinic.injection()
        self.clinic.clock.at = instant("2025-01-12 10:18")
        self.clinic.dose(at, start="10:05", end="10:18")
        self.watch = JumpWatch(lambda: self._steady)
        self._steady = 0.0
        self.watch.look(self.clinic.clock.now())
        self.at = workplace(self.clinic)
        self.clocks = ObservationClocks(self.at, self.watch)
        self.at.listen(self._heed)
        (self.key,) = (line.key for line in self.clocks.lines())
        self.obs = FormKey(*at, "OBS", 1)
        if begun:
            self.clocks.begin(self.key)

    def _heed(self, outcome: Outcome) -> None:
        self.clocks.heed(outcome)

    def goes_on(self, minutes: float) -> None:
        self.clinic.clock.later(minutes=minutes)
        self._steady += 60 * minutes

    def is_moved(self, minutes: float, *, noticed: bool = True) -> None:
        self.clinic.clock.later(minutes=minutes)
        if noticed:
            self.at.send(NoteClockJump(seconds=self.watch.look(self.clinic.clock.now())))

    def line(self) -> ClockLine:
        (line,) = self.clocks.lines()
        return line

    def said(self) -> str:
        return f"{self.line().text}. {self.line().note}".translate(ISOLATES)

    def deeds(self) -> list[str]:
        return [deed.words.translate(ISOLATES) for deed in self.line().deeds]

    def value(self, item: str, row: str = "") -> str | None:
        return self.clinic.value(self.obs, item, row)


def test_the_beginning_is_asked_for_and_written_as_the_end_of_the_dose() -> None:
    day = Clocks(begun=False)
    day.goes_on(3)
    assert day.said() == "JO01-001: 3 of 60 minutes since the dose. Its beginning is not recorded yet."
    assert day.deeds() == ["Watched since 10:18", "Open"]
    to = day.clocks.begin(day.key)
    assert (to.form, to.subject) == ("OBS", day.clinic.subject)
    assert (day.value("OBSYN"), day.value("OBSSTDTM")) == ("Y", "2025-01-12T10:18+03:00[Asia/Amman]")


def test_what_is_measured_next_and_until_when() -> None:
    day = Clocks()
    assert day.said().endswith("Measure now: minute 0, until 10:23.")
    assert day.deeds() == ["Measured now", "End observation", "Open"]
    day.clocks.measure(day.key)
    assert day.said().endswith("Next: minute 15 at 10:33, in 15 min.")
    assert day.line().grade == "info"
    day.goes_on(10)
    assert day.said().endswith("Measure now: minute 15, until 10:38.")
    day.goes_on(11)
    assert day.said().endswith("Minute 15 was due at 10:33 and is not measured.")
    assert day.line().grade == "error"


def test_measured_now_writes_the_actual_time_into_its_row_and_goes_there() -> None:
    day = Clocks()
    day.clocks.measure(day.key)
    day.goes_on(16)
    to = day.clocks.measure(day.key)
    assert (to.form, to.row, to.item) == ("OBS", "15", "VSDTM")
    assert day.value("VSDTM", "15") == "2025-01-12T10:34+03:00[Asia/Amman]"


def test_a_measurement_left_behind_is_still_said() -> None:
    day = Clocks()
    day.goes_on(15)
    assert "Measure now: minute 15, until 10:38. Not measured: minute 0." in day.said()


def test_each_time_that_comes_reminds_once_it_is_there_and_not_for_ever() -> None:
    day = Clocks()
    assert [one.rpartition("|")[2] for one in day.line().reminders] == ["0"]
    day.clocks.measure(day.key)
    assert day.line().reminders == ()
    day.goes_on(15)
    assert [one.rpartition("|")[2] for one in day.line().reminders] == ["15"]
    day.goes_on(46)
    assert [one.rpartition("|")[2] for one in day.line().reminders] == ["60", "end"]


def test_after_an_hour_with_everything_measured_the_end_is_the_thing_to_do() -> None:
    day = Clocks()
    for minutes in (0, 15, 15, 30):
        day.goes_on(minutes)
        day.clocks.measure(day.key)
    assert day.said() == "JO01-001: 60 of 60 minutes since the dose. The time is over: record the end."
    assert [deed.key for deed in day.line().deeds if deed.primary] == ["end"]
    assert not day.line().asks_why
    assert day.clocks.end(day.key) is None
    assert day.value("OBSMIN") == "60"
    assert day.clocks.lines() == ()


def test_too_early_an_end_asks_why_and_offers_the_deviation() -> None:
    day = Clocks()
    day.goes_on(42)
    assert day.line().asks_why
    day.clocks.end(day.key, "she had to catch a bus")
    assert (day.value("OBSMIN"), day.value("OBSEARLY")) == ("42", "she had to catch a bus")
    assert day.line().text.translate(ISOLATES) == "JO01-001: watched for 42 of 60 minutes"
    assert day.deeds() == ["Draft the deviation", "Open"]
    day.clocks.draft(day.key)
    (row,) = day.clinic.ledger.tables.find(FormRowRow, subject=day.clinic.subject, form="DV")
    term = day.clinic.value(FormKey(*row[:5]), "DVTERM", row.row)
    assert term is not None
    assert "42 min instead of 60 min: she had to catch a bus" in term
    assert day.clocks.lines() == ()


def test_an_end_written_in_the_form_without_a_reason_is_asked_for_it() -> None:
    day = Clocks()
    day.goes_on(30)
    day.clinic.enter(day.obs, OBSENDTM="10:48")
    assert day.deeds() == ["Say why", "Draft the deviation", "Open"]
    to = day.clocks.address(day.key, why=True)
    assert to.item == "OBSEARLY"


@pytest.mark.req("REQ-404")
@pytest.mark.parametrize(("moved", "how"), [(45, "forward by 0:45:00"), (-45, "back by 0:45:00")])
@pytest.mark.parametrize("noticed", [True, False])
def test_a_moved_clock_changes_no_minute_and_writes_no_time(moved: int, how: str, *, noticed: bool) -> None:
    day = Clocks()
    day.clocks.measure(day.key)
    day.goes_on(15)
    day.is_moved(moved, noticed=noticed)
    assert "15 of 60 minutes" in day.said()
    assert how in day.said()
    assert "Measure now: minute 15" in day.said()
    assert day.deeds()[0] == "Write the time"
    to = day.clocks.measure(day.key)
    assert (to.row, to.item) == ("15", "VSDTM")
    assert day.value("VSDTM", "15") is None
    assert day.clocks.end(day.key) is not None
    assert day.value("OBSENDTM") is None


def test_a_clock_that_was_put_forward_and_believed_is_found_out_afterwards() -> None:
    day = Clocks()
    day.goes_on(15)
    day.is_moved(45)
    day.clinic.enter(day.obs, OBSENDTM="11:18")
    assert day.value("OBSMIN") == "60"
    assert day.said().startswith(
        "JO01-001: watched for 15 of 60 minutes. The clock of this computer was put forward"
    )


def test_whoever_does_not_record_is_shown_no_clock() -> None:
    day = Clocks()
    clocks = ObservationClocks(workplace(day.clinic, actor=MONITOR))
    assert not clocks.are_shown
    assert clocks.lines() == ()


def test_another_user_and_a_new_start_find_the_same_clocks() -> None:
    day = Clocks()
    day.goes_on(20)
    other = ObservationClocks(workplace(day.clinic, actor=Actor("omar", "Omar", Role.NURSE, "CTC")))
    assert other.lines()[0].text == day.line().text


def test_the_locked_screen_counts_what_is_due_whatever_the_clock_shows() -> None:
    day = Clocks()
    day.clocks.measure(day.key)
    waiting = DueClocks(day.clinic.clock, day.watch)
    waiting.remember(day.clocks.dues())
    assert waiting.count() == 0
    day.is_moved(60, noticed=False)
    day.goes_on(14)
    assert waiting.count() == 0
    day.goes_on(2)
    assert waiting.count() == 1


def test_a_clock_of_yesterday_is_gone_without_anybody_touching_anything() -> None:
    day = Clocks()
    day.goes_on(timedelta(hours=14) / timedelta(minutes=1))
    assert day.clocks.lines() == ()
