"""Whatever is answered, changed, asked and compared in whatever order: the marks are what a model says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import crfapp.work.bus
from crfapp.base.problems import RefusedError
from crfapp.ledger.chain import first_break
from crfapp.ledger.keys import ItemKey
from crfapp.ledger.state import FormRowRow, ItemRow, VerifiedRow
from crfapp.work.entry import RecordAnswer
from crfapp.work.row_work import VoidRow
from crfapp.work.verification import Listed, UnverifyItem, VerifyForm
from tests.support.happenings import ask, settle
from tests.support.source_ward import WEBER, SourceWard

if TYPE_CHECKING:
    from crfapp.work.verification_standing import PlannedItem

ANSWERS = st.sampled_from(
    [("W", "62.5"), ("W", "65.2"), ("W", "143 lb"), ("H", "164"), ("H", "170"), ("SEX", "F"), ("SEX", "M"),
     ("CB", "no"), ("CB", "yes"), ("DEPTH", "3"), ("DEPTH", "4"), ("SIZE", "12.0"), ("ROLE", "CONTROL"),
     ("ROLE", "TREATED"), ("W", ""), ("W", "ND")]
)  # fmt: skip
ITEMS = st.sampled_from(["W", "H", "SEX", "CB", "DEPTH", "SIZE", "BMI"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), ANSWERS),
        st.tuples(st.sampled_from(["verify", "verify", "verify", "take", "ask", "settle"]), ITEMS),
        st.tuples(st.sampled_from(["form", "void", "close"]), ITEMS),
    ),
    max_size=30,
)
IN_ROWS = {"DEPTH": "ld", "ROLE": "ld", "SIZE": "lm"}
Answer = tuple[object, ...]


@dataclass
class Model:
    """What the marks should be: kept by looking at answers before and after, knowing nothing of events."""

    marks: dict[ItemKey, str] = field(default_factory=dict)

    def follow(self, before: dict[ItemKey, Answer], after: dict[ItemKey, Answer]) -> None:
        """Only another answer, or one that does not stand any more, takes a mark away."""
        for place, mark in self.marks.items():
            if mark == "done" and before.get(place) != after.get(place):
                self.marks[place] = "changed"


def answers(ward: SourceWard) -> dict[ItemKey, Answer]:
    """Every answer by its place: value, missing code, whether it applies; a voided row has none."""
    tables = ward.ledger.tables
    # an answer in a row that rests on a voided one stays as it is: nobody changed it
    voided = {(row.form, row.row) for row in tables.find(FormRowRow, voided=1)}
    rows = tables.find(ItemRow)
    return {r.key: (r.value, r.missing, r.hidden != 0) for r in rows if (r.form, r.row) not in voided}


class Told:
    """A ward on which steps are taken, and the model of it."""

    def __init__(self) -> None:
        self.ward = SourceWard()
        self.row = self.ward.area()
        self.model = Model()

    def place(self, item: str) -> ItemKey:
        key = getattr(self.ward, IN_ROWS.get(item, "dm"))
        return self.ward.place(item, key, self.row if item in IN_ROWS else "")

    def take(self, what: str, told: object) -> None:
        before = answers(self.ward)
        try:
            self._do(what, told)
        except RefusedError:
            assert answers(self.ward) == before
        self.model.follow(before, answers(self.ward))

    def _do(self, what: str, told: object) -> None:
        ward = self.ward
        if what == "answer":
            assert isinstance(told, tuple)
            item, typed = told
            ward.send(self._answer(self.place(item), typed))
            return
        place = self.place(str(told))
        match what:
            case "verify":
                ward.monitor(ward.comparing(place))
                self.model.marks[place] = "done"
            case "form":
                listed = [Listed(one.key.row, one.key.item, one.stored.head) for one in self._waiting(place)]
                ward.monitor(VerifyForm(key=place.of, items=tuple(listed)))
                self.model.marks |= {ItemKey(*place.of, one.row, one.item): "done" for one in listed}
            case "take":
                ward.monitor(UnverifyItem(key=place.of, row=place.row, item=place.item, reason="wrong page"))
                self.model.marks[place] = "taken"
            case "ask":
                ask(ward, place, WEBER, query=place.item)
            case "settle":
                settle(ward, WEBER, query=place.item)
            case "void":
                ward.send(VoidRow(key=ward.ld, section="AREAS", row=self.row, reason="twice"))
            case _:
                ward.desk.forget_forms()

    def _waiting(self, place: ItemKey) -> list[PlannedItem]:
        waiting = [one for one in self.ward.planned() if one.state in ("planned", "changed")]
        return [one for one in waiting if one.key.of == place.of]

    def _answer(self, place: ItemKey, typed: str) -> RecordAnswer:
        missing = typed if typed == "ND" else None
        text = "" if missing else typed
        return RecordAnswer(
            key=place.of,
            row=place.row,
            item=place.item,
            typed=text,
            missing=missing,
            reason="as in the chart",
        )

    def marks(self) -> dict[ItemKey, str]:
        return {row.key: row.state for row in self.ward.ledger.tables.find(VerifiedRow)}


@pytest.mark.req("REQ-605")
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_marks_are_what_the_answers_before_and_after_say(steps: list[tuple[str, object]]) -> None:
    told = Told()
    for what, about in steps:
        told.take(what, about)
        assert told.marks() == told.model.marks
    for one in told.ward.planned():
        mark = told.model.marks.get(one.key, "")
        assert (one.state == "done") == (mark == "done")
        assert mark != "changed" or one.state in ("changed", "queried")
    assert first_break(told.ward.ledger.links) is None


def test_the_model_would_notice_a_mark_that_does_not_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crfapp.work.bus, "fallen", lambda _desk, _events: ())
    told = Told()
    for what, about in (("answer", ("W", "65.2")), ("verify", "W"), ("answer", ("W", "62.5"))):
        told.take(what, about)
    assert told.marks() != told.model.marks
