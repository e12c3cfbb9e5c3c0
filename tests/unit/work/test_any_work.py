"""Whatever is done in whatever order: only coded refusals, and the record says what fresh forms would say."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crfapp.base.problems import RefusedError
from crfapp.ledger.chain import first_break
from crfapp.ledger.events import FormMoveAsked
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FindingRow, FormRow, FormRowRow, SubjectRow
from crfapp.work.entry import CompleteForm, ConfirmFinding, RecordAnswer, ReopenForm
from crfapp.work.moving import AgreeMove, AskMove, MoveForm
from crfapp.work.row_work import AddRow, VoidRow
from crfapp.work.visits import BookVisit, MissVisit, StartVisit
from tests.support.examples.whole_forms import DIMA
from tests.support.in_line import out_of_line
from tests.support.ward import Ward, ward_study

if TYPE_CHECKING:
    from crfapp.work.cases import Command

FITTING = {
    "choice": ["F", "M", "TREATED", "CONTROL", "DONE", "MISSED", "ILL", "AWAY"],
    "integer": ["17", "30", "70", "130"],
    "decimal": ["2", "17", "60.5", "170", "0.4", "2 cm!"],
    "date": ["2025-01-05", "2025-01-12", "2025-01-20"],
    "datetime": ["2025-01-12 18:00", "2025-01-12 23:30"],
}
PLACES = [
    (visit.visit, held.form, item)
    for visit in ward_study().head.visits
    for held in visit.forms
    for item in ward_study().items(held.form)
]
OTHERS = "missing row row void complete reopen confirm start book miss close move move"
MOSTLY_ANSWERS = ["answer"] * 12 + OTHERS.split()


@dataclass(frozen=True)
class Step:
    """One thing that somebody does, sensible or not."""

    what: str
    visit: str
    form: str
    item: str
    typed: str
    number: int
    reason: str


@st.composite
def step(draw: st.DrawFn) -> Step:
    visit, form, item = draw(st.sampled_from(PLACES))
    kind = ward_study().field(form, item).kind.value
    typed = draw(st.sampled_from([*FITTING.get(kind, ["no", "Y"]), "", "what?"]))
    reason = draw(st.sampled_from(["because", "because", ""]))
    what = draw(st.sampled_from(MOSTLY_ANSWERS))
    return Step(what, visit, form, item, typed, draw(st.integers(0, 3)), reason)


def command_of(ward: Ward, step: Step) -> Command:
    key = FormKey(ward.subject, step.visit, 1, step.form, 1)
    group = ward_study().place(step.form, step.item).group
    rows = [row.row for row in ward.ledger.tables.find(FormRowRow)] if group else [""]
    row = rows[step.number % len(rows)] if rows else ""
    at, day = VisitKey(ward.subject, step.visit, 1), "2025-01-12"
    findings = ward.ledger.tables.find(FindingRow, state="open")
    answer = RecordAnswer(key=key, row=row, item=step.item, typed=step.typed, reason=step.reason)
    section = "AREAS" if step.form == "LD" else "EVENTS"
    commands: dict[str, Command] = {
        "missing": RecordAnswer(key=key, row=row, item=step.item, missing="ND", reason=step.reason),
        "row": AddRow(key=key, section=section),
        "void": VoidRow(key=key, section=section, row=row, reason=step.reason),
        "complete": CompleteForm(key=key),
        "reopen": ReopenForm(key=key, reason=step.reason),
        "start": StartVisit(key=at, date=day),
        "book": BookVisit(key=at, date=day),
        "miss": MissVisit(key=at, why="ILL"),
    }
    if step.what == "move":
        return _move(ward, key, step.number)
    if step.what == "confirm" and findings:
        asked = findings[step.number % len(findings)]
        place = asked.key
        return ConfirmFinding(
            key=place.of, row=place.row, item=place.item, check=asked.check, reason=step.reason
        )
    return commands.get(step.what, answer)


def _move(ward: Ward, key: FormKey, number: int) -> MoveForm:
    """What leads to a begun form moved to the same visit of the other subject."""
    people = sorted(row.subject for row in ward.ledger.tables.find(SubjectRow))
    begun = [row.key for row in ward.ledger.tables.find(FormRow) if row.form not in ("SV", "AE")]
    own = begun[number % len(begun)] if begun else key
    to = own.at._replace(subject=people[1 - people.index(own.subject)])
    (asked,) = ward.send(AskMove(key=own, to=to, reason="the other patient")).events
    assert isinstance(asked, FormMoveAsked)
    ward.bus.send(AgreeMove(move=asked.move), DIMA)
    return MoveForm(move=asked.move)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(step(), max_size=25))
def test_the_record_is_in_line_with_the_forms_whatever_is_done(steps: list[Step]) -> None:
    ward = Ward()
    ward.area()
    ward.injected()
    ward.start(ward.start(ward.enrol(), "V_SCR", "2025-01-05").subject, "V_A", "2025-01-12")
    for step in steps:
        if step.what == "close":
            ward.desk.forget_forms()
            continue
        before = len(ward.ledger.links)
        try:
            ward.send(command_of(ward, step))
        except RefusedError:
            assert [link.kind for link in ward.ledger.links[before:]] in ([], ["act-refused"])
    assert out_of_line(ward) == []
    assert first_break(ward.ledger.links) is None


def test_the_law_would_notice_a_form_that_did_not_follow() -> None:
    ward = Ward()
    ward.enter(ward.dm, W="60", H="170")
    ward.desk.forms.plan(ward.dm).edges["W"].cores.clear()
    with suppress(RefusedError):
        ward.enter(ward.dm, W="80", reason="typing error")
    assert out_of_line(ward) != []
