"""A clinic's work in any order, sensible or not: what is refused is part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from crfapp.base.problems import RefusedError
from crfapp.ledger.keys import FormKey, VisitKey
from crfapp.ledger.state import FindingRow, FormRowRow, SubjectRow
from crfapp.work.entry import CompleteForm, ConfirmFinding, RecordAnswer, ReopenForm
from crfapp.work.row_work import AddRow, VoidRow
from crfapp.work.subjects import EnrolSubject
from crfapp.work.visits import BookVisit, MissVisit, StartVisit

if TYPE_CHECKING:
    from collections.abc import Callable

    from crfapp.work.cases import Command
    from tests.support.clinic import Clinic

Step = tuple[str, ...]

VISITS = st.sampled_from(["V_SCR", "V_BASE", "V_W4"])
ANSWERS = st.sampled_from(
    [
        ("DM", "", "BRTHDAT", "1990-05"),
        ("DM", "", "BRTHDAT", "2015"),
        ("DM", "", "SEX", "F"),
        ("DM", "", "SEX", "M"),
        ("DM", "", "PREG", "Y"),
        ("DM", "", "REMARK", "قيل إن الذراع تؤلم\n=1+1"),
        ("DM", "", "NAME", ""),
        ("DM", "SIT", "SYS", "220"),
        ("DM", "SIT", "SYS", "120"),
        ("DM", "LIE", "TEMP", "98.6 F"),
        ("DM", "LIE", "TEMP", "warm"),
        ("SV", "", "SVSTAT", "MISSED"),
        ("SV", "", "VISDAT", "2025-02-03"),
        ("PATCH", "row", "ROLE", "TREATED"),
        ("PATCH", "row", "ROLE", "CONTROL"),
        ("PATCH", "row", "ITCH", "4"),
        ("CARE", "row", "STATE", "PRESENT"),
        ("CARE", "row", "LEN", "30"),
        ("CARE", "row", "WID", "25.5"),
    ]
)
MISSING = st.sampled_from(
    [("DM", "", "SEX", "REF"), ("DM", "SIT", "SYS", "ND"), ("DM", "", "BRTHDAT", "UNK")]
)
REASONS = st.sampled_from(["", "x", "misread"])

BEGUN: list[Step] = [
    ("enrol",),
    ("start", "V_SCR"),
    ("start", "V_BASE"),
    ("row", "V_BASE"),
    ("answer", "V_BASE", "PATCH", "row", "ROLE", "TREATED", ""),
]
STEPS: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.tuples(st.just("enrol")),
        st.tuples(st.sampled_from(["start", "book", "miss", "row", "void"]), VISITS),
        st.tuples(
            st.sampled_from(["complete", "reopen"]), VISITS, st.sampled_from(["DM", "SV", "PATCH", "CARE"])
        ),
        st.tuples(st.just("confirm"), REASONS),
        st.builds(lambda visit, a, why: ("answer", visit, *a, why), VISITS, ANSWERS, REASONS),
        st.builds(lambda visit, a, why: ("missing", visit, *a, why), VISITS, MISSING, REASONS),
    ),
    max_size=25,
).map(lambda steps: [*BEGUN, *steps])


def work(clinic: Clinic, steps: list[Step]) -> list[str]:
    """Carry out the steps for the subject enrolled first; what each led to, by event kinds or code."""
    led_to = []
    for step in steps:
        try:
            outcome = clinic.send(_command(clinic, step))
            led_to.append(" ".join(event.kind for event in outcome.events))
        except RefusedError as refused:
            led_to.append(refused.code.value)
        clinic.clock.later(seconds=7)
    return led_to


def _command(clinic: Clinic, step: Step) -> Command:
    kind, *told = step
    if kind == "enrol":
        return EnrolSubject()
    if kind == "confirm":
        return _confirmation(clinic, told[0])
    subject = min((row.number, row.subject) for row in clinic.ledger.tables.find(SubjectRow))[1]
    visit = VisitKey(subject, told[0], 1)
    if kind in ("answer", "missing"):
        return _answer(clinic, visit, kind, told[1:])
    return _of_visit(clinic, visit, kind, (*told, "PATCH")[1])


def _of_visit(clinic: Clinic, at: VisitKey, kind: str, form: str) -> Command:
    key = FormKey(*at, form, 1)
    commands: dict[str, Callable[[], Command]] = {
        "start": lambda: StartVisit(key=at, date="2025-01-05"),
        "book": lambda: BookVisit(key=at, date="2025-01-06"),
        "miss": lambda: MissVisit(key=at, why="ILL"),
        "row": lambda: AddRow(key=key, section="PATCHES"),
        "void": lambda: VoidRow(
            key=key, section="PATCHES", row=_row(clinic, at.subject), reason="counted twice"
        ),
        "complete": lambda: CompleteForm(key=key),
        "reopen": lambda: ReopenForm(key=key, reason="one more answer"),
    }
    return commands[kind]()


def _answer(clinic: Clinic, at: VisitKey, kind: str, told: list[str]) -> RecordAnswer:
    form, row, item, answer, why = told
    if row == "row":
        row = _row(clinic, at.subject)
    typed, missing = (answer, None) if kind == "answer" else ("", answer)
    return RecordAnswer(
        key=FormKey(*at, form, 1), row=row, item=item, typed=typed, missing=missing, reason=why
    )


def _row(clinic: Clinic, subject: str) -> str:
    rows = clinic.ledger.tables.find(FormRowRow, subject=subject)
    return min(rows, key=lambda row: row.position).row if rows else "none"


def _confirmation(clinic: Clinic, why: str) -> ConfirmFinding:
    found = clinic.ledger.tables.find(FindingRow, state="open")
    if not found:
        return ConfirmFinding(key=FormKey("", "V_SCR", 1, "DM", 1), item="SEX", check="TN-01", reason=why)
    row = found[0]
    return ConfirmFinding(key=row.key.of, row=row.row, item=row.item, check=row.check, reason=why)
