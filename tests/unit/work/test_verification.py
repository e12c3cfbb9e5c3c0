"""Comparing answers with their source: which are offered, what a mark says, and when it falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crfapp.base.problems import Code, RefusedError
from crfapp.ledger.events import ItemVerified
from crfapp.ledger.keys import EventId
from crfapp.ledger.state import MonitoringRow, SubjectRow, VerifiedRow
from crfapp.study.model import Sample
from crfapp.study.verification import Offer, in_sample, place_at_site
from crfapp.work.entry import RecordAnswer
from crfapp.work.monitoring import BeginMonitoring, EndMonitoring
from crfapp.work.roles import RIGHTS, Right, Role
from crfapp.work.row_work import VoidRow
from crfapp.work.verification import Listed, UnverifyItem, VerifyForm
from crfapp.work.verification_standing import Counts, counts_of, planned_items
from tests.support.happenings import ask, settle
from tests.support.source_ward import WEBER, SourceWard, source_study

if TYPE_CHECKING:
    from crfapp.work.cases import Command


def refused(ward: SourceWard, command: Command) -> Code:
    """Why the monitor is refused; nothing was written."""
    before = len(ward.ledger.links)
    with pytest.raises(RefusedError) as refusal:
        ward.monitor(command)
    assert len(ward.ledger.links) == before
    return refusal.value.code


def states(ward: SourceWard) -> dict[str, str]:
    return {one.key.item: one.state for one in ward.planned()}


# ---- the plan


@pytest.mark.req("REQ-606")
def test_the_first_subjects_of_a_site_and_every_so_many_after_belong_to_a_sample() -> None:
    flagship = Sample(first=3, then=5)
    assert [n for n in range(1, 25) if in_sample(flagship, n)] == [1, 2, 3, 8, 13, 18, 23]
    assert [n for n in range(1, 9) if in_sample(Sample(first=2), n)] == [1, 2]
    assert [n for n in range(1, 9) if in_sample(Sample(then=4), n)] == [4, 8]
    assert place_at_site("{site}-{number:03d}", "JO01-008") == 8
    assert place_at_site("S{number}.{site}", "S12.JO01") == 12
    assert place_at_site("{site}-{number:03d}", "somebody") == 0


@pytest.mark.req("REQ-606")
def test_a_sampled_item_is_planned_by_the_plan_of_the_visits_day_a_critical_one_always() -> None:
    wants = source_study().verification.wants
    assert [wants("JO01-002", day, Offer.SAMPLED) for day in ("2025-01-19", "2025-01-20")] == [False, True]
    assert [wants(f"JO01-00{n}", "2025-01-05", Offer.SAMPLED) for n in (1, 2, 3)] == [True, False, True]
    assert not wants("JO01-001", "2024-11-30", Offer.SAMPLED)
    assert wants("JO01-002", "2024-11-30", Offer.CRITICAL)
    ward = SourceWard()
    second = ward.enrol()
    for subject, day in ((ward.subject, "2025-01-05"), (second, "2025-01-19")):
        key = ward.dm._replace(subject=subject)
        if subject == second:
            ward.clock.later(days=14)
            ward.start(subject, "V_SCR", day)
        ward.enter(key, W="62.5", H="164")
    rows = {row.subject: row for row in ward.ledger.tables.find(SubjectRow)}
    found = {s: [one.key.item for one in planned_items(ward.desk, rows[s])] for s in rows}
    assert found == {ward.subject: ["H", "W"], second: ["W"]}


@pytest.mark.req("REQ-410", "REQ-604")
@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("BMI", Code.VERIFY_WORKED_OUT),
        ("FIT", Code.VERIFY_HERE_FIRST),
        ("LEN", Code.VERIFY_NOT_PLANNED),
        ("AGE", Code.VERIFY_NO_ANSWER),
    ],
)
def test_what_has_no_source_or_no_answer_is_not_offered(item: str, code: Code) -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="62.5", H="164", LEN="12")
    assert item not in states(ward)
    assert refused(ward, ward.comparing(ward.place(item))) is code


@pytest.mark.req("REQ-410")
def test_the_label_of_a_row_and_what_stands_in_a_voided_one_are_not_compared() -> None:
    ward = SourceWard()
    row = ward.area()
    ward.enter(ward.ld, row, DEPTH="3")
    ward.enter(ward.lm, row, SIZE="12.0")
    assert refused(ward, ward.comparing(ward.place("AREAID", ward.ld, row))) is Code.VERIFY_WORKED_OUT
    ward.verify("SIZE", ward.lm, row)
    assert states(ward) == {"DEPTH": "planned", "SIZE": "done"}
    ward.enter(ward.ld, row, ROLE="CONTROL", reason="the other arm")
    assert states(ward) == {"DEPTH": "planned"}, "SIZE stands in a row that does not apply any more"
    ward.enter(ward.ld, row, ROLE="TREATED", reason="it was right")
    ward.send(VoidRow(key=ward.ld, section="AREAS", row=row, reason="counted twice"))
    assert states(ward) == {}
    assert refused(ward, ward.comparing(ward.place("DEPTH", ward.ld, row))) is Code.VERIFY_NO_ANSWER


# ---- marks


@pytest.mark.req("REQ-604")
def test_a_verification_says_who_compared_which_version_of_which_value() -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2")
    place = ward.place("W")
    outcome = ward.verify("W")
    (event,) = outcome.events
    assert isinstance(event, ItemVerified)
    assert (event.value, event.missing, event.head) == ("65.2", None, ward.head(place))
    row = ward.ledger.tables.get(VerifiedRow, *place)
    assert row is not None
    assert (row.login, row.role, row.state, row.value) == ("weber", "monitor", "done", "65.2")
    assert refused(ward, ward.comparing(place)) is Code.VERIFY_DONE


@pytest.mark.req("REQ-604")
def test_a_code_instead_of_an_answer_is_compared_too() -> None:
    ward = SourceWard()
    ward.send(RecordAnswer(key=ward.dm, item="W", missing="ND"))
    ward.verify("W")
    row = ward.ledger.tables.get(VerifiedRow, *ward.place("W"))
    assert row is not None
    assert (row.value, row.missing) == (None, "ND")


@pytest.mark.req("REQ-604", "REQ-602")
def test_nothing_is_verified_while_a_query_about_it_is_open() -> None:
    """TC47: the source says 62.5 kg, the form 65.2; the mark waits until that is cleared."""
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2", AGE="40")
    ask(ward, ward.place("W"), WEBER, text="The chart says 62.5 kg.")
    assert refused(ward, ward.comparing(ward.place("W"))) is Code.VERIFY_QUERY_OPEN
    assert states(ward) == {"AGE": "planned", "W": "queried"}
    ward.verify("AGE")
    ward.enter(ward.dm, W="62.5", reason="digits swapped")
    assert refused(ward, ward.comparing(ward.place("W"))) is Code.VERIFY_QUERY_OPEN
    settle(ward, WEBER)
    ward.verify("W")
    assert states(ward) == {"AGE": "done", "W": "done"}


@pytest.mark.req("REQ-605")
def test_a_changed_answer_has_to_be_compared_again_even_when_it_is_changed_back() -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2", H="164")
    ward.verify("W")
    ward.verify("H")
    ward.enter(ward.dm, W="62.5", reason="digits swapped")
    assert (ward.mark("W"), ward.mark("H")) == ("changed", "done"), "only what changed"
    ward.enter(ward.dm, W="65.2", reason="it was right")
    assert states(ward) == {"H": "done", "W": "changed"}
    kinds = [link.kind for link in ward.ledger.links if link.kind.startswith(("item-ver", "verification"))]
    assert kinds == ["item-verified", "item-verified", "verification-dropped"]
    ward.verify("W")
    assert states(ward) == {"H": "done", "W": "done"}


@pytest.mark.req("REQ-604")
def test_what_changed_before_her_eyes_is_not_verified() -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2")
    seen = ward.comparing(ward.place("W"))
    ward.enter(ward.dm, W="62.5", reason="digits swapped")
    assert refused(ward, seen) is Code.VERIFY_STALE
    assert ward.mark("W") == ""


@pytest.mark.req("REQ-604")
def test_a_form_is_verified_by_its_list_and_nothing_unseen_with_it() -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2", H="164")
    listed = tuple(Listed("", item, ward.head(ward.place(item))) for item in ("W", "H"))
    ward.enter(ward.dm, AGE="40")
    outcome = ward.monitor(VerifyForm(key=ward.dm, items=listed))
    assert [getattr(event, "item", "") for event in outcome.events] == ["W", "H"]
    assert states(ward) == {"AGE": "planned", "H": "done", "W": "done"}


@pytest.mark.req("REQ-604")
def test_of_a_form_with_one_answer_that_moved_nothing_is_verified() -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2", H="164")
    listed = (Listed("", "H", ward.head(ward.place("H"))), Listed("", "W", EventId("ws-test", 1)))
    assert refused(ward, VerifyForm(key=ward.dm, items=listed)) is Code.VERIFY_STALE
    assert refused(ward, VerifyForm(key=ward.dm, items=())) is Code.VERIFY_NO_ANSWER
    assert states(ward) == {"H": "planned", "W": "planned"}


@pytest.mark.req("REQ-604")
def test_a_mark_is_taken_back_with_a_reason_and_its_history_stays() -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2")
    take = UnverifyItem(key=ward.dm, item="W", reason="looked at the wrong page")
    assert refused(ward, take) is Code.VERIFY_NONE
    ward.verify("W")
    assert refused(ward, UnverifyItem(key=ward.dm, item="W")) is Code.REASON_NEEDED
    ward.monitor(take)
    assert (ward.mark("W"), states(ward)) == ("taken", {"W": "planned"})
    ward.verify("W")
    assert states(ward) == {"W": "done"}


@pytest.mark.req("REQ-606")
def test_the_counts_of_a_form_say_what_is_planned_and_how_far_it_has_come() -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2", H="164", AGE="40", SEX="M")
    for item in ("W", "H"):
        ward.verify(item)
    ward.enter(ward.dm, W="62.5", reason="digits swapped")
    ask(ward, ward.place("AGE"), WEBER)
    (counts,) = counts_of(ward.planned()).values()
    assert counts == Counts(planned=4, done=1, changed=1, queried=1)
    assert (counts.left, counts.state) == (3, "changed")
    assert [Counts().state, Counts(1, 1).state, Counts(2, 1).state] == ["", "done", "planned"]


# ---- a monitor's visit


@pytest.mark.req("REQ-602", "REQ-505")
def test_who_compares_writes_no_answers() -> None:
    assert {role for role in Role if Right.VERIFY in RIGHTS[role]} == {Role.MONITOR}
    writing = {Right.RECORD, Right.ENROL, Right.SCHEDULE, Right.ANSWER}
    assert not RIGHTS[Role.MONITOR] & writing


@pytest.mark.req("REQ-604")
def test_a_monitoring_visit_counts_what_was_done_between_its_begin_and_its_end() -> None:
    ward = SourceWard()
    ward.enter(ward.dm, W="65.2", H="164", AGE="40")
    ward.verify("H")  # before the visit: not of it
    ward.monitor(BeginMonitoring(purpose="first routine visit"))
    assert refused(ward, BeginMonitoring()) is Code.MONITORING_RUNS
    ward.clock.later(hours=-2)  # somebody sets the clock back: the order of the chain counts
    ward.verify("W")
    ward.monitor(UnverifyItem(key=ward.dm, item="H", reason="wrong page"))
    ward.verify("H")
    ask(ward, ward.place("AGE"), WEBER)
    ask(ward, ward.place("AGE"), WEBER, query="q2")
    settle(ward, WEBER, "q2")
    ward.monitor(EndMonitoring(points=" the consent of one subject is missing "))
    (row,) = ward.ledger.tables.find(MonitoringRow)
    assert row[7:] == (2, 1, 2, 1, "the consent of one subject is missing")
    assert row.ended
    assert refused(ward, EndMonitoring()) is Code.MONITORING_NONE
    verified = ward.ledger.tables.find(VerifiedRow, monitoring=row.monitoring)
    assert {one.item for one in verified} == {"W", "H"}
    ward.monitor(BeginMonitoring())
    ward.monitor(EndMonitoring())
    second = next(one for one in ward.ledger.tables.find(MonitoringRow) if one != row)
    assert second[7:] == (0, 0, 0, 0, None), "a visit counts its own acts alone"
