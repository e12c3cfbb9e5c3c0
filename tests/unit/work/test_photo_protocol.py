"""Which photographs a visit needs, what keeps its form open, and what is said when one comes in."""

from __future__ import annotations

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.keys import FormKey, Scope, VisitKey
from crfapp.ledger.state import SubjectRow
from crfapp.work import obstacles as in_the_way
from crfapp.work.entry import CompleteForm, RecordAnswer
from crfapp.work.hindrances import PICTURE, in_the_way_of_signing
from crfapp.work.obstacles import obstacles
from crfapp.work.photo_notes import Note, camera_time, notes
from crfapp.work.photo_protocol import needed
from crfapp.work.photo_rows import AddPhotographRows
from crfapp.work.photographs import take
from tests.support.examples.photographs import photographed, picture
from tests.support.playing import FORMS, journey_of, played
from tests.support.ward import Ward


def states(ward: Ward, key: FormKey) -> list[tuple[str, str, str]]:
    return [(one.label, one.view, one.state) for one in needed(ward.desk, key)]


def _scope(key: FormKey) -> Scope:
    return Scope(*key)


def names(ward: Ward, key: FormKey) -> list[str]:
    return [name for name, _cell in obstacles(ward.desk, key)]


class TestWhatAVisitNeeds:
    @pytest.mark.req("REQ-931")
    def test_each_area_that_is_followed_and_no_other(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.area("CONTROL")
        ward.area()
        assert states(ward, key) == [("T01", "VIS", "open"), ("T02", "VIS", "open")]
        ward.send(take(key, row, "PHIMG", picture()))
        (first, _second) = needed(ward.desk, key)
        assert (first.state, first.row, first.photograph) == ("there", row, picture().photograph)

    @pytest.mark.req("REQ-931")
    def test_no_area_once_it_has_merged_at_this_visit_or_before(self) -> None:
        ward = Ward()
        key, _row = photographed(ward)
        area = ward.area()
        before = ward.form("LM", ward.injected())
        ward.enter(before, area, STATE="MERGED")
        assert states(ward, key) == [("T01", "VIS", "open")]

    @pytest.mark.req("REQ-931")
    def test_an_area_still_where_it_merges_only_later(self) -> None:
        ward = Ward()
        area = ward.area()
        key = ward.form("PH", ward.start(ward.subject, "V_UNS", "2025-01-05"))
        ward.clock.at = ward.clock.at.replace(month=2, day=3)
        ward.enter(ward.form("LM", ward.injected()), area, STATE="MERGED")
        assert states(ward, key) == [("T01", "VIS", "open")]

    @pytest.mark.req("REQ-931")
    def test_none_where_the_form_says_why_none_was_taken(self) -> None:
        ward = Ward()
        key, _row = photographed(ward)
        ward.enter(key, reason="the camera was lost", PHYN="N")
        assert states(ward, key) == [("T01", "VIS", "missing")]

    @pytest.mark.req("REQ-931")
    def test_nothing_of_another_form(self) -> None:
        ward = Ward()
        assert needed(ward.desk, ward.dm) == ()

    @pytest.mark.req("REQ-931")
    def test_the_repeated_photograph_counts_and_the_first_is_kept(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        again = ward.add_row(key, "ROWS")
        ward.enter(key, again, PHAREA="T01", PHVIEW="VIS")
        ward.send(take(key, again, "PHIMG", picture("sharp.jpg")))
        (one,) = needed(ward.desk, key)
        assert (one.state, one.row) == ("there", again)
        ward.send(take(key, row, "PHIMG", picture("blurred.jpg")))
        (one,) = needed(ward.desk, key)
        assert one.photograph == picture("sharp.jpg").photograph


class TestTheFormIsNotComplete:
    def whole(self) -> tuple[Ward, FormKey]:
        """A form whole but for an area that has no row."""
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        ward.area()
        return ward, key

    @pytest.mark.req("REQ-931")
    def test_until_each_needed_photograph_has_its_row(self) -> None:
        ward, key = self.whole()
        assert names(ward, key) == ["PHOTOGRAPH:T02 VIS"]
        with pytest.raises(RefusedError) as caught:
            ward.send(CompleteForm(key=key))
        assert caught.value.code is Code.FORM_INCOMPLETE
        assert PICTURE in {one.what for one in in_the_way_of_signing(ward.desk, _scope(key))}

    @pytest.mark.req("REQ-931")
    def test_until_it_is_there_or_it_is_said_why_not(self) -> None:
        ward, key = self.whole()
        ward.send(AddPhotographRows(key=key))
        assert names(ward, key) == ["REQUIRED:PHIMG"]
        row = needed(ward.desk, key)[1].row
        ward.send(RecordAnswer(key=key, row=row, item="PHIMG", missing="ND", reason="the lamp broke"))
        assert states(ward, key)[1] == ("T02", "VIS", "missing")
        ward.send(CompleteForm(key=key))

    @pytest.mark.req("REQ-931")
    def test_rows_are_offered_once(self) -> None:
        ward, key = self.whole()
        assert len(ward.send(AddPhotographRows(key=key)).events) == 3
        assert ward.send(AddPhotographRows(key=key)).events == ()

    @pytest.mark.req("REQ-931")
    def test_without_the_safeguard_it_would_be(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(in_the_way, "lacking", lambda _desk, _key: ())
        ward, key = self.whole()
        assert [event.kind for event in ward.send(CompleteForm(key=key)).events] == ["form-completed"]


def test_a_form_that_somebody_chose_needs_what_that_person_takes() -> None:
    _outcome, clinic = played(journey_of(FORMS / "nct06813027/journeys/tc-14-photograph-forgotten.yaml"))
    (subject,) = clinic.ledger.tables.find(SubjectRow)
    desk = clinic.desk

    def at(visit: str) -> FormKey:
        return FormKey(*VisitKey(subject.subject, visit, 1), "PHOTO", 1)

    assert needed(desk, at("V_UNS")) == ()
    assert [one.state for one in needed(desk, at("V_SCR"))] == ["there", "missing", "there", "there"]
    assert {one.state for one in needed(desk, at("V_W3"))} == {"missing"}


class TestWhatIsSaidWhenOneComesIn:
    def said(self, **other: object) -> tuple[Note, ...]:
        ward = Ward()
        key, row = photographed(ward)
        facts = picture()._replace(**other)  # type: ignore[arg-type]
        return notes(ward.desk, key, row, "PHIMG", facts)

    def test_nothing_of_a_good_photograph_of_the_day(self) -> None:
        assert self.said() == ()

    @pytest.mark.parametrize(
        ("other", "note"),
        [
            ({"width": 1999, "height": 1000}, Note("pixels", "1999000", "2000000")),
            ({"sharp": "19.9"}, Note("sharp", "19.9", "20")),
            ({"dark": "40.1"}, Note("dark", "40.1", "40")),
            ({"bright": "25.1"}, Note("bright", "25.1", "25")),
            ({"taken": "2025:01:31 23:59:59"}, Note("day", "-3")),
            ({"taken": None}, Note("no-time", weight="note")),
            ({"taken": "a while ago"}, Note("no-time", weight="note")),
        ],
        ids=str,
    )
    def test_the_figure_and_its_limit(self, other: dict[str, object], note: Note) -> None:
        assert self.said(**other) == (note,)

    @pytest.mark.parametrize(
        "other",
        [{"width": 2000, "height": 1000}, {"sharp": "20"}, {"dark": "40"}, {"bright": "25"}],
        ids=str,
    )
    def test_a_limit_is_not_beyond_itself(self, other: dict[str, object]) -> None:
        assert self.said(**other) == ()

    def test_a_camera_that_is_ahead_of_the_clock(self) -> None:
        assert self.said(taken="2025:02:04 09:40:00") == (Note("day", "1"), Note("future"))

    def test_it_is_taken_in_all_the_same_and_the_event_keeps_what_was_said(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        facts = picture()._replace(sharp="3.5")
        stored, *_ = ward.send(take(key, row, "PHIMG", facts)).events
        assert stored.notes == (Note("sharp", "3.5", "20").noted,)  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("taken", "shown"),
        [
            ("2025:02:03 09:40:00", "2025-02-03T09:40:00"),
            ("2025-02-03T09:40:00", "2025-02-03T09:40:00"),
            ("2025-02-03T06:40:00+00:00", "2025-02-03T09:40:00"),
        ],
    )
    def test_what_the_camera_showed_is_read_as_the_sites_own_time(self, taken: str, shown: str) -> None:
        at = camera_time(taken, "Asia/Amman")
        assert at is not None
        assert at.isoformat() == shown
