"""A serious event starts a clock that nobody can overlook or stretch, and that ends when it was reported."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.journeys.memory_ledger import MemoryEvents
from crfapp.ledger.keys import FormKey
from crfapp.ledger.state import NoticeRow
from crfapp.work.clock import NoteClockJump
from crfapp.work.owed_notices import notices_owed
from crfapp.work.roles import Actor, Role
from crfapp.work.sending_notices import BeginReport, SendNotice
from crfapp.work.strict_time import StrictTime, strict_time
from tests.support.clinic import Clinic
from tests.support.playing import shipped_study
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.work.owed_notices import OwedNotice

HADDAD = Actor("haddad", "Dr Sami Haddad", Role.INVESTIGATOR, "Cell Therapy Center")


class Hospital(Ward):
    """A ward with an investigator and one subject whose event is in the log."""

    def __init__(self) -> None:
        super().__init__()
        self.actor = HADDAD
        self.ae = FormKey(self.subject, "V_LOG", 1, "AE", 1)
        self.sae = self.ae._replace(form="SAE")
        self.event = self.add_row(self.ae, "EVENTS")
        self.enter(self.ae, self.event, AETERM="Urticaria", AEDAY="2025-01-05", AEONGO="Y")

    def past(self) -> MemoryEvents:
        return MemoryEvents(self.ledger)

    def owed(self, time: StrictTime | None = None) -> tuple[OwedNotice, ...]:
        clock = (lambda: time) if time is not None else None
        return notices_owed(self.desk, past=self.past(), clock=clock)

    def serious(self) -> None:
        self.enter(self.ae, self.event, AESER="Y")

    def report(self) -> str:
        self.send(BeginReport(notice="SAE", key=self.ae, row=self.event))
        rows = self.desk.forms.get(self.sae).rows_in("REPORTS")
        return rows[-1].info.key

    def sends(self, row: str, **more: str) -> None:
        told = {"sent": "2025-01-05 10:00", "how": "EMAIL", "told_to": "Safety desk, Ms Naber", **more}
        self.send(SendNotice(notice="SAE", key=self.sae, row=row, **told))


def hours(left: timedelta) -> float:
    return left / timedelta(hours=1)


@pytest.fixture
def hospital() -> Hospital:
    return Hospital()


def test_nothing_is_owed_for_an_event_that_is_not_serious(hospital: Hospital) -> None:
    hospital.enter(hospital.ae, hospital.event, AESER="N")
    assert hospital.owed() == ()


@pytest.mark.req("REQ-920")
def test_the_clock_runs_from_the_recording_until_the_awareness_is_known(hospital: Hospital) -> None:
    hospital.serious()
    hospital.clock.later(hours=1)
    (owed,) = hospital.owed()
    assert (owed.notice, owed.occasion.number, owed.report, owed.aware) == ("SAE", "1", None, False)
    assert hours(owed.left) == 23
    row = hospital.report()
    hospital.enter(hospital.sae, row, SAEAWARE="2025-01-05 08:10")
    (owed,) = hospital.owed()
    assert owed.aware
    assert hours(owed.left) == 22  # 09:10 recorded, aware at 08:10, now 10:10
    assert owed.since == datetime(2025, 1, 5, 5, 10, tzinfo=UTC)


@pytest.mark.req("REQ-920")
def test_an_awareness_after_the_recording_does_not_make_it_longer(hospital: Hospital) -> None:
    hospital.serious()
    hospital.clock.later(hours=5)
    row = hospital.report()
    hospital.enter(hospital.sae, row, SAEAWARE="2025-01-05 14:00")
    (owed,) = hospital.owed()
    assert hours(owed.left) == 19


def test_calling_it_serious_twice_does_not_begin_the_clock_anew(hospital: Hospital) -> None:
    hospital.serious()
    hospital.clock.later(hours=3)
    hospital.enter(hospital.ae, hospital.event, reason="wrong row", AESER="N")
    assert hospital.owed() == ()
    hospital.enter(hospital.ae, hospital.event, reason="it was right", AESER="Y")
    (owed,) = hospital.owed()
    assert hours(owed.left) == 21


class TestAMovedClockNeverStretchesTheHours:
    def at_23_hours(self, hospital: Hospital) -> None:
        hospital.serious()
        hospital.clock.later(hours=23)

    def strict(self, hospital: Hospital, **more: datetime) -> StrictTime:
        return strict_time(hospital.desk, hospital.past(), **more)

    @pytest.mark.req("REQ-920")
    def test_put_back_while_the_program_runs(self, hospital: Hospital) -> None:
        self.at_23_hours(hospital)
        hospital.clock.later(hours=-5)
        hospital.send(NoteClockJump(seconds=-5 * 3600))
        hospital.clock.later(hours=2)
        (owed,) = hospital.owed()
        assert hours(owed.left) == -1
        assert owed.overdue

    @pytest.mark.req("REQ-920")
    def test_the_twin_that_believes_the_wall_alone_is_wrong(self, hospital: Hospital) -> None:
        self.at_23_hours(hospital)
        hospital.clock.later(hours=-5)
        hospital.send(NoteClockJump(seconds=-5 * 3600))
        hospital.clock.later(hours=2)
        (owed,) = hospital.owed(time=StrictTime(hospital.desk.now.utc))
        assert hours(owed.left) == 4
        assert not owed.overdue

    @pytest.mark.req("REQ-920")
    def test_put_back_between_two_uses(self, hospital: Hospital) -> None:
        self.at_23_hours(hospital)
        hospital.send(NoteClockJump(seconds=1))  # anything that is recorded at that hour
        hospital.clock.later(hours=-5)
        hospital.send(NoteClockJump(seconds=1))  # what is recorded next finds the clock behind
        hospital.clock.later(hours=1, minutes=30)
        (owed,) = hospital.owed()
        assert owed.overdue

    @pytest.mark.req("REQ-920")
    def test_put_back_and_nothing_recorded_since(self, hospital: Hospital) -> None:
        self.at_23_hours(hospital)
        known = hospital.clock.now()
        hospital.clock.later(hours=-5)
        (owed,) = hospital.owed(self.strict(hospital, known=known))
        assert hours(owed.left) == pytest.approx(1, abs=0.01)
        (owed,) = hospital.owed(self.strict(hospital, known=known, steady=known + timedelta(hours=2)))
        assert hours(owed.left) == pytest.approx(-1, abs=0.01)

    @pytest.mark.req("REQ-920")
    def test_put_forward_makes_it_shorter_and_never_longer(self, hospital: Hospital) -> None:
        hospital.serious()
        hospital.clock.later(hours=3)
        hospital.send(NoteClockJump(seconds=3 * 3600))
        (owed,) = hospital.owed()
        assert hours(owed.left) == 21

    @pytest.mark.req("REQ-920")
    def test_corrected_after_the_event_the_hours_are_the_true_ones(self, hospital: Hospital) -> None:
        """Recorded while the clock was 5 hours ahead, then put right: no hour is lost and none is won."""
        hospital.serious()
        hospital.clock.later(hours=-5)
        hospital.send(NoteClockJump(seconds=-5 * 3600))
        hospital.clock.later(hours=4)
        (owed,) = hospital.owed()
        assert hours(owed.left) == pytest.approx(20, abs=0.01)

    @pytest.mark.req("REQ-920")
    def test_a_jump_before_the_event_says_nothing_of_it(self, hospital: Hospital) -> None:
        hospital.send(NoteClockJump(seconds=-5 * 3600))
        hospital.serious()
        (owed,) = hospital.owed()
        assert hours(owed.left) == 24


class TestItEndsWhenItWasReported:
    @pytest.mark.req("REQ-920")
    def test_sent_says_how_when_and_to_whom(self, hospital: Hospital) -> None:
        hospital.serious()
        hospital.clock.later(hours=2)
        row = hospital.report()
        hospital.sends(row, aware="2025-01-05 08:30", package="p-17")
        assert hospital.owed() != ()  # the follow-up of an ongoing event
        assert [one.number for one in hospital.owed()] == [1]
        (noted,) = hospital.desk.tables.find(NoticeRow)
        assert (noted.how, noted.told_to, noted.package, noted.number) == (
            "EMAIL",
            "Safety desk, Ms Naber",
            "p-17",
            0,
        )
        assert noted.sent_at.startswith("2025-01-05T07:00")
        assert noted.due.startswith("2025-01-06T05:30")
        assert hospital.value(hospital.sae, "SAESENT", row) == "2025-01-05T10:00+03:00[Asia/Amman]"
        assert hospital.value(hospital.sae, "SAEHOW", row) == "EMAIL"
        assert hospital.value(hospital.sae, "SAEHRS", row) == "1.5"

    @pytest.mark.req("REQ-920")
    def test_a_follow_up_is_owed_in_14_days_while_the_event_goes_on(self, hospital: Hospital) -> None:
        hospital.serious()
        hospital.clock.later(hours=2)
        hospital.sends(hospital.report(), aware="2025-01-05 08:30")
        (owed,) = hospital.owed()
        assert (owed.number, owed.due) == (1, datetime(2025, 1, 19, 7, 0, tzinfo=UTC))
        hospital.enter(hospital.ae, hospital.event, reason="over", AEONGO="N")
        assert hospital.owed() == ()

    @pytest.mark.req("REQ-920")
    def test_a_follow_up_has_its_own_number(self, hospital: Hospital) -> None:
        hospital.serious()
        hospital.clock.later(hours=2)
        hospital.sends(hospital.report(), aware="2025-01-05 08:30")
        second = hospital.report()
        with pytest.raises(RefusedError) as caught:
            hospital.report()
        assert caught.value.code is Code.REPORT_OPEN
        hospital.sends(second, aware="2025-01-05 08:30", sent="2025-01-05 11:05")
        assert [row.number for row in hospital.desk.tables.find(NoticeRow)] == [0, 1]

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ({"sent": "2025-01-05 08:00", "aware": "2025-01-05 08:30"}, Code.SENT_TOO_EARLY),
            ({"sent": "2025-01-05 12:00", "aware": "2025-01-05 08:30"}, Code.SENT_AHEAD),
            ({}, Code.AWARE_FIRST),
            ({"aware": "2025-01-05 08:30", "told_to": " "}, Code.NOTICE_UNSAID),
            ({"aware": "2025-01-05 08:30", "how": ""}, Code.NOTICE_UNSAID),
            ({"aware": "2025-01-05 08:30", "how": "PIGEON"}, Code.NOT_A_CODE),
            ({"aware": "yesterday"}, Code.NOT_A_DATE),
        ],
    )
    @pytest.mark.req("REQ-920")
    def test_what_cannot_be_is_refused_and_the_clock_runs_on(
        self, hospital: Hospital, told: dict[str, str], code: Code
    ) -> None:
        hospital.serious()
        hospital.clock.later(hours=2)
        row = hospital.report()
        with pytest.raises(RefusedError) as caught:
            hospital.sends(row, **told)
        assert caught.value.code is code
        assert [one.number for one in hospital.owed()] == [0]

    @pytest.mark.req("REQ-920")
    def test_it_is_sent_once(self, hospital: Hospital) -> None:
        hospital.serious()
        hospital.clock.later(hours=2)
        row = hospital.report()
        hospital.sends(row, aware="2025-01-05 08:30")
        with pytest.raises(RefusedError) as caught:
            hospital.sends(row)
        assert caught.value.code is Code.NOTICE_SENT_ALREADY


def test_a_pregnancy_is_owed_from_its_form_and_sent_without_items_for_it() -> None:
    clinic = Clinic(shipped_study("nct06813027"))
    clinic.actor = HADDAD
    subject = clinic.enrol()
    preg = FormKey(subject, "V_LOG", 1, "PREG", 1)
    clinic.enter(preg, PGWHO="SUBJ")
    past = MemoryEvents(clinic.ledger)
    (owed,) = notices_owed(clinic.desk, past=past)
    assert (owed.notice, owed.occasion.key, hours(owed.left)) == ("PREG", preg, 24)
    clinic.clock.later(hours=1)
    told = {"sent": "2025-01-05 10:00", "how": "FAX", "told_to": "Safety desk"}
    clinic.send(SendNotice(notice="PREG", key=preg, aware="2025-01-05 08:00", **told))
    assert notices_owed(clinic.desk, past=past) == ()
    assert clinic.value(preg, "PGAWDTM") == "2025-01-05T08:00+03:00[Asia/Amman]"
