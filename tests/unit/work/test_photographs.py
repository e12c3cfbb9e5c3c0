"""Photographs come in once, for one lesion at one visit; what the camera says is no more than an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import Box, Noted, PhotographStored
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import FormRow, PhotographRow
from crfapp.work import photographs
from crfapp.work.entry import CompleteForm, RecordAnswer
from crfapp.work.moving import AgreeMove, AskMove, MoveForm
from crfapp.work.obstacles import obstacles
from crfapp.work.photographs import MaskPhotograph, places_of, take
from crfapp.work.row_work import VoidRow
from tests.support.examples.photographs import CAMERA, photographed, picture
from tests.support.examples.whole_forms import DIMA
from tests.support.ward import Ward

if TYPE_CHECKING:
    from crfapp.ledger.keys import FormKey


def stored(ward: Ward, key: FormKey, row: str, item: str) -> tuple[str | None, str | None, str]:
    """Value, text as typed, origin."""
    found = ward.desk.stored(ItemKey(*key, row, item))
    assert found is not None
    return found.value, found.typed, found.origin


def refused(ward: Ward, command: object) -> Code:
    """Why a command is refused; nothing is written then."""
    before = len(ward.ledger.links)
    with pytest.raises(RefusedError) as caught:
        ward.send(command)  # type: ignore[arg-type]
    assert len(ward.ledger.links) == before
    return caught.value.code


@pytest.mark.req("REQ-931")
def test_the_answer_is_the_hash_of_the_file_and_what_was_seen_stands_beside_it() -> None:
    ward = Ward()
    key, row = photographed(ward)
    outcome = ward.send(take(key, row, "PHIMG", picture()))
    (event,) = (e for e in outcome.events if isinstance(e, PhotographStored))
    assert (event.photograph, event.taken, event.camera) == (
        picture().photograph,
        "2025:02:03 09:40:00",
        CAMERA,
    )
    assert stored(ward, key, row, "PHIMG") == (picture().photograph, "IMG-0412.jpg", "person")
    kept = ward.desk.tables.get(PhotographRow, ward.subject, picture().photograph)
    assert kept is not None
    assert (kept.place, kept.sharp) == (ItemKey(*key, row, "PHIMG"), "212.4")


class TestTheCamera:
    def test_its_time_and_name_are_answers_where_nobody_gave_one(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        assert stored(ward, key, row, "PHDTM")[::2] == ("2025-02-03T09:40+03:00[Asia/Amman]", "photograph")
        assert stored(ward, key, row, "PHDEV")[::2] == (CAMERA, "photograph")

    def test_what_a_person_said_stays(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.enter(key, row, PHDTM="2025-02-03 09:50")
        ward.send(take(key, row, "PHIMG", picture()))
        assert stored(ward, key, row, "PHDTM")[::2] == ("2025-02-03T09:50+03:00[Asia/Amman]", "person")

    def test_a_person_corrects_it_with_a_reason_and_the_original_stays_in_the_record(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture(taken="2019:01:01 09:40:00")))
        told = RecordAnswer(key=key, row=row, item="PHDTM", typed="2025-02-03 09:40")
        assert refused(ward, told) is Code.REASON_NEEDED
        ward.enter(key, row, reason="the camera's clock was wrong", PHDTM="2025-02-03 09:40")
        assert stored(ward, key, row, "PHDTM")[::2] == ("2025-02-03T09:40+03:00[Asia/Amman]", "person")
        (event,) = (r.event for r in ward.records() if isinstance(r.event, PhotographStored))
        assert event.taken == "2019:01:01 09:40:00"
        assert Noted("day", "-2225") in event.notes

    def test_an_hour_that_cannot_be_read_stays_open(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture(taken="0000:00:00 00:00:00")))
        assert ward.desk.stored(ItemKey(*key, row, "PHDTM")) is None


class TestTheSameFile:
    @pytest.mark.req("REQ-931")
    def test_is_refused_at_another_row_with_where_it_is(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        other = ward.add_row(key, "ROWS")
        with pytest.raises(RefusedError) as caught:
            ward.send(take(key, other, "PHIMG", picture()))
        assert caught.value.code is Code.PHOTOGRAPH_ELSEWHERE
        assert caught.value.facts == {"subject": "JO01-001", "visit": "V_UNS", "form": "PH", "row": "T01"}

    @pytest.mark.req("REQ-931")
    def test_is_refused_at_another_visit_and_for_another_subject(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        again = ward.form("PH", ward.start(ward.subject, "V_UNS", "2025-02-04", n=2))
        line = ward.add_row(again, "ROWS")
        assert refused(ward, take(again, line, "PHIMG", picture())) is Code.PHOTOGRAPH_ELSEWHERE
        another = ward.enrol()
        ward.start(another, "V_SCR", "2025-02-03")
        theirs = ward.form("PH", ward.start(another, "V_UNS", "2025-02-04"))
        line = ward.add_row(theirs, "ROWS")
        assert refused(ward, take(theirs, line, "PHIMG", picture())) is Code.PHOTOGRAPH_ELSEWHERE

    @pytest.mark.req("REQ-931")
    def test_may_come_in_where_it_belongs_once_it_was_taken_out_elsewhere(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        other = ward.add_row(key, "ROWS")
        ward.send(take(key, row, "PHIMG", picture("right.jpg"), reason="wrong file chosen"))
        ward.send(take(key, other, "PHIMG", picture()))
        assert places_of(ward.desk, picture().photograph) == [ItemKey(*key, other, "PHIMG")]
        ward.send(VoidRow(key=key, section="ROWS", row=other, reason="not this lesion"))
        third = ward.add_row(key, "ROWS")
        ward.send(take(key, third, "PHIMG", picture()))

    @pytest.mark.req("REQ-931")
    def test_without_the_safeguard_the_same_file_stands_twice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(photographs, "_refuse_elsewhere", lambda _desk, _cmd: None)
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        other = ward.add_row(key, "ROWS")
        ward.send(take(key, other, "PHIMG", picture()))
        assert stored(ward, key, other, "PHIMG")[0] == stored(ward, key, row, "PHIMG")[0]

    @pytest.mark.req("REQ-931")
    def test_once_more_at_its_own_place_is_nothing_new(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        assert ward.send(take(key, row, "PHIMG", picture())).events == ()


class TestWhatIsRefused:
    def test_a_name_typed_is_no_photograph_but_why_there_is_none_can_be_said(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        told = RecordAnswer(key=key, row=row, item="PHIMG", typed="IMG-0412.jpg")
        assert refused(ward, told) is Code.PHOTOGRAPH_TYPED
        ward.send(RecordAnswer(key=key, row=row, item="PHIMG", missing="ND", reason="the battery was empty"))
        assert refused(ward, take(key, row, "PHIMG", picture())) is Code.REASON_NEEDED

    def test_replacing_needs_a_reason(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        other = take(key, row, "PHIMG", picture("IMG-0413.jpg"))
        assert refused(ward, other) is Code.REASON_NEEDED

    def test_another_question_takes_no_photograph(self) -> None:
        ward = Ward()
        key, row = photographed(ward)
        assert refused(ward, take(key, row, "PHDEV", picture())) is Code.PHOTOGRAPH_NOT_HERE

    @pytest.mark.parametrize(
        "wrong",
        [{"media": "application/pdf"}, {"size": 0}, {"width": 0}, {"photograph": "IMG-0412.jpg"}],
        ids=str,
    )
    def test_facts_that_are_those_of_no_picture(self, wrong: dict[str, object]) -> None:
        ward = Ward()
        key, row = photographed(ward)
        facts = picture()._replace(**wrong)  # type: ignore[arg-type]
        assert refused(ward, take(key, row, "PHIMG", facts)) is Code.PHOTOGRAPH_UNFIT


class TestMasking:
    def masked(self, ward: Ward, *boxes: Box, reason: str = "the tattoo names her") -> MaskPhotograph:
        name = picture().photograph
        return MaskPhotograph(subject=ward.subject, photograph=name, boxes=boxes, reason=reason)

    def recognisable(self) -> tuple[Ward, FormKey, str]:
        """A whole form but for one thing: the subject may be recognised."""
        ward = Ward()
        key, row = photographed(ward)
        ward.send(take(key, row, "PHIMG", picture()))
        ward.enter(key, row, PHPRIV="N")
        return ward, key, row

    @pytest.mark.req("REQ-931")
    def test_who_may_be_recognised_keeps_the_form_open_until_it_is_masked(self) -> None:
        ward, key, row = self.recognisable()
        assert refused(ward, CompleteForm(key=key)) is Code.FORM_INCOMPLETE
        assert ward.findings(key) == [(row, "PHPRIV", "PH-04")]
        ward.send(self.masked(ward, Box(10, 10, 400, 300)))
        assert ward.findings(key) == []
        ward.send(CompleteForm(key=key))
        # what is worked out again afterwards does not open it
        ward.enter(key, row, PHSCALE="Y")
        assert ward.ledger.tables.find(FormRow, **key._asdict())[0].status == "complete"

    @pytest.mark.req("REQ-931")
    def test_another_photograph_in_its_place_stands_in_the_way_again(self) -> None:
        ward, key, row = self.recognisable()
        ward.send(self.masked(ward, Box(10, 10, 400, 300)))
        ward.send(take(key, row, "PHIMG", picture("IMG-0413.jpg"), reason="sharper"))
        assert [name for name, _ in obstacles(ward.desk, key)] == ["PH-04"]

    @pytest.mark.req("REQ-931")
    def test_taking_every_rectangle_away_stands_in_the_way_again(self) -> None:
        ward, key, _row = self.recognisable()
        ward.send(self.masked(ward, Box(10, 10, 400, 300)))
        ward.send(self.masked(ward, reason="drawn on the wrong picture"))
        assert [name for name, _ in obstacles(ward.desk, key)] == ["PH-04"]

    @pytest.mark.req("REQ-931")
    def test_needs_a_reason_a_photograph_and_a_rectangle_inside_it(self) -> None:
        ward, _key, _row = self.recognisable()
        assert refused(ward, self.masked(ward, Box(1, 1, 9, 9), reason="")) is Code.REASON_NEEDED
        assert refused(ward, self.masked(ward, Box(3990, 1, 11, 9))) is Code.MASK_OUTSIDE
        assert refused(ward, self.masked(ward, Box(1, 1, 0, 9))) is Code.MASK_OUTSIDE
        unknown = MaskPhotograph(subject=ward.subject, photograph="0" * 64, boxes=(), reason="nobody's")
        assert refused(ward, unknown) is Code.PHOTOGRAPH_UNKNOWN


def test_a_form_for_the_wrong_subject_takes_its_photographs_with_it() -> None:
    ward = Ward()
    key, row = photographed(ward)
    ward.send(take(key, row, "PHIMG", picture()))
    ward.send(
        MaskPhotograph(
            subject=ward.subject,
            photograph=picture().photograph,
            boxes=(Box(1, 1, 9, 9),),
            reason="her ring shows",
        )
    )
    right = ward.enrol()
    ward.start(right, "V_SCR", "2025-02-03")
    at = ward.start(right, "V_UNS", "2025-02-03")
    (asked,) = ward.send(AskMove(key=key, to=at, reason="the file before was open")).events
    ward.bus.send(AgreeMove(move=asked.move), DIMA)  # type: ignore[attr-defined]
    ward.send(MoveForm(move=asked.move))  # type: ignore[attr-defined]
    there = ward.form("PH", at)
    (place,) = places_of(ward.desk, picture().photograph)
    assert place.of == there
    assert stored(ward, there, place.row, "PHIMG")[:2] == (picture().photograph, "IMG-0412.jpg")
    assert stored(ward, there, place.row, "PHDTM")[0] == "2025-02-03T09:40+03:00[Asia/Amman]"
    assert photographs.is_masked(ward.desk, right, picture().photograph)
